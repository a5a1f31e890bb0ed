// SPDX-License-Identifier: Apache-2.0
// Where does a tile lie on the maps of a stack along one axis, and what of that have tiles before it made?
//
// Worked out from the outputs of the tile back through the layers, beside a neighbour on each side. All tiles but the first
// are alike, moved on by as many pixels as they have outputs, so that one stands for all, unless maps have edges: there,
// windows and tiles end at them, and what lies beyond is padding.
#pragma once

#include <vector>

#include "planning/geometry/map_places.hpp"
#include "planning/geometry/stack_graph.hpp"

namespace plumbline::detail {

/// Of a node's output, in coordinates in which the tile's outputs of the stack begin at TileAxis::begin.
struct NodePlace {
    Interval needed;             ///< by all that read it in the tile
    Interval computed;           ///< what the tile makes of it (fetches, where it enters the stack)
    std::int64_t left = 0;       ///< of what has been made until then, needed by later tiles; never negative
    std::int64_t found = 0;      ///< where maps have edges: what tiles before have left of `needed`
    std::vector<Interval> read;  ///< parallel to StackNode::inputs: of its sources, without padding
    /// Where maps have edges, parallel to StackNode::inputs: with padding.
    std::vector<Interval> reached = {};
};

/// One axis: which reach of an edge, and how many outputs of the stack the tile has along it.
struct TileAxis {
    Reach StackEdge::*reach;
    std::int64_t output = 1;
    bool cached = false;     ///< tiles before have left what both need
    std::int64_t begin = 0;  ///< of the tile in the stack's output; of no account where maps have no edges
    /// Outputs of each tile beside it, where maps have edges; 0: as many as it has.
    std::int64_t beside = 0;
    Interval outputs = {};  ///< of all tiles, where maps have edges; empty: all of the map
    std::int64_t StackNode::*size = &StackNode::columns;
    LoopDim position = LoopDim::ox;  ///< LoopDim::oy: rows

    std::int64_t neighbour() const { return beside > 0 ? beside : output; }
};

/// Whether some layer reads an up-sampled map along the axis: then a tile may make nothing of it, and others after it more.
bool reads_upsampled(const StackGraph& graph, const TileAxis& axis);

/// Of one tile, indexed by node.
using TilePlaces = std::vector<NodePlace>;

TilePlaces tile_places(const StackGraph& graph, const TileAxis& axis);

/// Whether the places of a tile follow from those of all tiles along the axis: then it is cheaper to ask for all.
bool are_placed_together(const StackGraph& graph, const TileAxis& axis);
/// Of all tiles, in order. \param axis the first tile \pre they are placed together
std::vector<TilePlaces> places_of_all(const StackGraph& graph, const TileAxis& axis);

}  // namespace plumbline::detail
