// SPDX-License-Identifier: Apache-2.0
#include "mapper/orders/held_elements.hpp"

#include <cmath>

namespace plumbline::detail {
namespace {

/// Average sizes are products of quotients, which are whole in truth but for their last bits.
double rounded_up(double size) { return static_cast<double>(round_up(size, kQuotientNoise)); }

}  // namespace

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
        if (facts.relevant(dim)) elements *= rounded_up(span.sizes[dim]);
    for (const SlidingAxis& axis : facts.operand->sliding)
        elements *= truncated_span(axis, rounded_up(span.sizes[axis.position]), rounded_up(span.sizes[axis.window]));
    return static_cast<std::int64_t>(elements);
}

HeldElements::HeldElements(const LayerFacts& layer, CapacityPolicy policy, const LoopLattice& loops)
{
    for (std::size_t operand = 0; operand < layer.operands; ++operand) {
        const OperandFacts& facts = layer.operand[operand];
        LoopSpan span{facts, layer.sizes};
        for (std::size_t level = 0; level < facts.levels; ++level) {
            for (const SpatialLoop& loop : facts.spatial[level]) span.add(loop);
            const LoopState first = level + 1 == facts.levels ? loops.end() : loops.begin();
            std::vector<std::int64_t>& elements = elements_[operand][level];
            elements.reserve(loops.size() - first);
            for (LoopState state = first; state < loops.size(); ++state) {
                LoopSpan here = span;
                for (LoopDim dim : kAllLoopDims) here.add(TemporalLoop{dim, loops.below(state)[dim]});
                elements.push_back(held_elements(facts, policy, here));
            }
        }
    }
}

}  // namespace plumbline::detail
