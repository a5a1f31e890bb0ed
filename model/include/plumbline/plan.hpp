// SPDX-License-Identifier: Apache-2.0
// From tile size and overlap mode to a Schedule: what each tile class computes, caches and copies, and in which memories.
//
// Tile sizes propagate from the last layer of a stack to the first; columns and rows shared with neighbouring tiles are
// recomputed or cached; each layer's operands get the lowest memory level that fits; each layer is mapped by search.
//
//     auto plan = plan_schedule(accelerator, workload, rules, {TileSize{60, 72}, OverlapMode::fully_cached});
//     if (!plan) std::cerr << plan.reason();
#pragma once

#include "plumbline/error.hpp"
#include "plumbline/mapper.hpp"
#include "plumbline/schedule.hpp"

namespace plumbline {

struct PlanOptions {
    TileSize tile;
    OverlapMode mode = OverlapMode::fully_cached;
    CapacityPolicy capacity = CapacityPolicy::reserved;
    SearchOptions search;
};

/// The whole workload as one stack.
/// \throws InputError for a tile larger than the network's output, or a workload with several outputs
Outcome<Schedule> plan_schedule(const Accelerator& accelerator, const Workload& workload, const MappingRules& rules,
                                const PlanOptions& options);

}  // namespace plumbline
