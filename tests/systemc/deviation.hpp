// SPDX-License-Identifier: Apache-2.0
// The same generated machines at both fidelities, all in one run of the kernel: machines are independent modules.
#pragma once

#include <deque>
#include <memory>
#include <vector>

#include "generated_machine.hpp"
#include "plumbline/sim/machine.hpp"

namespace plumbline::sim {

struct Deviation {
    unsigned seed = 0;
    Cycles cycle{};
    Cycles transaction{};
    bool equal_counters = false;

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

/// One machine at one fidelity.
class Run {
public:
    Run(const generated::GeneratedMachine& machine, unsigned seed, Fidelity fidelity)
        : workload_{&machine.workload},
          program_{compile(machine.accelerator, machine.workload, machine.schedule, fidelity)},
          machine_{(std::string{name_of(fidelity)} + '_' + std::to_string(seed)).c_str(), machine.accelerator, program_,
                   MachineOptions{fidelity, {}}}
    {}

    bool finished() { return machine_.sequencer().finished(); }
    Counters counters() const { return machine_.counters(*workload_); }

private:
    const Workload* workload_;
    ScheduleProgram program_;
    Machine machine_;
};

inline std::vector<Deviation> deviations(unsigned first_seed, unsigned count)
{
    std::deque<generated::GeneratedMachine> machines;
    std::deque<Run> runs;
    for (unsigned seed = first_seed; seed < first_seed + count; ++seed) {
        machines.push_back(generated::generated_machine(seed));
        runs.emplace_back(machines.back(), seed, Fidelity::cycle);
        runs.emplace_back(machines.back(), seed, Fidelity::transaction);
    }
    sc_core::sc_start();
    std::vector<Deviation> all;
    for (unsigned i = 0; i < count; ++i) {
        const Counters cycle = runs[2 * i].counters();
        const Counters transaction = runs[2 * i + 1].counters();
        const bool finished = runs[2 * i].finished() && runs[2 * i + 1].finished();
        all.push_back(
            {first_seed + i, cycle.cycles, transaction.cycles, finished && equal_counters(cycle, transaction)});
    }
    return all;
}

}  // namespace plumbline::sim
