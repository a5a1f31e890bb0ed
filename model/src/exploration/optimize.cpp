// SPDX-License-Identifier: Apache-2.0
#include "plumbline/optimize.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "exploration/cut_graph.hpp"
#include "exploration/stack_search.hpp"
#include "planning/open_stack.hpp"

namespace plumbline {
namespace {

OptimizedSchedule schedule_of(const detail::CutPath& path, const detail::StackSearch& search,
                              const detail::CutGraph& cuts)
{
    OptimizedSchedule schedule;
    for (const detail::CutStep& step : path.steps) {
        const detail::Candidate& candidate = search.candidate(step);
        schedule.stacks.push_back({cuts.stacks()[step.stack], candidate.choice, Picojoules{candidate.cost.energy},
                                   Cycles{std::llround(candidate.cost.cycles)}});
    }
    return schedule;
}

detail::PlanSetting setting_of(const Accelerator& accelerator, CapacityPolicy capacity, SearchOptions search,
                               MappingCache& mappings)
{
    return {accelerator, capacity, search, mappings};
}

}  // namespace

Picojoules OptimizedSchedule::energy() const
{
    Picojoules sum{};
    for (const OptimizedStack& each : stacks) sum += each.energy;
    return sum;
}

Cycles OptimizedSchedule::latency() const
{
    Cycles sum{};
    for (const OptimizedStack& each : stacks) sum += each.latency;
    return sum;
}

std::vector<std::int64_t> optimization_grid(std::int64_t map, std::size_t count)
{
    assert(map >= 1 && count >= 1);
    std::vector<std::int64_t> sizes;
    const auto add = [&](std::int64_t parts) {
        const std::int64_t size = divide_up(map, parts);
        if (std::find(sizes.begin(), sizes.end(), size) == sizes.end()) sizes.push_back(size);
    };
    for (std::int64_t parts = 1; sizes.size() < count && parts < 2 * map; parts *= 2) add(parts);
    for (std::int64_t parts = 3; sizes.size() < count && parts < map; ++parts) add(parts);
    std::sort(sizes.begin(), sizes.end());
    return sizes;
}

Outcome<Optimization> optimize(const Accelerator& accelerator, const Workload& workload, const MappingRules& rules,
                               const OptimizeOptions& options)
{
    assert(!options.modes.empty());
    const detail::CutGraph cuts{workload};
    const auto open = detail::open_stacks(workload, rules, cuts.stacks(), options.capacity);
    MappingCache own;
    SearchOptions single = options.search;
    single.threads = 1;
    const auto plan =
        setting_of(accelerator, options.capacity, single, options.mappings != nullptr ? *options.mappings : own);
    const detail::CandidateSetting setting{plan, workload};
    detail::StackSearch search{setting, cuts, open, options};
    const auto paths = search.run();
    if (paths.empty()) return Infeasible{search.reason()};
    Optimization found{{}, cuts.stacks().size(), search.choices(), search.planned()};
    for (const detail::CutPath& path : paths) found.schedules.push_back(schedule_of(path, search, cuts));
    return found;
}

Outcome<Schedule> plan_schedule(const Accelerator& accelerator, const Workload& workload, const MappingRules& rules,
                                const OptimizedSchedule& partition, const PlanOptions& options)
{
    std::vector<std::vector<LayerId>> layers;
    for (const OptimizedStack& each : partition.stacks) layers.push_back(each.layers);
    const auto open = detail::open_stacks(workload, rules, layers, options.capacity);
    MappingCache own;
    const auto setting = setting_of(accelerator, options.capacity, options.search,
                                    options.mappings != nullptr ? *options.mappings : own);
    Schedule schedule{accelerator.name(), workload.name(), options.capacity, {}};
    for (std::size_t i = 0; i < open.size(); ++i) {
        auto stack = detail::plan_stack(setting, open[i], partition.stacks[i].choice);
        if (!stack) return Infeasible{stack.reason()};
        schedule.stacks.push_back(std::move(*stack));
    }
    return schedule;
}

}  // namespace plumbline
