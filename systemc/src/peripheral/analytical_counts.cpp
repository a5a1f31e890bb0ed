// SPDX-License-Identifier: Apache-2.0
#include "peripheral/analytical_counts.hpp"

namespace plumbline::sim {
namespace {

/// Adds up one tile.
class TileCounter {
public:
    explicit TileCounter(const plumbline::Accelerator& accelerator)
        : accelerator_{accelerator},
          totals_{accelerator.memories().size()}
    {}

    void operator()(const CopyProgram& step)
    {
        for (const std::vector<Transfer>& hops : step.copies) {
            for (const Transfer& hop : hops) add(hop.accesses, 1);
        }
    }

    void operator()(const ComputeProgram& step)
    {
        const LayerProgram& layer = step.layer;
        std::vector<std::int64_t> moved(layer.transfers.size());
        for (const LinkProgram& link : layer.links) {
            for (const std::vector<TransferId>* transfers : {&link.fills, &link.drains}) {
                for (TransferId id : *transfers) {
                    if (id != kNoTransfer) ++moved[static_cast<std::size_t>(id)];
                }
            }
        }
        for (std::size_t i = 0; i < moved.size(); ++i) add(layer.transfers[i].accesses, moved[i]);
        std::vector<std::int64_t> run(layer.works.size());
        for (const Chunk& chunk : layer.chunks) ++run[chunk.work];
        for (std::size_t i = 0; i < run.size(); ++i) add(layer.works[i].accesses, run[i]);
    }

    const TrafficCounts& totals() const { return totals_; }

private:
    void add(const std::vector<Access>& accesses, std::int64_t times)
    {
        for (const Access& access : accesses) {
            const PortTime time = port_time(access, accelerator_.memory(access.memory));
            const TrafficCount once{time.granules, bits(access), access.finished * access.times};
            totals_.at(access.memory, access.operand, access.direction) += once * times;
        }
    }

    const plumbline::Accelerator& accelerator_;
    TrafficCounts totals_;
};

}  // namespace

std::vector<std::vector<TrafficCounts>> class_counts(const CompiledSchedule& program,
                                                     const plumbline::Accelerator& accelerator)
{
    std::vector<std::vector<TrafficCounts>> counts;
    for (const StackProgram& stack : program.stacks) {
        counts.emplace_back();
        for (const TileProgram& tile : stack.classes) {
            TileCounter counter{accelerator};
            for (const StepProgram& step : tile.steps) std::visit(counter, step);
            counts.back().push_back(counter.totals());
        }
    }
    return counts;
}

}  // namespace plumbline::sim
