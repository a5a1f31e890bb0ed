// SPDX-License-Identifier: Apache-2.0
// Full-width words that a memory is accessed for, from what crosses its border.
//
// A port accesses whole granules. Where two levels differ in width, the slower side sets how much moves at a time.
#pragma once

#include "layer_model.hpp"
#include "transfer.hpp"

namespace plumbline::detail {

/// Words at memory level `level`, all units together.
PerDirection<double> word_accesses(const OperandFacts& facts, std::size_t level, const PerDirection<Transfer>& moves);

/// Energy of all levels in picojoules.
double memory_energy(const OperandFacts& facts, const Transfers& transfers);

}  // namespace plumbline::detail
