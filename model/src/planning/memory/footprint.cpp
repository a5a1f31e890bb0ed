// SPDX-License-Identifier: Apache-2.0
#include "planning/memory/footprint.hpp"

#include <algorithm>

namespace plumbline::detail {
namespace {

/// Running sum that remembers its peak.
class AliveBits {
public:
    void take(Bits amount)
    {
        now_ += amount;
        peak_ = std::max(peak_, now_);
    }
    void release(Bits amount) { now_ -= amount; }
    Bits peak() const { return peak_; }

private:
    Bits now_{};
    Bits peak_{};
};

std::vector<NodeId> sources_of(const StackNode& node)
{
    std::vector<NodeId> sources;
    for (const StackEdge& edge : node.inputs)
        if (std::find(sources.begin(), sources.end(), edge.source) == sources.end()) sources.push_back(edge.source);
    return sources;
}

/// Whether an input's columns (or rows) slide over its source; only then do neighbours overlap.
bool slides_along(const Operand& operand, LoopDim position) { return !operand.relevant.contains(position); }

/// One input of a layer, in bits; integer divisions as DeFiNES does them.
CacheSizes input_cache(const StackGraph& graph, const TileSizes& tiles, const TileSizes& whole, NodeId id,
                       std::size_t edge)
{
    const StackNode& node = graph.nodes[id];
    const Operand& operand = node.layer->inputs[node.inputs[edge].input];
    const std::int64_t all = elements(operand, tile_loops(graph, tiles, id));
    const InputTile& tile = tiles[id].inputs[edge];
    CacheSizes sizes;
    if (slides_along(operand, LoopDim::ox)) sizes.columns = operand.precision * (all / tile.size.x * tile.overlap.x);
    if (slides_along(operand, LoopDim::oy))
        sizes.rows =
            operand.precision * (all / tile.size.x * whole[id].inputs[edge].size.x / tile.size.y * tile.overlap.y);
    if (slides_along(operand, LoopDim::ox) && slides_along(operand, LoopDim::oy))
        sizes.both = operand.precision * (all / tile.size.x * tile.overlap.x / tile.size.y * tile.overlap.y);
    return sizes;
}

}  // namespace

Bits peak_alive(const StackGraph& graph, const TileSizes& tiles, const std::vector<Bits>& kept)
{
    AliveBits alive;
    std::vector<std::size_t> readers_left(graph.nodes.size());
    for (NodeId id = 0; id < graph.nodes.size(); ++id) {
        const StackNode& node = graph.nodes[id];
        const auto sources = sources_of(node);
        Bits inputs{};
        for (std::size_t edge = 0; edge < node.inputs.size(); ++edge) inputs += input_bits(graph, tiles, id, edge);
        for (NodeId source : sources) alive.release(output_bits(graph, tiles, source));
        alive.take(inputs);
        alive.take(output_bits(graph, tiles, id));
        alive.release(inputs);
        for (NodeId source : sources) alive.take(output_bits(graph, tiles, source));
        for (NodeId source : sources) {
            if (--readers_left[source] > 0) continue;
            alive.release(output_bits(graph, tiles, source));
            if (!kept.empty()) alive.take(kept[source]);
        }
        readers_left[id] = node.consumers.size();
    }
    return alive.peak();
}

CacheSizes cache_sizes(const StackGraph& graph, const TileSizes& tiles, const TileSizes& whole)
{
    CacheSizes total;
    total.left_behind.resize(graph.nodes.size());
    for (NodeId id = 0; id < graph.nodes.size(); ++id) {
        const StackNode& node = graph.nodes[id];
        if (!node.consumers.empty())
            total.left_behind[id] = node.precision * (node.channels * tiles[id].computed.y * tiles[id].cached.x);
        for (std::size_t edge = 0; edge < node.inputs.size(); ++edge) {
            const CacheSizes one = input_cache(graph, tiles, whole, id, edge);
            total.columns += one.columns;
            total.rows += one.rows;
            total.both += one.both;
        }
    }
    return total;
}

CacheSizes exact_cache_sizes(const StackGraph& graph, const TileSizes& tiles, const TileSizes& whole)
{
    CacheSizes total;
    total.left_behind.resize(graph.nodes.size());
    for (NodeId id = 0; id < graph.nodes.size(); ++id) {
        const StackNode& node = graph.nodes[id];
        if (node.consumers.empty()) continue;
        const Bits pixel = node.precision * node.channels;
        const Extent left = cached_extent(tiles[id]);
        total.left_behind[id] = pixel * (left.x * tiles[id].needed.y);
        total.columns += total.left_behind[id];
        total.rows += pixel * (left.y * whole[id].computed.x);
        total.both += pixel * (left.x * left.y);
    }
    return total;
}

Bits weight_bits(const Layer& layer)
{
    Bits total{};
    for (const Operand& input : layer.inputs)
        if (input.constant) total += input.precision * elements(input, layer.sizes);
    return total;
}

Bits weight_bits(const StackGraph& graph)
{
    Bits total{};
    for (const StackNode& node : graph.nodes)
        if (node.layer != nullptr) total += weight_bits(*node.layer);
    return total;
}

}  // namespace plumbline::detail
