// SPDX-License-Identifier: Apache-2.0
// Collects the distinct transfers of a layer, so that a schedule of them is a list of small numbers.
#pragma once

#include "compiler/layer_program.hpp"

namespace plumbline::sim {

class TransferTable {
public:
    /// Both must outlive this.
    TransferTable(const plumbline::Accelerator& accelerator, const PortMap& ports)
        : accelerator_{&accelerator},
          ports_{&ports}
    {}

    const plumbline::Accelerator& accelerator() const { return *accelerator_; }
    TransferId add(std::vector<Access> accesses);
    const Transfer& operator[](TransferId id) const { return transfers_[static_cast<std::size_t>(id)]; }
    std::size_t size() const { return transfers_.size(); }
    std::vector<Transfer> take() { return std::move(transfers_); }

private:
    const plumbline::Accelerator* accelerator_;
    const PortMap* ports_;
    std::vector<Transfer> transfers_;
};

/// What the accesses make together: the latency of the slowest read, and slots at both ends with those that bursts lose.
Transfer transfer_of(std::vector<Access> accesses, const plumbline::Accelerator& accelerator, const PortMap& ports);

/// Time at the ports that the accesses need, one entry per port, in order of first use.
std::vector<PortUse> port_uses(const std::vector<Access>& accesses, const plumbline::Accelerator& accelerator,
                               const PortMap& ports);

}  // namespace plumbline::sim
