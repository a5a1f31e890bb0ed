// SPDX-License-Identifier: Apache-2.0
#include "plumbline/sim/traffic_recorder.hpp"

#include "tlm/clock.hpp"

namespace plumbline::sim {

TrafficRecorder::TrafficRecorder(const sc_core::sc_module_name& name, Period period)
    : sc_core::sc_module{name},
      in{"in"},
      out{"out"},
      period_{period}
{
    in.register_b_transport(this, &TrafficRecorder::b_transport);
    in.register_transport_dbg(this, &TrafficRecorder::transport_dbg);
}

void TrafficRecorder::b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay)
{
    if (listener && payload.get_command() != tlm::TLM_IGNORE_COMMAND) {
        const Cycles begin = cycles_of_time(period_, sc_core::sc_time_stamp() + delay);
        listener({begin, payload.is_read(), payload.get_address(), payload.get_data_length()});
    }
    out->b_transport(payload, delay);
    payload.set_dmi_allowed(false);
}

}  // namespace plumbline::sim
