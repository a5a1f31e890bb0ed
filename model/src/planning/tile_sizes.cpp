// SPDX-License-Identifier: Apache-2.0
#include "planning/tile_sizes.hpp"

#include <algorithm>
#include <map>
#include <optional>

namespace plumbline::detail {
namespace {

std::int64_t stride_along(const Operand& operand, LoopDim position)
{
    for (const SlidingAxis& axis : operand.sliding)
        if (axis.position == position) return axis.stride;
    return 1;
}

std::int64_t halve_down(std::int64_t value) { return value >= 0 ? value / 2 : (value - 1) / 2; }

/// From the first to the last pixel that `loops` read along an axis; those in gaps between windows (stride larger than
/// window) lie in the tile, too.
std::int64_t reach_along(const Operand& operand, LoopDim position, const LoopSizes& loops)
{
    for (const SlidingAxis& axis : operand.sliding)
        if (axis.position == position)
            return axis.stride * (loops[position] - 1) + axis.dilation * (loops[axis.window] - 1) + 1;
    return operand.relevant.contains(position) ? loops[position] : 1;
}

/// Size and overlap of one input of a layer along one axis.
struct AxisNeed {
    std::int64_t size = 0;
    std::int64_t overlap = 0;
    std::int64_t gap = 0;
};

/// \param gap to the neighbour's part of the layer's output
AxisNeed need_along(const Operand& operand, LoopDim position, const LoopSizes& loops, std::int64_t gap)
{
    const std::int64_t reach = reach_along(operand, position, loops);
    const std::int64_t shared = reach - (loops[position] + gap) * stride_along(operand, position);
    return {reach, std::max<std::int64_t>(0, shared), std::max<std::int64_t>(0, -shared)};
}

/// The gap that its readers leave in a map: the least of theirs.
class MapGaps {
public:
    explicit MapGaps(const StackGraph& graph) : of_(graph.nodes.size()) {}

    void note(NodeId source, Extent gap)
    {
        std::optional<Extent>& known = of_[source];
        known = known ? Extent{std::min(known->x, gap.x), std::min(known->y, gap.y)} : gap;
    }

