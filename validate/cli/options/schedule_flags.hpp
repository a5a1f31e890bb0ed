// SPDX-License-Identifier: Apache-2.0
// Flags that say which schedule of which network on which accelerator: one that is planned now, or one from a file.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "options/design_space_flags.hpp"
#include "options/planning_flags.hpp"
#include "options/subject_flags.hpp"
#include "plumbline/schedule.hpp"
#include "plumbline/sim/clock_options.hpp"

namespace plumbline::cli {

struct ScheduleFlags {
    SubjectFlags subject;
    PlanningFlags planning;
    std::vector<TileOption> tiles;      ///< one for all stacks, or one for each; empty: the best of a few
    std::vector<OverlapMode> modes;     ///< likewise; empty: fully-cached
    std::string file;                   ///< empty: plan one
    std::string file_out;               ///< empty: do not write it
    std::optional<sim::Period> period;  ///< of a cycle; none: reports say cycles alone
};

void add_schedule(CLI::App& app, ScheduleFlags& flags);

}  // namespace plumbline::cli
