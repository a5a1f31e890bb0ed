// SPDX-License-Identifier: Apache-2.0
// How many elements of an operand does an instance of a memory hold of the loops below it, as a capacity policy counts them?
//
// `optimistic` takes average sizes and rounds them up dimension by dimension, as LOMA does; `reserved` counts whole lanes.
// That depends on which loops lie below, not on their order: HeldElements has the number for each state of a lattice.
//
//     LoopSpan span{facts, tile};
//     span.add(loop);
//     held_elements(facts, CapacityPolicy::reserved, span);
#pragma once

#include <array>
#include <vector>

#include "cost/layer/layer_facts.hpp"
#include "cost/refined/blocks/most_elements.hpp"
#include "mapper/orders/loop_lattice.hpp"
#include "plumbline/schedule.hpp"

namespace plumbline::detail {

/// Loops of one operand, and what they span: on average, and in whole lanes.
struct LoopSpan {
    PerLoopDim<double> sizes = PerLoopDim<double>::filled(1);
    refined::InstanceLanes lanes;
    LoopSizes steps = kUnitLoopSizes;

    /// Of no loops.
    LoopSpan() = default;
    LoopSpan(const OperandFacts& facts, const LoopSizes& tile);

    void add(const TemporalLoop& loop)
    {
        sizes[loop.dim] *= static_cast<double>(loop.size);
        steps[loop.dim] *= loop.size;
    }
    void add(const SpatialLoop& loop)
    {
        sizes[loop.dim] *= loop.size;
        lanes[loop.dim].inside *= whole_lanes(loop);
    }
};

/// Whole elements; average sizes are rounded up first, but not where only the last bits of a quotient are beyond a whole number.
std::int64_t held_elements(const OperandFacts& facts, CapacityPolicy policy, const LoopSpan& span);

/// Of all operands of a layer, at all their levels.
class HeldElements {
public:
    HeldElements(const LayerFacts& layer, CapacityPolicy policy, const LoopLattice& loops);

    /// Below a state; the highest level holds all loops in any case.
    std::int64_t at(std::size_t operand, std::size_t level, LoopState state) const
    {
        const std::vector<std::int64_t>& elements = elements_[operand][level];
        return elements.size() == 1 ? elements.front() : elements[state];
    }

private:
    std::array<std::array<std::vector<std::int64_t>, kMaxLevels>, kMaxOperands> elements_;
};

}  // namespace plumbline::detail
