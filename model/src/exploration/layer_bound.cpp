// SPDX-License-Identifier: Apache-2.0
#include "exploration/layer_bound.hpp"

#include <algorithm>

namespace plumbline::detail {
namespace {

/// Lanes at most that share an element: those along dimensions that do not index the operand.
template <class Irrelevant>
double most_lanes(const MappingRule& rule, Irrelevant irrelevant)
{
    double lanes = 1;
    for (const Unrolling& each : rule.unrollings)
        if (irrelevant(each.dim)) lanes *= static_cast<double>(each.size);
    return lanes;
}

/// Each iteration writes the sums of its outputs, and reads them unless they are the first of an output.
Picojoules sums_at_macs(const Passage& passage, const StackNode& node)
{
    const Layer& layer = *node.layer;
    const Bits least = std::min(layer.output.precision, layer.final_precision);
    const double lanes = most_lanes(*node.rule, [&](LoopDim dim) { return !layer.output.relevant.contains(dim); });
    const double sums = static_cast<double>(macs_per_pixel(layer)) / lanes;
    const double reloaded = std::max(0.0, sums - static_cast<double>(node.channels));
    return passage.at_macs(MemoryOperand::o, Direction::write_from_down, least) * sums +
           passage.at_macs(MemoryOperand::o, Direction::read_down, layer.output.precision) * reloaded;
}

/// Lanes along a window's position read elements of their own, unless some along the window meet them.
bool shares_elements(const Operand& input, const MappingRule& rule, LoopDim dim)
{
    if (input.relevant.contains(dim)) return false;
    const auto unrolled = [&](LoopDim other) {
        return std::any_of(rule.unrollings.begin(), rule.unrollings.end(),
                           [&](const Unrolling& each) { return each.dim == other; });
    };
    return std::all_of(input.sliding.begin(), input.sliding.end(), [&](const SlidingAxis& axis) {
        return (axis.position != dim || unrolled(axis.window)) && (axis.window != dim || unrolled(axis.position));
    });
}

/// Nobody reads what lies beyond the edges of a map, or between the elements of an up-sampled one.
bool reads_everywhere(const Operand& input)
{
    return std::all_of(input.sliding.begin(), input.sliding.end(), [](const SlidingAxis& axis) {
        return axis.padding_before <= 0 && axis.padding_behind <= 0 && axis.upsampling * axis.depth_to_space == 1;
    });
}

/// Unless the array keeps them, each iteration reads the elements of its lanes.
Picojoules inputs_at_macs(const Passage& passage, const StackNode& node, const Operand& input)
{
    if (!passage.accelerator().array().rereads_inputs || !reads_everywhere(input)) return {};
    const double lanes = most_lanes(*node.rule, [&](LoopDim dim) { return shares_elements(input, *node.rule, dim); });
    const double reads = static_cast<double>(macs_per_pixel(*node.layer)) / lanes;
    return passage.at_macs(node.rule->link_of(input), Direction::read_down, input.precision) * reads;
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

Picojoules Passage::access(MemoryOperand operand, std::size_t level, Direction direction, Bits amount) const
{
    const Memory& memory = accelerator_.memory(accelerator_.levels(operand)[level]);
    const auto port = memory.service(operand)->port[direction];
    if (!port) return {};
    // Granules round up, so that words may be moved in part only, but never more cheaply than in full.
    const double words = static_cast<double>(amount.count()) / static_cast<double>(memory.ports[*port].width.count());
    return (is_read(direction) ? memory.read_energy : memory.write_energy) * words;
}

Picojoules Passage::down(MemoryOperand operand, std::size_t level, Bits amount) const
{
    if (!exact_)
        return level == top_level(operand) ? access(operand, level, Direction::read_down, amount) : Picojoules{};
    Picojoules energy{};
    for (std::size_t from = 1; from <= level; ++from)
        energy += access(operand, from, Direction::read_down, amount) +
                  access(operand, from - 1, Direction::write_from_up, amount);
    return energy;
}

Picojoules Passage::up(Bits amount) const { return exact_ ? up(top_level(MemoryOperand::o), amount) : Picojoules{}; }

Picojoules Passage::up_to_hold(Bits amount) const
{
    if (!exact_) return {};
    const auto& levels = accelerator_.levels(MemoryOperand::o);
    const auto holds = std::find_if(levels.begin(), levels.end() - 1, [&](MemoryId memory) {
        return accelerator_.memory(memory).size.count() >= divide_up(amount.count(), accelerator_.instances(memory));
    });
    return up(static_cast<std::size_t>(holds - levels.begin()), amount);
}

Picojoules Passage::up(std::size_t level, Bits amount) const
{
    Picojoules energy{};
    for (std::size_t from = 0; from < level; ++from)
        energy += access(MemoryOperand::o, from, Direction::read_up, amount) +
                  access(MemoryOperand::o, from + 1, Direction::write_from_down, amount);
    return energy;
}

Picojoules Passage::at_macs(MemoryOperand operand, Direction direction, Bits amount) const
{
    return exact_ ? access(operand, 0, direction, amount) : Picojoules{};
}

std::int64_t macs_per_pixel(const Layer& layer) { return volume(with_tile(layer, 1, 1)); }

LayerFloor layer_floor(const Passage& passage, const StackNode& node, Bits stack_weights)
{
    const Layer& layer = *node.layer;
    const Accelerator& accelerator = passage.accelerator();
    LayerFloor floor;
    floor.pixel =
        accelerator.array().mac_energy * static_cast<double>(macs_per_pixel(layer)) + sums_at_macs(passage, node);
    floor.kept_pixel = passage.up_to_hold(node.precision * node.channels);
    for (const Operand& input : layer.inputs) {
        floor.pixel += inputs_at_macs(passage, node, input);
        if (!input.constant) continue;
        const MemoryOperand operand = node.rule->link_of(input);
        if (!passage.exact() && !in_equal_blocks(*node.rule, layer, input)) continue;
        const Bits all = input.precision * elements(input, layer.sizes);
        floor.weights += passage.down(operand, all);
        floor.weights_again += passage.down(operand, level_of_weights(accelerator, operand, stack_weights), all);
    }
    return floor;
}

}  // namespace plumbline::detail
