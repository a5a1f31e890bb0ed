// SPDX-License-Identifier: Apache-2.0
#include "tlm/crossbar.hpp"

namespace plumbline::sim {

Crossbar::Crossbar(const sc_core::sc_module_name& name, std::size_t ports)
    : sc_core::sc_module{name},
      in{"in"},
      out{"out", ports}
{
    in.register_b_transport(this, &Crossbar::b_transport);
    in.register_get_direct_mem_ptr(this, &Crossbar::get_direct_mem_ptr);
    in.register_transport_dbg(this, &Crossbar::transport_dbg);
}

void Crossbar::b_transport(int, tlm::tlm_generic_payload& payload, sc_core::sc_time& delay)
{
    const PortIndex port = decode(payload);
    if (port >= out.size()) {
        payload.set_response_status(tlm::TLM_ADDRESS_ERROR_RESPONSE);
        return;
    }
    payload.set_address(payload.get_address() - base(port));
    out[port]->b_transport(payload, delay);
}

bool Crossbar::get_direct_mem_ptr(int, tlm::tlm_generic_payload& payload, tlm::tlm_dmi& dmi)
{
    const PortIndex port = decode(payload);
    dmi.allow_none();
    dmi.set_start_address(port < out.size() ? base(port) : base(out.size()));
    dmi.set_end_address(port < out.size() ? base(port + 1) - 1 : ~sc_dt::uint64{0});
    return false;
}

unsigned Crossbar::transport_dbg(int, tlm::tlm_generic_payload& payload)
{
    const PortIndex port = decode(payload);
    if (port >= out.size()) return 0;
    payload.set_address(payload.get_address() - base(port));
    return out[port]->transport_dbg(payload);
}

}  // namespace plumbline::sim
