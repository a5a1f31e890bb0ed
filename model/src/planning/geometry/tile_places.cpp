// SPDX-License-Identifier: Apache-2.0
#include "planning/geometry/tile_places.hpp"

#include <algorithm>
#include <optional>

#include "plumbline/units.hpp"

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

/// Up to where each map has been made.
using MadeUpTo = std::vector<std::int64_t>;

MadeUpTo made_by(const TilePlaces& places)
{
    MadeUpTo made;
    for (const NodePlace& place : places) made.push_back(place.computed.end);
    return made;
}

/// Whether to note what is read of each source.
enum class Reads : std::uint8_t { noted, left_out };

/// What a tile makes of a node is settled: its sources are needed for that.
void read_sources(const StackGraph& graph, const TileAxis& axis, NodeId id, TilePlaces& places, Reads reads)
{
    NodePlace& place = places[id];
    const auto& inputs = graph.nodes[id].inputs;
    if (reads == Reads::noted) {
        place.read.reserve(inputs.size());
        if (graph.bounded) place.reached.reserve(inputs.size());
    }
    for (const StackEdge& edge : inputs) {
        const Interval reached = (edge.*axis.reach).of(place.computed);
        const Interval read = graph.bounded ? clipped(reached, {0, graph.nodes[edge.source].*axis.size}) : reached;
        if (reads == Reads::noted) {
            place.read.push_back(read);
            if (graph.bounded) place.reached.push_back(reached);
        }
        Interval& source = places[edge.source].needed;
        source = hull(source, read);
    }
}

/// Places of one tile. \param made by tiles before, if that is cached; or null
TilePlaces place_tile(const StackGraph& graph, const TileAxis& axis, Interval outputs, const MadeUpTo* made,
                      Reads reads = Reads::left_out)
{
    TilePlaces places(graph.nodes.size());
    places[graph.output].needed = outputs;
    for (NodeId id = graph.nodes.size(); id-- > 0;) {
        NodePlace& place = places[id];
        place.computed = place.needed;
        if (made != nullptr) leave_out_made(place, (*made)[id], graph.bounded);
        read_sources(graph, axis, id, places, reads);
    }
    return places;
}

Interval outputs_of_all(const StackGraph& graph, const TileAxis& axis)
{
    return axis.outputs.empty() ? Interval{0, graph.nodes[graph.output].*axis.size} : axis.outputs;
}

/// Up to where tiles before a place have made each map. That is what the last of them needs, unless it needs nothing: where it is
/// smaller than what an element of an up-sampled map makes, or windows lie in padding.
MadeUpTo made_before(const StackGraph& graph, const TileAxis& axis)
{
    const std::int64_t first = outputs_of_all(graph, axis).begin;
    MadeUpTo made(graph.nodes.size());
    std::vector<bool> known(graph.nodes.size());
    for (std::int64_t end = axis.begin; end > first; end -= axis.neighbour()) {
        const auto earlier = place_tile(graph, axis, {std::max(first, end - axis.neighbour()), end}, nullptr);
        for (NodeId id = 0; id < earlier.size(); ++id) {
            known[id] = known[id] || !earlier[id].needed.empty();
            made[id] = std::max(made[id], earlier[id].needed.end);
        }
        if (std::find(known.begin(), known.end(), false) == known.end()) break;
    }
    return made;
}

/// From where tiles behind `begin` need each map; none where no tile does. A reader needs the least where it next makes anything.
/// That is in the next tile, unless that is smaller than what an element of an up-sampled map makes, or windows lie in padding.
std::vector<std::optional<std::int64_t>> needed_later(const StackGraph& graph, const TileAxis& axis, std::int64_t begin,
                                                      MadeUpTo made)
{
    const Interval all = outputs_of_all(graph, axis);
    std::vector<std::optional<std::int64_t>> needed(graph.nodes.size());
    std::vector<bool> has_read;
    for (const StackNode& node : graph.nodes) has_read.push_back(node.layer == nullptr);
    for (; begin < all.end; begin += axis.neighbour()) {
        const auto later = place_tile(graph, axis, clipped({begin, begin + axis.neighbour()}, all), &made);
        for (NodeId id = 0; id < later.size(); ++id) {
            const NodePlace& place = later[id];
            if (!place.needed.empty())
                needed[id] = std::min(needed[id].value_or(place.needed.begin), place.needed.begin);
            has_read[id] = has_read[id] || !place.computed.empty();
            made[id] = std::max(made[id], place.computed.end);
        }
        if (std::find(has_read.begin(), has_read.end(), false) == has_read.end()) break;
    }
    return needed;
}

