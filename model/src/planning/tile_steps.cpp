// SPDX-License-Identifier: Apache-2.0
#include "planning/tile_steps.hpp"

#include <algorithm>

#include "planning/memory/block_bits.hpp"
#include "planning/memory/level_selection.hpp"
#include "planning/memory/occupancy.hpp"
#include "planning/memory/tile_state.hpp"
#include "planning/tile_copies.hpp"

namespace plumbline::detail {
namespace {

/// A feature map enters at the lowest level that fits the tile's share of it. \param leaving gets what is left to be done
void enter(TileState& state, NodeId map, std::vector<Copy>& leaving, std::vector<Step>& steps)
{
    state.held[map] = entering_memory(state, map);
    auto copies = fetch_entering(state, map);
    if (!copies.empty()) steps.emplace_back(CopyStep{std::nullopt, std::move(copies)});
    const auto overlap = leave_overlap(state, map);
    leaving.insert(leaving.end(), overlap.begin(), overlap.end());
}

/// Of the layer's own weights, what stays where the tile loads them and the mapping does not hold.
void add_staying_weights(std::vector<Resident>& residents, const TileState& state, const Layer& layer,
                         const LayerMapping& mapping)
{
    const auto memory = state.staying_weights();
    if (!memory) return;
    for (std::size_t i = 0; i < layer.inputs.size(); ++i) {
        if (!layer.inputs[i].constant) continue;
        const OperandMapping& mapped = mapping.operands[i + 1];
        const auto level = std::find(mapped.levels.begin(), mapped.levels.end(), *memory);
        if (level == mapped.levels.end()) continue;
        const Bits all = layer.inputs[i].precision * elements(layer.inputs[i], mapping.sizes);
        const Bits held = block_bits(layer, mapping, i + 1, static_cast<std::size_t>(level - mapped.levels.begin()));
        if (all > held) residents.push_back({ResidentKind::weights, *memory, all - held});
    }
}

std::vector<Resident> residents_of(const TileState& state, NodeId layer, const std::vector<MemoryId>& inputs,
                                   const LayerMapping& mapping)
{
    std::vector<Resident> residents = residents_during(state, layer, inputs);
    if (state.stack.capacity == CapacityPolicy::reserved)
        add_staying_weights(residents, state, *state.node(layer).layer, mapping);
    return residents;
}

/// Maps a layer and adds its steps. \param leaving copies that the layer before left to be done; replaced by its own
std::optional<Infeasible> compute(TileState& state, NodeId layer, std::vector<Copy>& leaving, std::vector<Step>& steps)
{
    const LayerId id = state.node(layer).layer->id;
    const std::size_t most = state.stack.accelerator.memories().size();
    std::string reason;
    for (ExtraLevels extra; extra.output <= most; extra.next()) {
        const LayerLevels levels = choose_levels(state, layer, extra);
        const MappingProblem problem = mapping_problem(state, layer, levels);
        if (auto full = overfull(problem)) {
            reason = std::move(*full);
            continue;
        }
        const auto& mapped = state.stack.mappings.search(problem, state.stack.search);
        if (!mapped) {
            reason = mapped.reason();
            continue;
        }
        state.proof.add(*mapped);
        const auto bringing = bring_inputs(state, layer, levels.inputs);
        leaving.insert(leaving.end(), bringing.begin(), bringing.end());
        if (!leaving.empty()) steps.emplace_back(CopyStep{id, std::move(leaving)});
        steps.emplace_back(
            ComputeStep{id, mapped->mapping, residents_of(state, layer, levels.read_from(), mapped->mapping)});
        state.held[layer] = levels.output.back();
        leaving = leave_overlap(state, layer);
        return std::nullopt;
    }
    return does_not_fit(state, layer, reason);
}

Outcome<std::vector<Step>> try_steps(TileState state)
{
    std::vector<Step> steps;
    std::vector<Copy> leaving;
    steps.reserve(2 * state.stack.graph.nodes.size());
    for (NodeId id = 0; id < state.stack.graph.nodes.size(); ++id) {
        if (state.node(id).layer == nullptr) {
            enter(state, id, leaving, steps);
        } else if (state.makes_nothing(id)) {
            state.held[id] = state.stack.accelerator.top();  // nothing of it, anywhere
        } else if (auto problem = compute(state, id, leaving, steps)) {
            return *problem;
        }
    }
    state.stack.proof.add(state.proof);
    return Outcome<std::vector<Step>>{std::move(steps)};
}

}  // namespace

Outcome<std::vector<Step>> tile_steps(const StackPlan& stack, const TilePlan& tile)
{
    // Where space is reserved, a map that lives long may leave a low memory too full for others to pass through it.
    const std::size_t most = stack.capacity == CapacityPolicy::reserved ? stack.accelerator.memories().size() : 0;
    auto steps = try_steps(TileState{stack, tile, {}});
    for (std::size_t raise = 1; !steps && raise <= most; ++raise) steps = try_steps(TileState{stack, tile, {0, raise}});
    for (std::size_t raise = 1; !steps && raise <= most; ++raise)
        steps = try_steps(TileState{stack, tile, {raise, raise}});
    return Outcome<std::vector<Step>>{std::move(steps)};
}

}  // namespace plumbline::detail
