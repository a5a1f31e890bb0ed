// SPDX-License-Identifier: Apache-2.0
#include "ram.hpp"

#include <algorithm>
#include <cstring>

Ram::Ram(const sc_core::sc_module_name& name, const RamParameters& parameters)
    : sc_core::sc_module{name},
      socket{"socket"},
      parameters_{parameters},
      bytes_(parameters.size)
{
    socket.register_b_transport(this, &Ram::b_transport);
    socket.register_transport_dbg(this, &Ram::transport_dbg);
}

void Ram::b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay)
{
    payload.set_dmi_allowed(false);
    const tlm::tlm_response_status status = refusal(payload);
    payload.set_response_status(status);
    if (status != tlm::TLM_OK_RESPONSE) return;
    const unsigned length = payload.get_data_length();
    access(payload, length);
    const unsigned cycles = (length + parameters_.bytes_per_cycle - 1) / parameters_.bytes_per_cycle;
    delay += std::max(cycles, 1U) * parameters_.period;
}

tlm::tlm_response_status Ram::refusal(const tlm::tlm_generic_payload& payload) const
{
    const std::uint64_t address = payload.get_address();
    if (address > bytes_.size() || payload.get_data_length() > bytes_.size() - address) {
        return tlm::TLM_ADDRESS_ERROR_RESPONSE;
    }
    if (payload.get_byte_enable_ptr() != nullptr) return tlm::TLM_BYTE_ENABLE_ERROR_RESPONSE;
    if (payload.get_streaming_width() < payload.get_data_length()) return tlm::TLM_BURST_ERROR_RESPONSE;
    return tlm::TLM_OK_RESPONSE;
}

void Ram::access(const tlm::tlm_generic_payload& payload, std::size_t length)
{
    if (length == 0) return;
    unsigned char* const here = bytes_.data() + payload.get_address();
    if (payload.is_read()) std::memcpy(payload.get_data_ptr(), here, length);
    if (payload.is_write()) std::memcpy(here, payload.get_data_ptr(), length);
}

unsigned Ram::transport_dbg(tlm::tlm_generic_payload& payload)
{
    const std::uint64_t address = payload.get_address();
    if (address >= bytes_.size()) return 0;
    const std::size_t length = std::min<std::size_t>(payload.get_data_length(), bytes_.size() - address);
    access(payload, length);
    return static_cast<unsigned>(length);
}
