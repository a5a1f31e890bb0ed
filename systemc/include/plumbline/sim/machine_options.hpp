// SPDX-License-Identifier: Apache-2.0
// How a machine runs: chosen at construction, the same for all of its parts.
#pragma once

#include "chunk_timing/chunk_timing_cache.hpp"
#include "plumbline/sim/fidelity.hpp"
#include "plumbline/sim/observer.hpp"

#pragma GCC visibility push(default)
namespace plumbline::sim {

/// When a machine begins to run its schedule.
enum class Start : std::uint8_t {
    at_once,    ///< when simulation starts
    on_demand,  ///< whenever `Machine::start` is called
};

/// How the machine addresses off-chip memory.
struct OffChipOptions {
    std::uint64_t base = 0;           ///< address where the layout begins
    std::uint64_t longest_burst = 0;  ///< bytes of a transaction at most; 0: no limit
};

struct MachineOptions {
    Fidelity fidelity = Fidelity::transaction;
    Observer observer;
    Start start = Start::at_once;
    OffChipOptions off_chip;
    std::size_t remembered = kRemembered;  ///< entries of rehearsals; more takes less time and changes nothing
};

}  // namespace plumbline::sim
#pragma GCC visibility pop
