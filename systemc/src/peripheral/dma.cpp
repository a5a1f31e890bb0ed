// SPDX-License-Identifier: Apache-2.0
#include "peripheral/dma.hpp"

#include <algorithm>
#include <limits>

namespace plumbline::sim {

Dma::Dma(const sc_core::sc_module_name& name, AddressWindow window, std::uint64_t longest_burst)
    : sc_core::sc_module{name},
      in{"in"},
      out{"out"},
      window_{window},
      longest_burst_{longest_burst}
{
    constexpr std::uint64_t kLongest = std::numeric_limits<unsigned>::max();
    if (longest_burst_ == 0 || longest_burst_ > kLongest) longest_burst_ = kLongest;
    in.register_b_transport(this, &Dma::b_transport);
    in.register_get_direct_mem_ptr(this, &Dma::get_direct_mem_ptr);
    in.register_transport_dbg(this, &Dma::transport_dbg);
}

JobError Dma::read(std::uint64_t address, unsigned char* data, std::uint64_t length, Pace pace)
{
    return move(tlm::TLM_READ_COMMAND, address, data, length, pace);
}

JobError Dma::write(std::uint64_t address, unsigned char* data, std::uint64_t length, Pace pace)
{
    return move(tlm::TLM_WRITE_COMMAND, address, data, length, pace);
}

JobError Dma::move(tlm::tlm_command command, std::uint64_t address, unsigned char* data, std::uint64_t length,
                   Pace pace)
{
    if (length > 0 && !window_.contains(address, length)) return {PLUMBLINE_ERROR_WINDOW, address};
    while (length > 0) {
        const std::uint64_t burst = std::min(length, longest_burst_);
        tlm::tlm_generic_payload payload;
        payload.set_command(command);
        payload.set_address(address);
        payload.set_data_ptr(data);
        payload.set_data_length(static_cast<unsigned>(burst));
        payload.set_streaming_width(static_cast<unsigned>(burst));
        sc_core::sc_time delay = sc_core::SC_ZERO_TIME;
        out->b_transport(payload, delay);
        if (pace == Pace::bus && delay > sc_core::SC_ZERO_TIME) sc_core::wait(delay);
        if (!payload.is_response_ok()) {
            return {command == tlm::TLM_READ_COMMAND ? PLUMBLINE_ERROR_BUS_READ : PLUMBLINE_ERROR_BUS_WRITE, address};
        }
        address += burst;
        data += burst;
        length -= burst;
    }
    return {};
}

bool Dma::allows(const tlm::tlm_generic_payload& payload) const
{
    return payload.get_data_length() > 0 && window_.contains(payload.get_address(), payload.get_data_length());
}

void Dma::b_transport(int, tlm::tlm_generic_payload& payload, sc_core::sc_time& delay)
{
    if (allows(payload)) {
        out->b_transport(payload, delay);
    } else {
        payload.set_response_status(tlm::TLM_ADDRESS_ERROR_RESPONSE);
    }
    payload.set_dmi_allowed(false);
}

bool Dma::get_direct_mem_ptr(int, tlm::tlm_generic_payload&, tlm::tlm_dmi& dmi)
{
    dmi.allow_none();
    dmi.set_start_address(0);
    dmi.set_end_address(~sc_dt::uint64{0});
    return false;
}

unsigned Dma::transport_dbg(int, tlm::tlm_generic_payload& payload)
{
    return allows(payload) ? out->transport_dbg(payload) : 0;
}

}  // namespace plumbline::sim