    Extent at(NodeId map) const { return of_[map].value_or(Extent{}); }

private:
    std::vector<std::optional<Extent>> of_;
};

/// Several readers may read different pixels between gaps: where there are several, gaps are closed.
void settle_gap(const StackNode& node, NodeTile& tile, Extent gap)
{
    if (node.consumers.size() == 1)
        tile.gap = gap;
    else
        tile.computed = {tile.computed.x + gap.x, tile.computed.y + gap.y};
}

void propagate_sizes(const StackGraph& graph, TileSizes& tiles, CacheUse use, Gaps gaps)
{
    MapGaps left{graph};
    for (NodeId id = graph.nodes.size(); id-- > 0;) {
        const StackNode& node = graph.nodes[id];
        settle_gap(node, tiles[id], left.at(id));
        if (node.layer == nullptr) continue;
        const LoopSizes loops = tile_loops(graph, tiles, id);
        for (const StackEdge& edge : node.inputs) {
            const Operand& operand = node.layer->inputs[edge.input];
            const AxisNeed x = need_along(operand, LoopDim::ox, loops, tiles[id].gap.x);
            const AxisNeed y = need_along(operand, LoopDim::oy, loops, tiles[id].gap.y);
            const Extent gap = gaps == Gaps::counted ? Extent{x.gap, y.gap} : Extent{};
            tiles[id].inputs.push_back({{x.size, y.size}, {x.overlap, y.overlap}, gap, {}, {}});
            left.note(edge.source, gap);
            Extent& source = tiles[edge.source].computed;
            source.x = std::max(source.x, x.size - (use.columns ? x.overlap : 0));
            source.y = std::max(source.y, y.size - (use.rows ? y.overlap : 0));
        }
    }
}

/// How far a reader lags behind the tile, and how much it wants cached of its source (less than nothing where there is a gap).
struct Reading {
    Extent lag;
    Extent overlap;
};

/// How much further apart a layer's outputs lie, in pixels of the maps that enter the stack, than its stride from this
/// input says: more than 1 where a branch joins a coarser one without a stride of its own.
using Coarser = std::vector<std::vector<Extent>>;

/// From which map that enters scales count. Inputs of the network have nothing to do with each other; other maps may.
using Origin = std::optional<NodeId>;
/// Pixels of the maps that a node is made of from one of its pixels to the next.
using Scales = std::map<Origin, Extent>;

Scales scales_of(const StackGraph& graph, NodeId id, const std::vector<Scales>& known)
{
    const StackNode& node = graph.nodes[id];
    if (node.layer == nullptr) return {{node.producer ? Origin{} : Origin{id}, {1, 1}}};
    Scales scales;
    for (const StackEdge& edge : node.inputs) {
        const Operand& operand = node.layer->inputs[edge.input];
        for (const auto& [origin, scale] : known[edge.source]) {
            Extent& here = scales[origin];
            here = {std::max(here.x, scale.x * stride_along(operand, LoopDim::ox)),
                    std::max(here.y, scale.y * stride_along(operand, LoopDim::oy))};
        }
    }
    return scales;
}

Coarser coarser_than_strides(const StackGraph& graph)
{
    std::vector<Scales> scales(graph.nodes.size());
    Coarser coarser(graph.nodes.size());
    for (NodeId id = 0; id < graph.nodes.size(); ++id) {
        scales[id] = scales_of(graph, id, scales);
        for (const StackEdge& edge : graph.nodes[id].inputs) {
            const Operand& operand = graph.nodes[id].layer->inputs[edge.input];
            Extent most{1, 1};
            for (const auto& [origin, scale] : scales[edge.source]) {
                const Extent here = scales[id].at(origin);
                most = {std::max(most.x, here.x / (scale.x * stride_along(operand, LoopDim::ox))),
                        std::max(most.y, here.y / (scale.y * stride_along(operand, LoopDim::oy)))};
            }
            coarser[id].push_back(most);
        }
    }
    return coarser;
}

Extent at_least_none(Extent extent)
{
    return {std::max<std::int64_t>(0, extent.x), std::max<std::int64_t>(0, extent.y)};
}

/// What one reader wants of its source when it lags behind itself. A window that reaches over both sides lags by one half.
Reading reading_of(const StackNode& node, const NodeTile& tile, std::size_t edge, Extent lag)
{
    const Operand& operand = node.layer->inputs[node.inputs[edge].input];
    const InputTile& input = tile.inputs[edge];
    // The reader's own gap counts already in its lag.
    const Extent overlap{input.overlap.x - input.gap.x, input.overlap.y - input.gap.y};
    const auto along = [&](LoopDim position, std::int64_t size, std::int64_t output, std::int64_t shared,
                           std::int64_t gap, std::int64_t own_lag) {
        const std::int64_t stride = stride_along(operand, position);
        return stride * own_lag - halve_down(size - output * stride + stride - 1) + shared + stride * gap;
    };
    return {{along(LoopDim::ox, input.size.x, tile.computed.x, overlap.x, tile.gap.x, lag.x),
             along(LoopDim::oy, input.size.y, tile.computed.y, overlap.y, tile.gap.y, lag.y)},
            overlap};
}

/// The readers of every map. They may lag behind each other: a residual branch reads later, and further back, than the
/// main path. What must be cached reaches from the furthest back to the furthest ahead.
class Readings {
public:
    explicit Readings(const StackGraph& graph) : graph_{graph}, of_(graph.nodes.size()) {}

    void note(NodeId source, NodeId reader, const Reading& reading) { of_[source][reader] = reading; }

    Extent lag(NodeId source) const
    {
        Extent lag = of_[source].begin()->second.lag;
        for (const auto& [reader, reading] : of_[source])
            lag = {std::max(lag.x, reading.lag.x), std::max(lag.y, reading.lag.y)};
        return lag;
    }

    Extent cached(NodeId source) const
    {
        if (of_[source].empty()) return {};
        const Reading& any = of_[source].begin()->second;
        Extent back{any.lag.x - any.overlap.x, any.lag.y - any.overlap.y};
        for (const auto& [reader, reading] : of_[source])
            back = {std::min(back.x, reading.lag.x - reading.overlap.x),
                    std::min(back.y, reading.lag.y - reading.overlap.y)};
        return at_least_none({lag(source).x - back.x, lag(source).y - back.y});
    }

    /// How much of its source a reader finds made by neighbours.
    Extent behind(NodeId source, NodeId reader) const
    {
        const Reading& one = of_[source].at(reader);
        return at_least_none({lag(source).x - one.lag.x + one.overlap.x, lag(source).y - one.lag.y + one.overlap.y});
    }

    Extent ahead(NodeId source, NodeId reader) const
    {
        const Reading& one = of_[source].at(reader);
        return {lag(source).x - one.lag.x, lag(source).y - one.lag.y};
    }

