// SPDX-License-Identifier: Apache-2.0
// `plumbline new accelerator`: a first description of an accelerator and its mapping rules.
//
// Flags answer; whoever sits at a terminal is asked for those that are not given.
#pragma once

#include <string>

#include <CLI/CLI.hpp>

#include "execution/context.hpp"
#include "plumbline/io/new_accelerator.hpp"

namespace plumbline::cli {

struct NewAcceleratorArguments {
    io::NewAccelerator answers;
    const CLI::App* flags = nullptr;  ///< which of them were given
    bool ask_nothing = false;
    std::string output;   ///< empty: standard output
    std::string mapping;  ///< path; empty: no mapping rules
};

void add(CLI::App& app, NewAcceleratorArguments& arguments);

ExitCode new_accelerator(const Context& context, const NewAcceleratorArguments& arguments);

}  // namespace plumbline::cli
