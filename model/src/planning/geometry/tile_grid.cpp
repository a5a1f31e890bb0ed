// SPDX-License-Identifier: Apache-2.0
#include "planning/geometry/tile_grid.hpp"

#include <algorithm>

namespace plumbline::detail {
namespace {

/// All that tells a tile from another along one axis. What is cached of a map does not depend on whether neighbours read it
/// from a cache, so that one answer does for all overlap modes of the axis.
using Signature = std::vector<std::int64_t>;

class EdgeTiles {
public:
    EdgeTiles(const StackGraph& graph, const GridAxis& axis, const TileAxis& along)
        : graph_{graph},
          axis_{axis},
          along_{along}
    {
        if (are_placed_together(graph, tile_axis(0, along.cached)))
            cached_ = places_of_all(graph, tile_axis(0, along.cached));
    }

    Signature signature(std::int64_t index) const
    {
        Signature signature{axis_.size_of(index)};
        for (bool cached : {false, true}) {
            if (cached && !along_.cached) continue;
            const auto places = places_of(index, cached);
            for (NodeId id = 0; id < places.size(); ++id) append(signature, places, id);
        }
        return signature;
    }

    /// Then tiles that reach no edge may meet elements in different places, too.
    bool upsampled() const { return reads_upsampled(graph_, along_); }

    /// Whether neither the tile nor its neighbours reach an edge.
    bool inside(std::int64_t index) const
    {
        if (index < 2 || index + 2 >= axis_.tiles()) return false;
        return reaches_no_edge(index - 1) && reaches_no_edge(index) && reaches_no_edge(index + 1);
    }

    TilePlaces places_of(std::int64_t index, bool cached) const
    {
        if (cached && !cached_.empty()) return cached_[static_cast<std::size_t>(index)];
        return tile_places(graph_, tile_axis(index, cached));
    }

private:
    TileAxis tile_axis(std::int64_t index, bool cached) const
    {
        TileAxis tile = along_;
        tile.begin = axis_.begin_of(index);
        tile.output = axis_.size_of(index);
        tile.beside = axis_.tile;
        tile.outputs = {axis_.begin, axis_.begin + axis_.map};
        tile.cached = cached;
        return tile;
    }

    bool reaches_no_edge(std::int64_t index) const
    {
        for (const NodePlace& place : places_of(index, false))
            for (std::size_t edge = 0; edge < place.read.size(); ++edge)
                if (place.read[edge].begin != place.reached[edge].begin ||
                    place.read[edge].end != place.reached[edge].end)
                    return false;
        return true;
    }

    void append(Signature& signature, const TilePlaces& places, NodeId id) const
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
    void append_positions(Signature& signature, const StackEdge& edge, Interval computed, Interval read) const
    {
        const Reach& reach = edge.*along_.reach;
        if (reach.upsampling == 1 || computed.empty()) return;
        const std::int64_t begin = reach.position(computed.begin);
        const std::int64_t end = reach.upsampling * (graph_.nodes[edge.source].*along_.size) - reach.cut_behind;
        signature.push_back(begin - reach.upsampling * read.begin);
        signature.push_back(std::max<std::int64_t>(0, reach.cut_before - begin));
        signature.push_back(std::max<std::int64_t>(0, begin + reach.positions(computed.size()) - end));
    }

