// SPDX-License-Identifier: Apache-2.0
// The steps of one tile: what is copied where before each layer, and how each layer is mapped.
//
// Each layer's input and output get the lowest memory that fits them; where that is not where the data lies, it is
// copied. If no mapping fits, more levels are tried. DeFiNES §4.3.
#pragma once

#include <optional>
#include <vector>

#include "planning/cache_placement.hpp"
#include "plumbline/error.hpp"
#include "plumbline/mapper.hpp"
#include "plumbline/mapping_cache.hpp"
#include "plumbline/schedule.hpp"

namespace plumbline::detail {

/// What stays the same for all tiles of a stack.
struct StackPlan {
    const Accelerator& accelerator;
    const StackGraph& graph;
    const TileSizes& whole;  ///< tile sizes of the whole feature map
    CapacityPolicy capacity;
    SearchOptions search;
    std::optional<MemoryId> weights;  ///< where they stay after the first tile
    MappingCache& mappings;
};

/// Memories through which a tile meets its neighbours; none where there is no neighbour, or nothing is cached.
struct TileCaches {
    std::optional<MemoryId> columns_from;  ///< the tile to the left
    std::optional<MemoryId> columns_to;    ///< the tile to the right
    std::optional<MemoryId> rows_from;     ///< the tile above
    std::optional<MemoryId> rows_to;       ///< the tile below
};

struct TilePlan {
    TileKind kind;
    bool loads_weights = false;
    TileCaches caches;
    const TileDemand* demand = nullptr;
};

Outcome<std::vector<Step>> tile_steps(const StackPlan& stack, const TilePlan& tile);

}  // namespace plumbline::detail