    const StackGraph& graph() const { return graph_; }

private:
    const StackGraph& graph_;
    std::vector<std::map<NodeId, Reading>> of_;
};

/// Every layer once, after all its readers.
void read_in_order(const TileSizes& tiles, Readings& readings)
{
    const StackGraph& graph = readings.graph();
    const Coarser coarser = coarser_than_strides(graph);
    for (NodeId id = graph.nodes.size(); id-- > 0;) {
        if (graph.nodes[id].layer == nullptr) continue;
        const Extent lag = id == graph.output ? Extent{} : readings.lag(id);
        for (std::size_t edge = 0; edge < graph.nodes[id].inputs.size(); ++edge) {
            const Extent far{lag.x * coarser[id][edge].x, lag.y * coarser[id][edge].y};
            readings.note(graph.nodes[id].inputs[edge].source, id, reading_of(graph.nodes[id], tiles[id], edge, far));
        }
    }
}

/// Every path from the output back, depth first, as DeFiNES does: a map that several layers read is passed several times,
/// and what its last pass knew of the others' lags stands. Where branches join this differs from read_in_order.
void read_along_paths(const TileSizes& tiles, Readings& readings)
{
    struct Visit {
        NodeId node;
        Extent lag;
    };
    const StackGraph& graph = readings.graph();
    std::vector<Visit> open{{graph.output, {}}};
    while (!open.empty()) {
        const Visit visit = open.back();
        open.pop_back();
        const StackNode& node = graph.nodes[visit.node];
        for (std::size_t edge = 0; edge < node.inputs.size(); ++edge) {
            const NodeId source = node.inputs[edge].source;
            readings.note(source, visit.node, reading_of(node, tiles[visit.node], edge, visit.lag));
            open.push_back({source, readings.lag(source)});
        }
    }
}

/// Paths from the output to all nodes; they double with every join.
double paths(const StackGraph& graph)
{
    std::vector<double> to(graph.nodes.size());
    to[graph.output] = 1;
    double total = 0;
    for (NodeId id = graph.nodes.size(); id-- > 0;) {
        total += to[id];
        for (const StackEdge& edge : graph.nodes[id].inputs) to[edge.source] += to[id];
    }
    return total;
}

/// Beyond this DeFiNES itself would take hours.
constexpr double kMostPaths = 100000;

void note_lags(const StackGraph& graph, TileSizes& tiles, CacheUse use)
{
    Readings readings{graph};
    read_in_order(tiles, readings);
    for (NodeId id = 0; id < graph.nodes.size(); ++id) {
        NodeTile& tile = tiles[id];
        tile.left = readings.cached(id);
        tile.needed = {tile.computed.x + (use.columns ? tile.left.x : 0),
                       tile.computed.y + (use.rows ? tile.left.y : 0)};
        for (std::size_t edge = 0; edge < graph.nodes[id].inputs.size(); ++edge) {
            tiles[id].inputs[edge].behind = readings.behind(graph.nodes[id].inputs[edge].source, id);
            tiles[id].inputs[edge].ahead = readings.ahead(graph.nodes[id].inputs[edge].source, id);
        }
    }
}

}  // namespace

TileSizes tile_sizes(const StackGraph& graph, TileSize output, CacheUse use, Gaps gaps)
{
    TileSizes tiles(graph.nodes.size());
    tiles[graph.output].computed = {output.x, output.y};
    propagate_sizes(graph, tiles, use, gaps);
    Readings readings{graph};
    if (paths(graph) <= kMostPaths)
        read_along_paths(tiles, readings);
    else
        read_in_order(tiles, readings);
    for (NodeId id = 0; id < graph.nodes.size(); ++id) tiles[id].cached = readings.cached(id);
    note_lags(graph, tiles, use);
    return tiles;
}

std::vector<Extent> map_sizes(const StackGraph& network)
{
    TileSizes tiles(network.nodes.size());
    for (NodeId id = 0; id < tiles.size(); ++id) {
        const StackNode& node = network.nodes[id];
        if (!node.consumers.empty()) continue;
        tiles[id].computed = {columns(node.layer->output, node.layer->sizes),
                              rows(node.layer->output, node.layer->sizes)};
    }
    propagate_sizes(network, tiles, {}, Gaps::ignored);
    std::vector<Extent> sizes;
    for (const NodeTile& tile : tiles) sizes.push_back(tile.computed);
    return sizes;
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
    const Extent& size = tiles[node].inputs[edge].size;
    return operand.precision * (channels(operand, layer.sizes) * size.x * size.y);
}

Bits gap_bits(const StackGraph& graph, const TileSizes& tiles, NodeId node, std::size_t edge)
{
    const Operand& operand = graph.nodes[node].layer->inputs[graph.nodes[node].inputs[edge].input];
    return input_bits(graph, tiles, node, edge) - operand.precision * elements(operand, tile_loops(graph, tiles, node));
}

}  // namespace plumbline::detail
