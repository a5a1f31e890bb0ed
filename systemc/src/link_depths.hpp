// SPDX-License-Identifier: Apache-2.0
// How many blocks of an operand a memory has space for, while a layer is computed.
//
// Every operand has space for the block that its loops ask for. What is left of a memory goes to second blocks, in the
// order of the operands (output first): with two, the next block arrives, or the last one leaves, while the current one
// is in use. Double buffering is thus what happens when there is space, not a property of the memory.
#pragma once

#include <vector>

#include "iteration_space.hpp"
#include "operand_view.hpp"

namespace plumbline::sim {

/// Per operand and level.
using LinkDepths = std::vector<std::vector<std::int64_t>>;

LinkDepths link_depths(const Accelerator& accelerator, const Layer& layer, const IterationSpace& space,
                       const std::vector<OperandView>& views);

}  // namespace plumbline::sim
