// SPDX-License-Identifier: Apache-2.0
#include "cost/refined/make_lanes.hpp"

#include <vector>

#include "cost/layer/port_number.hpp"
#include "cost/refined/accesses.hpp"
#include "cost/refined/iteration_time.hpp"

namespace plumbline::detail::refined {
namespace {

void add_padded_axes(OperandLanes& lanes, const OperandFacts& facts)
{
    for (std::size_t level = 0; level < facts.levels; ++level)
        for (std::size_t i = 0; i < facts.padding.size(); ++i) {
            const SlidingAxis& axis = facts.operand->sliding[i];
            const PerLoopDim<DimLanes>& seen = lanes.level[level];
            lanes.padded[level].emplace_back(axis, facts.padding[i], seen[axis.position], seen[axis.window]);
        }
}

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
    add_padded_axes(lanes, facts);
    lanes.at_macs = mac_accesses(facts, lanes);
    return lanes;
}

/// Whether more lies beyond the edges behind a map than before it.
bool padded_behind(const OperandFacts& facts)
{
    std::int64_t more = 0;
    for (const AxisPadding& axis : facts.padding) more += axis.behind - axis.before;
    return more > 0;
}

void find_complements(Lanes& lanes, const LayerFacts& layer)
{
    bool any_begins_late = false;
    for (std::size_t i = 1; i < layer.operands; ++i)
        any_begins_late = any_begins_late || (!layer.operand[i].padding.empty() && !padded_behind(layer.operand[i]));
    for (std::size_t i = 1; i < layer.operands; ++i)
        lanes.operand[i].ends_first = any_begins_late && padded_behind(layer.operand[i]);
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

}  // namespace

Lanes make_lanes(const LayerFacts& layer)
{
    Lanes lanes;
    for (std::size_t i = 0; i < layer.operands; ++i) lanes.operand[i] = operand_lanes(layer.operand[i], layer.sizes);
    find_complements(lanes, layer);
    number_ports(lanes, layer);
    set_iteration_time(lanes, layer);
    return lanes;
}

}  // namespace plumbline::detail::refined
