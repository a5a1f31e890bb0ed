// SPDX-License-Identifier: Apache-2.0
#include "tile_sizes.hpp"

#include <algorithm>

namespace plumbline::detail {
namespace {

std::int64_t stride_along(const Operand& operand, LoopDim position)
{
    for (const SlidingAxis& axis : operand.sliding)
        if (axis.position == position) return axis.stride;
    return 1;
}

std::int64_t halve_down(std::int64_t value) { return value >= 0 ? value / 2 : (value - 1) / 2; }

/// One axis of one input of a layer.
struct AxisNeed {
    std::int64_t size = 0;
    std::int64_t overlap = 0;
    std::int64_t lag = 0;
};

AxisNeed need_along(const Operand& operand, LoopDim position, std::int64_t input, std::int64_t output,
                    std::int64_t output_lag)
{
    const std::int64_t stride = stride_along(operand, position);
    const std::int64_t beyond = input - output * stride;
    AxisNeed need{input, std::max<std::int64_t>(0, beyond), 0};
    need.lag = stride * output_lag - halve_down(beyond + stride - 1) + need.overlap;
    return need;
}

/// What several consumers want cached of one output. They may lag behind each other: a residual branch reads later, and
/// further back, than the main path.
struct CacheDemand {
    std::int64_t lag = 0;
    std::int64_t leftmost = 0;
    bool any = false;

    void add(const AxisNeed& need)
    {
        const std::int64_t left = need.lag - need.overlap;
        lag = any ? std::max(lag, need.lag) : need.lag;
        leftmost = any ? std::min(leftmost, left) : left;
        any = true;
    }
    std::int64_t size() const { return lag - leftmost; }
};

struct NodeDemand {
    CacheDemand x;
    CacheDemand y;
};

}  // namespace

TileSizes tile_sizes(const StackGraph& graph, TileSize output, CacheUse use)
{
    TileSizes tiles(graph.nodes.size());
    std::vector<NodeDemand> demand(graph.nodes.size());
    tiles[graph.output].computed = {output.x, output.y};
    for (NodeId id = graph.nodes.size(); id-- > 0;) {
        const StackNode& node = graph.nodes[id];
        tiles[id].cached = {demand[id].x.size(), demand[id].y.size()};
        if (node.layer == nullptr) continue;
        const LoopSizes loops = tile_loops(graph, tiles, id);
        for (const StackEdge& edge : node.inputs) {
            const Operand& operand = node.layer->inputs[edge.input];
            const AxisNeed x = need_along(operand, LoopDim::ox, columns(operand, loops), tiles[id].computed.x,
                                          demand[id].x.lag);
            const AxisNeed y = need_along(operand, LoopDim::oy, rows(operand, loops), tiles[id].computed.y,
                                          demand[id].y.lag);
            tiles[id].inputs.push_back({{x.size, y.size}, {x.overlap, y.overlap}});
            Extent& source = tiles[edge.source].computed;
            source.x = std::max(source.x, x.size - (use.columns ? x.overlap : 0));
            source.y = std::max(source.y, y.size - (use.rows ? y.overlap : 0));
            demand[edge.source].x.add(x);
            demand[edge.source].y.add(y);
        }
    }
    return tiles;
}

LoopSizes tile_loops(const StackGraph& graph, const TileSizes& tiles, NodeId node)
{
    return with_tile(*graph.nodes[node].layer, tiles[node].computed.x, tiles[node].computed.y);
}

Bits output_bits(const StackGraph& graph, const TileSizes& tiles, NodeId node)
{
    const Extent& computed = tiles[node].computed;
    return graph.nodes[node].precision * (graph.nodes[node].channels * computed.x * computed.y);
}

Bits input_bits(const StackGraph& graph, const TileSizes& tiles, NodeId node, std::size_t edge)
{
    const Layer& layer = *graph.nodes[node].layer;
    const Operand& operand = layer.inputs[graph.nodes[node].inputs[edge].input];
    return operand.precision * elements(operand, tile_loops(graph, tiles, node));
}

}  // namespace plumbline::detail
