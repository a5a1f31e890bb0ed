// SPDX-License-Identifier: Apache-2.0
// What does one type, for example? Two or three command lines of each command, shown by its help and in the manual page.
#pragma once

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

namespace plumbline::cli {

/// Command lines of a command, by its path ("new accelerator"), each beginning with "plumbline"; of the program itself for "".
std::vector<std::string> examples_of(const std::string& path);

/// Puts them below the help of the program and of all commands.
void add_examples(CLI::App& program);

}  // namespace plumbline::cli
