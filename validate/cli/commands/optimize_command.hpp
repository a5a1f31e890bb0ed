// SPDX-License-Identifier: Apache-2.0
// `plumbline optimize`: the best stacks of a network, with the best tile and overlap mode for each.
#pragma once

#include <optional>
#include <string>

#include <CLI/CLI.hpp>

#include "execution/context.hpp"
#include "options/design_space_flags.hpp"
#include "options/period_flag.hpp"
#include "options/planning_flags.hpp"
#include "options/report_flags.hpp"
#include "options/subject_flags.hpp"

namespace plumbline::cli {

struct OptimizeArguments {
    SubjectListFlags subjects;
    std::string profile;       ///< path of a calibration of the only accelerator; empty: none
    DesignSpaceFlags space;    ///< of each stack
    PlanningFlags planning;    ///< its cuts do not count
    bool front = false;        ///< all of the Pareto front
    bool uniform = false;      ///< compared with one tile and mode for all stacks
    int threads = 0;           ///< choices planned at once
    std::string schedule_out;  ///< path; empty: none
    ReportFlags report;
    std::optional<sim::Period> period;  ///< of a cycle; none: reports say cycles alone
};

void add(CLI::App& app, OptimizeArguments& arguments);

/// \throws InfeasibleError where no network has a feasible schedule
ExitCode optimize(const Context& context, const OptimizeArguments& arguments);

}  // namespace plumbline::cli
