// SPDX-License-Identifier: Apache-2.0
#include "mapper/orders/held_elements.hpp"

#include <cmath>

namespace plumbline::detail {

LoopSpan::LoopSpan(const OperandFacts& facts, const LoopSizes& tile)
{
    for (LoopDim dim : kAllLoopDims) lanes[dim].size = tile[dim];
    for (std::size_t level = 0; level <= facts.levels; ++level)
        for (const SpatialLoop& loop : facts.spatial[level]) lanes[loop.dim].lanes *= whole_lanes(loop);
}

std::int64_t held_elements(const OperandFacts& facts, CapacityPolicy policy, const LoopSpan& span)
{
    if (policy == CapacityPolicy::reserved)
        return refined::most_elements(*facts.operand, span.lanes, span.steps, facts.between_edges);
    double elements = 1;
    for (LoopDim dim : kAllLoopDims)
        if (facts.relevant(dim)) elements *= std::ceil(span.sizes[dim]);
    for (const SlidingAxis& axis : facts.operand->sliding)
        elements *= truncated_span(axis, std::ceil(span.sizes[axis.position]), std::ceil(span.sizes[axis.window]));
    return static_cast<std::int64_t>(elements);
}

}  // namespace plumbline::detail
