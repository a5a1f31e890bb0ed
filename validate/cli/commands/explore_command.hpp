// SPDX-License-Identifier: Apache-2.0
// `plumbline explore`: what every point of a design space costs, and which are best.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <CLI/CLI.hpp>

#include "execution/context.hpp"
#include "options/design_space_flags.hpp"
#include "options/period_flag.hpp"
#include "options/planning_flags.hpp"
#include "options/report_flags.hpp"
#include "options/subject_flags.hpp"
#include "plumbline/cost_summary.hpp"
#include "tasks/shard.hpp"

namespace plumbline::cli {

struct ExploreArguments {
    SubjectListFlags subjects;
    std::string profile;  ///< path of a calibration of the only accelerator; empty: none
    DesignSpaceFlags space;
    PlanningFlags planning;    ///< cuts: alternatives
    bool single_layer = true;  ///< whether the best is compared with it
    bool layer_by_layer = true;
    CostView view = CostView::everything;
    int threads = 0;        ///< points planned at once
    std::int64_t top = 20;  ///< rows of the table; 0: all
    std::string store;      ///< empty: none
    bool store_only = false;
    Shard shard;
    std::string plot;  ///< likewise
    ReportFlags report;
    std::optional<sim::Period> period;  ///< of a cycle; none: reports say cycles alone
};

void add(CLI::App& app, ExploreArguments& arguments);

/// An interrupted run with a store is continued by the same command. With a shard, or for the store alone, there is no report.
/// \throws InfeasibleError where no point is feasible
ExitCode explore(const Context& context, const ExploreArguments& arguments);

}  // namespace plumbline::cli
