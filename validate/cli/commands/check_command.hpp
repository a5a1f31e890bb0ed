// SPDX-License-Identifier: Apache-2.0
// `plumbline check`: what is wrong or suspicious in files, all of it at once.
#pragma once

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "execution/context.hpp"
#include "options/report_flags.hpp"

namespace plumbline::cli {

struct CheckArguments {
    std::vector<std::string> files;  ///< paths or built-in names
    ReportFlags report;
};

void add(CLI::App& app, CheckArguments& arguments);

/// Done where there is nothing but remarks, out_of_tolerance with suspicious findings, bad_input with errors.
ExitCode check(const Context& context, const CheckArguments& arguments);

}  // namespace plumbline::cli
