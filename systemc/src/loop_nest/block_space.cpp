// SPDX-License-Identifier: Apache-2.0
#include "loop_nest/block_space.hpp"

#include "loop_nest/block_shares.hpp"
#include "loop_nest/precision.hpp"
#include "loop_nest/visits.hpp"

namespace plumbline::sim {
namespace {

/// Whether a level ever holds sums that are not final.
bool holds_partial_sums(const IterationSpace& space, const OperandView& view, std::size_t level)
{
    if (!view.is_output()) return false;
    if (level > 0) return Visits{space, view, view.cut[level - 1]}.returns();
    for (LoopDim dim : kAllLoopDims) {
        if (!view.depends_on(dim) && space.busy_steps(dim) > 1) return true;
    }
    return false;
}

/// Of one instance.
Bits block_bits(const Layer& layer, const IterationSpace& space, const OperandView& view, std::size_t level)
{
    const Precision precision = precision_of(layer, view);
    const Bits each = holds_partial_sums(space, view, level) ? precision.partial : precision.final;
    const BlockShares shares{space, view, view.cut[level], level, Copies::every_instance};
    return each * shares.most_elements();
}

}  // namespace

BlockSpaces block_spaces(const Layer& layer, const IterationSpace& space, const std::vector<OperandView>& views)
{
    BlockSpaces spaces;
    for (const OperandView& view : views) {
        spaces.emplace_back();
        for (std::size_t level = 0; level < view.levels.size(); ++level) {
            const Bits block = block_bits(layer, space, view, level);
            spaces.back().push_back({block, block});
        }
    }
    return spaces;
}

BlockSpaces block_spaces(const Layer& layer, const LayerMapping& mapping)
{
    return block_spaces(layer, IterationSpace{mapping}, operand_views(layer, mapping));
}

}  // namespace plumbline::sim
