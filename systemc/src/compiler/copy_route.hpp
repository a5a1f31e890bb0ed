// SPDX-License-Identifier: Apache-2.0
// The way of a copy through the memories.
//
// Data climbs, as the operand that it leaves, to the lowest memory that both operands share, and descends from there as
// the operand that it becomes. Each border crossed is a hop of its own.
#pragma once

#include <vector>

#include "compiler/layer_program.hpp"
#include "plumbline/schedule.hpp"

namespace plumbline::sim {

/// Hops of a copy, in order; none where both places are the same memory.
/// \throws InputError where the places share no memory above both, or a memory on the way has no port for it
std::vector<Transfer> copy_hops(const plumbline::Accelerator& accelerator, const Copy& copy);

}  // namespace plumbline::sim
