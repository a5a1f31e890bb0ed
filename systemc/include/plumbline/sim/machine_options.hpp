// SPDX-License-Identifier: Apache-2.0
// How a machine runs: chosen at construction, the same for all of its parts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>

#include "plumbline/sim/clock_options.hpp"
#include "plumbline/sim/fidelity.hpp"
#include "plumbline/sim/observer.hpp"
#include "plumbline/sim/off_chip_options.hpp"

#pragma GCC visibility push(default)
namespace plumbline::sim {

class Clock;

/// A run that pauses after so many tiles never pauses.
inline constexpr std::int64_t kAllTiles = std::numeric_limits<std::int64_t>::max();

/// When a machine begins to run its schedule.
enum class Start : std::uint8_t {
    at_once,    ///< when simulation starts
    on_demand,  ///< whenever `Machine::start` is called
};

/// Of one machine.
struct MachineOptions {
    Fidelity fidelity = Fidelity::transaction;          ///< that of the program which it runs
    Observer observer;                                  ///< told what happens, while it happens
    ObservedTime observed_time = ObservedTime::cycles;  ///< what it is told of time
    Start start = Start::at_once;                       ///< when the schedule begins to run
    OffChipOptions off_chip;                            ///< addresses and bursts of its transactions
    Period period;                                      ///< of its clock, until `Machine::set_period`
    Clock* clock = nullptr;  ///< for the library itself: whose clock it is, instead of its own
    /// Entries of the cache of chunk timings at most; none: its own limit. More take less time, and change no result.
    std::optional<std::size_t> cached_timings;
};

}  // namespace plumbline::sim
#pragma GCC visibility pop
