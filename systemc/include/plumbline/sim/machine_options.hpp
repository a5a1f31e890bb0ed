// SPDX-License-Identifier: Apache-2.0
// How a machine runs: chosen at construction, the same for all of its parts.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "plumbline/sim/observer.hpp"

namespace plumbline::sim {

/// How time at the ports is given out. Counters are the same, latencies within 1 %.
enum class Fidelity : std::uint8_t {
    cycle,        ///< word by word, in turn: the referee
    transaction,  ///< transfers share ports max-min fairly: an event per start and end of a transfer
};
/// "cycle", "transaction".
std::string_view name_of(Fidelity fidelity);
std::optional<Fidelity> fidelity_named(std::string_view name);

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
};

}  // namespace plumbline::sim
