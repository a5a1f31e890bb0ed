// SPDX-License-Identifier: Apache-2.0
#include "storage/copy_boxes.hpp"

#include <algorithm>

#include "plumbline/error.hpp"
#include "storage/geometry/map_read.hpp"

namespace plumbline::sim {
namespace {

Interval first_of(Interval all, std::int64_t most) { return {all.begin, std::min(all.end, all.begin + most)}; }
Interval last_of(Interval all, std::int64_t most) { return {std::max(all.begin, all.end - most), all.end}; }

/// What the layer before which a copy runs reads of the copy's map.
FeatureBox read_before(const StackGeometry& geometry, std::size_t map, std::optional<LayerId> before, GridPlace tile)
{
    FeatureBox all;
    if (!before) return all;
    for (const ReadGeometry& read : geometry.layer(*before).reads) {
        if (read.map == map) all = hull(all, read.window(tile.column, tile.row));
    }
    return intersection(all, geometry.maps()[map].whole);
}

/// From where tiles behind one need the map; nowhere for the last.
std::int64_t needed_behind(const AxisParts& axis, std::int64_t tile)
{
    const auto index = static_cast<std::size_t>(tile);
    return std::min(axis.needed_behind[index], axis.computed[index].end);
}

Interval from(std::int64_t begin, Interval all) { return {std::max(begin, all.begin), all.end}; }
Interval up_to(std::int64_t end, Interval all) { return {all.begin, std::min(end, all.end)}; }

std::size_t index_of_map(const StackGeometry& geometry, const Copy& copy)
{
    if (const auto map = geometry.find(map_of(copy.region))) return *map;
    throw InputError{"copy",
                     std::string{name_of(copy.reason)} + " of " +
                         (copy.region.producer ? "layer " + std::to_string(*copy.region.producer) : "the input") +
                         ", which no layer of the stack reads or makes"};
}

bool is_to_cache(const Copy& copy, CopyReason reason, const MapGeometry& map)
{
    return copy.reason == reason && map_of(copy.region) == map.map;
}

/// Rows that tiles below need; all that are copied where no columns go with them, although there is a tile to the right: it
/// finds its columns among these.
FeatureBox rows_to_cache(const MapGeometry& map, const FeatureRegion& region, const CopyStep& step, GridPlace tile)
{
    const FeatureBox made = map.computed(tile.column, tile.row);
    const bool alone = std::none_of(step.copies.begin(), step.copies.end(), [&](const Copy& other) {
        return is_to_cache(other, CopyReason::columns_to_cache, map);
    });
    const bool has_right = tile.column + 1 < static_cast<std::int64_t>(map.columns.needed.size());
    const Interval rows = alone && has_right ? made.rows : from(needed_behind(map.rows, tile.row), made.rows);
    return {last_of(made.columns, region.columns), last_of(rows, region.rows)};
}

/// The corner may go with rows that are copied at the same time.
FeatureBox columns_to_cache(const MapGeometry& map, const FeatureRegion& region, const CopyStep& step, GridPlace tile)
{
    const FeatureBox made = map.computed(tile.column, tile.row);
    FeatureBox box{last_of(from(needed_behind(map.columns, tile.column), made.columns), region.columns),
                   first_of(made.rows, region.rows)};
    for (const Copy& other : step.copies) {
        if (!is_to_cache(other, CopyReason::rows_to_cache, map)) continue;
        const bool share_all = region.rows < made.rows.size() && region.rows + other.region.rows >= made.rows.size();
        if (share_all) box.rows = up_to(rows_to_cache(map, other.region, step, tile).rows.begin, made.rows);
    }
    return box;
}

}  // namespace

FeatureBox copy_box(const StackStorage& storage, const CopyStep& step, const Copy& copy, GridPlace tile)
{
    const std::optional<LayerId> before = step.before_layer;
    const StackGeometry& geometry = storage.geometry;
    const std::size_t index = index_of_map(geometry, copy);
    const MapGeometry& map = geometry.maps()[index];
    const FeatureBox made = map.computed(tile.column, tile.row);
    const std::int64_t columns = copy.region.columns;
    const std::int64_t rows = copy.region.rows;
    switch (copy.reason) {
        case CopyReason::cached_columns: {
            const FeatureBox read = read_before(geometry, index, before, tile);
            return {last_of(up_to(made.columns.begin, read.columns), columns), last_of(read.rows, rows)};
        }
        case CopyReason::cached_rows: {
            const FeatureBox read = read_before(geometry, index, before, tile);
            return {last_of(read.columns, columns), last_of(up_to(made.rows.begin, read.rows), rows)};
        }
        case CopyReason::columns_to_cache: return columns_to_cache(map, copy.region, step, tile);
        case CopyReason::rows_to_cache: return rows_to_cache(map, copy.region, step, tile);
        case CopyReason::previous_output: {
            // Less than all is what the reader reads of it.
            const FeatureBox read = intersection(read_before(geometry, index, before, tile), made);
            return {first_of(columns < made.columns.size() ? read.columns : made.columns, columns),
                    first_of(rows < made.rows.size() ? read.rows : made.rows, rows)};
        }
        case CopyReason::stack_input: break;
    }
    return {first_of(made.columns, columns), first_of(made.rows, rows)};
}

}  // namespace plumbline::sim
