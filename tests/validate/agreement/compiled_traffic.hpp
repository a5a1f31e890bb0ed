// SPDX-License-Identifier: Apache-2.0
// Words that the machine moves for a schedule, added up from its programs instead of simulated: the same counts, in no
// time. Keyed by what moved for the sake of what.
#pragma once

#include <map>
#include <tuple>
#include <variant>

#include "compiler/compile_layer.hpp"
#include "compiler/copy_route.hpp"
#include "compiler/layer_program.hpp"
#include "plumbline/schedule.hpp"
#include "plumbline/sim/counters.hpp"

namespace plumbline::validate {

/// Computing or copying, layer, memory, operand, direction.
using TrafficKey = std::tuple<sim::Activity::Kind, std::optional<LayerId>, MemoryId, MemoryOperand, Direction>;
using Words = std::map<TrafficKey, double>;

/// Of one layer on one tile, in words per memory, operand and direction.
using LayerWords = std::map<std::tuple<MemoryId, MemoryOperand, Direction>, double>;

inline void add_access(LayerWords& words, const Accelerator& accelerator, const sim::Access& access)
{
    const Memory& memory = accelerator.memory(access.memory);
    words[{access.memory, access.operand, access.direction}] +=
        sim::full_words(port_time(access, memory).granules, memory.ports[access.port]).count();
}

/// Each transfer as often as links name it, and the steady traffic of each chunk.
inline LayerWords compiled_words(const Accelerator& accelerator, const sim::LayerProgram& program)
{
    LayerWords words;
    const auto add = [&](const std::vector<sim::Access>& accesses) {
        for (const sim::Access& access : accesses) add_access(words, accelerator, access);
    };
    for (const sim::LinkProgram& link : program.links)
        for (const auto* ids : {&link.fills, &link.drains})
            for (sim::TransferId id : *ids)
                if (id != sim::kNoTransfer) add(program.transfers[static_cast<std::size_t>(id)].accesses);
    for (const sim::Chunk& chunk : program.chunks) add(program.works[chunk.work].accesses);
    return words;
}

inline LayerWords compiled_words(const Accelerator& accelerator, const CopyStep& step)
{
    LayerWords words;
    for (const Copy& copy : step.copies)
        for (const sim::Transfer& hop : sim::copy_hops(accelerator, copy))
            for (const sim::Access& access : hop.accesses) add_access(words, accelerator, access);
    return words;
}

/// Of a whole schedule, each step by itself: whether steps find what they need is not asked here.
inline Words compiled_words(const Accelerator& accelerator, const Workload& workload, const Schedule& schedule)
{
    using Kind = sim::Activity::Kind;
    Words words;
    const auto add = [&](Kind kind, std::optional<LayerId> layer, const LayerWords& step, std::int64_t times) {
        for (const auto& [key, count] : step)
            words[std::tuple_cat(std::tuple{kind, layer}, key)] += count * static_cast<double>(times);
    };
    for_each_step(schedule, [&](const ScheduledStep& step) {
        if (const CopyStep* copies = step.copies()) {
            add(Kind::copy, copies->before_layer, compiled_words(accelerator, *copies), step.tiles.count);
            return;
        }
        const ComputeStep& compute = *step.compute();
        const auto program = sim::compile(accelerator, workload.layer(compute.layer), compute.mapping);
        add(Kind::compute, compute.layer, compiled_words(accelerator, program), step.tiles.count);
    });
    return words;
}

}  // namespace plumbline::validate
