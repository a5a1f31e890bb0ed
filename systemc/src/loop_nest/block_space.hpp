// SPDX-License-Identifier: Apache-2.0
// How much space do the operands of a layer ask for in each memory, while it is computed?
//
// Every operand has a block per level that its mapping uses. The feature maps that a layer reads have none at the highest
// of them: there they are read where they lie, as a region of the map. A region may be larger than the block: weights stay
// in the memory from which later tiles will read them.
#pragma once

#include <vector>

#include "loop_nest/iteration_space.hpp"
#include "loop_nest/operand_view.hpp"

namespace plumbline::sim {

struct BlockSpace {
    Bits block{};   ///< of one instance
    Bits region{};  ///< that the operand has in the memory: a block, or more, or none of its own
};

/// Per operand and level, output first.
using BlockSpaces = std::vector<std::vector<BlockSpace>>;

/// Each a region as large as its block.
BlockSpaces block_spaces(const Layer& layer, const IterationSpace& space, const std::vector<OperandView>& views);
/// The same for a mapping.
BlockSpaces block_spaces(const Layer& layer, const LayerMapping& mapping);

}  // namespace plumbline::sim
