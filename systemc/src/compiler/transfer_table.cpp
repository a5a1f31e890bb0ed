// SPDX-License-Identifier: Apache-2.0
#include "compiler/transfer_table.hpp"

#include <algorithm>
#include <cmath>

namespace plumbline::sim {
namespace {

/// Slots that a transfer loses at a port, whose rests come on top: so many fewer.
std::int64_t lost_slots(const Access& access, const MemoryTiming& timing)
{
    if (timing.burst_overhead == 0) return 0;
    std::int64_t bursts = 0;
    for (InstanceBits share : access.shares)
        bursts = std::max(bursts, divide_up(share.bits, timing.burst.count()) * access.times);
    const double rests = static_cast<double>(kRestsPerCycle + timing.idle_per_word) / kRestsPerCycle;
    return std::llround(timing.burst_overhead * static_cast<double>(bursts) / rests);
}

}  // namespace

std::vector<PortUse> port_uses(const std::vector<Access>& accesses, const plumbline::Accelerator& accelerator,
                               const PortMap& ports)
{
    std::vector<PortUse> uses;
    for (const Access& access : accesses) {
        const PortIndex port = ports.index(access.memory, access.port);
        auto use = std::find_if(uses.begin(), uses.end(), [port](PortUse each) { return each.port == port; });
        if (use == uses.end()) use = uses.insert(use, {port, 0});
        use->slots += slots(access, accelerator.memory(access.memory).ports[access.port]);
    }
    return uses;
}

Transfer transfer_of(std::vector<Access> accesses, const plumbline::Accelerator& accelerator, const PortMap& ports)
{
    Transfer transfer;
    for (const Access& access : accesses) {
        if (!is_read(access.direction)) continue;
        transfer.latency = std::max(transfer.latency, accelerator.memory(access.memory).latency - Cycles{1});
    }
    transfer.uses = port_uses(accesses, accelerator, ports);
    for (const Access& access : accesses) {
        const PortIndex port = ports.index(access.memory, access.port);
        for (PortUse& use : transfer.uses)
            if (use.port == port) use.slots += lost_slots(access, accelerator.memory(access.memory).timing);
    }
    transfer.accesses = std::move(accesses);
    return transfer;
}

TransferId TransferTable::add(std::vector<Access> accesses)
{
    transfers_.push_back(transfer_of(std::move(accesses), *accelerator_, *ports_));
    return static_cast<TransferId>(transfers_.size()) - 1;
}

}  // namespace plumbline::sim
