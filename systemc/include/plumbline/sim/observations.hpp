// SPDX-License-Identifier: Apache-2.0
// A run as a file of observations: what `plumbline validate --observations` and `plumbline calibrate --runs` read.
//
// CSV, RFC 4180: the cycles of the run, and of its phases, layer by layer; where wanted, the words that passed each border of a
// memory, and the energy.
//
//     std::ofstream file{"fsrcnn.csv"};
//     file << sim::observations(accelerator, workload, npu.counters(0));
#pragma once

#include <string>

#include "plumbline/accelerator.hpp"
#include "plumbline/sim/counters.hpp"
#include "plumbline/workload.hpp"

#pragma GCC visibility push(default)
namespace plumbline::sim {

/// What of a run is observed.
enum class Observed : std::uint8_t {
    everything,  ///< times, words, energy
    times,       ///< cycles alone: what a host's memory changes
};

/// The text. \pre the counters are of this accelerator and this network
std::string observations(const plumbline::Accelerator& accelerator, const Workload& workload, const Counters& counters,
                         Observed observed = Observed::everything);

}  // namespace plumbline::sim
#pragma GCC visibility pop
