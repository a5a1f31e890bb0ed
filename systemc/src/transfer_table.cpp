// SPDX-License-Identifier: Apache-2.0
#include "transfer_table.hpp"

#include <map>

namespace plumbline::sim {

std::vector<PortUse> port_uses(const std::vector<Access>& accesses, const Accelerator& accelerator,
                               const PortMap& ports)
{
    std::map<PortIndex, std::int64_t> slots_of;
    for (const Access& access : accesses) {
        const Port& port = accelerator.memory(access.memory).ports[access.port];
        slots_of[ports.index(access.memory, access.port)] += slots(access, port);
    }
    std::vector<PortUse> uses;
    for (auto [port, slots] : slots_of) uses.push_back({port, slots});
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
