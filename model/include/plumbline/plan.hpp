// SPDX-License-Identifier: Apache-2.0
// From tile size and overlap mode to a Schedule: what each tile class computes, caches and copies, and in which memories.
//
// Tile sizes propagate from the last layer of a stack to the first; columns and rows shared with neighbouring tiles are
// recomputed or cached; each layer's operands get the lowest memory level that fits; each layer is mapped by search.
//
//     auto plan = plan_schedule(accelerator, workload, rules, {{{TileSize{60, 72}, OverlapMode::fully_cached}}});
//     if (!plan) std::cerr << plan.reason();
#pragma once

#include <vector>

#include "plumbline/error.hpp"
#include "plumbline/mapper.hpp"
#include "plumbline/mapping_cache.hpp"
#include "plumbline/schedule.hpp"

#pragma GCC visibility push(default)
namespace plumbline {

/// After which layers a stack ends (fuse depth).
struct Cuts {
    /// Who chooses.
    enum class Kind : std::uint8_t {
        automatic,  ///< where the weights of a stack would overflow the highest on-chip weight memory
        none,       ///< one stack; with a tile of the whole map: layer by layer, maps at the lowest level that fits
        each,       ///< every layer its own stack, maps between them through the top memory: single layer
        given,      ///< the layers of `after`
    };
    Kind kind = Kind::automatic;  ///< who chooses
    std::vector<LayerId> after;   ///< of `given`
    /// Both fields equal.
    friend bool operator==(const Cuts& a, const Cuts& b) { return a.kind == b.kind && a.after == b.after; }
};

/// Tile size and overlap mode of one stack.
struct StackChoice {
    TileSize tile;                                 ///< of the stack's output
    OverlapMode mode = OverlapMode::fully_cached;  ///< between its tiles
};

/// How a network is cut, tiled and mapped.
struct PlanOptions {
    /// One for all stacks, or one per stack. A tile is cut to the map of a stack that is smaller.
    std::vector<StackChoice> stacks;
    Cuts cuts;                                           ///< where stacks end
    CapacityPolicy capacity = CapacityPolicy::reserved;  ///< what counts as fitting
    SearchOptions search;                                ///< of each layer's mapping
    /// Mappings found before are taken from here and new ones are added: give the same one to plans that share
    /// accelerator, workload, rules and search options. Null: every plan starts anew.
    MappingCache* mappings = nullptr;
    /// Told of the mapping of each layer and tile class of the schedule. Null: nobody asks what is proven.
    SearchProof* proof = nullptr;
};

/// The layers after which stacks end, in topological order; never the last layer.
/// \throws InputError for a layer that does not exist, or a cut that leaves a stack with several outputs
std::vector<LayerId> cuts_of(const Accelerator& accelerator, const Workload& workload, const MappingRules& rules,
                             const Cuts& cuts);

/// \throws InputError for a tile larger than every stack's output, a number of choices that is not that of the stacks,
/// or a workload with several outputs
/// The schedule of a network; infeasible where a layer fits no memories on some tile.
Outcome<Schedule> plan_schedule(const Accelerator& accelerator, const Workload& workload, const MappingRules& rules,
                                const PlanOptions& options);

}  // namespace plumbline
#pragma GCC visibility pop
