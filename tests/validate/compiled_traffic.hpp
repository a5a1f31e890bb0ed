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

class CompiledTraffic {
public:
    CompiledTraffic(const Accelerator& accelerator, const Workload& workload, const Schedule& schedule)
        : accelerator_{accelerator},
          program_{sim::compile(accelerator, workload, schedule)}
    {
        for (const sim::StackProgram& stack : program_.stacks)
            for (const sim::TileProgram& tile : stack.classes)
                for (const auto& step : tile.steps) std::visit([&](const auto& each) { add(each, tile.count); }, step);
    }

    const Words& words() const { return words_; }

private:
    void add(const sim::ComputeProgram& step, std::int64_t times)
    {
        const sim::LayerProgram& layer = step.layer;
        std::vector<std::int64_t> moved(layer.transfers.size());
        for (const sim::LinkProgram& link : layer.links)
            for (const auto* ids : {&link.fills, &link.drains})
                for (sim::TransferId id : *ids)
                    if (id != sim::kNoTransfer) ++moved[static_cast<std::size_t>(id)];
        std::vector<std::int64_t> run(layer.works.size());
        for (const sim::Chunk& chunk : layer.chunks) ++run[chunk.work];
        for (std::size_t i = 0; i < moved.size(); ++i)
            for (const sim::Access& access : layer.transfers[i].accesses) add(access, step.activity, times * moved[i]);
        for (std::size_t i = 0; i < run.size(); ++i)
            for (const sim::Access& access : layer.works[i].accesses) add(access, step.activity, times * run[i]);
    }

    void add(const sim::CopyProgram& step, std::int64_t times)
    {
        for (const auto& hops : step.copies)
            for (const sim::Transfer& hop : hops)
                for (const sim::Access& access : hop.accesses) add(access, step.activity, times);
    }

    void add(const sim::Access& access, std::size_t activity, std::int64_t times)
    {
        const Port& port = accelerator_.memory(access.memory).ports[access.port];
        const sim::Activity& why = program_.activities[activity];
        words_[{why.kind, why.layer, access.memory, access.operand, access.direction}] +=
            static_cast<double>(granules(access, port) * times) * (port.granule / port.width);
    }

    const Accelerator& accelerator_;
    sim::ScheduleProgram program_;
    Words words_;
};

}  // namespace plumbline::validate
