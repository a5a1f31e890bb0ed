// SPDX-License-Identifier: Apache-2.0
#include "loop_nest/visits.hpp"

#include <algorithm>

namespace plumbline::sim {

Visits::Visits(const IterationSpace& space, const OperandView& view, std::size_t position)
    : space_{&space},
      view_{&view},
      position_{position},
      advance_{position}
{
    const auto replaces = [&](std::size_t i) {
        return space.loops()[i].size > 1 && view.depends_on(space.loops()[i].dim);
    };
    while (advance_ < space.loops().size() && !replaces(advance_)) ++advance_;
    iterations_ = space.iterations_below(advance_);
    for (std::size_t i = 0; i < position; ++i) {
        if (replaces(i)) pass_ = space.iterations_below(i + 1);
    }
}

std::int64_t Visits::block(LoopDim dim, const LoopSizes& steps) const
{
    return steps[dim] / space_->iterations_below(position_, dim);
}

std::int64_t Visits::extent(LoopDim dim, const LoopSizes& steps) const
{
    const std::int64_t length = space_->iterations_below(position_, dim) * space_->lanes(dim);
    return std::clamp<std::int64_t>(space_->size(dim) - block(dim, steps) * length, 0, length);
}

bool Visits::same_features(const SlidingAxis& axis, const LoopSizes& a, const LoopSizes& b) const
{
    const auto begin = [&](const LoopSizes& steps) {
        const auto first = [&](LoopDim dim) {
            return block(dim, steps) * space_->iterations_below(position_, dim) * space_->lanes(dim);
        };
        return axis.stride * first(axis.position) + axis.dilation * first(axis.window);
    };
    return begin(a) == begin(b) && extent(axis.position, a) == extent(axis.position, b) &&
           extent(axis.window, a) == extent(axis.window, b);
}

bool Visits::same_block(const LoopSizes& a, const LoopSizes& b) const
{
    const Operand& operand = *view_->operand;
    for (LoopDim dim : kAllLoopDims) {
        if (operand.relevant.contains(dim) && block(dim, a) != block(dim, b)) return false;
    }
    return std::all_of(operand.sliding.begin(), operand.sliding.end(),
                       [&](const SlidingAxis& axis) { return same_features(axis, a, b); });
}

bool Visits::changes(std::int64_t visit) const { return visit == 0 || !same_block(steps(visit - 1), steps(visit)); }

bool Visits::begins(std::int64_t visit) const
{
    const LoopSizes now = steps(visit);
    return std::all_of(kAllLoopDims.begin(), kAllLoopDims.end(), [&](LoopDim dim) {
        return view_->depends_on(dim) || now[dim] < space_->iterations_below(advance_, dim);
    });
}

bool Visits::completes(std::int64_t visit) const
{
    const LoopSizes now = steps(visit);
    return std::all_of(kAllLoopDims.begin(), kAllLoopDims.end(), [&](LoopDim dim) {
        return view_->depends_on(dim) || now[dim] + space_->iterations_below(advance_, dim) >= space_->busy_steps(dim);
    });
}

bool Visits::returns() const
{
    return std::any_of(kAllLoopDims.begin(), kAllLoopDims.end(), [&](LoopDim dim) {
        return !view_->depends_on(dim) && space_->iterations_below(advance_, dim) < space_->busy_steps(dim);
    });
}

}  // namespace plumbline::sim
