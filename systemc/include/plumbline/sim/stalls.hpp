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

struct ArrayWait {
    WaitCause cause = WaitCause::loading;
    std::optional<MemoryId> memory;
    std::optional<MemoryOperand> operand;
    std::optional<PortId> port;
    Cycles cycles{};
};

struct ArrayActivity {
    Cycles busy{};
    Cycles stalled{};
    Cycles idle{};
    std::vector<ArrayWait> waits;  ///< by cause, in its order
};

/// What a port waits for that a transfer holds.
enum class PortStallCause : std::uint8_t {
    other_end,  ///< its other end, `port` of `memory`, which is slower or serves others
    latency     ///< the first word from `port` of `memory`
};
/// "other_end", "latency".
std::string_view name_of(PortStallCause cause);

struct PortStall {
    PortStallCause cause = PortStallCause::other_end;
    MemoryId memory = 0;
    PortId port = 0;
    Cycles cycles{};
};

struct PortActivity {
    MemoryId memory = 0;
    PortId port = 0;
    Cycles busy{};
    Cycles idle{};
    Cycles stalled{};
    std::vector<PortStall> stalls;
};

/// Where the time of one activity went.
struct ActivityUse {
    Activity activity;
    ArrayActivity array;
    std::vector<PortActivity> ports;  ///< all of the machine
};

}  // namespace plumbline::sim
#pragma GCC visibility pop
