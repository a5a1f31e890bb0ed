// SPDX-License-Identifier: Apache-2.0
#include "planning/memory/block_bits.hpp"

#include "cost/refined/blocks/most_elements.hpp"
#include "description/map_edges.hpp"

namespace plumbline::detail {
namespace {

/// Lanes and steps of an operand's loops up to a level.
struct LoopsUpTo {
    LoopsUpTo(const OperandMapping& mapping, std::size_t level, const LoopSizes& tile)
    {
        for (LoopDim dim : kAllLoopDims) lanes[dim].size = tile[dim];
        for (std::size_t i = 0; i < mapping.spatial.size(); ++i)
            for (const SpatialLoop& loop : mapping.spatial[i]) {
                lanes[loop.dim].lanes *= whole_lanes(loop);
                if (i <= level) lanes[loop.dim].inside *= whole_lanes(loop);
            }
        for (std::size_t i = 0; i <= level; ++i)
            for (const TemporalLoop& loop : mapping.temporal[i]) steps[loop.dim] *= loop.size;
    }

    refined::InstanceLanes lanes;
    LoopSizes steps = kUnitLoopSizes;
};

bool accumulates_at_or_above(const OperandMapping& mapping, const Operand& output, std::size_t level)
{
    const auto reduces = [&](LoopDim dim) { return !output.relevant.contains(dim); };
    for (std::size_t i = level; i < mapping.levels.size(); ++i)
        for (const TemporalLoop& loop : mapping.temporal[i])
            if (reduces(loop.dim)) return true;
    return false;
}

}  // namespace

Bits block_bits(const Layer& layer, const LayerMapping& mapping, std::size_t operand, std::size_t level)
{
    const OperandMapping& mapped = mapping.operands[operand];
    const bool output = operand == 0;
    const Operand& described = output ? layer.output : layer.inputs[operand - 1];
    const Bits precision =
        !output || accumulates_at_or_above(mapped, described, level) ? described.precision : layer.final_precision;
    const LoopsUpTo loops{mapped, level, mapping.sizes};
    return precision * refined::most_elements(described, loops.lanes, loops.steps,
                                              spans_between(described, mapping.sizes, mapped.padding));
}

}  // namespace plumbline::detail
