// SPDX-License-Identifier: Apache-2.0
#include "storage/stack_storage.hpp"

#include <algorithm>

#include "storage/geometry/grid_places.hpp"
#include "storage/geometry/map_read.hpp"
#include "storage/memory_list.hpp"

namespace plumbline::sim {
namespace {

/// \pre a layer makes the map
bool reads(const Layer& layer, MapId map)
{
    return std::any_of(layer.inputs.begin(), layer.inputs.end(),
                       [&](const Operand& input) { return input.source && *input.source == *map; });
}

bool leaves_stack(const Workload& workload, const Schedule& schedule, std::size_t stack, MapId map)
{
    if (!map) return false;  // an input of the network has one reader
    if (workload.consumers(*map).empty()) return true;
    for (std::size_t later = stack + 1; later < schedule.stacks.size(); ++later) {
        for (LayerId layer : schedule.stacks[later].layers) {
            if (reads(workload.layer(layer), map)) return true;
        }
    }
    return false;
}

void note(std::vector<MemoryId>& places, MemoryId memory)
{
    if (!contains(places, memory)) places.push_back(memory);
}

/// Memories that copies and layers of a class fill.
void note_places(const TileClass& tile, const StackGeometry& geometry, std::vector<std::vector<MemoryId>>& places)
{
    for (const Step& step : tile.steps) {
        if (const auto* copies = std::get_if<CopyStep>(&step)) {
            for (const Copy& copy : copies->copies) {
                if (const auto map = geometry.find(map_of(copy.region))) note(places[*map], copy.to.memory);
            }
        } else {
            const auto& compute = std::get<ComputeStep>(step);
            note(places[geometry.layer(compute.layer).map], compute.mapping.operands.front().levels.back());
        }
    }
}

/// Of the uses of a map in a memory, what they read of it along one axis at a place of the grid.
Interval read_by(const std::vector<CacheUse>& uses, std::size_t map, MemoryId memory,
                 std::vector<Interval> ReadGeometry::*axis, std::int64_t place)
{
    Interval all;
    for (const CacheUse& use : uses) {
        if (use.map == map && contains(use.memories, memory))
            all = hull(all, (use.read->*axis)[static_cast<std::size_t>(place)]);
    }
    return all;
}

}  // namespace

StackStorage::StackStorage(const plumbline::Accelerator& accelerator, const Workload& workload,
                           const Schedule& schedule, std::size_t index)
    : stack{&schedule.stacks[index]},
      geometry{workload, schedule.stacks[index]},
      top{accelerator.top()},
      places(geometry.maps().size()),
      differing_{columns_that_differ(*stack)}
{
    for (const TileClass& tile : stack->classes) {
        uses.push_back(cache_uses(workload, *stack, tile, geometry));
        note_places(tile, geometry, places);
    }
    for (std::size_t map = 0; map < geometry.maps().size(); ++map) {
        const MapGeometry& each = geometry.maps()[map];
        if (each.enters) note(places[map], top);
        leaves.push_back(leaves_stack(workload, schedule, index, each.map));
    }
    for (const CacheUses& each : uses) {
        for (const auto* along : {&each.columns, &each.rows}) {
            for (const CacheUse& use : *along) {
                for (MemoryId memory : use.memories) note(places[use.map], memory);
            }
        }
    }
}

const CacheUses& StackStorage::uses_at(GridPlace tile) const
{
    return uses[static_cast<std::size_t>(&class_at(tile) - stack->classes.data())];
}

bool StackStorage::is_last(GridPlace tile) const
{
    return tile.column + 1 == stack->grid.columns && tile.row + 1 == stack->grid.rows;
}

std::vector<FeatureBox> StackStorage::kept(std::size_t map, MemoryId memory, GridPlace tile) const
{
    const MapGeometry& each = geometry.maps()[map];
    const bool outlasts_tile = leaves[map] || (each.enters && !is_last(tile));
    if (memory == top && outlasts_tile) return {each.whole};
    std::vector<FeatureBox> kept = kept_on_the_right(map, memory, tile);
    const std::vector<FeatureBox> below = kept_below(map, memory, tile);
    kept.insert(kept.end(), below.begin(), below.end());
    return kept;
}

/// Later tiles in the row read columns that this one has. Those whose outputs lie beyond the map's edge read nothing; of an
/// up-sampled map, one tile may read from further ahead than the next.
Interval StackStorage::columns_read_later(std::size_t map, MemoryId memory, GridPlace tile) const
{
    const MapGeometry& each = geometry.maps()[map];
    const std::int64_t end = each.columns.reached[static_cast<std::size_t>(tile.column)];
    std::int64_t begin = end;
    for (std::int64_t column = tile.column + 1; column < stack->grid.columns; ++column) {
        if (each.columns.needed_behind[static_cast<std::size_t>(column - 1)] >= begin) break;
        const CacheUses& later = uses_at({column, tile.row});
        const Interval read = read_by(later.columns, map, memory, &ReadGeometry::columns, column);
        if (!read.empty()) begin = std::min(begin, read.begin);
    }
    return {begin, end};
}

/// Likewise of rows; the tiles of a row may read them in different memories.
Interval StackStorage::rows_read_later(std::size_t map, MemoryId memory, GridPlace tile) const
{
    RowAnswers& answers = answers_[{map, memory}];
    if (answers.above != tile.row) answers.later = find_rows_read_later(map, memory, tile.row);
    answers.above = tile.row;
    return answers.later;
}

Interval StackStorage::find_rows_read_later(std::size_t map, MemoryId memory, std::int64_t above) const
{
    const MapGeometry& each = geometry.maps()[map];
    const std::int64_t end = each.rows.reached[static_cast<std::size_t>(above)];
    std::int64_t begin = end;
    for (std::int64_t row = above + 1; row < stack->grid.rows; ++row) {
        if (each.rows.needed_behind[static_cast<std::size_t>(row - 1)] >= begin) break;
        for (std::int64_t column : differing_) {
            const Interval read = read_by(uses_at({column, row}).rows, map, memory, &ReadGeometry::rows, row);
            if (!read.empty()) begin = std::min(begin, read.begin);
        }
    }
    return {begin, end};
}

/// Rows of the columns that the tile to the left has left. A layer that reads none of these may find its rows elsewhere.
Interval StackStorage::rows_of_cached_columns(std::size_t map, MemoryId memory, GridPlace tile) const
{
    const std::int64_t made = geometry.maps()[map].computed(tile.column, tile.row).columns.begin;
    Interval rows;
    for (const CacheUse& use : uses_at(tile).columns) {
        if (use.map != map || !contains(use.memories, memory)) continue;
        const FeatureBox window = use.read->window(tile.column, tile.row);
        if (window.columns.begin < made) rows = hull(rows, window.rows);
    }
    return rows;
}

/// From a place on, tiles of a row read rows that the row above has left. Columns that no tile has needed until then lie there,
/// too, though they are left of what a tile makes.
Interval StackStorage::rows_read_on_the_right(std::size_t map, MemoryId memory, GridPlace first) const
{
    RowAnswers& answers = answers_[{map, memory}];
    if (answers.right_of != first.row) look_right(answers, map, memory, first.row);
    // Tiles from the first one to the next that differs are alike.
    Interval rows = read_by(uses_at(first).rows, map, memory, &ReadGeometry::rows, first.row);
    Interval with_columns = rows_of_cached_columns(map, memory, first);
    const auto next = std::lower_bound(differing_.begin(), differing_.end(), first.column);
    if (next != differing_.end()) {
        const auto index = static_cast<std::size_t>(next - differing_.begin());
        rows = hull(rows, answers.on_the_right[index]);
        with_columns = hull(with_columns, answers.with_columns[index]);
    }
    const bool reach_above = rows.begin < geometry.maps()[map].computed(first.column, first.row).rows.begin;
    return rows.empty() || !reach_above ? Interval{} : hull(rows, with_columns);
}

void StackStorage::look_right(RowAnswers& answers, std::size_t map, MemoryId memory, std::int64_t row) const
{
    answers.right_of = row;
    answers.on_the_right.assign(differing_.size(), Interval{});
    answers.with_columns.assign(differing_.size(), Interval{});
    Interval rows;
    Interval with_columns;
    for (std::size_t i = differing_.size(); i-- > 0;) {
        const GridPlace tile{differing_[i], row};
        answers.on_the_right[i] = rows = hull(rows, read_by(uses_at(tile).rows, map, memory, &ReadGeometry::rows, row));
        answers.with_columns[i] = with_columns = hull(with_columns, rows_of_cached_columns(map, memory, tile));
    }
}

/// The tile to the right reads columns that this one has; it and all further right read rows that the row above has.
std::vector<FeatureBox> StackStorage::kept_on_the_right(std::size_t map, MemoryId memory, GridPlace tile) const
{
    std::vector<FeatureBox> kept;
    if (tile.column + 1 == stack->grid.columns) return kept;
    const GridPlace right{tile.column + 1, tile.row};
    const MapGeometry& each = geometry.maps()[map];
    const Interval columns = columns_read_later(map, memory, tile);
    if (!columns.empty()) kept.push_back({columns, each.needed(tile.column, tile.row).rows});
    const Interval rows = rows_read_on_the_right(map, memory, right);
    const Interval above{rows.begin, each.computed(tile.column, tile.row).rows.begin};
    const Interval from{each.columns.needed_behind[static_cast<std::size_t>(tile.column)], each.whole.columns.end};
    if (!rows.empty() && !from.empty()) kept.push_back({from, above});
    return kept;
}

/// The tiles of the rows below read rows that this one and its neighbours have.
std::vector<FeatureBox> StackStorage::kept_below(std::size_t map, MemoryId memory, GridPlace tile) const
{
    const Interval rows = rows_read_later(map, memory, tile);
    if (rows.empty()) return {};
    return {{geometry.maps()[map].whole.columns, rows}};
}

}  // namespace plumbline::sim
