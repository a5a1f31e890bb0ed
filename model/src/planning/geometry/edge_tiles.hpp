// SPDX-License-Identifier: Apache-2.0
// Which tiles along one axis are alike, where maps have edges?
//
//     EdgeTiles tiles{graph, axis, along};
//     tiles.signature(1) == tiles.signature(2)
#pragma once

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "planning/geometry/tile_grid.hpp"

namespace plumbline::detail {

/// All that tells a tile from another along one axis. What is cached of a map does not depend on whether neighbours read it
/// from a cache, so that one answer does for all overlap modes of the axis.
using Signature = std::vector<std::int64_t>;

class EdgeTiles {
public:
    /// All must outlive it. \param along as in grid_classes_at_edges()
    EdgeTiles(const StackGraph& graph, const GridAxis& axis, const TileAxis& along);

    const StackGraph& graph() const { return graph_; }
    const GridAxis& axis() const { return axis_; }

    Signature signature(std::int64_t index);
    /// Then tiles that reach no edge may meet elements in different places, too.
    bool upsampled() const { return reads_upsampled(graph_, along_); }
    /// Whether neither the tile nor its neighbours reach an edge.
    bool inside(std::int64_t index);
    /// Worked out once.
    const TilePlaces& places_of(std::int64_t index, bool cached);

private:
    TileAxis tile_axis(std::int64_t index, bool cached) const;
    bool reaches_no_edge(std::int64_t index);
    void append(Signature& signature, const TilePlaces& places, NodeId id) const;
    void append_positions(Signature& signature, const StackEdge& edge, Interval computed, Interval read) const;

    const StackGraph& graph_;
    const GridAxis& axis_;
    const TileAxis& along_;
    std::vector<TilePlaces> cached_;  ///< of all tiles, where they are placed together
    std::map<std::pair<std::int64_t, bool>, TilePlaces> known_;
};

}  // namespace plumbline::detail
