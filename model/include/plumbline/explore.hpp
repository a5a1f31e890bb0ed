// SPDX-License-Identifier: Apache-2.0
// What does every point of a design space cost? Tile sizes, overlap modes and fuse depths of one network on one
// accelerator, planned and predicted on all cores.
//
// A point that is infeasible, or whose tile does not fit, is a result that says why. Results do not depend on the
// number of threads. optima.hpp finds the best of them.
//
//     auto results = explore(accelerator, workload, rules, {{{4, 72}, OverlapMode::fully_cached, {}}}, {});
//     if (results[0]->cost) std::cout << results[0]->cost->energy();
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "plumbline/cost_summary.hpp"
#include "plumbline/plan.hpp"

#pragma GCC visibility push(default)
namespace plumbline {

/// One tile size and overlap mode for all stacks, and where stacks end.
struct DesignPoint {
    TileSize tile;                                 ///< cut to the map of a stack that is smaller
    OverlapMode mode = OverlapMode::fully_cached;  ///< of all stacks
    Cuts cuts;                                     ///< as asked for
    /// All fields equal.
    friend bool operator==(const DesignPoint& a, const DesignPoint& b)
    {
        return a.tile == b.tile && a.mode == b.mode && a.cuts == b.cuts;
    }
};

/// What became of a point.
struct ExploredPoint {
    DesignPoint point;          ///< as given
    std::vector<LayerId> cuts;  ///< the layers after which stacks end in fact
    Outcome<CostSummary> cost;  ///< or why the point has none
    /// Of exact searches: the mapping of each layer and tile class of the schedule.
    std::optional<SearchProof> search = {};
};

/// A point was finished just now.
struct ExploreProgress {
    std::size_t index = 0;       ///< of the point
    const ExploredPoint& point;  ///< its result
    std::size_t done = 0;        ///< points finished so far, this one included
    std::size_t all = 0;         ///< points in all
};

/// How points are planned, and who is told.
struct ExploreOptions {
    CapacityPolicy capacity = CapacityPolicy::reserved;  ///< what counts as fitting
    SearchOptions search;                                ///< but for its `threads`: a point is planned by one thread
    int threads = 0;                                     ///< 0: one per core
    /// Called once for each point, by one thread at a time, in the order in which they are finished. False stops the
    /// exploration: no point is begun any more, those under way are finished and told of.
    std::function<bool(const ExploreProgress&)> finished;
    /// Shared with other explorations of the same accelerator, workload, rules and search options; null: its own.
    MappingCache* mappings = nullptr;
};

/// One result per point, in the order of the points; empty for those that were never begun because of a stop.
/// \throws InputError where the rules do not say where operands are held
std::vector<std::optional<ExploredPoint>> explore(const Accelerator& accelerator, const Workload& workload,
                                                  const MappingRules& rules, const std::vector<DesignPoint>& points,
                                                  const ExploreOptions& options);

/// The smallest tile that is no smaller than the output of any stack, so that every stack is one tile.
/// \throws InputError as cuts_of() and plan_schedule() do
TileSize whole_map(const Accelerator& accelerator, const Workload& workload, const MappingRules& rules,
                   const Cuts& cuts);

}  // namespace plumbline
#pragma GCC visibility pop