    const StackGraph& graph_;
    const GridAxis& axis_;
    const TileAxis& along_;
    std::vector<TilePlaces> cached_;  ///< of all tiles, where they are placed together
};

/// Neighbours that are alike after all.
std::vector<TileRange> joined(const std::vector<TileRange>& runs, const EdgeTiles& tiles)
{
    std::vector<TileRange> joined;
    Signature last;
    for (const TileRange& run : runs) {
        Signature signature = tiles.signature(run.first);
        if (!joined.empty() && signature == last)
            joined.back().count += run.count;
        else
            joined.push_back(run);
        last = std::move(signature);
    }
    return joined;
}

/// Those between the first and the last. In between, those that reach no edge are alike, unless a map is up-sampled.
std::vector<TileRange> runs_between(const EdgeTiles& tiles, std::int64_t count)
{
    std::vector<TileRange> runs;
    const std::int64_t last = count - 1;
    std::int64_t left = tiles.upsampled() ? last : 1;
    while (left < last && !tiles.inside(left)) ++left;
    std::int64_t right = last;
    while (right > left && !tiles.inside(right - 1)) --right;
    for (std::int64_t index = 1; index < left; ++index) runs.push_back({index, 1});
    if (right > left) runs.push_back({left, right - left});
    for (std::int64_t index = right; index < last; ++index) runs.push_back({index, 1});
    return joined(runs, tiles);
}

/// Of what a tile makes of a node, all that its readers read, without what lies between them; nothing of a window that lies in
/// padding.
std::int64_t read_of(const StackGraph& graph, const TilePlaces& places, NodeId id)
{
    std::vector<Interval> parts;
    for (NodeId reader : graph.nodes[id].consumers)
        for (std::size_t edge = 0; edge < graph.nodes[reader].inputs.size(); ++edge) {
            if (graph.nodes[reader].inputs[edge].source != id) continue;
            const NodePlace& place = places[reader];
            Interval part = place.read[edge];
            if (graph.bounded)
                part = {std::max(part.begin, place.reached[edge].begin), std::min(part.end, place.reached[edge].end)};
            parts.push_back(part);
        }
    std::sort(parts.begin(), parts.end(), [](const Interval& a, const Interval& b) { return a.begin < b.begin; });
    std::int64_t read = 0;
    std::int64_t counted = places[id].computed.begin;
    for (const Interval& part : parts) {
        const Interval more{std::max(part.begin, counted), std::min(part.end, places[id].computed.end)};
        if (part.empty() || more.empty()) continue;
        read += more.size();
        counted = more.end;
    }
    return read;
}

/// Of tiles that make the same. Of up-sampled maps each is a run of its own: to tell which are alike takes longer.
std::vector<TileRange> equal_runs(const StackGraph& graph, const GridAxis& axis, const TileAxis& along)
{
    std::vector<TileRange> runs;
    if (graph.bounded && reads_upsampled(graph, along)) {
        for (std::int64_t index = 0; index < axis.tiles(); ++index) runs.push_back({index, 1});
    } else {
        for (const GridClass& each :
             graph.bounded ? grid_classes_at_edges(graph, axis, along) : grid_classes(axis, false))
            runs.push_back(each.tiles);
    }
    return runs;
}

}  // namespace

std::vector<GridClass> grid_classes(const GridAxis& axis, bool own_second)
{
    const std::int64_t tiles = axis.tiles();
    if (tiles == 1) return {{TilePosition::only, axis.map, {0, 1}}};
    std::vector<GridClass> classes{{TilePosition::first, axis.first_size(), {0, 1}}};
    const bool second = own_second && tiles > 2;
    if (second) classes.push_back({TilePosition::second, axis.tile, {1, 1}});
    const TileRange middle{second ? 2 : 1, tiles - (second ? 3 : 2)};
    if (middle.count > 0) classes.push_back({TilePosition::middle, axis.tile, middle});
    classes.push_back({TilePosition::last, axis.tile, {tiles - 1, 1}});
    return classes;
}

std::vector<GridClass> grid_classes_at_edges(const StackGraph& graph, const GridAxis& axis, const TileAxis& along)
{
    const std::int64_t tiles = axis.tiles();
    if (tiles == 1) return {{TilePosition::only, axis.map, {0, 1}, axis.begin, false}};
    std::vector<GridClass> classes{{TilePosition::first, axis.first_size(), {0, 1}, axis.begin, false}};
    for (const TileRange& run : runs_between(EdgeTiles{graph, axis, along}, tiles))
        classes.push_back({TilePosition::middle, axis.tile, run, axis.begin_of(run.first), true});
    classes.push_back({TilePosition::last, axis.tile, {tiles - 1, 1}, axis.begin_of(tiles - 1), false});
    return classes;
}

std::vector<AxisWork> axis_work(const StackGraph& graph, const GridAxis& axis, const TileAxis& along)
{
    const EdgeTiles tiles{graph, axis, along};
    std::vector<AxisWork> work(graph.nodes.size());
    for (const TileRange& run : equal_runs(graph, axis, along)) {
        const auto places = tiles.places_of(run.first, along.cached && run.first > 0);
        for (NodeId id = 0; id < work.size(); ++id) {
            const std::int64_t made = places[id].computed.size();
            work[id].made += run.count * made;
            work[id].read += run.count * read_of(graph, places, id);
            if (made > 0) work[id].tiles += run.count;
        }
    }
    return work;
}

}  // namespace plumbline::detail
