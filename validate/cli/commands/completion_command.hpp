// SPDX-License-Identifier: Apache-2.0
// `plumbline completion`: what a shell needs to complete commands, flags and their values.
#pragma once

#include <string>

#include <CLI/CLI.hpp>

#include "execution/context.hpp"

namespace plumbline::cli {

struct CompletionArguments {
    const CLI::App* tree = nullptr;  ///< of all commands; set by whoever builds it
    std::string shell;               ///< "bash" or "zsh"
    std::string output;              ///< path; empty: standard output
};

void add(CLI::App& app, CompletionArguments& arguments);

ExitCode completion(const Context& context, const CompletionArguments& arguments);

}  // namespace plumbline::cli
