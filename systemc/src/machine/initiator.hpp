// SPDX-License-Identifier: Apache-2.0
// What the parts of the machine that move data have in common: time at the ports, and transactions through them.
//
// Sockets      socket     to the crossbar
#pragma once

#include <vector>

#include "compiler/layer_program.hpp"
#include "machine/machine_context.hpp"
#include "plumbline/sim/run_events.hpp"
#include "tlm/access_extension.hpp"

namespace plumbline::sim {

class Initiator : public sc_core::sc_module {
public:
    tlm_utils::simple_initiator_socket<Initiator> socket;

    ~Initiator() override;

    /// Leaves what it does, wherever it waits, and waits for its next command.
    virtual void abandon() {}

protected:
    /// The context must outlive the initiator.
    Initiator(const sc_core::sc_module_name& name, MachineContext& context);

    /// Tells the memories and takes the time. What off-chip memory takes runs beside the time of the ports: the longer of
    /// the two counts. Returns the cycles in which it waited for that memory alone. Call from a thread.
    double move(const std::vector<Access>& accesses, const PortRequest& request, ActivityIndex activity);
    /// The same for a transfer, whose first word is late by the latency of where it is read.
    void move(const Transfer& transfer, ActivityIndex activity);
    /// How the payload of an access carries bytes; null where they mean nothing.
    virtual const SlicePayload* slice_of(const Access&) { return nullptr; }

    MachineContext& context() { return *context_; }

private:
    /// Returns the delay that the target annotates.
    sc_core::sc_time transport(const Access& access, ActivityIndex activity);
    void report(const Access& access) const;
    TransferEvent event(const std::vector<Access>& accesses, ActivityIndex activity, double begin) const;

    MachineContext* context_;
    RequesterId requester_;
    tlm::tlm_generic_payload payload_;
    AccessExtension extension_;
    std::vector<unsigned char> data_;  ///< payloads point here; what one read, the next may write
};

}  // namespace plumbline::sim
