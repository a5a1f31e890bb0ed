// SPDX-License-Identifier: Apache-2.0
#include "compiler/transfer_table.hpp"

#include <algorithm>

namespace plumbline::sim {
namespace {

PortUse& use_of(PortIndex port, std::vector<PortUse>& uses)
{
    const auto use = std::find_if(uses.begin(), uses.end(), [port](PortUse each) { return each.port == port; });
    return use != uses.end() ? *use : *uses.insert(use, {port, 0});
}

}  // namespace

std::vector<PortUse> port_uses(const std::vector<Access>& accesses, const plumbline::Accelerator& accelerator,
                               const PortMap& ports)
{
    std::vector<PortUse> uses;
    for (const Access& access : accesses) {
        const PortTime time = port_time(access, accelerator.memory(access.memory));
        use_of(ports.index(access.memory, access.port), uses).slots += time.slots;
    }
    return uses;
}

Transfer transfer_of(std::vector<Access> accesses, const plumbline::Accelerator& accelerator, const PortMap& ports)
{
    Transfer transfer;
    for (const Access& access : accesses) {
        const PortTime time = port_time(access, accelerator.memory(access.memory));
        transfer.latency = std::max(transfer.latency, time.latency);
        use_of(ports.index(access.memory, access.port), transfer.uses).slots += time.slots + time.lost_slots;
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
