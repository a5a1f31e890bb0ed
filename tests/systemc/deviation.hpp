// SPDX-License-Identifier: Apache-2.0
// The same schedules at both fidelities, all in one run of the kernel: machines are independent modules.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "conservation.hpp"
#include "machine/machine_parts.hpp"
#include "plumbline/sim/dram.hpp"
#include "plumbline/sim/machine.hpp"
#include "plumbline/sim/schedule_program.hpp"

namespace plumbline::sim {

struct Deviation {
    Cycles cycle{};
    Cycles transaction{};
    bool equal_counters = false;
    std::string violation;   ///< of the conservation of time, at either fidelity
    double array_apart = 0;  ///< most that the waits of the array differ by cause, in parts of the run
    double ports_apart = 0;  ///< most that stalled cycles of a port differ

    double relative() const { return transaction / cycle - 1; }
};

/// Whether the same granules and bits passed the same borders, the same ports were busy as long, and the same was
/// computed.
inline bool equal_counters(const Counters& a, const Counters& b)
{
    const auto same_traffic = [](const Traffic& x, const Traffic& y) {
        return x.activity == y.activity && x.memory == y.memory && x.operand == y.operand &&
               x.direction == y.direction && x.granules == y.granules && x.bits == y.bits;
    };
    const auto same_port = [](const PortActivity& x, const PortActivity& y) { return x.busy == y.busy; };
    return a.macs() == b.macs() && a.outputs == b.outputs &&
           std::equal(a.traffic.begin(), a.traffic.end(), b.traffic.begin(), b.traffic.end(), same_traffic) &&
           std::equal(a.ports.begin(), a.ports.end(), b.ports.begin(), b.ports.end(), same_port);
}

/// Causes as far as both fidelities know them: what waits for an operand, and what waits for ports.
inline std::map<std::pair<WaitCause, std::optional<MemoryOperand>>, std::int64_t> waits_of(const Counters& counters)
{
    std::map<std::pair<WaitCause, std::optional<MemoryOperand>>, std::int64_t> sums;
    for (const ArrayWait& wait : counters.array.waits) sums[{wait.cause, wait.operand}] += wait.cycles.count();
    return sums;
}

inline double array_apart(const Counters& a, const Counters& b)
{
    auto difference = waits_of(a);
    for (const auto& [cause, cycles] : waits_of(b)) difference[cause] -= cycles;
    std::int64_t most = 0;
    for (const auto& [cause, cycles] : difference) most = std::max(most, std::abs(cycles));
    return static_cast<double>(most) / static_cast<double>(a.cycles.count());
}

inline double ports_apart(const Counters& a, const Counters& b)
{
    Cycles most{};
    for (std::size_t i = 0; i < a.ports.size(); ++i) {
        const Cycles difference = a.ports[i].stalled - b.ports[i].stalled;
        most = std::max({most, difference, Cycles{} - difference});
    }
    return most / a.cycles;
}

/// Elaborates pairs of machines, runs all of them, and says how far the two of each are apart.
class Deviations {
public:
    /// The descriptions must outlive the run.
    void add(const Accelerator& accelerator, const Workload& workload, const Schedule& schedule,
             const TileFilter& wanted = {}, std::optional<std::size_t> cached_timings = {})
    {
        for (Fidelity fidelity : {Fidelity::cycle, Fidelity::transaction})
            runs_.emplace_back(accelerator, workload, schedule, wanted, options(fidelity, cached_timings),
                               runs_.size());
    }

    std::vector<Deviation> run()
    {
        sc_core::sc_start();
        std::vector<Deviation> all;
        for (std::size_t i = 0; i < runs_.size(); i += 2) {
            const Counters cycle = runs_[i].counters();
            const Counters transaction = runs_[i + 1].counters();
            const bool finished = runs_[i].finished() && runs_[i + 1].finished();
            Deviation deviation{cycle.cycles,
                                transaction.cycles,
                                finished && equal_counters(cycle, transaction),
                                violation(cycle),
                                array_apart(cycle, transaction),
                                ports_apart(cycle, transaction)};
            if (deviation.violation.empty()) deviation.violation = violation(transaction);
            if (!noted_exactly(cycle, runs_[i].stalls())) deviation.violation += " the referee did not see every cycle";
            all.push_back(std::move(deviation));
        }
        return all;
    }

private:
    static MachineOptions options(Fidelity fidelity, std::optional<std::size_t> cached_timings)
    {
        MachineOptions options;
        options.fidelity = fidelity;
        options.cached_timings = cached_timings;
        return options;
    }

    class Run {
    public:
        Run(const Accelerator& accelerator, const Workload& workload, const Schedule& schedule,
            const TileFilter& wanted, const MachineOptions& options, std::size_t number)
            : workload_{&workload},
              program_{compile(accelerator, workload, schedule, Overcommit::report, options.fidelity, wanted)},
              machine_{("machine_" + std::to_string(number)).c_str(), accelerator, program_, options},
              dram_{("dram_" + std::to_string(number)).c_str(), dram_of(accelerator)}
        {
            machine_.fold_classes(true);
            machine_.off_chip().bind(dram_.socket);
        }

        bool finished() { return machine_.completed(); }
        const StallAccounting& stalls() { return machine_.parts().sequencer.stalls(); }
        Counters counters() const { return machine_.counters(*workload_); }

    private:
        static DramParameters dram_of(const Accelerator& accelerator)
        {
            DramParameters parameters =
                dram_parameters(accelerator.memory(accelerator.top()), accelerator.instances(accelerator.top()));
            parameters.contents = DramParameters::Contents::dropped;
            return parameters;
        }

        const Workload* workload_;
        ScheduleProgram program_;
        Machine machine_;
        Dram dram_;
    };

    std::deque<Run> runs_;
};

}  // namespace plumbline::sim
