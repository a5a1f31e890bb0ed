// SPDX-License-Identifier: Apache-2.0
// `plumbline capacity`: which schedules need more space than there is, where, and by how much?
//
// Plans a schedule for every accelerator, network, tile size and overlap mode, and asks the machine whether it fits, without
// running it.
#pragma once

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "execution/context.hpp"
#include "options/design_space_flags.hpp"
#include "options/planning_flags.hpp"
#include "options/report_flags.hpp"
#include "options/subject_flags.hpp"

namespace plumbline::cli {

struct CapacityArguments {
    SubjectListFlags subjects;  ///< "all": all that are built in
    std::string profile;        ///< path of a calibration of the only accelerator; empty: none
    std::vector<TileOption> tiles{{{16, 18}, false}};
    std::vector<OverlapMode> modes;  ///< empty: all
    PlanningFlags planning;
    ReportFlags report;
};

void add(CLI::App& app, CapacityArguments& arguments);

ExitCode capacity(const Context& context, const CapacityArguments& arguments);

}  // namespace plumbline::cli
