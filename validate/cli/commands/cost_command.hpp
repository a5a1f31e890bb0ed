// SPDX-License-Identifier: Apache-2.0
// `plumbline cost`: scores recorded mappings and copies, against what they expect where they expect anything.
#pragma once

#include <string>

#include <CLI/CLI.hpp>

#include "execution/context.hpp"
#include "options/report_flags.hpp"

namespace plumbline::cli {

struct CostArguments {
    std::string accelerator;  ///< empty: the built-in one that the records name
    std::string workload;     ///< of `search`; empty: the built-in one that the records name
    std::string mapping;
    std::string records;
    bool search = false;
    int threads = 0;
    double tolerance = 1e-9;
    ReportFlags report;
};

void add(CLI::App& app, CostArguments& arguments);

ExitCode cost(const Context& context, const CostArguments& given);

}  // namespace plumbline::cli
