// SPDX-License-Identifier: Apache-2.0
// Off-chip memory as a user might model it: bandwidth, latency, and a refresh in regular intervals that stops it.
//
// It knows nothing of Plumbline: any TLM-2.0 target can be bound to the machine's off-chip socket.
//
// Sockets      socket     base protocol, blocking
// Time         annotated: the latency, the data at the bandwidth, and every refresh that falls into this
// Answers      BYTE_ENABLE_ERROR to byte enables; any address is served
// Data         none is held
#pragma once

#include <plumbline/sim/kernel.hpp>

struct RefreshingDramParameters {
    sc_core::sc_time latency{20, sc_core::SC_NS};
    double bytes_per_nanosecond = 8;
    sc_core::sc_time refresh_interval{7.8, sc_core::SC_US};
    sc_core::sc_time refresh_time{350, sc_core::SC_NS};
};

class RefreshingDram : public sc_core::sc_module {
public:
    tlm_utils::simple_target_socket<RefreshingDram> socket;

    /// \pre a refresh takes less than the interval between two of them
    RefreshingDram(const sc_core::sc_module_name& name, const RefreshingDramParameters& parameters);

private:
    void b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay);
    /// When `work` is done that begins at `time`: refreshes come at multiples of the interval, the first after one.
    sc_core::sc_time end_of(sc_core::sc_time time, sc_core::sc_time work) const;

    RefreshingDramParameters parameters_;
};
