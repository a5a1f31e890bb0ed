// SPDX-License-Identifier: Apache-2.0
// What did the machine's activity cost in energy?
//
// Counters count and know no energy. Here the words that they counted meet the energy per word of the description, and their
// multiplications the energy of one. Nothing here leaks: what stands still costs nothing.
//
//     const EnergySample begin = npu.energy();
//     …
//     milliwatts(begin, npu.energy());
#pragma once

#include "plumbline/accelerator.hpp"
#include "plumbline/sim/counters.hpp"
#include "plumbline/units.hpp"

#pragma GCC visibility push(default)
namespace plumbline::sim {

/// Of the words that moved. \pre the traffic is of this accelerator
Picojoules energy(const plumbline::Accelerator& accelerator, const Traffic& traffic);
/// Of so many multiplications.
Picojoules mac_energy(const plumbline::Accelerator& accelerator, std::int64_t macs);
/// Of all that was counted. \pre the counters are of this accelerator
Picojoules energy(const plumbline::Accelerator& accelerator, const Counters& counters);

/// What an accelerator has spent up to a moment of the simulation.
struct EnergySample {
    Picojoules energy{};     ///< since the simulation began
    double nanoseconds = 0;  ///< of the simulation
};
/// On average from one sample to a later one; none where no time is between them.
double milliwatts(const EnergySample& begin, const EnergySample& end);

}  // namespace plumbline::sim
#pragma GCC visibility pop
