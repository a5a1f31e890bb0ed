// SPDX-License-Identifier: Apache-2.0
#include "planning/geometry/axis_work.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <tuple>

#include "planning/geometry/edge_tiles.hpp"

namespace plumbline::detail {
namespace {

/// Of what a tile makes of a node, all that its readers read, without what lies between them; nothing of a window that lies in
/// padding.
std::int64_t read_of(const StackGraph& graph, const TilePlaces& places, NodeId id)
{
    std::vector<Interval> parts;
    for (NodeId reader : graph.nodes[id].consumers)
        for (std::size_t edge = 0; edge < graph.nodes[reader].inputs.size(); ++edge) {
            if (graph.nodes[reader].inputs[edge].source != id) continue;
            const NodePlace& place = places[reader];
            Interval part = place.read[edge];
            if (graph.bounded)
                part = {std::max(part.begin, place.reached[edge].begin), std::min(part.end, place.reached[edge].end)};
            parts.push_back(part);
        }
    std::sort(parts.begin(), parts.end(), [](const Interval& a, const Interval& b) { return a.begin < b.begin; });
    std::int64_t read = 0;
    std::int64_t counted = places[id].computed.begin;
    for (const Interval& part : parts) {
        const Interval more{std::max(part.begin, counted), std::min(part.end, places[id].computed.end)};
        if (part.empty() || more.empty()) continue;
        read += more.size();
        counted = more.end;
    }
    return read;
}

/// Positions of a half-open range in which a tap meets an element of the map.
std::int64_t met(Interval positions, std::int64_t stride, std::int64_t tap, std::int64_t map)
{
    const std::int64_t first = -divide_down(tap, stride);
    const std::int64_t last = divide_down(map - 1 - tap, stride);
    return Interval{std::max(positions.begin, first), std::min(positions.end, last + 1)}.size();
}

/// Columns or rows of a map along one axis.
struct MapAxis {
    std::optional<std::int64_t> size;  ///< none where it has no edges
    std::int64_t step = 1;             ///< from one that is kept to the next
};

/// How often windows meet elements of a map along one axis.
std::int64_t taps(const SlidingAxis& axis, std::int64_t window, const Reach& reach, Interval made, MapAxis map)
{
    if (!map.size) return made.size() * window;
    if (axis.upsampling * axis.depth_to_space != 1 || reach.coarser != 1) return 0;
    std::int64_t all = 0;
    for (std::int64_t k = 0; k < window; ++k)
        all += met(made, reach.stride, reach.begin + axis.dilation / map.step * k, *map.size);
    return all;
}

InputShare share_of(const StackGraph& graph, const TileAxis& along, const StackNode& node, const NodePlace& place,
                    std::size_t edge)
{
    const StackEdge& input = node.inputs[edge];
    const Operand& operand = node.layer->inputs[input.input];
    const StackNode& source = graph.nodes[input.source];
    Interval read = place.read[edge];
    MapAxis map{std::nullopt, along.position == LoopDim::ox ? source.column_step : source.row_step};
    if (graph.bounded) {
        read = {std::max(read.begin, place.reached[edge].begin), std::min(read.end, place.reached[edge].end)};
        map.size = source.*along.size;
    }
    const auto slides = std::find_if(operand.sliding.begin(), operand.sliding.end(),
                                     [&](const SlidingAxis& axis) { return axis.position == along.position; });
    if (slides == operand.sliding.end()) return {read.size(), place.computed.size()};
    return {read.size(), taps(*slides, node.layer->sizes[slides->window], input.*along.reach, place.computed, map)};
}

NodeShare share_of(const StackGraph& graph, const TileAxis& along, const TilePlaces& places, NodeId id)
{
    const StackNode& node = graph.nodes[id];
    const NodePlace& place = places[id];
    NodeShare share;
    share.made = place.computed.size();
    if (node.layer == nullptr) share.read = read_of(graph, places, id);
    if (share.made == 0 || node.layer == nullptr) return share;
    share.inputs.reserve(node.inputs.size());
    for (std::size_t edge = 0; edge < node.inputs.size(); ++edge)
        share.inputs.push_back(share_of(graph, along, node, place, edge));
    return share;
}

auto parts_of(const Reach& reach)
{
    return std::tie(reach.stride, reach.window, reach.coarser, reach.begin, reach.upsampling, reach.cut_before,
                    reach.cut_behind);
}

/// What MACs read for windows along an axis is told by these, beside the reach.
std::array<std::int64_t, 3> taps_along(const Layer& layer, const Operand& operand, LoopDim position)
{
    for (const SlidingAxis& axis : operand.sliding)
        if (axis.position == position) return {axis.dilation, axis.depth_to_space, layer.sizes[axis.window]};
    return {};
}

bool alike_along_both(const Layer& layer, const StackEdge& edge)
{
    const Operand& operand = layer.inputs[edge.input];
    return parts_of(edge.columns) == parts_of(edge.rows) &&
           taps_along(layer, operand, LoopDim::ox) == taps_along(layer, operand, LoopDim::oy);
}

}  // namespace

bool alike_along_both(const StackGraph& graph)
{
    return std::all_of(graph.nodes.begin(), graph.nodes.end(), [](const StackNode& node) {
        return node.columns == node.rows && node.column_step == node.row_step &&
               std::all_of(node.inputs.begin(), node.inputs.end(),
                           [&](const StackEdge& edge) { return alike_along_both(*node.layer, edge); });
    });
}

AxisWork::AxisWork(const StackGraph& graph, const GridAxis& axis, const TileAxis& along)
    : nodes_(graph.nodes.size()),
      kind_of_tile_(static_cast<std::size_t>(axis.tiles()))
{
    EdgeTiles tiles{graph, axis, along};
    for (const TileRange& run : equal_tiles(tiles)) {
        const TilePlaces& places = tiles.places_of(run.first, along.cached && run.first > 0);
        const auto first = kind_of_tile_.begin() + run.first;
        std::fill(first, first + run.count, kinds_.size());
        Shares& shares = kinds_.emplace_back();
        for (NodeId id = 0; id < nodes_.size(); ++id) {
            shares.push_back(share_of(graph, along, places, id));
            add(nodes_[id], shares.back(), run.count);
        }
    }
}

void AxisWork::add(NodeWork& node, const NodeShare& share, std::int64_t tiles)
{
    if (share.made == 0) return;
    node.made += tiles * share.made;
    node.read += tiles * share.read;
    node.tiles += tiles;
    for (auto& [known, count] : node.shares)
        if (known == share) {
            count += tiles;
            return;
        }
    node.shares.emplace_back(share, tiles);
}

}  // namespace plumbline::detail
