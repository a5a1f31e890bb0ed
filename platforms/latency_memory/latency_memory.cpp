// SPDX-License-Identifier: Apache-2.0
#include "latency_memory.hpp"

#include <cstring>

LatencyMemory::LatencyMemory(const sc_core::sc_module_name& name, const sc_core::sc_time& latency)
    : sc_core::sc_module{name},
      socket{"socket"},
      latency_{latency}
{
    socket.register_b_transport(this, &LatencyMemory::b_transport);
}

void LatencyMemory::b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay)
{
    payload.set_dmi_allowed(false);
    if (payload.get_byte_enable_ptr() != nullptr) {
        payload.set_response_status(tlm::TLM_BYTE_ENABLE_ERROR_RESPONSE);
        return;
    }
    const std::uint64_t address = payload.get_address();
    const std::size_t length = payload.get_data_length();
    if (address < kPageBytes && length <= kPageBytes - address) {
        if (payload.is_read()) std::memcpy(payload.get_data_ptr(), page_.data() + address, length);
        if (payload.is_write()) std::memcpy(page_.data() + address, payload.get_data_ptr(), length);
    }
    delay += latency_;
    payload.set_response_status(tlm::TLM_OK_RESPONSE);
}
