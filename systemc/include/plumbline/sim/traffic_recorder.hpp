// SPDX-License-Identifier: Apache-2.0
// Sits between the machine and off-chip memory, passes everything on, and tells of each read and write.
//
// Sockets      in         base protocol, blocking; from the machine's off-chip socket
//              out        to the memory
// Tells        time, command, address and length, when a transaction begins; debug accesses are not told of
// DMI          denied, or accesses would go untold
//
//     machine.off_chip().bind(recorder.in);
//     recorder.out.bind(dram.socket);
#pragma once

#include "plumbline/sim/clock_options.hpp"
#include "plumbline/sim/dram_trace.hpp"
#include "plumbline/sim/kernel.hpp"

#pragma GCC visibility push(default)
namespace plumbline::sim {

/// The module.
class TrafficRecorder : public sc_core::sc_module {
public:
    /// From the machine. Has to be bound.
    tlm_utils::simple_target_socket<TrafficRecorder> in;
    /// To off-chip memory. Has to be bound.
    tlm_utils::simple_initiator_socket<TrafficRecorder> out;

    /// Who is told; nobody where it is empty. May change at any time.
    OffChipListener listener;

    /// Nobody listens yet. \param period of the cycles that it tells, which do not change
    explicit TrafficRecorder(const sc_core::sc_module_name& name, Period period = {});

private:
    void b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay);
    unsigned transport_dbg(tlm::tlm_generic_payload& payload) { return out->transport_dbg(payload); }

    Period period_;
};

}  // namespace plumbline::sim
#pragma GCC visibility pop
