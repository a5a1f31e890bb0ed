// SPDX-License-Identifier: Apache-2.0
#include "lane_model.hpp"

#include <cmath>

#include "lane_accesses.hpp"

namespace plumbline::detail {
namespace {

/// Whole lanes of an unrolled loop; quotients such as 46 / 12 carry rounding errors.
std::int64_t whole_lanes(const SpatialLoop& loop) { return static_cast<std::int64_t>(std::ceil(loop.size - 1e-9)); }

OperandLanes operand_lanes(const OperandFacts& facts, const LoopSizes& sizes)
{
    OperandLanes lanes;
    for (LoopDim dim : kAllLoopDims) {
        if (sizes[dim] == 1 || facts.slides(dim)) continue;
        (facts.relevant(dim) ? lanes.relevant : lanes.irrelevant).add(dim);
    }
    LoopSizes inside = kUnitLoopSizes;
    for (std::size_t level = 0; level <= facts.levels; ++level) {
        const LoopSizes below = inside;
        for (const SpatialLoop& loop : facts.spatial[level]) inside[loop.dim] *= whole_lanes(loop);
        if (level == facts.levels) break;
        lanes.as_below[level] = inside == below;
        for (LoopDim dim : kAllLoopDims) lanes.level[level][dim].inside = inside[dim];
    }
    for (std::size_t level = 0; level < facts.levels; ++level)
        for (LoopDim dim : kAllLoopDims) {
            lanes.level[level][dim].size = sizes[dim];
            lanes.level[level][dim].lanes = inside[dim];
        }
    lanes.at_macs = mac_accesses(facts, lanes);
    return lanes;
}

}  // namespace

LaneModel make_lane_model(const LayerModel& model)
{
    LaneModel lanes;
    for (std::size_t i = 0; i < model.operands; ++i) lanes.operand[i] = operand_lanes(model.operand[i], model.sizes);
    return lanes;
}

}  // namespace plumbline::detail
