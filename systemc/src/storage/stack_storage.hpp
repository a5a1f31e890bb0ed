// SPDX-License-Identifier: Apache-2.0
// What all tiles of a stack have in common for the contents of memories: the geometry, and where maps are kept.
//
// A part of a map stays in a memory after a tile when a later tile will read it from there: the tile to the right, those
// further right in the rows above, those of the row below. What leaves the stack stays in off-chip memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "storage/cache_uses.hpp"

namespace plumbline::sim {

/// Column and row in the grid.
struct GridPlace {
    std::int64_t column = 0;
    std::int64_t row = 0;
};

struct StackStorage {
    StackStorage(const plumbline::Accelerator& accelerator, const Workload& workload, const Schedule& schedule,
                 std::size_t index);

    const TileClass& class_at(GridPlace tile) const { return class_of_tile(*stack, tile.column, tile.row); }
    const CacheUses& uses_at(GridPlace tile) const;
    /// What later tiles, or later stacks, read of a map from a memory.
    std::vector<FeatureBox> kept(std::size_t map, MemoryId memory, GridPlace tile) const;

    const Stack* stack;
    StackGeometry geometry;
    MemoryId top;                               ///< off-chip memory
    std::vector<CacheUses> uses;                ///< per class of the stack
    std::vector<std::vector<MemoryId>> places;  ///< per map: memories where any tile puts it
    std::vector<bool> leaves;  ///< per map: another stack reads it later, or it is the network's output

private:
    /// Of a map in a memory, the row of tiles that was asked about last: tiles are walked row by row.
    struct RowAnswers {
        std::int64_t right_of = -1;          ///< the row of `on_the_right`
        std::vector<Interval> on_the_right;  ///< per column that differs: rows that it and those further right read
        std::vector<Interval> with_columns;  ///< per column that differs: rows of the columns that these read
        std::int64_t above = -1;             ///< the row of `later`
        Interval later;                      ///< rows that tiles further below read
    };

    bool is_last(GridPlace tile) const;
    void look_right(RowAnswers& answers, std::size_t map, MemoryId memory, std::int64_t row) const;
    Interval find_rows_read_later(std::size_t map, MemoryId memory, std::int64_t above) const;
    Interval columns_read_later(std::size_t map, MemoryId memory, GridPlace tile) const;
    Interval rows_read_later(std::size_t map, MemoryId memory, GridPlace tile) const;
    Interval rows_of_cached_columns(std::size_t map, MemoryId memory, GridPlace tile) const;
    Interval rows_read_on_the_right(std::size_t map, MemoryId memory, GridPlace first) const;
    std::vector<FeatureBox> kept_on_the_right(std::size_t map, MemoryId memory, GridPlace tile) const;
    std::vector<FeatureBox> kept_below(std::size_t map, MemoryId memory, GridPlace tile) const;

    std::vector<std::int64_t> differing_;  ///< columns of tiles, one of each kind at least
    mutable std::map<std::pair<std::size_t, MemoryId>, RowAnswers> answers_;
};

}  // namespace plumbline::sim
