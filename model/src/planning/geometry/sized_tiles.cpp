// SPDX-License-Identifier: Apache-2.0
#include "planning/geometry/sized_tiles.hpp"

namespace plumbline::detail {

SizedTiles::SizedTiles(const StackGraph& graph, MapPart whole, bool overlaps) : graph_{graph}, overlaps_{overlaps}
{
    const TileSize output{whole.columns.size(), whole.rows.size()};
    const TilePlace place{{whole.columns.begin, whole.rows.begin}, {}, whole};
    whole_ = sizes(tile_places(graph, columns_of(output, {}, place)), tile_places(graph, rows_of(output, {}, place)));
}

const TileSizes& SizedTiles::of(TileSize output, CacheUse use, const TilePlace& place)
{
    const std::pair key{Along{output.x, use.columns, place.begin.x}, Along{output.y, use.rows, place.begin.y}};
    const auto known = sizes_.find(key);
    if (known != sizes_.end()) return known->second;
    const TilePlaces& columns = places(columns_, columns_of(output, use, place));
    const TilePlaces& rows = places(rows_, rows_of(output, use, place));
    return sizes_.emplace(key, sizes(columns, rows)).first->second;
}

const TilePlaces& SizedTiles::places(std::map<Along, TilePlaces>& known, const TileAxis& axis) const
{
    const Along key{axis.output, axis.cached, axis.begin};
    const auto found = known.find(key);
    return found != known.end() ? found->second : known.emplace(key, tile_places(graph_, axis)).first->second;
}

TileSizes SizedTiles::sizes(const TilePlaces& columns, const TilePlaces& rows) const
{
    TileSizes tiles = tile_sizes(graph_, columns, rows);
    if (overlaps_) note_overlaps(graph_, tiles);
    return tiles;
}

}  // namespace plumbline::detail