/// The first tile has none before, the last none behind.
TilePlaces places_at_edges(const StackGraph& graph, const TileAxis& axis)
{
    const std::int64_t end = axis.begin + axis.output;
    const bool cached = axis.cached && axis.begin > outputs_of_all(graph, axis).begin;
    MadeUpTo before;
    if (cached) before = made_before(graph, axis);
    auto places = place_tile(graph, axis, {axis.begin, end}, cached ? &before : nullptr, Reads::noted);
    MadeUpTo made = made_by(places);
    for (NodeId id = 0; id < before.size(); ++id) made[id] = std::max(made[id], before[id]);
    const auto later = needed_later(graph, axis, end, made);
    for (NodeId id = 0; id < places.size(); ++id) {
        NodePlace& place = places[id];
        if (later[id]) place.left = std::max<std::int64_t>(0, made[id] - *later[id]);
        if (cached && !place.needed.empty()) place.found = std::max<std::int64_t>(0, before[id] - place.needed.begin);
    }
    return places;
}

/// Whether a tile may need less of the beginning of a map than one behind it: one of several readers has nothing to read yet, since
/// windows lie in padding, or since it makes an up-sampled map of which the tile before has made enough.
bool may_need_less_than_later(const StackGraph& graph, const TileAxis& axis)
{
    std::vector<int> readers(graph.nodes.size());
    bool late = false;
    for (const StackNode& node : graph.nodes) {
        for (const StackEdge& edge : node.inputs) {
            const Reach& reach = edge.*axis.reach;
            ++readers[edge.source];
            late = late || reach.begin + reach.window <= 0 || reach.upsampling > 1;
        }
    }
    return late && std::any_of(readers.begin(), readers.end(), [](int count) { return count > 1; });
}

/// What the outputs of all tiles are, and which of them is the one that is asked for.
struct TileRow {
    std::vector<Interval> outputs;
    std::size_t asked = 0;
};

TileRow tile_row(const TileAxis& axis, Interval all)
{
    TileRow row;
    const std::int64_t before = std::max<std::int64_t>(axis.begin - all.begin, 0);
    row.asked = static_cast<std::size_t>(divide_up(before, axis.neighbour()));
    std::int64_t begin = axis.begin - static_cast<std::int64_t>(row.asked) * axis.neighbour();
    for (std::size_t i = 0; i <= row.asked || begin < all.end; ++i) {
        const std::int64_t size = i == row.asked ? axis.output : axis.neighbour();
        row.outputs.push_back(i == row.asked ? Interval{begin, begin + size} : clipped({begin, begin + size}, all));
        begin += size;
    }
    return row;
}

/// Where a tile begins to make a node beyond what has been made: where it needs it, or, before that, where one behind it does.
std::int64_t begins_beyond(const std::vector<TilePlaces>& tiles, std::size_t tile, NodeId id,
                           std::optional<std::int64_t> made)
{
    std::int64_t begin = tiles[tile][id].needed.begin;
    for (std::size_t i = tile + 1; i < tiles.size() && begin != made; ++i) {
        const Interval& behind = tiles[i][id].needed;
        if (behind.empty() || (made && behind.end <= *made)) continue;
        begin = std::min(begin, std::max(behind.begin, made.value_or(behind.begin)));
    }
    return begin;
}

