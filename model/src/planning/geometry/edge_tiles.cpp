// SPDX-License-Identifier: Apache-2.0
#include "planning/geometry/edge_tiles.hpp"

namespace plumbline::detail {

EdgeTiles::EdgeTiles(const StackGraph& graph, const GridAxis& axis, const TileAxis& along)
    : graph_{graph},
      axis_{axis},
      along_{along}
{
    if (are_placed_together(graph, tile_axis(0, along.cached)))
        cached_ = places_of_all(graph, tile_axis(0, along.cached));
}

Signature EdgeTiles::signature(std::int64_t index)
{
    Signature signature{axis_.size_of(index)};
    for (bool cached : {false, true}) {
        if (cached && !along_.cached) continue;
        const TilePlaces& places = places_of(index, cached);
        for (NodeId id = 0; id < places.size(); ++id) append(signature, places, id);
    }
    return signature;
}

bool EdgeTiles::inside(std::int64_t index)
{
    if (index < 2 || index + 2 >= axis_.tiles()) return false;
    return reaches_no_edge(index - 1) && reaches_no_edge(index) && reaches_no_edge(index + 1);
}

const TilePlaces& EdgeTiles::places_of(std::int64_t index, bool cached)
{
    if (cached && !cached_.empty()) return cached_[static_cast<std::size_t>(index)];
    const std::pair key{index, cached};
    const auto known = known_.find(key);
    if (known != known_.end()) return known->second;
    return known_.emplace(key, tile_places(graph_, tile_axis(index, cached))).first->second;
}

TileAxis EdgeTiles::tile_axis(std::int64_t index, bool cached) const
{
    TileAxis tile = along_;
    tile.begin = axis_.begin_of(index);
    tile.output = axis_.size_of(index);
    tile.beside = axis_.tile;
    tile.outputs = {axis_.begin, axis_.begin + axis_.map};
    tile.cached = cached;
    return tile;
}

bool EdgeTiles::reaches_no_edge(std::int64_t index)
{
    for (const NodePlace& place : places_of(index, false))
        for (std::size_t edge = 0; edge < place.read.size(); ++edge)
            if (place.read[edge].begin != place.reached[edge].begin || place.read[edge].end != place.reached[edge].end)
                return false;
    return true;
}

void EdgeTiles::append(Signature& signature, const TilePlaces& places, NodeId id) const
{
    const NodePlace& place = places[id];
    signature.insert(signature.end(), {place.needed.size(), place.computed.size(), place.left, place.found,
                                       place.computed.begin - place.needed.begin});
    for (std::size_t edge = 0; edge < place.read.size(); ++edge) {
        const Interval& read = place.read[edge];
        const Interval& reached = place.reached[edge];
        const Interval& made = places[graph_.nodes[id].inputs[edge].source].computed;
        signature.insert(signature.end(), {read.size(), read.begin - reached.begin, reached.end - read.end,
                                           made.begin - read.begin, made.end - read.end});
        append_positions(signature, graph_.nodes[id].inputs[edge], place.computed, read);
    }
}

/// Of a map that is up-sampled, or whose channels hold positions: those before its edge or within the first element, and behind its
/// edge.
void EdgeTiles::append_positions(Signature& signature, const StackEdge& edge, Interval computed, Interval read) const
{
    const Reach& reach = edge.*along_.reach;
    if (reach.upsampling == 1 || computed.empty()) return;
    const std::int64_t begin = reach.position(computed.begin);
    const std::int64_t end = reach.upsampling * (graph_.nodes[edge.source].*along_.size) - reach.cut_behind;
    signature.push_back(begin - reach.upsampling * read.begin);
    signature.push_back(std::max<std::int64_t>(0, reach.cut_before - begin));
    signature.push_back(std::max<std::int64_t>(0, begin + reach.positions(computed.size()) - end));
}

}  // namespace plumbline::detail
