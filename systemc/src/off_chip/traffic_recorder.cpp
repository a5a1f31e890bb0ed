// SPDX-License-Identifier: Apache-2.0
#include "plumbline/sim/traffic_recorder.hpp"

namespace plumbline::sim {

TrafficRecorder::TrafficRecorder(const sc_core::sc_module_name& name) : sc_core::sc_module{name}, in{"in"}, out{"out"}
{
    in.register_b_transport(this, &TrafficRecorder::b_transport);
    in.register_transport_dbg(this, &TrafficRecorder::transport_dbg);
}

void TrafficRecorder::b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay)
{
    if (listener && payload.get_command() != tlm::TLM_IGNORE_COMMAND) {
        const auto cycle = static_cast<std::int64_t>((sc_core::sc_time_stamp() + delay) / clock_period());
        listener({Cycles{cycle}, payload.is_read(), payload.get_address(), payload.get_data_length()});
    }
    out->b_transport(payload, delay);
    payload.set_dmi_allowed(false);
}

}  // namespace plumbline::sim
