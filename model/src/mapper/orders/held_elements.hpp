// SPDX-License-Identifier: Apache-2.0
// How many elements of an operand does an instance of a memory hold of the loops below it, as a capacity policy counts them?
//
// `optimistic` takes average sizes and rounds them up dimension by dimension, as LOMA does; `reserved` counts whole lanes.
//
//     LoopSpan span{facts, tile};
//     span.add(loop);
//     held_elements(facts, CapacityPolicy::reserved, span);
#pragma once

#include "cost/layer/layer_facts.hpp"
#include "cost/refined/blocks/most_elements.hpp"
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

/// Whole elements; average sizes are rounded up first.
std::int64_t held_elements(const OperandFacts& facts, CapacityPolicy policy, const LoopSpan& span);

}  // namespace plumbline::detail
