// SPDX-License-Identifier: Apache-2.0
#include "exploration/bounds/layer_bound.hpp"

#include <algorithm>

#include "description/map_edges.hpp"
#include "exploration/bounds/shared_lanes.hpp"

namespace plumbline::detail {
namespace {

std::int64_t macs_per_pixel(const Layer& layer) { return volume(with_tile(layer, 1, 1)); }

/// Each iteration writes the sums of its outputs, and reads them unless they are the first of an output.
Picojoules sums_at_macs(const Passage& passage, const StackNode& node)
{
    const Layer& layer = *node.layer;
    const Bits least = std::min(layer.output.precision, layer.final_precision);
    const double sums = static_cast<double>(macs_per_pixel(layer)) / most_lanes_sharing(layer.output, *node.rule);
    const double reloaded = std::max(0.0, sums - static_cast<double>(node.channels));
    return passage.at_macs(MemoryOperand::o, Direction::write_from_down, least) * sums +
           passage.at_macs(MemoryOperand::o, Direction::read_down, layer.output.precision) * reloaded;
}

/// Unless the array keeps them, each iteration reads the elements of its lanes.
Picojoules constants_at_macs(const Passage& passage, const StackNode& node, const Operand& input)
{
    if (!passage.accelerator().array().rereads_inputs) return {};
    const double reads = static_cast<double>(macs_per_pixel(*node.layer)) / most_lanes_sharing(input, *node.rule);
    return passage.at_macs(node.rule->link_of(input), Direction::read_down, input.precision) * reads;
}

bool is_of_pixels(const SlidingAxis& axis) { return axis.position == LoopDim::ox || axis.position == LoopDim::oy; }

bool is_padded(const SlidingAxis& axis) { return axis.padding_before > 0 || axis.padding_behind > 0; }

/// The same of a map, but for padding, which nobody reads: for each row of a window that meets one of the map and column that
/// meets one.
Picojoules map_at_macs(const Passage& passage, const StackNode& node, const Operand& input)
{
    if (!passage.accelerator().array().rereads_inputs) return {};
    double taps = 1;
    for (const SlidingAxis& axis : input.sliding) {
        if (is_of_pixels(axis))
            taps *= static_cast<double>(node.layer->sizes[axis.window]);
        else if (is_padded(axis))
            return {};
    }
    const double reads =
        static_cast<double>(macs_per_pixel(*node.layer)) / taps / most_lanes_sharing(input, *node.rule);
    return passage.at_macs(node.rule->link_of(input), Direction::read_down, input.precision) * reads;
}

/// Whether windows touch each other and have no gaps. \param step columns (rows) of the map from one that is kept to the next
bool reads_without_gaps(const SlidingAxis& axis, const Layer& layer, std::int64_t step)
{
    if (axis.depth_to_space != 1) return false;
    const std::int64_t window = layer.sizes[axis.window];
    if (axis.upsampling == 1) return axis.stride <= window * step && (window == 1 || axis.dilation == step);
    const bool within = window == 1 || axis.dilation <= axis.upsampling;
    return step == 1 && within && axis.stride <= axis.dilation * (window - 1) + axis.upsampling;
}

InputFloor input_floor(const Passage& passage, const StackGraph& graph, const StackNode& node, const StackEdge& edge)
{
    const Operand& operand = node.layer->inputs[edge.input];
    const StackNode& map = graph.nodes[edge.source];
    InputFloor floor;
    floor.operand = node.rule->link_of(operand);
    floor.tap = map_at_macs(passage, node, operand);
    if (map.layer != nullptr && reads_all(map, operand, *node.layer))
        floor.pixel = std::min(operand.precision, map.precision) * elements_per_pixel(operand, *node.layer);
    return floor;
}

/// Also where the mapper unrolls less, by halves.
bool lanes_divide(std::int64_t size, std::int64_t most)
{
    for (std::int64_t lanes = std::min(size, most); lanes > 1; lanes = divide_up(lanes, 2))
        if (size % lanes != 0) return false;
    return true;
}

/// Whether lanes divide a layer's weights: of blocks that differ `uniform` counts the average, cut down to whole elements.
bool in_equal_blocks(const MappingRule& rule, const Layer& layer, const Operand& weights)
{
    const auto divides = [&](const Unrolling& each) {
        const auto shares = [&](const Unrolling& other) {
            return other.size > 1 && (other.dim == each.dim || other.array_dimension == each.array_dimension);
        };
        return each.size == 1 || (std::count_if(rule.unrollings.begin(), rule.unrollings.end(), shares) == 1 &&
                                  lanes_divide(layer.sizes[each.dim], each.size));
    };
    return std::all_of(rule.unrollings.begin(), rule.unrollings.end(),
                       [&](const Unrolling& each) { return !weights.relevant.contains(each.dim) || divides(each); });
}

/// The lowest level that may hold the weights of all layers from one tile to the next: the planner keeps no part of them.
std::size_t level_of_weights(const Accelerator& accelerator, MemoryOperand operand, Bits stack_weights)
{
    const auto& levels = accelerator.levels(operand);
    const auto fits = std::find_if(levels.begin(), levels.end() - 1,
                                   [&](MemoryId memory) { return accelerator.memory(memory).size >= stack_weights; });
    return static_cast<std::size_t>(fits - levels.begin());
}

}  // namespace

std::int64_t elements_per_pixel(const Operand& operand, const Layer& layer)
{
    LoopSizes sizes = with_tile(layer, 1, 1);
    std::vector<AxisPadding> beyond;
    for (const SlidingAxis& axis : operand.sliding) {
        if (is_of_pixels(axis)) sizes[axis.window] = 1;
        beyond.push_back(is_of_pixels(axis) ? AxisPadding{} : padding_of(axis));
    }
    return elements_between(operand, sizes, beyond);
}

bool reads_all(const StackNode& map, const Operand& operand, const Layer& layer)
{
    return std::all_of(operand.sliding.begin(), operand.sliding.end(), [&](const SlidingAxis& axis) {
        if (axis.position == LoopDim::ox) return reads_without_gaps(axis, layer, map.column_step);
        return axis.position != LoopDim::oy || reads_without_gaps(axis, layer, map.row_step);
    });
}

LayerFloor layer_floor(const Passage& passage, const StackGraph& graph, NodeId id, Bits stack_weights)
{
    const StackNode& node = graph.nodes[id];
    const Layer& layer = *node.layer;
    const Accelerator& accelerator = passage.accelerator();
    LayerFloor floor;
    floor.macs_per_pixel = static_cast<double>(macs_per_pixel(layer));
    floor.pixel = accelerator.array().mac_energy * floor.macs_per_pixel + sums_at_macs(passage, node);
    floor.leaving = node.precision * node.channels;
    floor.refetches = RefetchFloor{passage, node};
    for (const StackEdge& edge : node.inputs) floor.inputs.push_back(input_floor(passage, graph, node, edge));
    for (const Operand& input : layer.inputs) {
        if (!input.constant) continue;
        floor.pixel += constants_at_macs(passage, node, input);
        const MemoryOperand operand = node.rule->link_of(input);
        if (!passage.exact() && !in_equal_blocks(*node.rule, layer, input)) continue;
        const Bits all = input.precision * elements(input, layer.sizes);
        floor.weights += passage.down(operand, all);
        floor.weights_again += passage.down(operand, level_of_weights(accelerator, operand, stack_weights), all);
    }
    return floor;
}

}  // namespace plumbline::detail
