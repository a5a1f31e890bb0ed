// SPDX-License-Identifier: Apache-2.0
// The schedules of a design space, for commands that run them: each planned once, mappings shared.
//
//     for (PlannedPoint& point : planned_points(planning, space, {accelerator, workload, rules}))
//         if (point.schedule) runs.push_back({point.name, std::move(*point.schedule)});
#pragma once

#include <string>
#include <vector>

#include "inputs/planning_inputs.hpp"
#include "options/design_space_flags.hpp"
#include "options/planning_flags.hpp"
#include "plumbline/error.hpp"
#include "plumbline/schedule.hpp"

namespace plumbline::cli {

struct PlannedPoint {
    std::string name;  ///< "h-cached 16x18 auto"
    Outcome<Schedule> schedule;
};

/// Of one network on one accelerator, in the order of the space. A tile that is larger than every map is infeasible.
std::vector<PlannedPoint> planned_points(const PlanningFlags& planning, const DesignSpaceFlags& space,
                                         const PlanningInputs& inputs);

}  // namespace plumbline::cli
