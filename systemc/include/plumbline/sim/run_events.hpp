// SPDX-License-Identifier: Apache-2.0
// What an Observer is told of: transfers, steps of tiles, and what memories hold.
//
// Times are cycles since the run began, fractional where ports are shared, and count no pause between tiles; or nanoseconds of
// the simulation, where the options ask for that (ObservedTime).
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "plumbline/sim/access.hpp"
#include "plumbline/sim/activity.hpp"
#include "plumbline/sim/tile_index.hpp"
#include "plumbline/units.hpp"

#pragma GCC visibility push(default)
namespace plumbline::sim {

/// From when to when, in cycles since the run began, or in nanoseconds.
struct Span {
    double begin = 0;  ///< of the transfer or step
    double end = 0;    ///< as `begin` where it is not known yet
};

/// A transfer, or the steady traffic of a stretch of iterations of the MAC array. Valid only during the call.
struct TransferEvent {
    std::string_view mover;               ///< name of the module: "fill_I1_0", "copy_2", "mac_array", …
    const std::vector<Access>& accesses;  ///< at all ports that it passes
    const Activity& activity;             ///< for whose sake
    TileIndex tile;                       ///< that runs
    Span span;                            ///< from its beginning to its end
};

/// A step of a tile, from its start to its end.
struct StepSpan {
    const Activity& activity;  ///< what is done
    TileIndex tile;            ///< that runs
    Span span;                 ///< from its beginning to its end
    Cycles loading{};          ///< of a computation: before the first MAC
    Cycles offloading{};       ///< of a computation: after the last MAC
    std::int64_t macs = 0;     ///< of this tile
    Cycles cycles{};           ///< it took; none while it is not over
};

/// What the regions of a memory (all operands, one instance) hold from `time` on.
struct Occupancy {
    MemoryId memory = 0;  ///< that holds it
    Bits held{};          ///< in one instance
    double time = 0;      ///< cycles since the run began, or nanoseconds
};

}  // namespace plumbline::sim
#pragma GCC visibility pop
