// SPDX-License-Identifier: Apache-2.0
// What the machine counted: plain values, without SystemC, for anyone to read after a run.
//
// Memories count for themselves: each granule that passes one of their ports is counted there and nowhere else. One
// entry exists per layer (or copy), memory, operand and direction that moved anything.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "plumbline/accelerator.hpp"
#include "plumbline/schedule.hpp"
#include "plumbline/sim/activity.hpp"
#include "plumbline/sim/overcommit.hpp"
#include "plumbline/sim/stalls.hpp"
#include "plumbline/units.hpp"

#pragma GCC visibility push(default)
namespace plumbline::sim {

/// What passed one memory's border for one operand in one direction, summed over all instances of the memory.
struct Traffic {
    Activity activity;                           ///< for whose sake it moved
    MemoryId memory = 0;                         ///< that counted it
    MemoryOperand operand = MemoryOperand::i1;   ///< whose data it is
    Direction direction = Direction::read_down;  ///< seen from the memory
    std::int64_t granules = 0;                   ///< smallest amounts that the port can access
    Accesses words{};                            ///< full-width words: granules * granule / width
    Bits bits{};                                 ///< data asked for, without what granules waste
};

/// Time a kind of step took, and what was computed in it.
struct ActivityTime {
    Activity activity;      ///< in all tiles
    Cycles cycles{};        ///< of its steps, a whole number each
    Cycles loading{};       ///< of a computation: before the first MAC
    Cycles offloading{};    ///< of a computation: after the last MAC
    std::int64_t macs = 0;  ///< multiplications with an addition, done in it
};

/// All that a run counted.
struct Counters {
    std::vector<Traffic> traffic;     ///< in the order of activities, memories, operands and directions
    std::vector<PortActivity> ports;  ///< of the whole run, by PortIndex
    std::vector<ActivityTime> times;  ///< per activity, in the order in which they first occur
    ArrayActivity array;              ///< of the whole run
    std::vector<ActivityUse> uses;    ///< per activity, in the order of `times`
    Cycles cycles{};                  ///< of the whole run
    std::int64_t outputs = 0;         ///< finished output elements of the network that reached off-chip memory
    std::vector<Bits> peak_held;      ///< per memory: most that its regions held at once, in one instance
    Findings findings;                ///< empty unless overcommitment was to be reported

    /// Multiplications with an addition, in all.
    std::int64_t macs() const;
    /// Over all activities; zero where nothing moved.
    Traffic total(MemoryId memory, MemoryOperand operand, Direction direction) const;
};

}  // namespace plumbline::sim
#pragma GCC visibility pop
