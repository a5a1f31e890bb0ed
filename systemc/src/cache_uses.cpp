// SPDX-License-Identifier: Apache-2.0
#include "cache_uses.hpp"

#include <algorithm>

namespace plumbline::sim {
namespace {

const OperandMapping& mapping_of(const ComputeStep& step, const Operand& operand)
{
    return *std::find_if(step.mapping.operands.begin(), step.mapping.operands.end(),
                         [&](const OperandMapping& each) { return each.operand == operand.name; });
}

bool contains(const std::vector<MemoryId>& memories, MemoryId memory)
{
    return std::find(memories.begin(), memories.end(), memory) != memories.end();
}

/// Sources of the copies that bring the layer what it reads of a map from a cache.
std::vector<MemoryId> sources(const TileClass& tile, CopyReason reason, LayerId layer, MapId map,
                              const std::vector<MemoryId>& inputs)
{
    std::vector<MemoryId> sources;
    for (const Step& step : tile.steps) {
        const auto* copies = std::get_if<CopyStep>(&step);
        if (copies == nullptr || copies->before_layer != layer) continue;
        for (const Copy& copy : copies->copies) {
            if (copy.reason == reason && copy.region.producer == map && contains(inputs, copy.to.memory))
                sources.push_back(copy.from.memory);
        }
    }
    return sources;
}

}  // namespace

std::vector<MemoryId> memories_of_input(const ComputeStep& step, const Layer& layer, std::size_t input, bool entered)
{
    const std::vector<MemoryId>& levels = mapping_of(step, layer.inputs[input]).levels;
    return entered ? levels : std::vector<MemoryId>{levels.back()};
}

CacheUses cache_uses(const Workload& workload, const Stack& stack, const TileClass& tile, const StackGeometry& geometry)
{
    CacheUses uses;
    for (const Step& step : tile.steps) {
        const auto* compute = std::get_if<ComputeStep>(&step);
        if (compute == nullptr) continue;
        for (const ReadGeometry& read : geometry.layer(compute->layer).reads) {
            const MapGeometry& map = geometry.maps()[read.map];
            const auto inputs = memories_of_input(*compute, workload.layer(compute->layer), read.input, map.enters);
            const auto add = [&](std::vector<CacheUse>& along, CopyReason reason) {
                const auto copied = sources(tile, reason, compute->layer, map.map, inputs);
                along.push_back({read.map, &read, copied.empty() ? inputs : copied});
            };
            if (stack.mode != OverlapMode::fully_recompute) add(uses.columns, CopyReason::cached_columns);
            if (stack.mode == OverlapMode::fully_cached) add(uses.rows, CopyReason::cached_rows);
        }
    }
    return uses;
}

}  // namespace plumbline::sim
