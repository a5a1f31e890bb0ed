// SPDX-License-Identifier: Apache-2.0
#include "planning/memory/cache_placement.hpp"

#include <algorithm>

#include "plumbline/error.hpp"

namespace plumbline::detail {
namespace {

constexpr MemoryOperand kOutputs = MemoryOperand::o;

bool shared_and_single(const Accelerator& accelerator, MemoryId memory, MemoryOperand activations)
{
    return accelerator.memory(memory).serves(activations) && accelerator.instances(memory) == 1;
}

/// Level of outputs at which `bits_at(memory)` fit; the top where nothing does.
template <class BitsAt>
std::size_t lowest_shared_level(const Accelerator& accelerator, MemoryOperand activations, BitsAt bits_at)
{
    const auto& levels = accelerator.levels(kOutputs);
    for (std::size_t level = 0; level < levels.size(); ++level)
        if (shared_and_single(accelerator, levels[level], activations) &&
            accelerator.memory(levels[level]).size >= bits_at(levels[level]))
            return level;
    return levels.size() - 1;
}

/// Space that features, and the caches that live in the same memory, leave to nobody else.
struct Occupancy {
    std::size_t feature_level = 0;  ///< of outputs; features may use all levels up to it
    Bits features{};
    Bits features_and_columns{};
    Bits features_and_caches{};
    Bits corners{};
};

Bits beside_weights(const Accelerator& accelerator, const TileDemand& demand, const Occupancy& taken, MemoryId memory)
{
    if (memory == demand.column_cache && memory == demand.row_cache) return taken.features_and_caches - taken.corners;
    if (memory == demand.row_cache) return taken.features_and_caches;
    if (memory == demand.column_cache) return taken.features_and_columns;
    const auto level = accelerator.level_of(kOutputs, memory);
    return level && *level <= taken.feature_level ? taken.features : Bits{};
}

std::optional<MemoryId> weight_level(const Accelerator& accelerator, const StackGraph& graph, const TileDemand& demand,
                                     const Occupancy& taken)
{
    const auto operand = weight_operand(graph);
    if (!operand) return std::nullopt;
    const auto& levels = accelerator.levels(*operand);
    const auto fits = std::find_if(levels.begin(), levels.end(), [&](MemoryId memory) {
        return accelerator.memory(memory).size >=
               weight_bits(graph) + beside_weights(accelerator, demand, taken, memory);
    });
    return fits == levels.end() ? levels.back() : *fits;
}

void place_caches(const Accelerator& accelerator, OverlapMode mode, MemoryOperand activations, TileDemand& demand,
                  Occupancy& taken)
{
    const auto& levels = accelerator.levels(kOutputs);
    if (mode == OverlapMode::fully_recompute) return;
    demand.column_cache =
        levels[lowest_shared_level(accelerator, activations, [&](MemoryId) { return taken.features_and_columns; })];
    if (mode != OverlapMode::fully_cached) return;
    taken.features_and_caches = taken.features_and_columns + demand.caches.rows;
    demand.row_cache = levels[lowest_shared_level(accelerator, activations, [&](MemoryId memory) {
        return taken.features_and_caches - (memory == demand.column_cache ? taken.corners : Bits{});
    })];
}

}  // namespace

TileDemand tile_demand(const StackSetting& stack, OverlapMode mode, const TileKind& kind)
{
    const auto& [accelerator, tiles, capacity] = stack;
    const StackGraph& graph = tiles.graph();
    const bool columns = mode != OverlapMode::fully_recompute;
    const bool rows = mode == OverlapMode::fully_cached;
    const TileSizes& real = tiles.of(kind.size, {columns && !kind.first_column, rows && !kind.first_row}, kind.place);
    TileDemand demand;
    demand.cached_tiles = &tiles.of(kind.size, {!kind.first_column, !kind.first_row}, kind.place);
    demand.caches = counts_exactly(capacity, graph) ? exact_cache_sizes(graph, real, tiles.whole())
                                                    : cache_sizes(graph, *demand.cached_tiles, tiles.whole());

    const MemoryOperand activations = activation_operand(graph);
    Occupancy taken;
    taken.features = peak_alive(graph, real);
    taken.corners = demand.caches.both;
    taken.feature_level = lowest_shared_level(accelerator, activations, [&](MemoryId) { return taken.features; });
    taken.features_and_columns =
        kind.first_column ? peak_alive(graph, real, demand.caches.left_behind) : taken.features + demand.caches.columns;
    place_caches(accelerator, mode, activations, demand, taken);
    demand.weights = weight_level(accelerator, graph, demand, taken);
    return demand;
}

std::optional<MemoryOperand> weight_operand(const StackGraph& graph)
{
    for (const StackNode& node : graph.nodes)
        if (node.layer != nullptr)
            for (const Operand& input : node.layer->inputs)
                if (input.constant) return node.rule->link_of(input);
    return std::nullopt;
}

MemoryOperand activation_operand(const StackGraph& graph)
{
    for (const StackNode& node : graph.nodes)
        for (const StackEdge& edge : node.inputs) return node.rule->link_of(node.layer->inputs[edge.input]);
    throw InputError("workload", "no layer reads a feature map");
}

}  // namespace plumbline::detail
