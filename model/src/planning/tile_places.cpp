// SPDX-License-Identifier: Apache-2.0
#include "planning/tile_places.hpp"

#include <algorithm>

namespace plumbline::detail {
namespace {

/// Places of one tile. \param before the tile before, if what it made is cached; or null
std::vector<NodePlace> place_tile(const StackGraph& graph, const TileAxis& axis, Interval outputs,
                                  const std::vector<NodePlace>* before)
{
    std::vector<NodePlace> places(graph.nodes.size());
    places[graph.output].needed = outputs;
    for (NodeId id = graph.nodes.size(); id-- > 0;) {
        NodePlace& place = places[id];
        place.computed = place.needed;
        if (before != nullptr) {
            const std::int64_t made = (*before)[id].computed.end;
            place.computed.begin = std::max(place.needed.begin, std::min(place.needed.end, made));
            place.computed.end = std::max(place.needed.end, made);
        }
        for (const StackEdge& edge : graph.nodes[id].inputs) {
            place.read.push_back((edge.*axis.reach).of(place.computed));
            Interval& source = places[edge.source].needed;
            source = hull(source, place.read.back());
        }
    }
    return places;
}

}  // namespace

std::vector<NodePlace> tile_places(const StackGraph& graph, const TileAxis& axis)
{
    const auto before = place_tile(graph, axis, {-axis.output, 0}, nullptr);
    auto places = place_tile(graph, axis, {0, axis.output}, axis.cached ? &before : nullptr);
    const auto after = place_tile(graph, axis, {axis.output, 2 * axis.output}, &places);
    for (NodeId id = 0; id < places.size(); ++id)
        places[id].left = std::max<std::int64_t>(0, places[id].computed.end - after[id].needed.begin);
    return places;
}

}  // namespace plumbline::detail
