// SPDX-License-Identifier: Apache-2.0
// A memory of the accelerator, with all its instances, as a TLM-2.0 target.
//
// Sockets      ports[i]   one per port of the description, in its order; base protocol, blocking and non-blocking
// Counts       granules, words and bits per activity, operand and direction; busy cycles per port; finished outputs
// Answers      COMMAND_ERROR      a read through a write port (and vice versa), or what the port does not serve
//              BYTE_ENABLE_ERROR  byte enables
//              BURST_ERROR        streaming width below the data length
//              ADDRESS_ERROR      anything but address 0; the SlicePayload of the AccessExtension says which data is meant
//              GENERIC_ERROR      a transaction without AccessExtension: nobody to count it for, and no data to answer with;
//                                 a SlicePayload where the memory holds no data, or longer than the payload
// DMI          denied, or accesses would go uncounted
// Debug        what off-chip memory answers, where this is the interface to it; else 0 bytes, since none are held
// Time         none of its own: whoever moves data takes the time of both ports from the Arbiter. Off-chip memory behind
//              the interface may wait, or add to the delay
#pragma once

#include <array>
#include <vector>

#include "off_chip/off_chip_port.hpp"
#include "plumbline/sim/kernel.hpp"
#include "statistics/traffic_counts.hpp"
#include "tlm/access_extension.hpp"

namespace plumbline::sim {

class Memory : public sc_core::sc_module {
public:
    using Port = tlm_utils::simple_target_socket_tagged<Memory>;
    sc_core::sc_vector<Port> ports;

    /// The description must outlive the memory.
    Memory(const sc_core::sc_module_name& name, const plumbline::Memory& description);

    const plumbline::Memory& description() const { return *description_; }
    /// From now on, payloads with a SlicePayload move bytes out of and into `contents`, which must outlive the memory.
    void attach(MemoryContents& contents) { contents_ = &contents; }
    /// Makes this the interface to off-chip memory, which is sent everything that is counted here.
    void lead_to(OffChipPort& off_chip) { off_chip_ = &off_chip; }
    /// As after construction.
    void clear();
    /// From now on, each access counts `times`.
    void repeat(std::int64_t times) { repeats_ = times; }

    TrafficCount traffic(ActivityIndex activity, MemoryOperand operand, Direction direction) const;
    std::int64_t busy_cycles(PortId port) const;
    std::int64_t busy_cycles(ActivityIndex activity, PortId port) const;

private:
    struct Counted {
        std::array<PerDirection<TrafficCount>, 3> traffic;  ///< per operand
        std::vector<std::int64_t> busy;                     ///< per port
    };

    void b_transport(int port, tlm::tlm_generic_payload& payload, sc_core::sc_time& delay);
    bool get_direct_mem_ptr(int port, tlm::tlm_generic_payload& payload, tlm::tlm_dmi& dmi);
    unsigned transport_dbg(int port, tlm::tlm_generic_payload& payload);
    tlm::tlm_response_status refusal(PortId port, const tlm::tlm_generic_payload& payload) const;
    bool serves(PortId port, const Access& access, tlm::tlm_command command) const;
    bool can_carry(const SlicePayload& slice, const tlm::tlm_generic_payload& payload) const;
    void carry(const SlicePayload& slice, tlm::tlm_generic_payload& payload);
    void count(PortId port, const AccessExtension& access_extension);

    const plumbline::Memory* description_;
    MemoryContents* contents_ = nullptr;
    OffChipPort* off_chip_ = nullptr;
    std::int64_t repeats_ = 1;
    std::vector<Counted> counted_;  ///< per activity
};

}  // namespace plumbline::sim
