// SPDX-License-Identifier: Apache-2.0
// Words that the machine moves for a schedule, added up from its programs instead of simulated: the same counts, in no
// time. Keyed by what moved for the sake of what.
#pragma once

#include <map>
#include <tuple>
#include <variant>

#include "plumbline/sim/schedule_program.hpp"

namespace plumbline::validate {

/// Computing or copying, layer, memory, operand, direction.
using TrafficKey = std::tuple<sim::Activity::Kind, std::optional<LayerId>, MemoryId, MemoryOperand, Direction>;
using Words = std::map<TrafficKey, double>;

/// Of one layer on one tile, in words per memory, operand and direction.
using LayerWords = std::map<std::tuple<MemoryId, MemoryOperand, Direction>, double>;

inline void add_access(LayerWords& words, const Accelerator& accelerator, const sim::Access& access, std::int64_t times)
{
    const Port& port = accelerator.memory(access.memory).ports[access.port];
    words[{access.memory, access.operand, access.direction}] +=
        static_cast<double>(granules(access, port) * times) * (port.granule / port.width);
}

/// Each transfer as often as links name it, and the steady traffic of each chunk.
inline LayerWords compiled_words(const Accelerator& accelerator, const sim::LayerProgram& program)
{
    LayerWords words;
    const auto add = [&](const std::vector<sim::Access>& accesses) {
        for (const sim::Access& access : accesses) add_access(words, accelerator, access, 1);
    };
    for (const sim::LinkProgram& link : program.links)
        for (const auto* ids : {&link.fills, &link.drains})
            for (sim::TransferId id : *ids)
                if (id != sim::kNoTransfer) add(program.transfers[static_cast<std::size_t>(id)].accesses);
    for (const sim::Chunk& chunk : program.chunks) add(program.works[chunk.work].accesses);
    return words;
}

inline LayerWords compiled_words(const Accelerator& accelerator, const sim::CopyProgram& program)
{
    LayerWords words;
    for (const auto& hops : program.copies)
        for (const sim::Transfer& hop : hops)
            for (const sim::Access& access : hop.accesses) add_access(words, accelerator, access, 1);
    return words;
}

inline LayerWords compiled_words(const Accelerator& accelerator, const sim::ComputeProgram& program)
{
    return compiled_words(accelerator, program.layer);
}

/// Of a whole schedule.
inline Words compiled_words(const Accelerator& accelerator, const Workload& workload, const Schedule& schedule)
{
    const sim::ScheduleProgram program = sim::compile(accelerator, workload, schedule);
    Words words;
    const auto add = [&](const LayerWords& step, std::size_t activity, std::int64_t times) {
        const sim::Activity& why = program.activities[activity];
        for (const auto& [key, count] : step)
            words[std::tuple_cat(std::tuple{why.kind, why.layer}, key)] += count * static_cast<double>(times);
    };
    for (const sim::StackProgram& stack : program.stacks)
        for (const sim::TileProgram& tile : stack.classes)
            for (const auto& step : tile.steps)
                std::visit([&](const auto& each) { add(compiled_words(accelerator, each), each.activity, tile.count); },
                           step);
    return words;
}

}  // namespace plumbline::validate
