// SPDX-License-Identifier: Apache-2.0
#include "occupancy.hpp"

#include <algorithm>

namespace plumbline::detail {
namespace {

/// Bits of one input per column (or row) of its receptive field, times the overlap.
Bits own_overlap(const StackGraph& graph, const TilePlan& tile, NodeId node, bool along_x)
{
    Bits total{};
    const TileSizes& tiles = tile.demand->cached_tiles;
    for (std::size_t edge = 0; edge < graph.nodes[node].inputs.size(); ++edge) {
        const InputTile& input = tiles[node].inputs[edge];
        const std::int64_t size = along_x ? input.size.x : input.size.y;
        const std::int64_t overlap = along_x ? input.overlap.x : input.overlap.y;
        total += Bits{input_bits(graph, tiles, node, edge).count() / size * overlap};
    }
    return total;
}

void take_cache(std::vector<Bits>& taken, std::optional<MemoryId> from, std::optional<MemoryId> to, Bits size)
{
    if (from) taken[*from] += size;
    if (to && to != from) taken[*to] += size;
}

}  // namespace

std::vector<Bits> taken_by_others(const StackPlan& stack, const TilePlan& tile, NodeId node,
                                  MemoryId input, const std::vector<LiveMap>& live)
{
    std::vector<Bits> taken(stack.accelerator.memories().size());
    const TileCaches& caches = tile.caches;
    take_cache(taken, caches.columns_from, caches.columns_to, tile.demand->caches.columns);
    take_cache(taken, caches.rows_from, caches.rows_to, tile.demand->caches.rows);
    if (input == caches.columns_from) taken[input] -= own_overlap(stack.graph, tile, node, true);
    if (input == caches.rows_from) taken[input] -= own_overlap(stack.graph, tile, node, false);
    if (stack.weights) taken[*stack.weights] += weight_bits(stack.graph) - weight_bits(*stack.graph.nodes[node].layer);
    const auto& inputs = stack.graph.nodes[node].inputs;
    for (const LiveMap& map : live) {
        const bool own = std::any_of(inputs.begin(), inputs.end(),
                                     [&](const StackEdge& edge) { return edge.source == map.node; });
        if (!own) taken[map.memory] += map.size;
    }
    return taken;
}

}  // namespace plumbline::detail
