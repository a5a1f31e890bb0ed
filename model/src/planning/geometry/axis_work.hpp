// SPDX-License-Identifier: Apache-2.0
// What do the tiles along one axis make of each map of a stack, and what do they read for that?
//
//     const AxisWork across{graph, open.columns(8), columns_along(true)};
//     across.node(output).made
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "planning/geometry/tile_grid.hpp"

namespace plumbline::detail {

/// What a tile reads of an input of a layer.
struct InputShare {
    std::int64_t read = 0;  ///< columns (or rows), without padding
    std::int64_t taps = 0;  ///< how often windows meet elements of the map; 0 where that is not known

    friend bool operator==(InputShare a, InputShare b) { return a.read == b.read && a.taps == b.taps; }
};

/// What a tile makes of a map.
struct NodeShare {
    std::int64_t made = 0;           ///< columns (or rows)
    std::vector<InputShare> inputs;  ///< parallel to StackNode::inputs; none where it makes nothing
    std::int64_t read = 0;           ///< of a map that enters, by layers of the stack; of no account with gaps

    friend bool operator==(const NodeShare& a, const NodeShare& b)
    {
        return a.made == b.made && a.inputs == b.inputs && a.read == b.read;
    }
};

/// What all tiles make of a map.
struct NodeWork {
    std::int64_t made = 0;   ///< columns (or rows), those that several tiles make counted for each
    std::int64_t read = 0;   ///< likewise
    std::int64_t tiles = 0;  ///< that make some
    std::vector<std::pair<NodeShare, std::int64_t>> shares;  ///< of these tiles, and how many make the same
};

/// Whether columns and rows of all maps are read in the same way, so that tiles along rows do what those along columns do.
bool alike_along_both(const StackGraph& graph);

class AxisWork {
public:
    /// \param along as in grid_classes_at_edges()
    AxisWork(const StackGraph& graph, const GridAxis& axis, const TileAxis& along);

    const NodeWork& node(NodeId id) const { return nodes_[id]; }
    const NodeShare& share(NodeId id, std::int64_t tile) const
    {
        return kinds_[kind_of_tile_[static_cast<std::size_t>(tile)]][id];
    }

private:
    using Shares = std::vector<NodeShare>;  ///< of a tile, by node

    static void add(NodeWork& node, const NodeShare& share, std::int64_t tiles);

    std::vector<NodeWork> nodes_;
    std::vector<Shares> kinds_;  ///< of tiles
    std::vector<std::size_t> kind_of_tile_;
};

}  // namespace plumbline::detail
