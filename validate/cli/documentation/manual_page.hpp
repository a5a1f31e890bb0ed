// SPDX-License-Identifier: Apache-2.0
// The manual page of the command, in the language that man reads.
#pragma once

#include <string>

#include <CLI/CLI.hpp>

namespace plumbline::cli {

/// Name, synopsis, commands with their flags and examples, files, exit status.
/// \param version "0.1.0"
std::string manual_page(const CLI::App& program, const std::string& version);

}  // namespace plumbline::cli
