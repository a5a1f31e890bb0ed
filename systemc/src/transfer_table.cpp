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

TransferId TransferTable::add(std::vector<Access> accesses)
{
    Transfer transfer{std::move(accesses), {}};
    transfer.uses = port_uses(transfer.accesses, *accelerator_, *ports_);
    transfers_.push_back(std::move(transfer));
    return static_cast<TransferId>(transfers_.size()) - 1;
}

}  // namespace plumbline::sim
