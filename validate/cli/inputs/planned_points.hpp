// SPDX-License-Identifier: Apache-2.0
// The schedules of a design space, for commands that run them: each planned once, mappings shared.
//
//     for (PlannedPoint& point : planned_points(arguments, "meta_prototype_df", accelerator, workload))
//         if (point.schedule) runs.push_back({point.name, std::move(*point.schedule)});
#pragma once

#include <string>
#include <vector>

#include "options/explore_arguments.hpp"
#include "plumbline/error.hpp"
#include "plumbline/schedule.hpp"

namespace plumbline::cli {

struct PlannedPoint {
    std::string name;  ///< "h-cached 16x18 auto"
    Outcome<Schedule> schedule;
};

/// Of one network on one accelerator, in the order of the space. A tile that is larger than every map is infeasible.
/// \param name of the accelerator, as asked for: decides which mapping rules are its family's
std::vector<PlannedPoint> planned_points(const ExploreArguments& arguments, const std::string& name,
                                         const Accelerator& accelerator, const Workload& workload);

}  // namespace plumbline::cli
