// SPDX-License-Identifier: Apache-2.0
#include "inputs/planned_points.hpp"

#include "inputs/explore_space.hpp"
#include "inputs/plan_options.hpp"
#include "inputs/planning_mappings.hpp"
#include "plumbline/validate/explored_point.hpp"

namespace plumbline::cli {
namespace {

/// What is wrong with one point must not end the others.
Outcome<Schedule> planned(const PlanningInputs& inputs, const PlanOptions& options)
{
    try {
        return plan_schedule(inputs.accelerator, inputs.workload, inputs.rules, options);
    } catch (const InputError& error) {
        return Infeasible{error.what()};
    }
}

}  // namespace

std::vector<PlannedPoint> planned_points(const PlanningFlags& planning, const DesignSpaceFlags& space,
                                         const PlanningInputs& inputs)
{
    PlanningMappings known{planning, inputs.content};
    std::vector<PlannedPoint> points;
    const PointSpace all{space, planning.cuts, inputs};
    for (std::size_t i = 0; i < all.size(); ++i) {
        const DesignPoint point = all[i];
        points.push_back({validate::name_of(point), planned(inputs, plan_options(planning, point, known.cache()))});
    }
    return points;
}

}  // namespace plumbline::cli
