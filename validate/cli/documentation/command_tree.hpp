// SPDX-License-Identifier: Apache-2.0
// What can be typed, as a list: each command with its flags and what they take.
//
// The manual page and the completions are written from it, so that none of them can say anything else than what is parsed.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

namespace plumbline::cli {

struct DocumentedFlag {
    std::vector<std::string> names;  ///< "-o", "--output"; of a positional argument its name alone
    std::string help;
    std::string value;                 ///< what it takes, as the help shows it: "60x72|full"; empty: nothing
    std::vector<std::string> choices;  ///< values, where they can be listed
    std::string otherwise;             ///< what it is where it is not given; may be empty
    bool required = false;
    bool positional = false;

    bool takes_value() const { return positional || !value.empty(); }
};

struct DocumentedCommand {
    std::string path;  ///< "evaluate", "new accelerator"; empty for the program itself
    std::string help;
    std::vector<DocumentedFlag> flags;
    std::vector<std::string> below;     ///< names of its sub-commands
    std::vector<std::string> examples;  ///< command lines
};

/// Names that a flag takes beside those that its type shows: built-in descriptions.
using NamesOfFlag = std::function<std::vector<std::string>(const std::string& flag)>;

/// The program first, then its commands in alphabetical order, each before those below it.
std::vector<DocumentedCommand> documented_commands(const CLI::App& program, const NamesOfFlag& names = {});

}  // namespace plumbline::cli
