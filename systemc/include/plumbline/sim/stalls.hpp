// SPDX-License-Identifier: Apache-2.0
// Where time goes that nobody works in: what the MAC array waits for, and what a port that is held waits for.
//
// The MAC array is busy for one cycle an iteration, stalled while iterations are left, and idle else. A port is busy while
// a word passes, stalled while a transfer is under way through it and no word passes, idle else. Busy, stalled and
// idle cycles add up to the run, and for each activity to its cycles; stalled and idle cycles of the array to its waits,
// stalled cycles of a port to its stalls.
//
//     for (const ArrayWait& wait : counters.array.waits) if (wait.cause == WaitCause::starved) …
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "plumbline/accelerator.hpp"
#include "plumbline/sim/activity.hpp"
#include "plumbline/units.hpp"

#pragma GCC visibility push(default)
namespace plumbline::sim {

/// What the MAC array waits for. Of several things at once, the one that comes last counts for the whole wait.
enum class WaitCause : std::uint8_t {
    loading,         ///< the first block of `operand` in `memory`, before the first iteration of a layer on a tile
    latency,         ///< the first words of the memories next to the array, before the first iteration
    starved,         ///< a block of `operand` that is not in `memory` yet
    blocked,         ///< space in `memory` that a block of `operand` has not left yet
    narrow_port,     ///< an iteration needs more than a cycle at `port` of `memory`, even alone
    contended_port,  ///< others have their turn at `port` of `memory`
    off_chip,        ///< memory bound off chip takes longer than the ports
    offloading,      ///< idle: outputs leave after the last iteration of a layer on a tile
    copying          ///< idle: copies before a layer
};
/// "loading", "contended_port", …
std::string_view name_of(WaitCause cause);
/// Whether iterations are left.
inline bool is_stall(WaitCause cause) { return cause < WaitCause::offloading; }

/// Cycles in which the MAC array waited for one thing.
struct ArrayWait {
    WaitCause cause = WaitCause::loading;  ///< what kind of thing
    std::optional<MemoryId> memory;        ///< where the cause names one
    std::optional<MemoryOperand> operand;  ///< where the cause names one
    std::optional<PortId> port;            ///< of `memory`, where the cause names one
    Cycles cycles{};                       ///< whole ones, so that they add up
};

/// Where the time of the MAC array went.
struct ArrayActivity {
    Cycles busy{};                 ///< one an iteration
    Cycles stalled{};              ///< while iterations are left
    Cycles idle{};                 ///< else
    std::vector<ArrayWait> waits;  ///< by cause, in its order
};

/// What a port waits for that a transfer holds.
enum class PortStallCause : std::uint8_t {
    other_end,  ///< its other end, `port` of `memory`, which is slower or serves others
    latency     ///< the first word from `port` of `memory`
};
/// "other_end", "latency".
std::string_view name_of(PortStallCause cause);

/// Cycles in which a port that is held waited for another.
struct PortStall {
    PortStallCause cause = PortStallCause::other_end;  ///< why
    MemoryId memory = 0;                               ///< that has the other port
    PortId port = 0;                                   ///< of `memory`
    Cycles cycles{};                                   ///< whole ones, so that they add up
};

/// Where the time of a port went.
struct PortActivity {
    MemoryId memory = 0;            ///< that has it
    PortId port = 0;                ///< of `memory`
    Cycles busy{};                  ///< words pass; of lockstep instances, those of the one with most
    Cycles idle{};                  ///< nobody holds it
    Cycles stalled{};               ///< somebody holds it, and no word passes
    std::vector<PortStall> stalls;  ///< in the order in which they first occurred
};

/// Where the time of one activity went.
struct ActivityUse {
    Activity activity;                ///< in all tiles
    ArrayActivity array;              ///< the MAC array
    std::vector<PortActivity> ports;  ///< all of the machine
};

}  // namespace plumbline::sim
#pragma GCC visibility pop
