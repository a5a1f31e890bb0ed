// SPDX-License-Identifier: Apache-2.0
#include "cost/refined/make_lanes.hpp"

#include <algorithm>
#include <vector>

#include "cost/layer/port_number.hpp"
#include "cost/refined/accesses.hpp"
#include "cost/refined/blocks/block_port_time.hpp"

namespace plumbline::detail::refined {
namespace {

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
void number_ports(Lanes& lanes, const LayerFacts& layer)
{
    std::vector<int> number(static_cast<std::size_t>(layer.ports), kNoPort);
    for (std::size_t i = 0; i < layer.operands; ++i)
        for (std::size_t level = 0; level < layer.operand[i].levels; ++level)
            for (Direction d : kAllDirections) {
                const int port = layer.operand[i].level[level].port[d];
                lanes.operand[i].port[level][d] = kNoPort;
                if (port < 0) continue;
                int& known = number[static_cast<std::size_t>(port)];
                if (known == kNoPort) known = lanes.ports++;
                lanes.operand[i].port[level][d] = known;
            }
}

/// Slots of the MACs at level 0 of an operand.
void add_accesses(LoopTime& iteration, const OperandFacts& facts, const OperandLanes& lanes, SumsThat sums)
{
    const BlockPortTime step{facts, lanes, 0, kUnitLoopSizes};
    const auto add = [&](Direction d, std::int64_t bits) {
        if (lanes.port[0][d] == kNoPort) return;
        iteration.busy[static_cast<std::size_t>(lanes.port[0][d])] += step.mean_slots(facts.port_at(0, d), bits);
    };
    if (!facts.output || sums.come) add(Direction::read_down, facts.precision);
    if (facts.output) add(Direction::write_from_down, sums.are_final ? facts.final_precision : facts.precision);
}

/// An iteration needs all its slots, and a cycle. A port that it keeps busy for most of it is critical: others delay it.
void add_iteration(Lanes& lanes, const LayerFacts& layer, SumsThat sums, double part)
{
    LoopTime each{};
    for (std::size_t i = 0; i < layer.operands; ++i) add_accesses(each, layer.operand[i], lanes.operand[i], sums);
    each.cycles = std::max(1.0, *std::max_element(each.busy.begin(), each.busy.begin() + lanes.ports));
    lanes.iteration.cycles += part * each.cycles;
    for (std::size_t port = 0; port < static_cast<std::size_t>(lanes.ports); ++port) {
        lanes.iteration.busy[port] += part * each.busy[port];
        lanes.iteration.critical[port] += part * std::max(0.0, 2 * each.busy[port] - each.cycles);
    }
}

PortUse reads_of_sums(const OperandFacts& output, const OperandLanes& lanes, double rounds)
{
    const int port = lanes.port[0][Direction::read_down];
    if (port == kNoPort) return {kNoPort, 0};
    const BlockPortTime step{output, lanes, 0, kUnitLoopSizes};
    return {port, step.mean_slots(output.port_at(0, Direction::read_down), output.precision) * (1 - 1 / rounds)};
}

}  // namespace

/// The first of all rounds of the reduction reads no sums, and the last one writes final ones.
void set_iteration_time(Lanes& lanes, const LayerFacts& layer)
{
    lanes.iteration = {};
    double rounds = 1;
    for (LoopDim dim : lanes.operand[0].irrelevant) rounds *= rounds_along(lanes.operand[0].level[0][dim], 1).all;
    lanes.sums = reads_of_sums(layer.operand[0], lanes.operand[0], rounds);
    if (rounds == 1) return add_iteration(lanes, layer, {false, true}, 1);
    add_iteration(lanes, layer, {false, false}, 1 / rounds);
    if (rounds > 2) add_iteration(lanes, layer, {true, false}, 1 - 2 / rounds);
    add_iteration(lanes, layer, {true, true}, 1 / rounds);
}

Lanes make_lanes(const LayerFacts& layer)
{
    Lanes lanes;
    for (std::size_t i = 0; i < layer.operands; ++i) lanes.operand[i] = operand_lanes(layer.operand[i], layer.sizes);
    number_ports(lanes, layer);
    set_iteration_time(lanes, layer);
    return lanes;
}

}  // namespace plumbline::detail::refined
