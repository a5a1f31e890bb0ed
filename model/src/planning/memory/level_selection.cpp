// SPDX-License-Identifier: Apache-2.0
#include "planning/memory/level_selection.hpp"

#include <algorithm>
#include <optional>

#include "mapper/shortage.hpp"
#include "planning/memory/occupancy.hpp"
#include "plumbline/text_stream.hpp"

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

/// What is taken in each memory while layer `id` runs with its inputs in `inputs`.
std::vector<Bits> taken_beside(const TileState& state, NodeId id, const std::vector<MemoryId>& inputs)
{
    if (state.stack.capacity == CapacityPolicy::optimistic) return {};
    return bits_held_by(residents_during(state, id, inputs), state.stack.accelerator);
}

bool fits(const Accelerator& accelerator, MemoryId memory, const std::vector<Bits>& taken, Bits needed)
{
    const Bits used = taken.empty() ? Bits{} : taken[memory];
    return accelerator.instances(memory) == 1 && accelerator.memory(memory).size - used >= needed;
}

/// Bits of a layer's inputs among the first `count` that are read from a memory.
Bits inputs_in(const TileState& state, NodeId id, const std::vector<MemoryId>& inputs, MemoryId memory)
{
    Bits total{};
    for (std::size_t edge = 0; edge < inputs.size(); ++edge)
        if (inputs[edge] == memory) total += input_bits(state.stack.graph, state.sizes, id, edge);
    return total;
}

/// For the inputs that `operand` holds, beside those placed before. Those not placed yet are taken to lie with them.
MemoryId input_memory(const TileState& state, NodeId id, MemoryOperand operand,
                      const std::vector<std::optional<MemoryId>>& placed)
{
    const auto& levels = state.stack.accelerator.levels(operand);
    const auto found = std::find_if(levels.begin(), levels.end(), [&](MemoryId memory) {
        std::vector<MemoryId> inputs;
        Bits needed{};
        for (std::size_t edge = 0; edge < placed.size(); ++edge) {
            inputs.push_back(placed[edge].value_or(memory));
            if (placed[edge] == memory || (!placed[edge] && state.operand_of(id, edge) == operand))
                needed += input_bits(state.stack.graph, state.sizes, id, edge);
        }
        return fits(state.stack.accelerator, memory, taken_beside(state, id, inputs), needed);
    });
    return found == levels.end() ? levels.back() : *found;
}

/// Per input, where it is read. Inputs that one memory operand holds are read from one memory.
std::vector<MemoryId> input_memories(const TileState& state, NodeId id)
{
    const std::size_t edges = state.node(id).inputs.size();
    std::vector<std::optional<MemoryId>> placed(edges);
    for (std::size_t edge = 0; edge < edges; ++edge) {
        if (placed[edge]) continue;
        const MemoryOperand operand = state.operand_of(id, edge);
        const MemoryId memory = input_memory(state, id, operand, placed);
        for (std::size_t other = edge; other < edges; ++other)
            if (state.operand_of(id, other) == operand) placed[other] = memory;
    }
    std::vector<MemoryId> memories;
    memories.reserve(placed.size());
    for (const auto& each : placed) memories.push_back(*each);
    return memories;
}

MemoryId output_memory(const TileState& state, NodeId id, const std::vector<MemoryId>& inputs)
{
    const auto& levels = state.stack.accelerator.levels(MemoryOperand::o);
    if (id == state.stack.graph.output) return levels.back();
    const auto taken = taken_beside(state, id, inputs);
    const auto found = std::find_if(levels.begin(), levels.end(), [&](MemoryId memory) {
        return fits(state.stack.accelerator, memory, taken, state.output(id) + inputs_in(state, id, inputs, memory));
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
    const auto& levels = state.stack.accelerator.levels(state.operand_holding(map));
    const auto taken = taken_beside(state, map, {});
    std::size_t lower = state.outlives_next(map) ? state.raised.lasting : state.raised.any;
    const auto found = std::find_if(levels.begin(), levels.end(), [&](MemoryId memory) {
        return fits(state.stack.accelerator, memory, taken, state.output(map)) && lower-- == 0;
    });
    return found == levels.end() ? levels.back() : *found;
}

LayerLevels choose_levels(const TileState& state, NodeId layer, ExtraLevels extra)
{
    const Accelerator& accelerator = state.stack.accelerator;
    const auto& outputs = accelerator.levels(MemoryOperand::o);
    const std::vector<MemoryId> inputs = input_memories(state, layer);
    const MemoryId output = output_memory(state, layer, inputs);
    LayerLevels levels;
    levels.output = up_to(outputs, index_of(outputs, output) + extra.output);
    for (std::size_t edge = 0; edge < inputs.size(); ++edge) {
        const auto& all = accelerator.levels(state.operand_of(layer, edge));
        levels.inputs.push_back(up_to(all, index_of(all, inputs[edge]) + extra.input));
    }
    return levels;
}

std::vector<MemoryId> LayerLevels::read_from() const
{
    std::vector<MemoryId> memories;
    for (const auto& each : inputs) memories.push_back(each.back());
    return memories;
}

MappingProblem mapping_problem(const TileState& state, NodeId layer, const LayerLevels& levels)
{
    const StackNode& node = state.node(layer);
    MappingProblem problem;
    problem.accelerator = &state.stack.accelerator;
    problem.layer = node.mapped_as;
    problem.sizes = tile_loops(state.stack.graph, state.sizes, layer);
    problem.padding = tile_padding(state.stack.graph, state.sizes, layer);
    problem.rule = node.rule;
    problem.levels.push_back(levels.output);
    std::size_t edge = 0;
    for (const Operand& input : node.layer->inputs)
        problem.levels.push_back(input.constant ? weight_levels(state, node.rule->link_of(input))
                                                : levels.inputs[edge++]);
    problem.capacity = state.stack.capacity;
    problem.reserved = taken_beside(state, layer, levels.read_from());
    if (state.stack.capacity == CapacityPolicy::reserved) problem.staying_weights = state.staying_weights();
    return problem;
}

std::optional<std::string> overfull(const MappingProblem& problem)
{
    for (MemoryId id = 0; id < problem.reserved.size(); ++id) {
        const Memory& memory = problem.accelerator->memory(id);
        if (problem.reserved[id] <= memory.size) continue;
        TextStream text;
        text << memory.name << " has " << memory.size << ", but other maps, weights and caches need "
             << problem.reserved[id];
        return text.str();
    }
    return std::nullopt;
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
    TextStream reason;
    reason << "layer \"" << described.name << "\": " << last_reason << tile << "input " << state.inputs(layer)
           << ", output " << state.output(layer) << " (sums of " << described.output.precision << " each), weights "
           << weight_bits(described) << "; ";
    for (MemoryId memory = 0; memory < all; ++memory)
        reason << (memory == 0 ? "" : ", ") << accelerator.memory(memory).name << " has "
               << accelerator.memory(memory).size;
    return {reason.str()};
}

}  // namespace plumbline::detail
