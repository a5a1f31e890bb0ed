// SPDX-License-Identifier: Apache-2.0
// Which columns (or rows) of a stack's tile grid behave alike?
//
// The left-over tile comes first, as in DeFiNES; then tiles are alike, but where their neighbours cache elsewhere. Where maps
// have edges, tiles near them read and make less than those in the middle, and how much less may differ from tile to tile.
#pragma once

#include <cstdint>
#include <vector>

#include "planning/geometry/tile_places.hpp"
#include "plumbline/schedule.hpp"

namespace plumbline::detail {

/// Neighbouring columns (or rows) of the grid that behave alike.
struct GridClass {
    TilePosition position = TilePosition::only;
    std::int64_t size = 1;   ///< of a tile
    TileRange tiles;         ///< of the grid
    std::int64_t begin = 0;  ///< of the first tile in the stack's output; of no account where maps have no edges
    bool at_edges = false;   ///< the position does not tell which tiles they are
    /// The first tile of all that behave like these, neighbours or not.
    std::int64_t first_alike = tiles.first;

    bool first() const { return position == TilePosition::first || position == TilePosition::only; }
    bool last() const { return position == TilePosition::last || position == TilePosition::only; }
};

/// One axis of the output of a stack, and how it is cut into tiles.
struct GridAxis {
    std::int64_t map = 1;    ///< columns (or rows) of the output
    std::int64_t tile = 1;   ///< of a full tile
    std::int64_t begin = 0;  ///< of the tiles in the output's map

    std::int64_t tiles() const { return divide_up(map, tile); }
    /// Of the first tile: what is left over.
    std::int64_t first_size() const { return map - (tiles() - 1) * tile; }
    std::int64_t size_of(std::int64_t index) const { return index == 0 ? first_size() : tile; }
    std::int64_t begin_of(std::int64_t index) const
    {
        return index == 0 ? begin : begin + first_size() + (index - 1) * tile;
    }
};

/// Without edges. \param own_second whether the second tile differs from those in the middle
std::vector<GridClass> grid_classes(const GridAxis& axis, bool own_second);

/// With edges. \param along columns or rows; its `output` and `begin` are of no account
std::vector<GridClass> grid_classes_at_edges(const StackGraph& graph, const GridAxis& axis, const TileAxis& along);

class EdgeTiles;
std::vector<GridClass> grid_classes_at_edges(EdgeTiles& tiles);

/// Neighbours that make the same. Of up-sampled maps each tile by itself: to tell which are alike takes longer.
std::vector<TileRange> equal_tiles(EdgeTiles& tiles);

}  // namespace plumbline::detail
