// SPDX-License-Identifier: Apache-2.0
// What did the machine's activity cost in energy?
//
// The machine counts and knows no energy. Here the words that it counted meet the energy per word of the description,
// and its multiplications the energy of one.
#pragma once

#include "plumbline/accelerator.hpp"
#include "plumbline/sim/counters.hpp"
#include "plumbline/sim/energy.hpp"
#include "plumbline/units.hpp"

#pragma GCC visibility push(default)
namespace plumbline::validate {

/// Of every word that was read or written. \pre the counters come from this accelerator
Picojoules memory_energy(const Accelerator& accelerator, const sim::Counters& counters);
/// Of what moved for the sake of one layer or copy.
Picojoules memory_energy(const Accelerator& accelerator, const sim::Counters& counters, const sim::Activity& activity);
/// Of so many multiplications.
using sim::mac_energy;
/// Memories and MACs.
using sim::energy;

}  // namespace plumbline::validate
#pragma GCC visibility pop
