// SPDX-License-Identifier: Apache-2.0
#include "exploration/bounds/stack_bound.hpp"

#include <algorithm>
#include <optional>

#include "planning/memory/footprint.hpp"

// Every term is a part of what is predicted, and each is counted at most once:
// * multiplications, and what moves next to the MACs for them;
// * what a tile makes of a map goes up to a memory that holds it, the stack's output to the top memory;
// * what a tile reads of a map of the stack comes down from a memory that holds it;
// * where one memory holds what a layer reads or what it makes, but not both, one of them lies a level higher;
// * what a tile needs of a map that enters, and no tile before has fetched, comes from the top memory;
// * weights come from the top memory for the first tile, and from one that may hold all of them for each other.

namespace plumbline::detail {
namespace {

/// Whether tiles together need all that one tile as large as the map needs: nothing lies between what neighbours read.
bool tiles_touch(const StackGraph& graph)
{
    const auto touches = [](const Reach& reach) { return reach.stride * reach.coarser <= reach.window; };
    return std::all_of(graph.nodes.begin(), graph.nodes.end(), [&](const StackNode& node) {
        return std::all_of(node.inputs.begin(), node.inputs.end(),
                           [&](const StackEdge& edge) { return touches(edge.columns) && touches(edge.rows); });
    });
}

double product(std::int64_t a, std::int64_t b) { return static_cast<double>(a) * static_cast<double>(b); }

/// Of a map that enters, by tiles along both axes.
double pixels_read(NodeId map, const AxisWork& across, const AxisWork& down)
{
    return product(across.node(map).read, down.node(map).read);
}

bool caches_columns(OverlapMode mode) { return mode != OverlapMode::fully_recompute; }
bool caches_rows(OverlapMode mode) { return mode == OverlapMode::fully_cached; }

/// Whether tiles along rows do what those along columns do.
bool is_square(const OpenStack& open)
{
    return open.map.size.x == open.map.size.y && open.map.begin.x == open.map.begin.y && alike_along_both(open.graph);
}

/// What is not known yet is made.
template <class Key, class Make>
const AxisWork& known(std::map<Key, AxisWork>& works, const Key& key, Make make)
{
    const auto found = works.find(key);
    return found != works.end() ? found->second : works.emplace(key, make()).first->second;
}

/// The first tile of a class.
std::int64_t tile_of(TilePosition position, const std::optional<TileRange>& range, std::int64_t tiles)
{
    if (range) return range->first;
    if (position == TilePosition::last) return tiles - 1;
    return position == TilePosition::second || position == TilePosition::middle ? 1 : 0;
}

}  // namespace

StackFloor::StackFloor(const Passage& passage, const OpenStack& open)
    : passage_{passage},
      open_{open},
      square_{is_square(open)},
      entering_{entering_maps()}
{
    const Bits weights = weight_bits(open.graph);
    for (NodeId id = 0; id < open.graph.nodes.size(); ++id) {
        const StackNode& node = open.graph.nodes[id];
        layers_.push_back(node.layer != nullptr ? layer_floor(passage, open.graph, id, weights) : LayerFloor{});
        if (node.layer != nullptr) nodes_[node.layer->id] = id;
    }
    least_ = least_of_all();
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

Picojoules StackFloor::reading_maps(const AxisWork& across, const AxisWork& down) const
{
    Picojoules energy{};
    for (const EnteringMap& map : entering_)
        energy += map.pixel * std::max(map.least_pixels, pixels_read(map.node, across, down));
    return energy;
}

/// Output and weights, which no choice changes; and where tiles leave nothing out, what one tile as large as the map makes and
/// fetches, but for where maps are held meanwhile.
StackCost StackFloor::least_of_all()
{
    const StackChoice whole{open_.map.size, OverlapMode::fully_recompute};
    const AxisWork across = columns(whole);
    const AxisWork down = rows(whole);
    const bool touch = tiles_touch(open_.graph);
    StackCost cost;
    for (const auto& [layer, id] : nodes_) {
        cost.energy += layers_[id].weights.count();
        if (id == open_.graph.output || touch) cost = cost + at_macs(id, across.share(id, 0), down.share(id, 0));
    }
    const StackNode& output = open_.graph.nodes[open_.graph.output];
    const double pixels = product(open_.map.size.x, open_.map.size.y);
    cost.energy += passage_.up(output.precision * output.channels).count() * pixels;
    for (EnteringMap& map : entering_) {
        if (touch) map.least_pixels = pixels_read(map.node, across, down);
        cost.energy += map.pixel.count() * map.least_pixels;
    }
    return cost;
}

/// Of what a tile makes of a layer's output: multiplications, and what moves next to the MACs.
StackCost StackFloor::at_macs(NodeId node, const NodeShare& across, const NodeShare& down) const
{
    const LayerFloor& layer = layers_[node];
    const double pixels = product(across.made, down.made);
    StackCost cost{layer.pixel.count() * pixels,
                   layer.macs_per_pixel * pixels / static_cast<double>(passage_.accelerator().array().units())};
    if (pixels > 0)
        for (std::size_t i = 0; i < layer.inputs.size(); ++i)
            cost.energy += layer.inputs[i].tap.count() * product(across.inputs[i].taps, down.inputs[i].taps);
    return cost;
}

StackCost StackFloor::of_tile(NodeId node, const NodeShare& across, const NodeShare& down) const
{
    const LayerFloor& layer = layers_[node];
    StackCost cost = at_macs(node, across, down);
    const Bits made = layer.leaving * (across.made * down.made);
    cost.energy += (node == open_.graph.output ? passage_.up(made) : passage_.up_to_hold(made)).count();
    cost.energy += layer.refetches.of(product(across.made, down.made)).count();
    Picojoules apart{};
    for (std::size_t i = 0; i < layer.inputs.size(); ++i) {
        const Bits read = layer.inputs[i].pixel * (across.inputs[i].read * down.inputs[i].read);
        cost.energy += passage_.down_if_held(layer.inputs[i].operand, read).count();
        apart = std::max(apart, passage_.apart(layer.inputs[i].operand, read, made));
    }
    if (node != open_.graph.output) cost.energy += apart.count();
    return cost;
}

/// Of all tiles, the first weights apart.
StackCost StackFloor::of_node(NodeId node, const AxisWork& across, const AxisWork& down) const
{
    StackCost cost;
    for (const auto& [columns, tiles_across] : across.node(node).shares)
        for (const auto& [rows, tiles_down] : down.node(node).shares)
            cost = cost + of_tile(node, columns, rows) * product(tiles_across, tiles_down);
    const double tiles = product(across.node(node).tiles, down.node(node).tiles);
    cost.energy += layers_[node].weights_again.count() * std::max(0.0, tiles - 1);
    return cost;
}

StackCost StackFloor::of(StackChoice choice)
{
    const AxisWork& across =
        known(columns_, {choice.tile.x, caches_columns(choice.mode)}, [&] { return columns(choice); });
    const AxisWork& down =
        known(square_ ? columns_ : rows_, {choice.tile.y, caches_rows(choice.mode)}, [&] { return rows(choice); });
    StackCost cost{reading_maps(across, down).count(), 0};
    for (const auto& [layer, id] : nodes_) {
        cost = cost + of_node(id, across, down);
        cost.energy += layers_[id].weights.count();
    }
    return cost;
}

AxisWork StackFloor::columns(StackChoice choice) const
{
    return {open_.graph, open_.columns(choice.tile.x), columns_along(caches_columns(choice.mode))};
}

AxisWork StackFloor::rows(StackChoice choice) const
{
    return {open_.graph, open_.rows(choice.tile.y), rows_along(caches_rows(choice.mode))};
}

ClassFloors::ClassFloors(const StackFloor& floor, StackChoice choice)
    : floor_{floor},
      columns_{floor.columns(choice)},
      rows_{floor.rows(choice)},
      grid_{floor.open_.columns(choice.tile.x).tiles(), floor.open_.rows(choice.tile.y).tiles()}
{}

StackCost ClassFloors::all() const
{
    StackCost cost;
    for (const auto& map : floor_.entering_) cost.energy += map.pixel.count() * pixels_read(map.node, columns_, rows_);
    for (const auto& [layer, id] : floor_.nodes_) {
        cost = cost + floor_.of_node(id, columns_, rows_);
        // Else another tile than the first loads them, and it is not known which.
        if (columns_.share(id, 0).made > 0 && rows_.share(id, 0).made > 0)
            cost.energy += floor_.layers_[id].weights.count();
    }
    return cost;
}

StackCost ClassFloors::of(const TileClass& like, std::int64_t tiles) const
{
    const std::int64_t column = tile_of(like.column, like.columns, grid_.columns);
    const std::int64_t row = tile_of(like.row, like.rows, grid_.rows);
    const auto count = static_cast<double>(tiles);
    StackCost cost;
    for (const auto& map : floor_.entering_) {
        const double read = product(columns_.share(map.node, column).read, rows_.share(map.node, row).read);
        cost.energy += map.pixel.count() * read * count;
    }
    for (const auto& [layer, id] : floor_.nodes_) {
        const NodeShare& across = columns_.share(id, column);
        const NodeShare& down = rows_.share(id, row);
        if (across.made == 0 || down.made == 0) continue;
        cost = cost + floor_.of_tile(id, across, down) * count;
        const LayerFloor& each = floor_.layers_[id];
        cost.energy += like.loads_weights ? each.weights.count() : each.weights_again.count() * count;
    }
    return cost;
}

}  // namespace plumbline::detail
