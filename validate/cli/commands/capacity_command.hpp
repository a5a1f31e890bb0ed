// SPDX-License-Identifier: Apache-2.0
// `plumbline capacity`: which schedules need more space than there is, where, and by how much?
//
// Plans a schedule for every accelerator, network, tile size and overlap mode, and asks the machine whether it fits, without running
// it. Per schedule and memory the step that is most over is listed.
#pragma once

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "execution/context.hpp"
#include "options/arguments.hpp"
#include "options/explore_arguments.hpp"

namespace plumbline::cli {

struct CapacityArguments {
    std::vector<std::string> accelerators;  ///< built-in names or paths; "all": all that are built in
    std::vector<std::string> workloads;
    std::vector<TileOption> tiles{{{16, 18}, false}};
    std::vector<OverlapMode> modes;  ///< empty: all
    std::string cuts = "auto";
    SearchOptions search;
    CapacityPolicy capacity = CapacityPolicy::reserved;
    ReportArguments report;
};

void add(CLI::App& app, CapacityArguments& arguments);

ExitCode capacity(const Context& context, const CapacityArguments& arguments);

}  // namespace plumbline::cli
