// SPDX-License-Identifier: Apache-2.0
// What the parts of the machine that move data have in common: time at the ports, and transactions through them.
//
// Sockets      socket     to the crossbar
#pragma once

#include <vector>

#include "plumbline/sim/attribution.hpp"
#include "plumbline/sim/fabric.hpp"

namespace plumbline::sim {

class Initiator : public sc_core::sc_module {
public:
    tlm_utils::simple_initiator_socket<Initiator> socket;

    ~Initiator() override;

protected:
    /// The fabric must outlive the initiator.
    Initiator(const sc_core::sc_module_name& name, Fabric& fabric);

    /// Takes the time, then tells the memories. Call from a thread.
    void move(const std::vector<Access>& accesses, Flow flow, ActivityIndex activity);

private:
    void transport(const Access& access, ActivityIndex activity);
    Movement movement(const std::vector<Access>& accesses, ActivityIndex activity, double begin) const;

    Fabric* fabric_;
    RequesterId requester_;
    tlm::tlm_generic_payload payload_;
    Attribution attribution_;
    std::vector<unsigned char> data_;  ///< payloads point here; at this fidelity nobody looks
};

}  // namespace plumbline::sim
