// SPDX-License-Identifier: Apache-2.0
// How many blocks of an operand a memory has space for, while a layer is computed.
//
// Every operand has space for the block that its loops ask for. What is left of a memory goes to second blocks, in the
// order of the operands (output first): with two, the next block arrives, or the last one leaves, while the current one
// is in use. Double buffering is thus what happens when there is space, not a property of the memory.
#pragma once

#include <vector>

#include "loop_nest/block_space.hpp"

namespace plumbline::sim {

/// Per operand and level.
using LinkDepths = std::vector<std::vector<std::int64_t>>;

/// What is left of each memory when each operand has its regions and nothing else is there.
std::vector<Bits> left_beside(const BlockSpaces& spaces, const std::vector<OperandView>& views,
                              const plumbline::Accelerator& accelerator);

/// \param left of each memory, without the regions that the operands have; what second blocks take goes off it
LinkDepths link_depths(const BlockSpaces& spaces, const std::vector<OperandView>& views, std::vector<Bits>& left);

}  // namespace plumbline::sim
