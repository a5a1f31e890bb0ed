// SPDX-License-Identifier: Apache-2.0
#include "exploration/stack_bound.hpp"

#include <algorithm>
#include <optional>

#include "planning/memory/footprint.hpp"

// Every term is a part of what is predicted, and each is counted at most once:
// * pixels that layers compute, weights on the way to the MACs, for the first tile and for each other one: layer_bound.hpp;
// * what a tile needs of a map that enters, and no tile before has fetched, comes from the top memory;
// * the stack's output goes to the top memory.

namespace plumbline::detail {
namespace {

/// Whether windows touch each other and have no gaps. \param step columns (rows) of the map from one that is kept to the next
bool reads_without_gaps(const SlidingAxis& axis, const Layer& layer, std::int64_t step)
{
    if (axis.upsampling * axis.depth_to_space != 1) return false;
    const std::int64_t window = layer.sizes[axis.window];
    return axis.stride <= window * step && (window == 1 || axis.dilation == step);
}

/// As whole channels of a map, along both axes without gaps.
bool reads_all(const StackNode& map, const Operand& operand, const Layer& layer)
{
    return std::all_of(operand.sliding.begin(), operand.sliding.end(), [&](const SlidingAxis& axis) {
        if (axis.position == LoopDim::ox) return reads_without_gaps(axis, layer, map.column_step);
        return axis.position == LoopDim::oy && reads_without_gaps(axis, layer, map.row_step);
    });
}

/// Whether tiles together need all that one tile as large as the map needs: nothing lies between what neighbours read.
bool tiles_touch(const StackGraph& graph)
{
    const auto touches = [](const Reach& reach) { return reach.stride * reach.coarser <= reach.window; };
    return std::all_of(graph.nodes.begin(), graph.nodes.end(), [&](const StackNode& node) {
        return std::all_of(node.inputs.begin(), node.inputs.end(),
                           [&](const StackEdge& edge) { return touches(edge.columns) && touches(edge.rows); });
    });
}

/// Of a map that enters, by tiles along both axes.
double pixels_read(NodeId map, const std::vector<AxisWork>& across, const std::vector<AxisWork>& down)
{
    return static_cast<double>(across[map].read) * static_cast<double>(down[map].read);
}

/// Elements that a layer reads of each pixel of an input.
std::int64_t elements_per_pixel(const Operand& operand, const Layer& layer)
{
    LoopSizes sizes = with_tile(layer, 1, 1);
    for (const SlidingAxis& axis : operand.sliding) sizes[axis.window] = 1;
    return elements(operand, sizes);
}

}  // namespace

StackFloor::StackFloor(Passage passage, const OpenStack& open)
    : passage_{passage},
      open_{open},
      entering_{entering_maps()}
{
    const Bits weights = weight_bits(open.graph);
    for (const StackNode& node : open.graph.nodes)
        layers_.push_back(node.layer != nullptr ? layer_floor(passage, node, weights) : LayerFloor{});
    whole_ = of_whole_maps();
    if (tiles_touch(open.graph))
        for (EnteringMap& map : entering_)
            map.least_pixels = pixels_read(map.node, columns(open.map.size.x, false), rows(open.map.size.y, false));
    least_ = whole_;
    for (const EnteringMap& map : entering_) least_.energy += map.pixel.count() * map.least_pixels;
}

/// Those of which it is plain what is read: what each pixel costs at least, by whichever reader.
std::vector<StackFloor::EnteringMap> StackFloor::entering_maps() const
{
    std::vector<EnteringMap> maps;
    if (!passage_.exact()) return maps;
    for (NodeId id = 0; id < open_.graph.nodes.size(); ++id) {
        const StackNode& map = open_.graph.nodes[id];
        if (map.layer != nullptr) continue;
        std::optional<Picojoules> pixel;
        bool plain = true;
        for (NodeId reader : map.consumers) {
            const StackNode& node = open_.graph.nodes[reader];
            for (const StackEdge& edge : node.inputs) {
                if (edge.source != id) continue;
                const Operand& operand = node.layer->inputs[edge.input];
                plain = plain && reads_all(map, operand, *node.layer);
                const Bits bits = std::min(operand.precision, map.precision) * elements_per_pixel(operand, *node.layer);
                const Picojoules cost = passage_.down(node.rule->link_of(operand), bits);
                pixel = std::min(pixel.value_or(cost), cost);
            }
        }
        if (plain && pixel) maps.push_back({id, *pixel, 0});
    }
    return maps;
}

Picojoules StackFloor::reading_maps(const Work& across, const Work& down) const
{
    Picojoules energy{};
    for (const EnteringMap& map : entering_)
        energy += map.pixel * std::max(map.least_pixels, pixels_read(map.node, across, down));
    return energy;
}

/// Output and weights of the stack; of pixels those of the output alone.
StackCost StackFloor::of_whole_maps() const
{
    const StackNode& output = open_.graph.nodes[open_.graph.output];
    const auto pixels = open_.map.size.x * open_.map.size.y;
    Picojoules energy = passage_.up(output.precision * (output.channels * pixels));
    for (const LayerFloor& each : layers_) energy += each.weights;
    energy += layers_[open_.graph.output].pixel * static_cast<double>(pixels);
    return {energy.count(), cycles_of(static_cast<double>(macs_per_pixel(*output.layer) * pixels))};
}

double StackFloor::cycles_of(double macs) const
{
    return macs / static_cast<double>(passage_.accelerator().array().units());
}

StackCost StackFloor::of(StackChoice choice)
{
    const auto& across = columns(choice.tile.x, choice.mode != OverlapMode::fully_recompute);
    const auto& down = rows(choice.tile.y, choice.mode == OverlapMode::fully_cached);
    StackCost cost = whole_;
    cost.energy += reading_maps(across, down).count();
    for (NodeId id = 0; id < open_.graph.nodes.size(); ++id) {
        if (open_.graph.nodes[id].layer == nullptr) continue;
        const double tiles = static_cast<double>(across[id].tiles) * static_cast<double>(down[id].tiles);
        cost.energy += layers_[id].weights_again.count() * std::max(0.0, tiles - 1);
        if (id == open_.graph.output) continue;
        const double pixels = static_cast<double>(across[id].made) * static_cast<double>(down[id].made);
        cost.energy += (layers_[id].pixel + layers_[id].kept_pixel).count() * pixels;
        cost.cycles += cycles_of(static_cast<double>(macs_per_pixel(*open_.graph.nodes[id].layer)) * pixels);
    }
    return cost;
}

const StackFloor::Work& StackFloor::columns(std::int64_t tile, bool cached)
{
    const auto [entry, added] = known_.try_emplace({false, tile, cached});
    if (added) entry->second = axis_work(open_.graph, open_.columns(tile), columns_along(cached));
    return entry->second;
}

const StackFloor::Work& StackFloor::rows(std::int64_t tile, bool cached)
{
    const auto [entry, added] = known_.try_emplace({true, tile, cached});
    if (added) entry->second = axis_work(open_.graph, open_.rows(tile), rows_along(cached));
    return entry->second;
}

}  // namespace plumbline::detail
