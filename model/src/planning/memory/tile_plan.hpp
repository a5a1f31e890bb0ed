// SPDX-License-Identifier: Apache-2.0
// What is known of a stack and of a class of its tiles before the steps of a tile are planned.
//
// plan.cpp makes a StackPlan for each stack and a TilePlan for each class of tiles; tile_steps turns both into steps.
#pragma once

#include <optional>

#include "planning/memory/cache_placement.hpp"
#include "plumbline/mapper.hpp"
#include "plumbline/mapping_cache.hpp"

namespace plumbline::detail {

/// What stays the same for all tiles of a stack.
struct StackPlan {
    const Accelerator& accelerator;
    const StackGraph& graph;
    SizedTiles& tiles;
    CapacityPolicy capacity;
    SearchOptions search;
    std::optional<MemoryId> weights;  ///< where they stay after the first tile
    Bits all_weights{};
    bool several_tiles = false;  ///< there are tiles after the first, which find weights there
    MappingCache& mappings;
    SearchProof& proof;  ///< of the mappings of all tiles that are planned
};

/// Memories through which a tile meets its neighbours; none where there is no neighbour, or nothing is cached.
struct TileCaches {
    std::optional<MemoryId> columns_from;  ///< the tile to the left
    std::optional<MemoryId> columns_to;    ///< the tile to the right
    std::optional<MemoryId> rows_from;     ///< the tile above
    std::optional<MemoryId> rows_to;       ///< the tile below
};

/// What tells the tiles of one class from those of others.
struct TilePlan {
    TileKind kind;
    bool loads_weights = false;  ///< the first tile of the stack: weights come from off-chip memory
    TileCaches caches;
    const TileDemand* demand = nullptr;
};

}  // namespace plumbline::detail
