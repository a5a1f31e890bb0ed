// SPDX-License-Identifier: Apache-2.0
#include "plumbline/memory_use.hpp"

#include <algorithm>

#include "planning/memory/block_bits.hpp"

namespace plumbline {
namespace {

Bits& kind_of_operand(MemoryUse& use, const Layer& layer, std::size_t operand)
{
    if (operand == 0) return use.outputs;
    return layer.inputs[operand - 1].constant ? use.weights : use.inputs;
}

Bits& kind_of_resident(MemoryUse& use, ResidentKind kind)
{
    switch (kind) {
        case ResidentKind::column_cache: return use.column_cache;
        case ResidentKind::row_cache: return use.row_cache;
        case ResidentKind::weights: return use.resident_weights;
        case ResidentKind::feature_map: break;
    }
    return use.feature_maps;
}

/// All memories while one layer runs on a tile of one class.
std::vector<MemoryUse> moment(const Accelerator& accelerator, const Layer& layer, const ComputeStep& step,
                              TileSize tile)
{
    std::vector<MemoryUse> uses(accelerator.memories().size());
    for (MemoryId id = 0; id < uses.size(); ++id) {
        uses[id].memory = id;
        uses[id].capacity = accelerator.memory(id).size;
        uses[id].layer = layer.id;
        uses[id].tile = tile;
    }
    for (std::size_t i = 0; i < step.mapping.operands.size(); ++i) {
        const auto& levels = step.mapping.operands[i].levels;
        for (std::size_t level = 0; level < levels.size(); ++level)
            kind_of_operand(uses[levels[level]], layer, i) += detail::block_bits(layer, step.mapping, i, level);
    }
    for (const Resident& resident : step.residents)
        kind_of_resident(uses[resident.memory], resident.kind) += resident.size;
    return uses;
}

}  // namespace

std::vector<MemoryUse> memory_use(const Accelerator& accelerator, const Workload& workload, const Schedule& schedule)
{
    check(schedule, accelerator, workload);
    std::vector<MemoryUse> fullest(accelerator.memories().size());
    for_each_step(schedule, [&](const ScheduledStep& step) {
        const ComputeStep* compute = step.compute();
        if (compute == nullptr) return;
        const auto now = moment(accelerator, workload.layer(compute->layer), *compute, step.tiles.size);
        for (MemoryId id = 0; id < now.size(); ++id)
            if (now[id].total() > fullest[id].total()) fullest[id] = now[id];
    });
    fullest.erase(
        std::remove_if(fullest.begin(), fullest.end(), [](const MemoryUse& use) { return use.total() == Bits{}; }),
        fullest.end());
    return fullest;
}

}  // namespace plumbline
