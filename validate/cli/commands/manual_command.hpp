// SPDX-License-Identifier: Apache-2.0
// `plumbline manual`: the manual page.
#pragma once

#include <string>

#include <CLI/CLI.hpp>

#include "execution/context.hpp"

namespace plumbline::cli {

struct ManualArguments {
    const CLI::App* tree = nullptr;  ///< of all commands; set by whoever builds it
    std::string output;              ///< path; empty: standard output
};

void add(CLI::App& app, ManualArguments& arguments);

ExitCode manual(const Context& context, const ManualArguments& arguments);

}  // namespace plumbline::cli
