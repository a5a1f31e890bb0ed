// SPDX-License-Identifier: Apache-2.0
// How large is each layer's tile, from the last layer of a stack back to the first, and what does it share with its
// neighbours?
//
// A tile of a layer's output needs its receptive field from the layer before. Along each axis, the part that the
// neighbouring tile needs as well is the overlap: it is computed again, or cached. DeFiNES §4.1. Where maps have edges,
// tiles end at them, and sizes depend on where the tile lies.
#pragma once

#include <cstdint>
#include <vector>

#include "planning/geometry/stack_graph.hpp"
#include "planning/geometry/tile_places.hpp"
#include "plumbline/schedule.hpp"

namespace plumbline::detail {

/// Along columns (x) and rows (y).
struct Extent {
    std::int64_t x = 0;
    std::int64_t y = 0;
};

/// One input of a node: what it reads, and how much of that tiles to the left (x) or above (y) have made already.
struct InputTile {
    Extent size;
    Extent overlap;  ///< as if neighbours' outputs lay beside each other, as DeFiNES has it: of note_overlaps()
    Extent behind;   ///< what it reads of its source that neighbours have made: more than its overlap where it lags
    Extent ahead;    ///< what the tile makes of its source beyond what it reads
    AxisPadding
        column_padding;       ///< beside `size`, what its windows find beyond the edges of the map, in all its columns
    AxisPadding row_padding;  ///< likewise rows
};

struct NodeTile {
    Extent computed;  ///< output that this tile makes
    /// Columns and rows of the output that a neighbour will need again, as DeFiNES has it: of note_overlaps().
    Extent cached;
    Extent needed;                  ///< of the output, by this tile: what it makes and what neighbours have made
    Extent left;                    ///< as `cached`, exactly: they differ where branches join
    Extent found;                   ///< where maps have edges: what neighbours before have left of `needed`
    std::vector<InputTile> inputs;  ///< parallel to StackNode::inputs
};

/// Indexed by node.
using TileSizes = std::vector<NodeTile>;

/// Which neighbours have left their overlap in a cache.
struct CacheUse {
    bool columns = false;  ///< the tile to the left
    bool rows = false;     ///< the tile above
};

/// Columns and rows of a map.
struct MapPart {
    Interval columns;
    Interval rows;

    Extent size() const { return {columns.size(), rows.size()}; }
};

/// Where a tile lies in the stack's output.
struct TilePlace {
    Extent begin;
    Extent beside;    ///< columns and rows of each tile beside it; 0: as many as it has
    MapPart outputs;  ///< of all tiles; empty: all of the map
};

/// Where strides exceed windows, neighbouring tiles need pixels that do not touch: nobody makes those in between. Overlaps are
/// noted where maps have no edges.
/// \param place of the tile in the stack's output; of no account where maps have no edges
TileSizes tile_sizes(const StackGraph& graph, TileSize output, CacheUse use, const TilePlace& place = {});

/// Of a tile that lies here along both axes, without overlaps.
TileSizes tile_sizes(const StackGraph& graph, const TilePlaces& columns, const TilePlaces& rows);
TileAxis columns_of(TileSize output, CacheUse use, const TilePlace& place);
TileAxis rows_of(TileSize output, CacheUse use, const TilePlace& place);

/// What DeFiNES takes neighbours to share: InputTile::overlap and NodeTile::cached.
void note_overlaps(const StackGraph& graph, TileSizes& tiles);

/// Output that each layer of a network makes: that of the last layers as they say, the others as large as it is read.
/// Per node; of entering maps what is read.
std::vector<MapPart> map_parts(const StackGraph& network);

/// Whether a tile makes nothing of a node's output, since it ends before, or neighbours have made it.
bool makes_nothing(const TileSizes& tiles, NodeId node);
/// Columns and rows that caches between a tile and its neighbours hold of a node's output.
Extent cached_extent(const NodeTile& tile);
/// Of a layer on its tile, what its inputs' windows find beyond edges: per operand (output first) and sliding axis. Empty
/// where maps have no edges; of an operand, where there is nothing beyond and no axis is up-sampled. \pre the node is a layer
std::vector<std::vector<AxisPadding>> tile_padding(const StackGraph& graph, const TileSizes& tiles, NodeId node);

/// Loop sizes of a layer on its tile. \pre the node is a layer
LoopSizes tile_loops(const StackGraph& graph, const TileSizes& tiles, NodeId node);
/// Finished output that the tile makes.
Bits output_bits(const StackGraph& graph, const TileSizes& tiles, NodeId node);
/// An input over its whole receptive field.
Bits input_bits(const StackGraph& graph, const TileSizes& tiles, NodeId node, std::size_t edge);
/// What of a layer's inputs lies in gaps between windows: it takes space, but nothing reads it. Parallel to StackNode::inputs.
/// \pre the tile makes something of the node
std::vector<Bits> gap_bits(const StackGraph& graph, const TileSizes& tiles, NodeId node);

}  // namespace plumbline::detail
