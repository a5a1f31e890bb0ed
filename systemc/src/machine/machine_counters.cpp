// SPDX-License-Identifier: Apache-2.0
#include "machine/machine_counters.hpp"

namespace plumbline::sim {
namespace {

const std::vector<Activity>& activities_of(const Machine::Parts& parts) { return parts.program.compiled().activities; }

/// Per activity, memory, operand and direction that moved anything.
std::vector<Traffic> all_traffic(const Machine::Parts& parts)
{
    const std::vector<Activity>& activities = activities_of(parts);
    std::vector<Traffic> all;
    for (ActivityIndex activity = 0; activity < activities.size(); ++activity) {
        for (MemoryId memory = 0; memory < parts.datapath.memories.size(); ++memory) {
            for (MemoryOperand operand : kAllMemoryOperands) {
                for (Direction direction : kAllDirections) {
                    const TrafficCount count = parts.datapath.memories[memory]->traffic(activity, operand, direction);
                    if (count.bits == 0) continue;
                    const Port& port = parts.accelerator.port(memory, operand, direction);
                    all.push_back({activities[activity], memory, operand, direction, count.granules,
                                   full_words(count.granules, port), Bits{count.bits}});
                }
            }
        }
    }
    return all;
}

ActivityUse use_of(const Machine::Parts& parts, ActivityIndex activity)
{
    const ActivityTime& time = parts.sequencer.times()[activity];
    const StallAccounting& stalls = parts.sequencer.stalls();
    const PortMap& ports = parts.context.ports;
    ActivityUse use{time.activity, stalls.array(activity, time, parts.accelerator), {}};
    for (PortIndex port = 0; port < ports.count(); ++port) {
        const Memory& memory = *parts.datapath.memories[ports.memory(port)];
        const Cycles busy{memory.busy_cycles(activity, ports.port(port))};
        use.ports.push_back(stalls.port(activity, port, ports, busy, time.cycles));
    }
    return use;
}

/// Of each activity, and the sums.
void add_use(Counters& counters, const Machine::Parts& parts)
{
    const PortMap& ports = parts.context.ports;
    for (PortIndex port = 0; port < ports.count(); ++port) {
        counters.ports.push_back({ports.memory(port), ports.port(port), {}, {}, {}, {}});
    }
    for (ActivityIndex activity = 0; activity < activities_of(parts).size(); ++activity) {
        counters.uses.push_back(use_of(parts, activity));
        add(counters.array, counters.uses.back().array);
        for (PortIndex port = 0; port < counters.ports.size(); ++port) {
            add(counters.ports[port], counters.uses.back().ports[port]);
        }
    }
}

std::int64_t finished_outputs(const Machine::Parts& parts, const Workload& workload)
{
    const std::vector<Activity>& activities = activities_of(parts);
    const Memory& top = *parts.datapath.memories[parts.accelerator.top()];
    std::int64_t sum = 0;
    for (LayerId layer : workload.outputs()) {
        for (ActivityIndex i = 0; i < activities.size(); ++i) {
            if (!(activities[i] == Activity{Activity::Kind::compute, layer})) continue;
            sum += top.traffic(i, MemoryOperand::o, Direction::write_from_down).finished;
        }
    }
    return sum;
}

}  // namespace

Counters counters_of(const Machine::Parts& parts, const Workload& workload)
{
    Counters counters;
    counters.traffic = all_traffic(parts);
    add_use(counters, parts);
    counters.times = parts.sequencer.times();
    counters.cycles = parts.sequencer.cycles();
    counters.outputs = finished_outputs(parts, workload);
    return counters;
}

TrafficCount traffic_of(const Machine::Parts& parts, MemoryId memory, MemoryOperand operand, Direction direction)
{
    TrafficCount sum;
    for (ActivityIndex activity = 0; activity < activities_of(parts).size(); ++activity)
        sum += parts.datapath.memories[memory]->traffic(activity, operand, direction);
    return sum;
}

RunCounts counts_of(const Machine::Parts& parts)
{
    RunCounts totals{parts.datapath.memories.size()};
    totals.macs = parts.sequencer.macs();
    for (MemoryId memory = 0; memory < totals.traffic.memories(); ++memory) {
        for (MemoryOperand operand : kAllMemoryOperands) {
            for (Direction direction : kAllDirections)
                totals.traffic.at(memory, operand, direction) = traffic_of(parts, memory, operand, direction);
        }
    }
    return totals;
}

}  // namespace plumbline::sim
