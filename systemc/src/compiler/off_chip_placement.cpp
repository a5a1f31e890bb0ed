// SPDX-License-Identifier: Apache-2.0
#include "compiler/off_chip_placement.hpp"

#include <algorithm>

namespace plumbline::sim {
namespace {

using AreaPerOperand = std::array<AreaId, 3>;

void place_all(std::vector<Access>& accesses, MemoryId top, const AreaPerOperand& areas)
{
    for (Access& access : accesses) {
        if (access.memory == top) access.area = areas[static_cast<std::size_t>(access.operand)];
    }
}

}  // namespace

void OffChipPlacement::place(LayerProgram& program, const ComputeStep& step) const
{
    const Layer& layer = workload.layer(step.layer);
    const MemoryId top = accelerator.top();
    AreaPerOperand areas{};
    for (std::size_t i = 0; i < step.mapping.operands.size(); ++i) {
        const OperandMapping& mapping = step.mapping.operands[i];
        if (std::find(mapping.levels.begin(), mapping.levels.end(), top) == mapping.levels.end()) continue;
        const Operand& operand = i == 0 ? layer.output : layer.inputs[i - 1];
        areas[static_cast<std::size_t>(mapping.memory_operand)] = area_of(layout, layer, operand);
    }
    for (Transfer& transfer : program.transfers) place_all(transfer.accesses, top, areas);
    for (ChunkWork& work : program.works) place_all(work.accesses, top, areas);
}

void OffChipPlacement::place(CopyProgram& program, const CopyStep& step) const
{
    for (std::size_t i = 0; i < program.copies.size(); ++i) {
        for (Transfer& hop : program.copies[i]) {
            for (Access& access : hop.accesses) {
                if (access.memory != accelerator.top()) continue;
                access.area = area_of(layout, workload, step.copies[i].region);
            }
        }
    }
}

}  // namespace plumbline::sim
