// SPDX-License-Identifier: Apache-2.0
#include "planning/geometry/tile_sizes.hpp"

#include <algorithm>
#include <map>

#include "description/map_edges.hpp"
#include "planning/geometry/map_places.hpp"
#include "planning/geometry/tile_places.hpp"

namespace plumbline::detail {
namespace {

/// How much of what a layer reads the neighbouring tile reads, too, where its outputs lie beside those of the tile.
std::int64_t overlap_along(const Reach& reach) { return std::max<std::int64_t>(0, reach.window - reach.stride); }

/// Of both axes: what is read, made and left, and where.
void take_places(const StackGraph& graph, TileSizes& tiles, const std::vector<NodePlace>& places,
                 std::int64_t Extent::*along)
{
    for (NodeId id = 0; id < graph.nodes.size(); ++id) {
        NodeTile& tile = tiles[id];
        const NodePlace& place = places[id];
        tile.computed.*along = place.computed.size();
        tile.needed.*along = place.needed.size();
        tile.left.*along = place.left;
        tile.found.*along = place.found;
        tile.inputs.resize(place.read.size());
        for (std::size_t edge = 0; edge < place.read.size(); ++edge) {
            const Interval& made = places[graph.nodes[id].inputs[edge].source].computed;
            InputTile& input = tile.inputs[edge];
            input.size.*along = place.read[edge].size();
            input.behind.*along = std::max<std::int64_t>(0, made.begin - place.read[edge].begin);
            input.ahead.*along = made.end - place.read[edge].end;
        }
    }
}

/// Of one axis of an input: where the map of its source begins and ends, and how its columns (rows) are counted.
struct PaddedAxis {
    LoopDim position;
    Reach StackEdge::*reach;
    std::int64_t StackNode::*first;
    std::int64_t StackNode::*step;
    AxisPadding InputTile::*padding;
};
constexpr PaddedAxis kPaddedColumns{LoopDim::ox, &StackEdge::columns, &StackNode::first_column, &StackNode::column_step,
                                    &InputTile::column_padding};
constexpr PaddedAxis kPaddedRows{LoopDim::oy, &StackEdge::rows, &StackNode::first_row, &StackNode::row_step,
                                 &InputTile::row_padding};

/// \pre maps have edges
void note_padding(const StackGraph& graph, TileSizes& tiles, const std::vector<NodePlace>& places,
                  const PaddedAxis& along)
{
    for (NodeId id = 0; id < graph.nodes.size(); ++id)
        for (std::size_t edge = 0; edge < graph.nodes[id].inputs.size(); ++edge) {
            const StackEdge& input = graph.nodes[id].inputs[edge];
            const Layer& layer = *graph.nodes[id].layer;
            const std::int64_t outputs = places[id].computed.size();
            if (outputs == 0) continue;
            for (const SlidingAxis& axis : layer.inputs[input.input].sliding) {
                if (axis.position != along.position) continue;
                const StackNode& source = graph.nodes[input.source];
                const std::int64_t position = (input.*along.reach).position(places[id].computed.begin);
                const std::int64_t begin = source.*along.first + source.*along.step * position - axis.depth_offset;
                const std::int64_t reached = window_span(axis, outputs, layer.sizes[axis.window]);
                const std::int64_t end = begin + reached - axis.upsampling * *axis.size;
                tiles[id].inputs[edge].*along.padding = {std::clamp<std::int64_t>(-begin, 0, reached),
                                                         std::clamp<std::int64_t>(end, 0, reached),
                                                         begin > 0 ? begin % axis.upsampling : 0};
            }
        }
}

/// How far a reader lags behind the tile, and how much it wants cached of its source.
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
    if (node.layer == nullptr) return {{node.producer ? Origin{} : Origin{id}, {node.column_step, node.row_step}}};
    Scales scales;
    for (const StackEdge& edge : node.inputs) {
        for (const auto& [origin, scale] : known[edge.source]) {
            Extent& here = scales[origin];
            here = {std::max(here.x, scale.x * edge.columns.stride), std::max(here.y, scale.y * edge.rows.stride)};
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
            Extent most{1, 1};
            for (const auto& [origin, scale] : scales[edge.source]) {
                const Extent here = scales[id].at(origin);
                most = {std::max(most.x, here.x / (scale.x * edge.columns.stride)),
                        std::max(most.y, here.y / (scale.y * edge.rows.stride))};
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
    const StackEdge& read = node.inputs[edge];
    const InputTile& input = tile.inputs[edge];
    const auto along = [](std::int64_t stride, std::int64_t size, std::int64_t output, std::int64_t shared,
                          std::int64_t own_lag) {
        return stride * own_lag - halve_down(size - output * stride + stride - 1) + shared;
    };
    return {{along(read.columns.stride, input.size.x, tile.computed.x, input.overlap.x, lag.x),
             along(read.rows.stride, input.size.y, tile.computed.y, input.overlap.y, lag.y)},
            input.overlap};
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

/// Along one axis, of each map what its readers read where the network makes all of its outputs; of outputs all.
std::vector<Interval> read_of_maps(const StackGraph& network, Reach StackEdge::*reach, LoopDim position,
                                   std::int64_t StackNode::*size)
{
    std::vector<Interval> read(network.nodes.size());
    for (NodeId id = network.nodes.size(); id-- > 0;) {
        const StackNode& node = network.nodes[id];
        if (node.consumers.empty()) read[id] = {0, node.layer->sizes[position]};
        if (network.bounded) read[id] = clipped(read[id], {0, node.*size});
        for (const StackEdge& edge : node.inputs)
            read[edge.source] = hull(read[edge.source], (edge.*reach).of(read[id]));
    }
    return read;
}

/// Beyond this DeFiNES itself would take hours.
constexpr double kMostPaths = 100000;

}  // namespace

TileSizes tile_sizes(const StackGraph& graph, const TilePlaces& columns, const TilePlaces& rows)
{
    TileSizes tiles(graph.nodes.size());
    take_places(graph, tiles, columns, &Extent::x);
    take_places(graph, tiles, rows, &Extent::y);
    if (graph.bounded) {
        note_padding(graph, tiles, columns, kPaddedColumns);
        note_padding(graph, tiles, rows, kPaddedRows);
    }
    return tiles;
}

void note_overlaps(const StackGraph& graph, TileSizes& tiles)
{
    for (NodeId id = 0; id < graph.nodes.size(); ++id)
        for (std::size_t edge = 0; edge < graph.nodes[id].inputs.size(); ++edge) {
            const StackEdge& input = graph.nodes[id].inputs[edge];
            tiles[id].inputs[edge].overlap = {overlap_along(input.columns), overlap_along(input.rows)};
        }
    Readings readings{graph};
    if (paths(graph) <= kMostPaths)
        read_along_paths(tiles, readings);
    else
        read_in_order(tiles, readings);
    for (NodeId id = 0; id < graph.nodes.size(); ++id) tiles[id].cached = readings.cached(id);
}

TileSizes tile_sizes(const StackGraph& graph, TileSize output, CacheUse use, const TilePlace& place)
{
    TileSizes tiles = tile_sizes(graph, tile_places(graph, columns_of(output, use, place)),
                                 tile_places(graph, rows_of(output, use, place)));
    if (!graph.bounded) note_overlaps(graph, tiles);
    return tiles;
}

TileAxis columns_of(TileSize output, CacheUse use, const TilePlace& place)
{
    return {&StackEdge::columns,   output.x,           use.columns, place.begin.x, place.beside.x,
            place.outputs.columns, &StackNode::columns};
}

TileAxis rows_of(TileSize output, CacheUse use, const TilePlace& place)
{
    return {&StackEdge::rows, output.y, use.rows, place.begin.y, place.beside.y, place.outputs.rows, &StackNode::rows};
}

std::vector<MapPart> map_parts(const StackGraph& network)
{
    const auto columns = read_of_maps(network, &StackEdge::columns, LoopDim::ox, &StackNode::columns);
    const auto rows = read_of_maps(network, &StackEdge::rows, LoopDim::oy, &StackNode::rows);
    std::vector<MapPart> parts;
    for (NodeId id = 0; id < network.nodes.size(); ++id) parts.push_back({columns[id], rows[id]});
    return parts;
}

bool makes_nothing(const TileSizes& tiles, NodeId node)
{
    return tiles[node].computed.x == 0 || tiles[node].computed.y == 0;
}

Extent cached_extent(const NodeTile& tile)
{
    return {std::max(tile.left.x, tile.found.x), std::max(tile.left.y, tile.found.y)};
}

std::vector<std::vector<AxisPadding>> tile_padding(const StackGraph& graph, const TileSizes& tiles, NodeId node)
{
    if (!graph.bounded) return {};
    const Layer& layer = *graph.nodes[node].layer;
    std::vector<std::vector<AxisPadding>> padding(layer.inputs.size() + 1);
    for (std::size_t edge = 0; edge < graph.nodes[node].inputs.size(); ++edge) {
        const std::size_t index = graph.nodes[node].inputs[edge].input;
        const InputTile& tile = tiles[node].inputs[edge];
        for (const SlidingAxis& axis : layer.inputs[index].sliding)
            padding[index + 1].push_back(axis.position == LoopDim::ox   ? tile.column_padding
                                         : axis.position == LoopDim::oy ? tile.row_padding
                                                                        : padding_of(axis));
    }
    for (std::size_t i = 1; i < padding.size(); ++i) {
        const auto& sliding = layer.inputs[i - 1].sliding;
        const bool upsampled =
            std::any_of(sliding.begin(), sliding.end(), [](const SlidingAxis& axis) { return axis.upsampling > 1; });
        const bool none =
            std::all_of(padding[i].begin(), padding[i].end(), [](AxisPadding one) { return one == AxisPadding{}; });
        if (none && !upsampled) padding[i].clear();
    }
    return padding;
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

std::vector<Bits> gap_bits(const StackGraph& graph, const TileSizes& tiles, NodeId node)
{
    const StackNode& reader = graph.nodes[node];
    std::vector<Bits> gaps;
    if (reader.inputs.empty()) return gaps;
    const LoopSizes loops = tile_loops(graph, tiles, node);
    const auto padding = tile_padding(graph, tiles, node);
    for (std::size_t edge = 0; edge < reader.inputs.size(); ++edge) {
        const std::size_t input = reader.inputs[edge].input;
        const Operand& operand = reader.layer->inputs[input];
        const auto beyond = padding.empty() ? std::vector<AxisPadding>{} : padding[input + 1];
        gaps.push_back(input_bits(graph, tiles, node, edge) -
                       operand.precision * elements_between(operand, loops, beyond));
    }
    return gaps;
}

}  // namespace plumbline::detail
