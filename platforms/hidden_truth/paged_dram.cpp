// SPDX-License-Identifier: Apache-2.0
#include "paged_dram.hpp"

#include <algorithm>

using sc_core::sc_time;

PagedDram::PagedDram(const sc_core::sc_module_name& name, const PagedDramParameters& parameters)
    : sc_core::sc_module{name},
      socket{"socket"},
      parameters_{parameters}
{
    socket.register_b_transport(this, &PagedDram::b_transport);
}

void PagedDram::b_transport(tlm::tlm_generic_payload& payload, sc_time& delay)
{
    payload.set_dmi_allowed(false);
    if (payload.get_byte_enable_ptr() != nullptr) {
        payload.set_response_status(tlm::TLM_BYTE_ENABLE_ERROR_RESPONSE);
        return;
    }
    const sc_time asked = sc_core::sc_time_stamp() + delay;
    free_from_ = std::max(asked, free_from_) + occupied_by(payload);
    delay += free_from_ - asked;
    if (payload.is_read()) delay += parameters_.read_latency;
    payload.set_response_status(tlm::TLM_OK_RESPONSE);
}

sc_time PagedDram::occupied_by(const tlm::tlm_generic_payload& payload) const
{
    const unsigned length = payload.get_data_length();
    const unsigned pages = (length + parameters_.page_bytes - 1) / parameters_.page_bytes;
    const sc_time data{8.0 * length / parameters_.bits_per_nanosecond, sc_core::SC_NS};
    return (data + pages * parameters_.page_opening) / (1 - parameters_.refresh_share);
}
