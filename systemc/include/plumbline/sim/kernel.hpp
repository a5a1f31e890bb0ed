// SPDX-License-Identifier: Apache-2.0
// The SystemC kernel and TLM-2.0. No other file includes them.
//
// One clock cycle is one nanosecond of simulated time, at the kernel's default resolution of one picosecond. Nothing
// holds an sc_time beyond a simulation, so that the resolution stays a choice of whoever starts it.
//
// SystemC's headers do not say that what they declare is shared between libraries; here they are made to.
#pragma once

#pragma GCC visibility push(default)
#include <tlm_utils/multi_passthrough_target_socket.h>
#include <tlm_utils/simple_initiator_socket.h>
#include <tlm_utils/simple_target_socket.h>
#include <systemc>
#include <tlm>

namespace plumbline::sim {

/// Of one cycle.
inline sc_core::sc_time clock_period() { return {1, sc_core::SC_NS}; }

/// Simulated time since `begin`, in cycles.
inline double cycles_since(const sc_core::sc_time& begin)
{
    return (sc_core::sc_time_stamp() - begin) / clock_period();
}

}  // namespace plumbline::sim
#pragma GCC visibility pop
