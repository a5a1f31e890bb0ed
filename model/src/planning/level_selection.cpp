// SPDX-License-Identifier: Apache-2.0
#include "planning/level_selection.hpp"

#include <algorithm>
#include <sstream>

#include "mapper/shortage.hpp"
#include "planning/occupancy.hpp"

namespace plumbline::detail {
namespace {

/// The first levels, `last` included; all of them where there are fewer.
std::vector<MemoryId> up_to(const std::vector<MemoryId>& levels, std::size_t last)
{
    const auto end = std::min(last + 1, levels.size());
    return {levels.begin(), levels.begin() + static_cast<std::ptrdiff_t>(end)};
}

std::size_t index_of(const std::vector<MemoryId>& levels, MemoryId memory)
{
    return static_cast<std::size_t>(std::find(levels.begin(), levels.end(), memory) - levels.begin());
}

/// What is taken in each memory while layer `id` runs with its input in `input`.
std::vector<Bits> taken_beside(const TileState& state, NodeId id, MemoryId input)
{
    if (state.stack.capacity == CapacityPolicy::optimistic) return {};
    return bits_held_by(residents_during(state, id, input), state.stack.accelerator);
}

bool fits(const Accelerator& accelerator, MemoryId memory, const std::vector<Bits>& taken, Bits needed)
{
    const Bits used = taken.empty() ? Bits{} : taken[memory];
    return accelerator.instances(memory) == 1 && accelerator.memory(memory).size - used >= needed;
}

MemoryId input_memory(const TileState& state, NodeId id)
{
    const auto& levels = state.stack.accelerator.levels(state.operand_of(id, 0));
    const auto found = std::find_if(levels.begin(), levels.end(), [&](MemoryId memory) {
        return fits(state.stack.accelerator, memory, taken_beside(state, id, memory), state.inputs(id));
    });
    return found == levels.end() ? levels.back() : *found;
}

MemoryId output_memory(const TileState& state, NodeId id, MemoryId input)
{
    const auto& levels = state.stack.accelerator.levels(MemoryOperand::o);
    if (id == state.stack.graph.output) return levels.back();
    const auto taken = taken_beside(state, id, input);
    const auto found = std::find_if(levels.begin(), levels.end(), [&](MemoryId memory) {
        return fits(state.stack.accelerator, memory, taken,
                    state.output(id) + (memory == input ? state.inputs(id) : Bits{}));
    });
    return found == levels.end() ? levels.back() : *found;
}

std::vector<MemoryId> weight_levels(const TileState& state, MemoryOperand operand)
{
    const auto& levels = state.stack.accelerator.levels(operand);
    if (state.tile.loads_weights || !state.stack.weights) return levels;
    return up_to(levels, index_of(levels, *state.stack.weights));
}

}  // namespace

void ExtraLevels::next()
{
    if (output > input) {
        ++input;
        --output;
    } else {
        ++output;
    }
}

MemoryId entering_memory(const TileState& state, NodeId map)
{
    const auto& levels = state.stack.accelerator.levels(activation_operand(state.stack.graph));
    const auto found = std::find_if(levels.begin(), levels.end(), [&](MemoryId memory) {
        return fits(state.stack.accelerator, memory, taken_beside(state, map, memory), state.output(map));
    });
    const std::size_t lowest = found == levels.end() ? levels.size() - 1 : index_of(levels, *found);
    const std::size_t raised = state.outlives_next(map) ? state.raised.lasting : state.raised.any;
    return levels[std::min(lowest + raised, levels.size() - 1)];
}

LayerLevels choose_levels(const TileState& state, NodeId layer, ExtraLevels extra)
{
    const Accelerator& accelerator = state.stack.accelerator;
    const auto& inputs = accelerator.levels(state.operand_of(layer, 0));
    const auto& outputs = accelerator.levels(MemoryOperand::o);
    const MemoryId input = input_memory(state, layer);
    const MemoryId output = output_memory(state, layer, input);
    return {up_to(outputs, index_of(outputs, output) + extra.output),
            up_to(inputs, index_of(inputs, input) + extra.input)};
}

MappingProblem mapping_problem(const TileState& state, NodeId layer, const LayerLevels& levels)
{
    const StackNode& node = state.node(layer);
    MappingProblem problem;
    problem.accelerator = &state.stack.accelerator;
    problem.layer = node.layer;
    problem.sizes = tile_loops(state.stack.graph, state.sizes, layer);
    problem.rule = node.rule;
    problem.levels.push_back(levels.output);
    for (const Operand& input : node.layer->inputs)
        problem.levels.push_back(input.constant ? weight_levels(state, node.rule->link_of(input)) : levels.input);
    problem.capacity = state.stack.capacity;
    problem.reserved = taken_beside(state, layer, levels.input.back());
    return problem;
}

Infeasible does_not_fit(const TileState& state, NodeId layer, const std::string& last_reason)
{
    const Accelerator& accelerator = state.stack.accelerator;
    const Layer& described = *state.node(layer).layer;
    const std::string tile = " on a tile of " + name_of(state.tile.kind.size) + ": ";
    const std::size_t all = accelerator.memories().size();
    const MappingProblem most_space = mapping_problem(state, layer, choose_levels(state, layer, {all, all}));
    if (const auto shortage = innermost_shortage(most_space))
        return {"layer \"" + described.name + '"' + tile + text_of(*shortage, accelerator)};
    std::ostringstream reason;
    reason << last_reason << tile << "input " << state.inputs(layer) << ", output " << state.output(layer)
           << " (sums of " << described.output.precision << " each), weights " << weight_bits(described) << "; ";
    for (MemoryId memory = 0; memory < all; ++memory)
        reason << (memory == 0 ? "" : ", ") << accelerator.memory(memory).name << " has "
               << accelerator.memory(memory).size;
    return {reason.str()};
}

}  // namespace plumbline::detail
