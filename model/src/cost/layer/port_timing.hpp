// SPDX-License-Identifier: Apache-2.0
// How long does a port of a memory need for a transfer? The only place of the model that knows.
//
// A port cuts a transfer into words and, between memories, into bursts, and each piece takes its time. Whoever asks knows
// the transfer and says how many pieces of a size it has: one transfer rounds up, `refined` averages over its blocks. So
// what ports cannot do that their widths promise (MemoryTiming) is said here, for layers, copies and both estimators.
//
// Time is in cycles, or in ticks: where any memory has such a timing, a tick is a thousandth of a cycle, and sums are
// rounded to cycles at their end; else a tick is a cycle, and nothing differs.
//
//     port_time({64, timing, true}, ticks, WholeTransfer{Bits{640}});  // 10 cycles where the timing is neutral
#pragma once

#include <cmath>
#include <cstdint>
#include <type_traits>

#include "plumbline/accelerator.hpp"

namespace plumbline::detail {

inline constexpr std::int64_t kTicksPerCycle = 1000;

/// 1, or kTicksPerCycle.
std::int64_t ticks_of(const Accelerator& accelerator);

/// What of a port decides how long transfers take.
struct TimedPort {
    std::int64_t width;  ///< bits that it moves in a cycle; 0 where there is no port
    const MemoryTiming& timing;
    bool
        between_memories;  ///< transfers are cut into bursts; what passes between the MACs and level 0 comes word by word
};

/// One transfer, cut into whole pieces.
struct WholeTransfer {
    Bits amount;

    /// \param size in bits
    std::int64_t operator()(std::int64_t size) const { return divide_up(amount.count(), size); }
};

/// Time for which a port is busy with a transfer. In ticks, of which those that bursts lose are rounded to the nearest,
/// or (where Time is double) in exact cycles.
/// \param cycle one cycle in units of the result
/// \param pieces_of called with a size in bits: number of pieces that the transfer has, perhaps on average
template <class Time, class PiecesOf>
Time port_time(const TimedPort& port, Time cycle, const PiecesOf& pieces_of)
{
    const MemoryTiming& timing = port.timing;
    const Time words = pieces_of(port.width);
    if (timing.neutral()) return words * cycle;
    const Time moving = words * (cycle + cycle * static_cast<Time>(timing.idle_per_word) / kTicksPerCycle);
    if (!port.between_memories || timing.burst_overhead == 0) return moving;
    const double lost =
        static_cast<double>(cycle) * timing.burst_overhead * static_cast<double>(pieces_of(timing.burst.count()));
    if constexpr (std::is_integral_v<Time>)
        return moving + std::llround(lost);
    else
        return moving + lost;
}

}  // namespace plumbline::detail
