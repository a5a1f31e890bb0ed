// SPDX-License-Identifier: Apache-2.0
#include "cost/refined/input_traffic.hpp"

namespace plumbline::detail::refined {
namespace {

/// Where a loop along an axis stands against the other dimension of the axis, `steps` below the loop each.
Advance advance_of(const SlidingAxis& axis, const TemporalLoop& loop, const Blocks& blocks, const LoopSizes& steps)
{
    const bool position = loop.dim == axis.position;
    const LoopDim other = position ? axis.window : axis.position;
    return {blocks.along(loop.dim), position ? axis.stride : axis.dilation, steps[loop.dim], loop.size,
            blocks.along(other),    position ? axis.dilation : axis.stride, steps[other]};
}

}  // namespace

const SlidingAxis* axis_of(const Operand& operand, LoopDim dim)
{
    for (const SlidingAxis& axis : operand.sliding)
        if (axis.position == dim || axis.window == dim) return &axis;
    return nullptr;
}

double staying_granules(const Blocks& blocks, const SlidingAxis& axis, const TemporalLoop& loop, const LoopSizes& steps,
                        const Rounding& rounding)
{
    const Advance advance = advance_of(axis, loop, blocks, steps);
    const std::int64_t staying = stays(advance);
    if (staying == 0) return 0;
    return blocks.instance_rounds(steps).all *
           blocks.sum_of_staying(axis, advance, loop.dim == axis.position, staying).granules(rounding);
}

double staying_granules(const OperandFacts& facts, const Blocks& blocks, const Outside& outside,
                        const Rounding& rounding)
{
    if (facts.operand->sliding.empty()) return 0;
    double granules = 0;
    const SlidingAxis* axis = nullptr;
    LoopSizes steps = outside.steps;
    for (const TemporalLoop* loop = outside.begin; loop != outside.end; steps[loop->dim] *= loop->size, ++loop) {
        if (loop->size == 1 || facts.irrelevant(loop->dim)) continue;
        const SlidingAxis* moves = axis_of(*facts.operand, loop->dim);
        if (moves == nullptr || (axis != nullptr && axis != moves)) break;
        axis = moves;
        granules += staying_granules(blocks, *axis, *loop, steps, rounding);
    }
    return granules;
}

double staying_share(const OperandFacts& facts, const OperandLanes& lanes, std::size_t level, const LoopCut& cut,
                     std::size_t first, std::size_t position)
{
    const TemporalLoop& loop = cut.loops[position];
    if (facts.operand->sliding.empty() || facts.irrelevant(loop.dim)) return 0;
    const SlidingAxis* const axis = axis_of(*facts.operand, loop.dim);
    if (axis == nullptr) return 0;
    LoopSizes outer = kUnitLoopSizes;  // steps below the loop that advances
    LoopSizes inner = kUnitLoopSizes;  // of a block
    for (std::size_t i = 0; i < position; ++i) {
        const TemporalLoop& below = cut.loops[i];
        outer[below.dim] *= below.size;
        if (i < first) inner[below.dim] *= below.size;
        const bool other = i >= first && below.size > 1 && !facts.irrelevant(below.dim);
        if (other && axis_of(*facts.operand, below.dim) != axis) return 0;
    }
    const Blocks blocks{facts, lanes, level, inner};
    const Advance advance = advance_of(*axis, loop, blocks, outer);
    const std::int64_t staying = stays(advance);
    if (staying == 0) return 0;
    const auto rounds = [](const DimLanes& dim, std::int64_t steps) { return divide_up(dim.size, dim.lanes * steps); };
    const std::int64_t last = rounds(advance.here.dim, advance.loop_steps) - 1;
    const std::int64_t all = (last - last / advance.loop_size) * rounds(advance.there.dim, advance.there_steps);
    return static_cast<double>(staying) / static_cast<double>(all);
}

}  // namespace plumbline::detail::refined
