// SPDX-License-Identifier: Apache-2.0
#include "planning/tile_places.hpp"

#include <algorithm>
#include <optional>

namespace plumbline::detail {
namespace {

/// What tiles before have made is not made again. Where maps have edges, a map may be made up to its edge for one reader before
/// others have come so far.
void leave_out_made(NodePlace& place, std::int64_t made, bool bounded)
{
    if (bounded && place.needed.empty()) {
        place.computed = {made, made};
        return;
    }
    place.computed.begin = std::max(place.needed.begin, std::min(place.needed.end, made));
    place.computed.end = bounded ? place.needed.end : std::max(place.needed.end, made);
}

/// Places of one tile. \param before the tile before, if what it made is cached; or null
std::vector<NodePlace> place_tile(const StackGraph& graph, const TileAxis& axis, Interval outputs,
                                  const std::vector<NodePlace>* before)
{
    std::vector<NodePlace> places(graph.nodes.size());
    places[graph.output].needed = outputs;
    for (NodeId id = graph.nodes.size(); id-- > 0;) {
        NodePlace& place = places[id];
        place.computed = place.needed;
        if (before != nullptr) leave_out_made(place, (*before)[id].computed.end, graph.bounded);
        for (const StackEdge& edge : graph.nodes[id].inputs) {
            place.read.push_back((edge.*axis.reach).of(place.computed));
            if (graph.bounded) {
                place.reached.push_back(place.read.back());
                place.read.back() = clipped(place.read.back(), {0, graph.nodes[edge.source].*axis.size});
            }
            Interval& source = places[edge.source].needed;
            source = hull(source, place.read.back());
        }
    }
    return places;
}

/// From where tiles behind one need a map. One may need nothing of it and those further on something all the same, where
/// windows lie in padding. \param places of the tile; `computed` ends where all that has been made ends
std::vector<std::optional<std::int64_t>> needed_behind(const StackGraph& graph, const TileAxis& axis,
                                                       const std::vector<NodePlace>& places)
{
    std::vector<std::optional<std::int64_t>> begins(places.size());
    const std::int64_t size = graph.nodes[graph.output].*axis.size;
    std::vector<NodePlace> made = places;
    bool open = true;
    for (std::int64_t begin = axis.begin + axis.output; open && begin < size; begin += axis.output) {
        const auto tile = place_tile(graph, axis, {begin, std::min(begin + axis.output, size)}, &made);
        open = false;
        for (NodeId id = 0; id < tile.size(); ++id) {
            if (!begins[id] && !tile[id].needed.empty()) begins[id] = tile[id].needed.begin;
            made[id].computed.end = std::max(made[id].computed.end, tile[id].computed.end);
            open = open || !begins[id];
        }
    }
    return begins;
}

/// The first tile has none before, the last none behind.
std::vector<NodePlace> places_at_edges(const StackGraph& graph, const TileAxis& axis)
{
    const std::int64_t end = axis.begin + axis.output;
    const Interval previous{std::max<std::int64_t>(0, axis.begin - axis.output), axis.begin};
    const bool cached = axis.cached && !previous.empty();
    std::vector<NodePlace> before;
    if (cached) before = place_tile(graph, axis, previous, nullptr);
    auto places = place_tile(graph, axis, {axis.begin, end}, cached ? &before : nullptr);
    auto all_made = places;
    for (NodeId id = 0; cached && id < places.size(); ++id)
        all_made[id].computed.end = std::max(before[id].computed.end, places[id].computed.end);
    const auto behind = needed_behind(graph, axis, all_made);
    for (NodeId id = 0; id < places.size(); ++id) {
        NodePlace& place = places[id];
        const std::int64_t made = all_made[id].computed.end;
        if (behind[id]) place.left = std::max<std::int64_t>(0, made - *behind[id]);
        if (cached && !place.needed.empty()) place.found = std::max<std::int64_t>(0, made - place.needed.begin);
    }
    return places;
}

}  // namespace

std::vector<NodePlace> tile_places(const StackGraph& graph, const TileAxis& axis)
{
    if (graph.bounded) return places_at_edges(graph, axis);
    const auto before = place_tile(graph, axis, {-axis.output, 0}, nullptr);
    auto places = place_tile(graph, axis, {0, axis.output}, axis.cached ? &before : nullptr);
    const auto after = place_tile(graph, axis, {axis.output, 2 * axis.output}, &places);
    for (NodeId id = 0; id < places.size(); ++id)
        places[id].left = std::max<std::int64_t>(0, places[id].computed.end - after[id].needed.begin);
    return places;
}

}  // namespace plumbline::detail
