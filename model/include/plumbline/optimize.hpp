// SPDX-License-Identifier: Apache-2.0
// Which partition of a network into stacks is best, with which tile and overlap mode for each stack?
//
// All partitions are compared that the planner accepts, branches in any order, with each tile of a grid in each mode for each
// stack: exactly, since what a stack costs depends on itself alone. Choices that are proven to be no part of a best schedule
// are not planned. Each layer's mapping is that of the planner, for the objective of the search.
//
//     auto best = optimize(accelerator, workload, rules, {});
//     if (best) auto schedule = plan_schedule(accelerator, workload, rules, best->schedules.front(), {});
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "plumbline/plan.hpp"

#pragma GCC visibility push(default)
namespace plumbline {

/// A stack of a partition, what it was given, and what it is predicted to cost.
struct OptimizedStack {
    std::vector<LayerId> layers;  ///< in topological order
    StackChoice choice;           ///< its tile is no larger than its map
    Picojoules energy{};          ///< of all its tiles
    Cycles latency{};             ///< of all its tiles, one after the other
};

/// A partition: the stacks in the order in which they run.
struct OptimizedSchedule {
    std::vector<OptimizedStack> stacks;  ///< each layer is in one of them

    /// Of all stacks.
    Picojoules energy() const;
    /// Of all stacks, one after the other.
    Cycles latency() const;
};

/// Which schedules are asked for.
enum class Optima : std::uint8_t {
    best,          ///< the one that is best for the objective of the search
    pareto_front,  ///< all energies and latencies that no other equals or beats in both, one schedule for each
};

/// How far an optimisation has come. There may be more to do yet than was known before.
struct OptimizeProgress {
    std::size_t planned = 0;  ///< choices of tile and mode for a stack, so far
    std::size_t open = 0;     ///< that may still be planned
};

/// What is compared, and how stacks are planned.
struct OptimizeOptions {
    /// Of each stack's output, cut to its map. Empty: optimization_grid() of each stack and of the network's largest map.
    std::vector<TileSize> tiles;
    std::vector<OverlapMode> modes{kAllOverlapModes.begin(), kAllOverlapModes.end()};  ///< of each stack; not empty
    CapacityPolicy capacity = CapacityPolicy::reserved;                                ///< what counts as fitting
    SearchOptions search;                                   ///< mappings, and what is best; but for its `threads`
    Optima optima = Optima::best;                           ///< what is asked for
    int threads = 0;                                        ///< 0: one per core; the result does not depend on it
    MappingCache* mappings = nullptr;                       ///< as in PlanOptions
    std::function<void(const OptimizeProgress&)> progress;  ///< told now and then, by the caller's thread
};

/// What an optimisation found, and what it took.
struct Optimization {
    std::vector<OptimizedSchedule> schedules;  ///< by energy; at least one
    std::size_t stacks = 0;                    ///< that the network can be cut into
    std::size_t choices = 0;                   ///< of tile and mode, of all these stacks
    std::size_t planned = 0;                   ///< choices that were planned, if only in part
};

/// At most `count` sizes that cover a map in different numbers of tiles, ascending: the map, half of it, a quarter …, then thirds,
/// fifths … while there are fewer, rounded up. \pre both are at least 1
std::vector<std::int64_t> optimization_grid(std::int64_t map, std::size_t count = 8);

/// Infeasible where no partition is feasible.
/// \throws InputError for a network whose branches can be ordered in too many ways, or rules that do not fit it
Outcome<Optimization> optimize(const Accelerator& accelerator, const Workload& workload, const MappingRules& rules,
                               const OptimizeOptions& options);

/// The schedule of a partition. Of `options` stacks and cuts do not count.
/// \throws InputError where the stacks are none that the planner accepts
Outcome<Schedule> plan_schedule(const Accelerator& accelerator, const Workload& workload, const MappingRules& rules,
                                const OptimizedSchedule& partition, const PlanOptions& options);

}  // namespace plumbline
#pragma GCC visibility pop
