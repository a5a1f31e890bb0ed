// SPDX-License-Identifier: Apache-2.0
// A plan in words, to see what is wrong with it: memories, layers, and the steps of every tile class.
#pragma once

#include <algorithm>
#include <sstream>
#include <string>

#include "plumbline/schedule.hpp"

namespace plumbline::random_plans {

inline std::string text_of(const Accelerator& accelerator)
{
    std::ostringstream text;
    for (MemoryId id = 0; id < accelerator.memories().size(); ++id) {
        const Memory& memory = accelerator.memory(id);
        text << memory.name << ": " << memory.size << " x " << accelerator.instances(id) << ',';
        for (const MemoryService& service : memory.services) text << ' ' << name_of(service.operand);
        text << '\n';
    }
    return text.str();
}

inline std::string text_of(const LoopSizes& sizes)
{
    std::string text;
    for (LoopDim dim : kAllLoopDims)
        if (sizes[dim] > 1) text += ' ' + std::string{name_of(dim)} + ' ' + std::to_string(sizes[dim]);
    return text;
}

inline std::string text_of(const Workload& workload)
{
    std::ostringstream text;
    for (const Layer& layer : workload.layers()) {
        text << layer.id << ' ' << layer.operator_type << text_of(layer.sizes);
        for (const Operand& input : layer.inputs) {
            if (input.constant) continue;
            text << ", " << input.name << " of " << (input.source ? std::to_string(*input.source) : "input");
            for (const SlidingAxis& axis : input.sliding)
                text << ' ' << axis.name << '=' << axis.stride << '*' << name_of(axis.position) << '+' << axis.dilation
                     << '*' << name_of(axis.window) << " of " << axis.size.value_or(0) << " padded "
                     << axis.padding_before << ' ' << axis.padding_behind
                     << (axis.upsampling > 1 ? " times " + std::to_string(axis.upsampling) : "")
                     << (axis.depth_to_space > 1 ? " in depth " + std::to_string(axis.depth_to_space) + " from " +
                                                       std::to_string(axis.depth_offset)
                                                 : "");
        }
        text << '\n';
    }
    return text.str();
}

inline std::string text_of(const CopyStep& step, const Accelerator& accelerator)
{
    std::ostringstream text;
    for (const Copy& copy : step.copies)
        text << "  copy " << name_of(copy.reason) << " of "
             << (copy.region.producer ? std::to_string(*copy.region.producer) : "input") << ", " << copy.region.channels
             << " channels of " << copy.region.columns << "x" << copy.region.rows << ", from "
             << accelerator.memory(copy.from.memory).name << " to " << accelerator.memory(copy.to.memory).name << '\n';
    return text.str();
}

inline std::string text_of(const ComputeStep& step, const Accelerator& accelerator)
{
    std::ostringstream text;
    text << "  layer " << step.layer << text_of(step.mapping.sizes) << '\n';
    for (const OperandMapping& operand : step.mapping.operands) {
        text << "    " << operand.operand << ':';
        for (AxisPadding each : operand.padding)
            text << " padded " << each.before << ' ' << each.behind << " at " << each.phase << ',';
        for (std::size_t level = 0; level <= operand.levels.size(); ++level) {
            for (const SpatialLoop& loop : operand.spatial[level])
                text << " [" << name_of(loop.dim) << ' ' << loop.size << ']';
            if (level == operand.levels.size()) break;
            for (const TemporalLoop& loop : operand.temporal[level])
                text << ' ' << name_of(loop.dim) << ' ' << loop.size;
            text << " | " << accelerator.memory(operand.levels[level]).name << " |";
        }
        text << '\n';
    }
    for (const Resident& resident : step.residents)
        text << "    holds " << name_of(resident.kind) << " in " << accelerator.memory(resident.memory).name << ": "
             << resident.size << '\n';
    return text.str();
}

inline std::string text_of(const Schedule& schedule, const Accelerator& accelerator)
{
    std::ostringstream text;
    for (const Stack& stack : schedule.stacks) {
        text << "stack " << name_of(stack.mode) << ' ' << name_of(stack.tile) << ", " << stack.grid.columns << " by "
             << stack.grid.rows << " tiles\n";
        for (const TileClass& tiles : stack.classes) {
            text << " class " << name_of(tiles.column) << ' ' << name_of(tiles.row) << ' ' << name_of(tiles.size)
                 << (tiles.loads_weights ? " loads weights" : "") << " times " << tiles.count;
            if (tiles.columns) text << " columns " << tiles.columns->first << " + " << tiles.columns->count;
            if (tiles.rows) text << " rows " << tiles.rows->first << " + " << tiles.rows->count;
            text << '\n';
            for (const Step& step : tiles.steps)
                text << std::visit([&](const auto& each) { return text_of(each, accelerator); }, step);
        }
    }
    return text.str();
}

}  // namespace plumbline::random_plans
