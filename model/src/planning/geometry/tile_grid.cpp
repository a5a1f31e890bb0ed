// SPDX-License-Identifier: Apache-2.0
#include "planning/geometry/tile_grid.hpp"

#include <map>

#include "planning/geometry/edge_tiles.hpp"

namespace plumbline::detail {
namespace {

/// Neighbours, and the first tile that is like them.
struct Run {
    TileRange tiles;
    std::int64_t first_alike = 0;
};

/// Joins neighbours that are alike after all.
std::vector<Run> joined(const std::vector<TileRange>& runs, EdgeTiles& tiles)
{
    std::vector<Run> joined;
    std::map<Signature, std::int64_t> first;
    for (const TileRange& run : runs) {
        const std::int64_t alike = first.try_emplace(tiles.signature(run.first), run.first).first->second;
        if (!joined.empty() && joined.back().first_alike == alike)
            joined.back().tiles.count += run.count;
        else
            joined.push_back({run, alike});
    }
    return joined;
}

/// Those between the first and the last. In between, those that reach no edge are alike, unless a map is up-sampled.
std::vector<Run> runs_between(EdgeTiles& tiles, std::int64_t count)
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
    EdgeTiles tiles{graph, axis, along};
    return grid_classes_at_edges(tiles);
}

std::vector<GridClass> grid_classes_at_edges(EdgeTiles& tiles)
{
    const GridAxis& axis = tiles.axis();
    const std::int64_t count = axis.tiles();
    if (count == 1) return {{TilePosition::only, axis.map, {0, 1}, axis.begin, false}};
    std::vector<GridClass> classes{{TilePosition::first, axis.first_size(), {0, 1}, axis.begin, false}};
    for (const Run& run : runs_between(tiles, count))
        classes.push_back(
            {TilePosition::middle, axis.tile, run.tiles, axis.begin_of(run.tiles.first), true, run.first_alike});
    classes.push_back({TilePosition::last, axis.tile, {count - 1, 1}, axis.begin_of(count - 1), false});
    return classes;
}

std::vector<TileRange> equal_tiles(EdgeTiles& tiles)
{
    std::vector<TileRange> runs;
    if (tiles.graph().bounded && tiles.upsampled()) {
        for (std::int64_t index = 0; index < tiles.axis().tiles(); ++index) runs.push_back({index, 1});
    } else {
        for (const GridClass& each :
             tiles.graph().bounded ? grid_classes_at_edges(tiles) : grid_classes(tiles.axis(), false))
            runs.push_back(each.tiles);
    }
    return runs;
}

}  // namespace plumbline::detail
