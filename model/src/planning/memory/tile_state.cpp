// SPDX-License-Identifier: Apache-2.0
#include "planning/memory/tile_state.hpp"

#include <algorithm>

namespace plumbline::detail {

std::vector<std::vector<Bits>> all_gaps(const StackGraph& graph, const TileSizes& tiles)
{
    std::vector<std::vector<Bits>> gaps(graph.nodes.size());
    for (NodeId id = 0; id < graph.nodes.size(); ++id)
        if (!makes_nothing(tiles, id)) gaps[id] = gap_bits(graph, tiles, id);
    return gaps;
}

Bits TileState::inputs(NodeId id) const
{
    Bits total{};
    for (std::size_t edge = 0; edge < node(id).inputs.size(); ++edge) total += input_bits(stack.graph, sizes, id, edge);
    return total;
}

MemoryOperand TileState::operand_of(NodeId id, std::size_t edge) const
{
    return node(id).rule->link_of(node(id).layer->inputs[node(id).inputs[edge].input]);
}

std::optional<MemoryId> TileState::staying_weights() const
{
    if (!stack.several_tiles || !stack.weights || stack.weights == stack.accelerator.top()) return std::nullopt;
    const bool in_parts = stack.accelerator.instances(*stack.weights) > 1;
    return tile.loads_weights || in_parts ? stack.weights : std::nullopt;
}

MemoryOperand TileState::operand_holding(NodeId map) const
{
    const NodeId reader = node(map).consumers.front();
    const auto& inputs = node(reader).inputs;
    const auto edge =
        std::find_if(inputs.begin(), inputs.end(), [map](const StackEdge& each) { return each.source == map; });
    return operand_of(reader, static_cast<std::size_t>(edge - inputs.begin()));
}

}  // namespace plumbline::detail
