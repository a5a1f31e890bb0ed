// SPDX-License-Identifier: Apache-2.0
#include "lane_model.hpp"

#include <cmath>
#include <vector>

#include "block_slots.hpp"
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

/// In the order of their first use.
void number_ports(LaneModel& lanes, const LayerModel& model)
{
    std::vector<int> number(static_cast<std::size_t>(model.ports), kNoPort);
    for (std::size_t i = 0; i < model.operands; ++i)
        for (std::size_t level = 0; level < model.operand[i].levels; ++level)
            for (Direction d : kAllDirections) {
                const int port = model.operand[i].level[level].port[d];
                lanes.operand[i].port[level][d] = kNoPort;
                if (port < 0) continue;
                int& known = number[static_cast<std::size_t>(port)];
                if (known == kNoPort) known = lanes.ports++;
                lanes.operand[i].port[level][d] = known;
            }
}

/// What an iteration does at level 0 of an operand. The first of all rounds of the reduction reads no sums, and the last
/// one writes final ones.
void count_iteration(LaneModel& lanes, const LayerModel& model, std::size_t operand)
{
    const OperandFacts& facts = model.operand[operand];
    const OperandLanes& own = lanes.operand[operand];
    const BlockSizes step{facts, own, 0, kUnitLoopSizes};
    const auto add = [&](Direction d, std::int64_t bits, double times) {
        if (own.port[0][d] == kNoPort) return;
        lanes.iteration[static_cast<std::size_t>(own.port[0][d])] +=
            times * step.mean_slots({static_cast<double>(bits), static_cast<double>(facts.level[0].width[d])});
    };
    if (!facts.output) return add(Direction::read_down, facts.precision, 1);
    double last = 1;
    for (LoopDim dim : own.irrelevant) last /= rounds_along(own.level[0][dim], 1).all;
    add(Direction::read_down, facts.precision, 1 - last);
    add(Direction::write_from_down, facts.precision, 1 - last);
    add(Direction::write_from_down, facts.final_precision, last);
}

}  // namespace

LaneModel make_lane_model(const LayerModel& model)
{
    LaneModel lanes;
    for (std::size_t i = 0; i < model.operands; ++i) lanes.operand[i] = operand_lanes(model.operand[i], model.sizes);
    number_ports(lanes, model);
    for (std::size_t i = 0; i < model.operands; ++i) count_iteration(lanes, model, i);
    return lanes;
}

}  // namespace plumbline::detail
