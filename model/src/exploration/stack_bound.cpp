// SPDX-License-Identifier: Apache-2.0
#include "exploration/stack_bound.hpp"

#include <algorithm>

#include "planning/memory/cache_placement.hpp"

// Every term is a part of what is predicted, and each is counted at most once:
// * each multiplication takes its energy, and at most as many run in a cycle as the array has units;
// * weights come from the top memory at least once, since the first tile finds them nowhere else, and for each tile that
//   computes their layer where no memory on chip can hold those of the whole stack: the planner then keeps none;
// * the stack's output goes to the top memory.
// Words of the top memory may be moved in part only (granules round up), never more cheaply than in full.

namespace plumbline::detail {
namespace {

double words(Bits amount, const Port& port)
{
    return static_cast<double>(amount.count()) / static_cast<double>(port.width.count());
}

/// Multiplications for one pixel of the output.
std::int64_t macs_per_pixel(const Layer& layer) { return volume(with_tile(layer, 1, 1)); }

/// The planner keeps weights where all of them fit, beside what else is there.
bool may_stay(const Accelerator& accelerator, const StackGraph& graph)
{
    const auto operand = weight_operand(graph);
    if (!operand) return true;
    const auto& levels = accelerator.levels(*operand);
    return std::any_of(levels.begin(), levels.end(), [&](MemoryId memory) {
        return memory != accelerator.top() && accelerator.memory(memory).size >= weight_bits(graph);
    });
}

}  // namespace

StackFloor::StackFloor(const Accelerator& accelerator, const OpenStack& open)
    : accelerator_{accelerator},
      open_{open},
      weights_stay_{may_stay(accelerator, open.graph)}
{}

Picojoules StackFloor::fetching(Bits weights, MemoryOperand operand) const
{
    const Port& port = accelerator_.port(accelerator_.top(), operand, Direction::read_down);
    return accelerator_.memory(accelerator_.top()).read_energy * words(weights, port);
}

StackCost StackFloor::least() const
{
    const StackNode& output = open_.graph.nodes[open_.graph.output];
    const auto pixels = open_.map.size.x * open_.map.size.y;
    const Port& port = accelerator_.port(accelerator_.top(), MemoryOperand::o, Direction::write_from_down);
    Picojoules energy = accelerator_.memory(accelerator_.top()).write_energy *
                        words(output.precision * (output.channels * pixels), port);
    for (const StackNode& node : open_.graph.nodes) {
        if (node.layer == nullptr) continue;
        for (const Operand& input : node.layer->inputs)
            if (input.constant)
                energy += fetching(input.precision * elements(input, node.layer->sizes), node.rule->link_of(input));
    }
    const auto macs = static_cast<double>(macs_per_pixel(*output.layer) * pixels);
    energy += accelerator_.array().mac_energy * macs;
    return {energy.count(), macs / static_cast<double>(accelerator_.array().units())};
}

StackCost StackFloor::of(StackChoice choice)
{
    const auto& across = columns(choice.tile.x, choice.mode != OverlapMode::fully_recompute);
    const auto& down = rows(choice.tile.y, choice.mode == OverlapMode::fully_cached);
    StackCost cost = least();
    double macs = 0;
    for (NodeId id = 0; id < open_.graph.nodes.size(); ++id) {
        const StackNode& node = open_.graph.nodes[id];
        if (node.layer == nullptr) continue;
        if (id != open_.graph.output)
            macs += static_cast<double>(macs_per_pixel(*node.layer)) * static_cast<double>(across[id].made) *
                    static_cast<double>(down[id].made);
        const auto again = static_cast<double>(across[id].tiles) * static_cast<double>(down[id].tiles) - 1;
        if (weights_stay_ || again <= 0) continue;
        for (const Operand& input : node.layer->inputs)
            if (input.constant)
                cost.energy +=
                    again *
                    fetching(input.precision * elements(input, node.layer->sizes), node.rule->link_of(input)).count();
    }
    cost.energy += accelerator_.array().mac_energy.count() * macs;
    cost.cycles += macs / static_cast<double>(accelerator_.array().units());
    return cost;
}

const std::vector<AxisWork>& StackFloor::columns(std::int64_t tile, bool cached)
{
    const auto [entry, added] = known_.try_emplace({false, tile, cached});
    if (added) entry->second = axis_work(open_.graph, open_.columns(tile), columns_along(cached));
    return entry->second;
}

const std::vector<AxisWork>& StackFloor::rows(std::int64_t tile, bool cached)
{
    const auto [entry, added] = known_.try_emplace({true, tile, cached});
    if (added) entry->second = axis_work(open_.graph, open_.rows(tile), rows_along(cached));
    return entry->second;
}

}  // namespace plumbline::detail
