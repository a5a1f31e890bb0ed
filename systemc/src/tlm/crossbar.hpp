// SPDX-License-Identifier: Apache-2.0
// Leads from any initiator of the machine to any port of any memory, by address.
//
// Sockets      in         any number of initiators
//              out[i]     the port with PortIndex i
// Addresses    port i occupies the window that begins at `base(i)`; targets see the offset in it
// Time         none: conductors are free, ports are what is contended for
#pragma once

#include "plumbline/sim/kernel.hpp"
#include "plumbline/sim/ports.hpp"

namespace plumbline::sim {

class Crossbar : public sc_core::sc_module {
public:
    tlm_utils::multi_passthrough_target_socket<Crossbar> in;
    sc_core::sc_vector<tlm_utils::simple_initiator_socket<Crossbar>> out;

    Crossbar(const sc_core::sc_module_name& name, std::size_t ports);

    static constexpr sc_dt::uint64 base(PortIndex port) { return static_cast<sc_dt::uint64>(port) << kWindowBits; }

private:
    static constexpr int kWindowBits = 40;  // a terabyte

    void b_transport(int initiator, tlm::tlm_generic_payload& payload, sc_core::sc_time& delay);
    bool get_direct_mem_ptr(int initiator, tlm::tlm_generic_payload& payload, tlm::tlm_dmi& dmi);
    unsigned transport_dbg(int initiator, tlm::tlm_generic_payload& payload);
    PortIndex decode(const tlm::tlm_generic_payload& payload) const { return payload.get_address() >> kWindowBits; }
};

}  // namespace plumbline::sim
