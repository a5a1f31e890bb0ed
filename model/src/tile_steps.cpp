// SPDX-License-Identifier: Apache-2.0
#include "tile_steps.hpp"

#include <tuple>

#include "layer_levels.hpp"
#include "tile_copies.hpp"
#include "tile_state.hpp"

namespace plumbline::detail {
namespace {

/// A feature map enters at the lowest level that fits the tile's share of it.
void enter(TileState& state, NodeId map, std::vector<Step>& steps)
{
    state.held[map] =
        lowest_fit(state.stack.accelerator, activation_operand(state.stack.graph), {}, state.output(map));
    auto copies = fetch_entering(state, map);
    if (!copies.empty()) steps.emplace_back(CopyStep{std::nullopt, std::move(copies)});
}

/// Maps a layer and adds its steps. \param leaving copies that the layer before left to be done; replaced by its own
std::optional<Infeasible> compute(TileState& state, NodeId layer, std::vector<Copy>& leaving, std::vector<Step>& steps)
{
    const LayerId id = state.node(layer).layer->id;
    const std::size_t most = state.stack.accelerator.memories().size();
    for (ExtraLevels extra; extra.output <= most; extra.next()) {
        const LayerLevels levels = choose_levels(state, layer, extra);
        const auto mapped = state.stack.mappings.search(mapping_problem(state, layer, levels), state.stack.search);
        if (!mapped) continue;
        const auto bringing = bring_inputs(state, layer, levels.input);
        leaving.insert(leaving.end(), bringing.begin(), bringing.end());
        if (!leaving.empty()) steps.emplace_back(CopyStep{id, std::move(leaving)});
        steps.emplace_back(ComputeStep{id, mapped->mapping});
        state.held[layer] = levels.output.back();
        leaving = leave_overlap(state, layer);
        return std::nullopt;
    }
    return does_not_fit(state, layer);
}

}  // namespace

bool MappingCache::Key::operator<(const Key& other) const
{
    return std::tie(layer, sizes, levels, reserved) < std::tie(other.layer, other.sizes, other.levels, other.reserved);
}

Outcome<MappedLayer> MappingCache::search(const MappingProblem& problem, const SearchOptions& options)
{
    Key key{problem.layer->id, problem.sizes, problem.levels, problem.reserved};
    const auto known = known_.find(key);
    if (known != known_.end()) return known->second;
    return known_.emplace(std::move(key), search_mapping(problem, options)).first->second;
}

Outcome<std::vector<Step>> tile_steps(const StackPlan& stack, const TilePlan& tile)
{
    TileState state{stack, tile};
    std::vector<Step> steps;
    std::vector<Copy> leaving;
    for (NodeId id = 0; id < stack.graph.nodes.size(); ++id) {
        if (state.node(id).layer == nullptr) {
            enter(state, id, steps);
        } else if (auto problem = compute(state, id, leaving, steps)) {
            return *problem;
        }
    }
    return steps;
}

}  // namespace plumbline::detail
