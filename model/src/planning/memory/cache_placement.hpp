// SPDX-License-Identifier: Apache-2.0
// In which memories do the caches of a stack and its weights live?
//
// Feature maps come first, then the column cache, then the row cache, then the weights: each gets the lowest memory that
// fits it beside those before it. DeFiNES §4.2. Caches need a memory that inputs and outputs share and that exists once.
#pragma once

#include <optional>

#include "planning/geometry/sized_tiles.hpp"
#include "planning/memory/footprint.hpp"
#include "plumbline/accelerator.hpp"
#include "plumbline/schedule.hpp"

namespace plumbline::detail {

/// A kind of tile: its size and whether it stands in the first column or row.
struct TileKind {
    TileSize size;
    bool first_column = false;
    bool first_row = false;
    TilePlace place = {};  ///< of one such tile; of no account where maps have no edges
};

/// What one kind of tile asks for.
struct TileDemand {
    std::optional<MemoryId> column_cache;
    std::optional<MemoryId> row_cache;
    std::optional<MemoryId> weights;  ///< none where the stack has no weights
    CacheSizes caches;
    /// Tile sizes as if both neighbours had cached their overlap: they set how much is written to and read from caches.
    const TileSizes* cached_tiles = nullptr;
};

/// What the tiles of a stack have in common.
struct StackSetting {
    const Accelerator& accelerator;
    SizedTiles& tiles;
    CapacityPolicy capacity = CapacityPolicy::optimistic;
};

/// Whether tiles and caches are counted as they are. DeFiNES, whose networks have no edges, sizes them by overlaps.
inline bool counts_exactly(CapacityPolicy capacity, const StackGraph& graph)
{
    return capacity == CapacityPolicy::reserved || graph.bounded;
}

/// Under `optimistic`, caches are sized as if both neighbours had cached their overlap, whatever the mode (DeFiNES); under
/// `reserved`, as they really are.
TileDemand tile_demand(const StackSetting& stack, OverlapMode mode, const TileKind& kind);

/// The memory operand that holds the stack's input activations.
MemoryOperand activation_operand(const StackGraph& graph);
/// The memory operand that holds the stack's weights; none where it has none.
std::optional<MemoryOperand> weight_operand(const StackGraph& graph);

}  // namespace plumbline::detail
