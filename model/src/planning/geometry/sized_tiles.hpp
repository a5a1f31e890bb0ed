// SPDX-License-Identifier: Apache-2.0
// Sizes of the tiles of one stack, each worked out once: tiles of a row share what they are along rows, those of a column what
// they are along columns.
//
//     SizedTiles tiles{graph, whole, true};
//     tiles.of({60, 72}, {true, false}, place)[node].computed
#pragma once

#include <map>
#include <tuple>

#include "planning/geometry/tile_sizes.hpp"

namespace plumbline::detail {

class SizedTiles {
public:
    /// \param graph must outlive it \param whole output of the stack \param overlaps whether to note them
    SizedTiles(const StackGraph& graph, MapPart whole, bool overlaps);

    const StackGraph& graph() const { return graph_; }
    /// Of one tile that makes all of the output.
    const TileSizes& whole() const { return whole_; }
    /// As tile_sizes(). \pre the places of all tiles are of one grid
    const TileSizes& of(TileSize output, CacheUse use, const TilePlace& place);

private:
    /// Outputs of a tile along an axis, whether it finds what its neighbour leaves, and where it begins.
    using Along = std::tuple<std::int64_t, bool, std::int64_t>;

    const TilePlaces& places(std::map<Along, TilePlaces>& known, const TileAxis& axis) const;
    TileSizes sizes(const TilePlaces& columns, const TilePlaces& rows) const;

    const StackGraph& graph_;
    bool overlaps_;
    TileSizes whole_;
    std::map<Along, TilePlaces> columns_;
    std::map<Along, TilePlaces> rows_;
    std::map<std::pair<Along, Along>, TileSizes> sizes_;
};

}  // namespace plumbline::detail