/// Of all tiles: who comes first to a part of a map that is needed by it or by one behind it makes it.
void make_once(std::vector<TilePlaces>& tiles, NodeId id)
{
    std::optional<std::int64_t> made;
    for (std::size_t i = 0; i < tiles.size(); ++i) {
        NodePlace& place = tiles[i][id];
        Interval& needed = place.needed;
        const bool beyond = !needed.empty() && (!made || needed.begin > *made);
        if (beyond) needed.begin = begins_beyond(tiles, i, id, made);
        place.computed = needed;
        if (i > 0) leave_out_made(place, made.value_or(0), true);
        if (!needed.empty()) made = std::max(made.value_or(needed.end), needed.end);
    }
}

/// What tiles leave of a node to those behind, and find of those before.
void note_shares(std::vector<TilePlaces>& tiles, NodeId id)
{
    std::vector<std::optional<std::int64_t>> needed_behind(tiles.size());
    for (std::size_t i = tiles.size(); i-- > 1;) {
        const Interval& needed = tiles[i][id].needed;
        needed_behind[i - 1] = needed_behind[i];
        if (!needed.empty()) needed_behind[i - 1] = std::min(needed_behind[i].value_or(needed.begin), needed.begin);
    }
    std::int64_t before = 0;
    for (std::size_t i = 0; i < tiles.size(); ++i) {
        NodePlace& place = tiles[i][id];
        const std::int64_t made = std::max(before, place.computed.end);
        if (needed_behind[i]) place.left = std::max<std::int64_t>(0, made - *needed_behind[i]);
        if (i > 0 && !place.needed.empty()) place.found = std::max<std::int64_t>(0, before - place.needed.begin);
        before = made;
    }
}

/// As `places_at_edges`, of all tiles of the row.
std::vector<TilePlaces> places_in_row(const StackGraph& graph, const TileAxis& axis, const TileRow& row)
{
    std::vector<TilePlaces> tiles(row.outputs.size(), TilePlaces(graph.nodes.size()));
    for (std::size_t i = 0; i < tiles.size(); ++i) tiles[i][graph.output].needed = row.outputs[i];
    for (NodeId id = graph.nodes.size(); id-- > 0;) {
        make_once(tiles, id);
        for (TilePlaces& places : tiles) read_sources(graph, axis, id, places, Reads::noted);
    }
    for (NodeId id = 0; id < graph.nodes.size(); ++id) note_shares(tiles, id);
    return tiles;
}

}  // namespace

bool reads_upsampled(const StackGraph& graph, const TileAxis& axis)
{
    return std::any_of(graph.nodes.begin(), graph.nodes.end(), [&](const StackNode& node) {
        return std::any_of(node.inputs.begin(), node.inputs.end(),
                           [&](const StackEdge& edge) { return (edge.*axis.reach).upsampling > 1; });
    });
}

bool are_placed_together(const StackGraph& graph, const TileAxis& axis)
{
    return graph.bounded && axis.cached && may_need_less_than_later(graph, axis);
}

std::vector<TilePlaces> places_of_all(const StackGraph& graph, const TileAxis& axis)
{
    return places_in_row(graph, axis, tile_row(axis, outputs_of_all(graph, axis)));
}

TilePlaces tile_places(const StackGraph& graph, const TileAxis& axis)
{
    if (are_placed_together(graph, axis)) {
        const TileRow row = tile_row(axis, outputs_of_all(graph, axis));
        return places_in_row(graph, axis, row)[row.asked];
    }
    if (graph.bounded) return places_at_edges(graph, axis);
    const MadeUpTo before = made_by(place_tile(graph, axis, {-axis.output, 0}, nullptr));
    auto places = place_tile(graph, axis, {0, axis.output}, axis.cached ? &before : nullptr, Reads::noted);
    const MadeUpTo made = made_by(places);
    const auto after = place_tile(graph, axis, {axis.output, 2 * axis.output}, &made);
    for (NodeId id = 0; id < places.size(); ++id)
        places[id].left = std::max<std::int64_t>(0, places[id].computed.end - after[id].needed.begin);
    return places;
}

}  // namespace plumbline::detail
