// SPDX-License-Identifier: Apache-2.0
#include "refreshing_dram.hpp"

#include <algorithm>

using sc_core::sc_time;

RefreshingDram::RefreshingDram(const sc_core::sc_module_name& name, const RefreshingDramParameters& parameters)
    : sc_core::sc_module{name},
      socket{"socket"},
      parameters_{parameters}
{
    socket.register_b_transport(this, &RefreshingDram::b_transport);
}

void RefreshingDram::b_transport(tlm::tlm_generic_payload& payload, sc_time& delay)
{
    payload.set_dmi_allowed(false);
    if (payload.get_byte_enable_ptr() != nullptr) {
        payload.set_response_status(tlm::TLM_BYTE_ENABLE_ERROR_RESPONSE);
        return;
    }
    const sc_time data{payload.get_data_length() / parameters_.bytes_per_nanosecond, sc_core::SC_NS};
    const sc_time begin = sc_core::sc_time_stamp() + delay;
    delay += end_of(begin, parameters_.latency + data) - begin;
    payload.set_response_status(tlm::TLM_OK_RESPONSE);
}

sc_time RefreshingDram::end_of(sc_time time, sc_time work) const
{
    while (true) {
        const sc_time since_refresh_began = time % parameters_.refresh_interval;
        const bool refreshing = time >= parameters_.refresh_interval && since_refresh_began < parameters_.refresh_time;
        if (refreshing) time += parameters_.refresh_time - since_refresh_began;
        const sc_time until_refresh = parameters_.refresh_interval - time % parameters_.refresh_interval;
        const sc_time piece = std::min(work, until_refresh);
        time += piece;
        work -= piece;
        if (work == sc_core::SC_ZERO_TIME) return time;
    }
}
