// SPDX-License-Identifier: Apache-2.0
// Which tile of a schedule is meant.
#pragma once

#include <cstddef>
#include <cstdint>

#pragma GCC visibility push(default)
namespace plumbline::sim {

/// Column and row in the grid of a stack, which is numbered in the order of the schedule.
struct TileIndex {
    std::size_t stack = 0;    ///< from 0
    std::int64_t column = 0;  ///< from 0, on the left
    std::int64_t row = 0;     ///< from 0, at the top
    /// The same tile of the same stack.
    friend bool operator==(TileIndex a, TileIndex b)
    {
        return a.stack == b.stack && a.column == b.column && a.row == b.row;
    }
};

}  // namespace plumbline::sim
#pragma GCC visibility pop
