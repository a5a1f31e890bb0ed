// SPDX-License-Identifier: Apache-2.0
#include "link_depths.hpp"

#include "block_shares.hpp"
#include "precision.hpp"
#include "visits.hpp"

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
std::int64_t block_bits(const Layer& layer, const IterationSpace& space, const OperandView& view, std::size_t level)
{
    const Precision precision = precision_of(layer, view);
    const Bits each = holds_partial_sums(space, view, level) ? precision.partial : precision.final;
    const BlockShares shares{space, view, view.cut[level], level, Copies::every_instance};
    return shares.most_elements() * each.count();
}

}  // namespace

LinkDepths link_depths(const Accelerator& accelerator, const Layer& layer, const IterationSpace& space,
                       const std::vector<OperandView>& views)
{
    std::vector<std::int64_t> left;
    for (const plumbline::Memory& memory : accelerator.memories()) left.push_back(memory.size.count());
    std::vector<std::vector<std::int64_t>> blocks;
    for (const OperandView& view : views) {
        blocks.emplace_back();
        for (std::size_t level = 0; level < view.levels.size(); ++level) {
            blocks.back().push_back(block_bits(layer, space, view, level));
            left[view.levels[level]] -= blocks.back().back();
        }
    }
    LinkDepths depths;
    for (std::size_t i = 0; i < views.size(); ++i) {
        depths.emplace_back(blocks[i].size(), 1);
        for (std::size_t level = 0; level + 1 < blocks[i].size(); ++level) {
            if (left[views[i].levels[level]] < blocks[i][level]) continue;
            left[views[i].levels[level]] -= blocks[i][level];
            depths[i][level] = 2;
        }
    }
    return depths;
}

}  // namespace plumbline::sim
