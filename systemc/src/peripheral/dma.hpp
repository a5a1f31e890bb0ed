// SPDX-License-Identifier: Apache-2.0
// The accelerator's way to system memory: everything it reads or writes there passes here, and nothing outside of the
// window that the host allows.
//
// Sockets      in     target: from any number of machines
//              out    initiator: base protocol, blocking; plain reads and writes of at most the longest burst
// Answers      ADDRESS_ERROR to what leaves the window, which the bus then never sees
// Time         none of its own; what the bus waits and annotates is passed on, or waited for by `read` and `write`
// DMI          denied and not asked for
// Debug        passes, in the window
#pragma once

#include "peripheral/job.hpp"
#include "plumbline/sim/accelerator_options.hpp"
#include "plumbline/sim/kernel.hpp"

namespace plumbline::sim {

class Dma : public sc_core::sc_module {
public:
    using In = tlm_utils::multi_passthrough_target_socket<Dma, 32, tlm::tlm_base_protocol_types, 0,
                                                          sc_core::SC_ZERO_OR_MORE_BOUND>;
    In in;
    tlm_utils::simple_initiator_socket<Dma> out;

    Dma(const sc_core::sc_module_name& name, AddressWindow window, std::uint64_t longest_burst);

    /// Whether the delays that the bus annotates are waited for; what it waits itself takes its time in any case.
    enum class Pace : std::uint8_t { bus, hurried };

    /// Burst by burst. What went wrong, if anything. Call from a thread.
    JobError read(std::uint64_t address, unsigned char* data, std::uint64_t length, Pace pace = Pace::bus);
    JobError write(std::uint64_t address, unsigned char* data, std::uint64_t length, Pace pace = Pace::bus);

private:
    JobError move(tlm::tlm_command command, std::uint64_t address, unsigned char* data, std::uint64_t length,
                  Pace pace);
    bool allows(const tlm::tlm_generic_payload& payload) const;
    void b_transport(int initiator, tlm::tlm_generic_payload& payload, sc_core::sc_time& delay);
    bool get_direct_mem_ptr(int initiator, tlm::tlm_generic_payload& payload, tlm::tlm_dmi& dmi);
    unsigned transport_dbg(int initiator, tlm::tlm_generic_payload& payload);

    AddressWindow window_;
    std::uint64_t longest_burst_;
};

}  // namespace plumbline::sim
