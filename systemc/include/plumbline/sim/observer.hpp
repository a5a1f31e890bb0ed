// SPDX-License-Identifier: Apache-2.0
// What happens in a run, told while it happens: to writers of traces, and to anyone who wants more than totals.
//
// Whoever does not listen pays nothing. Times are cycles since the run began, fractional where ports are shared. A run
// that folds classes tells of each class once, as of its first tile.
//
//     Observer observer;
//     observer.moved = [&](const TransferEvent& movement) { … };
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "plumbline/sim/access.hpp"
#include "plumbline/sim/counters.hpp"

#pragma GCC visibility push(default)
namespace plumbline::sim {

/// Column and row in the grid of a stack, which is numbered in the order of the schedule.
struct TileIndex {
    std::size_t stack = 0;
    std::int64_t column = 0;
    std::int64_t row = 0;
    friend bool operator==(TileIndex a, TileIndex b)
    {
        return a.stack == b.stack && a.column == b.column && a.row == b.row;
    }
};

struct Span {
    double begin = 0;
    double end = 0;
};

/// A transfer, or the steady traffic of a stretch of iterations of the MAC array. Valid only during the call.
struct TransferEvent {
    std::string_view mover;  ///< name of the module: "fill_I1_0", "copy_2", "mac_array", …
    const std::vector<Access>& accesses;
    const Activity& activity;
    TileIndex tile;
    Span span;
};

/// A step of a tile, from its start to its end.
struct StepSpan {
    const Activity& activity;
    TileIndex tile;
    Span span;
    Cycles loading{};
    Cycles offloading{};
    std::int64_t macs = 0;
};

/// What the regions of a memory (all operands, one instance) hold from `time` on.
struct Occupancy {
    MemoryId memory = 0;
    Bits held{};
    double time = 0;
};

/// Callbacks; any may be empty. Told in the order of time; of what begins, neither the end nor what it will have done
/// is known: there the span is empty.
struct Observer {
    std::function<void(const TransferEvent&)> moving;  ///< begins to ask for its ports
    std::function<void(const TransferEvent&)> moved;   ///< is over
    std::function<void(const StepSpan&)> stepping;     ///< begins
    std::function<void(const StepSpan&)> stepped;      ///< is over
    std::function<void(const Occupancy&)> occupied;
};

/// One that tells all of them, in this order.
Observer tell_all(const std::vector<Observer>& observers);

}  // namespace plumbline::sim
#pragma GCC visibility pop
