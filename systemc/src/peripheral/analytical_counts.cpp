// SPDX-License-Identifier: Apache-2.0
#include "peripheral/analytical_counts.hpp"

#include <algorithm>

#include "plumbline/sim/access.hpp"

namespace plumbline::sim {
namespace {

/// Adds up steps.
class StepCounter {
public:
    explicit StepCounter(const plumbline::Accelerator& accelerator)
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
        for (std::size_t i = 0; i < run.size(); ++i) {
            add(layer.works[i].accesses, run[i]);
            totals_.macs += layer.works[i].macs * run[i];
        }
    }

    const RunCounts& totals() const { return totals_; }

private:
    void add(const std::vector<Access>& accesses, std::int64_t times)
    {
        for (const Access& access : accesses) {
            const PortTime time = port_time(access, accelerator_.memory(access.memory));
            const TrafficCount once{time.granules, bits(access), access.finished * access.times};
            totals_.traffic.at(access.memory, access.operand, access.direction) += once * times;
        }
    }

    const plumbline::Accelerator& accelerator_;
    RunCounts totals_;
};

/// Of every step: in which class, for whose sake, and what one tile counts.
template <class Visit>
void for_each_counted_step(const CompiledSchedule& program, const plumbline::Accelerator& accelerator, Visit visit)
{
    std::size_t tile_class = 0;
    for (const StackProgram& stack : program.stacks) {
        for (const TileProgram& tile : stack.classes) {
            for (const StepProgram& step : tile.steps) {
                StepCounter counter{accelerator};
                std::visit(counter, step);
                visit(tile_class, std::visit([](const auto& each) { return each.activity; }, step), counter.totals());
            }
            ++tile_class;
        }
    }
}

void add_traffic(Counters& counters, const Activity& activity, const TrafficCounts& counts,
                 const plumbline::Accelerator& accelerator)
{
    for (MemoryId memory = 0; memory < counts.memories(); ++memory) {
        for (MemoryOperand operand : kAllMemoryOperands) {
            for (Direction direction : kAllDirections) {
                const TrafficCount& count = counts.at(memory, operand, direction);
                if (count.bits == 0) continue;
                counters.traffic.push_back({activity, memory, operand, direction, count.granules,
                                            full_words(count.granules, accelerator.port(memory, operand, direction)),
                                            Bits{count.bits}});
            }
        }
    }
}

/// Whether it computes an output of the network.
bool finishes(const Activity& activity, const Workload& workload)
{
    const std::vector<LayerId>& outputs = workload.outputs();
    return activity.kind == Activity::Kind::compute &&
           std::find(outputs.begin(), outputs.end(), *activity.layer) != outputs.end();
}

}  // namespace

std::vector<RunCounts> class_counts(const CompiledSchedule& program, const plumbline::Accelerator& accelerator)
{
    std::vector<RunCounts> counts;
    for_each_counted_step(program, accelerator, [&](std::size_t tile_class, std::size_t, const RunCounts& step) {
        while (counts.size() <= tile_class) counts.emplace_back(accelerator.memories().size());
        counts[tile_class].add(step, 1);
    });
    return counts;
}

Counters counters_of_tiles(const CompiledSchedule& program, const plumbline::Accelerator& accelerator,
                           const Workload& workload, const std::vector<std::int64_t>& occurrences)
{
    std::vector<RunCounts> sums(program.activities.size(), RunCounts{accelerator.memories().size()});
    for_each_counted_step(program, accelerator,
                          [&](std::size_t tile_class, std::size_t activity, const RunCounts& step) {
                              sums[activity].add(step, occurrences[tile_class]);
                          });
    Counters counters;
    for (std::size_t i = 0; i < sums.size(); ++i) {
        add_traffic(counters, program.activities[i], sums[i].traffic, accelerator);
        counters.times.push_back({program.activities[i], {}, {}, {}, sums[i].macs});
        if (!finishes(program.activities[i], workload)) continue;
        counters.outputs +=
            sums[i].traffic.at(accelerator.top(), MemoryOperand::o, Direction::write_from_down).finished;
    }
    return counters;
}

}  // namespace plumbline::sim
