// SPDX-License-Identifier: Apache-2.0
#include "transfer_table.hpp"

#include <algorithm>

namespace plumbline::sim {

std::vector<PortUse> port_uses(const std::vector<Access>& accesses, const Accelerator& accelerator,
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

Transfer transfer_of(std::vector<Access> accesses, const Accelerator& accelerator, const PortMap& ports)
{
    Transfer transfer;
    for (const Access& access : accesses) {
        if (!is_read(access.direction)) continue;
        transfer.latency = std::max(transfer.latency, accelerator.memory(access.memory).latency - Cycles{1});
    }
    transfer.uses = port_uses(accesses, accelerator, ports);
    transfer.accesses = std::move(accesses);
    return transfer;
}

TransferId TransferTable::add(std::vector<Access> accesses)
{
    transfers_.push_back(transfer_of(std::move(accesses), *accelerator_, *ports_));
    return static_cast<TransferId>(transfers_.size()) - 1;
}

}  // namespace plumbline::sim
