// SPDX-License-Identifier: Apache-2.0
// How closely a machine is looked at: the same machine, with time at its ports given out word by word, or by rate.
//
// The fidelity is chosen twice, and alike: when a schedule is compiled (how finely its work is cut), and when the machine
// is built (who arbitrates its ports).
//
//     if (const auto fidelity = fidelity_named("cycle")) options.machine.fidelity = *fidelity;
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#pragma GCC visibility push(default)
namespace plumbline::sim {

/// Counters are the same, latencies within 1 %.
enum class Fidelity : std::uint8_t {
    cycle,        ///< every word at every port, in turn; the reference for the other one
    transaction,  ///< an event per start and end of a transfer, however many words it has
};
/// "cycle", "transaction".
std::string_view name_of(Fidelity fidelity);
/// The one of this name; none: there is none.
std::optional<Fidelity> fidelity_named(std::string_view name);

}  // namespace plumbline::sim
#pragma GCC visibility pop
