// SPDX-License-Identifier: Apache-2.0
// `plumbline query`: which points of a store meet a condition, which of them are best, which are on the Pareto front?
#pragma once

#include <cstdint>
#include <string>

#include <CLI/CLI.hpp>

#include "execution/context.hpp"
#include "options/report_flags.hpp"
#include "plumbline/objective.hpp"

namespace plumbline::cli {

struct QueryArguments {
    std::string store;
    std::string where;  ///< a condition in SQL; empty: all points
    bool front = false;
    Objective sort = Objective::energy;
    std::int64_t top = 20;  ///< rows; 0: all
    ReportFlags report;
};

void add(CLI::App& app, QueryArguments& arguments);

/// \throws InputError where the store cannot be read, or the condition cannot be understood
ExitCode query(const Context& context, const QueryArguments& arguments);

}  // namespace plumbline::cli
