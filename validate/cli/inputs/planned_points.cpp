// SPDX-License-Identifier: Apache-2.0
#include "inputs/planned_points.hpp"

#include "inputs/descriptions.hpp"
#include "inputs/explore_space.hpp"
#include "inputs/fitted_schedules.hpp"
#include "plumbline/io/yaml.hpp"

namespace plumbline::cli {
namespace {

/// What is wrong with one point must not end the others.
Outcome<Schedule> planned(const Accelerator& accelerator, const Workload& workload, const MappingRules& rules,
                          const PlanOptions& options)
{
    try {
        return plan_schedule(accelerator, workload, rules, options);
    } catch (const InputError& error) {
        return Infeasible{error.what()};
    }
}

}  // namespace

std::vector<PlannedPoint> planned_points(const ExploreArguments& arguments, const std::string& name,
                                         const Accelerator& accelerator, const Workload& workload)
{
    const auto path = find_mapping(arguments.mapping, name);
    const MappingRules rules = io::read_mapping(path.string(), accelerator);
    MappingCache mappings;
    std::vector<PlannedPoint> points;
    for (const DesignPoint& point : design_space(arguments, accelerator, workload, rules).points) {
        PlanOptions options;
        options.stacks = {{point.tile, point.mode}};
        options.cuts = point.cuts;
        options.capacity = arguments.capacity;
        options.search = arguments.search;
        options.mappings = &mappings;
        points.push_back({name_of(point), planned(accelerator, workload, rules, options)});
    }
    return points;
}

}  // namespace plumbline::cli
