// SPDX-License-Identifier: Apache-2.0
// Off-chip memory with pages and refresh, which serves one transaction after the other: what nobody's model knows.
//
// It knows nothing of Plumbline: any TLM-2.0 target can be bound to the machine's off-chip socket. Reads wait for their first
// word; writes are posted. Whoever comes while another is served waits in line. Each page that a transaction touches is
// opened first. Refresh takes its time out of every interval, spread over it as a controller does that postpones refreshes.
//
// Sockets      socket     base protocol, blocking
// Time         annotated: the wait in line, latency of reads, pages, data at the bandwidth, refresh on top
// Answers      BYTE_ENABLE_ERROR to byte enables; any address is served
// Data         none is held
#pragma once

#include <plumbline/sim/kernel.hpp>

struct PagedDramParameters {
    sc_core::sc_time read_latency{60, sc_core::SC_NS};
    double bits_per_nanosecond = 24;
    unsigned page_bytes = 2048;
    sc_core::sc_time page_opening{19, sc_core::SC_NS};
    double refresh_share = 0.05;  ///< of the time
};

class PagedDram : public sc_core::sc_module {
public:
    tlm_utils::simple_target_socket<PagedDram> socket;

    PagedDram(const sc_core::sc_module_name& name, const PagedDramParameters& parameters);

private:
    void b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay);
    /// The bank's, without the wait of who reads.
    sc_core::sc_time occupied_by(const tlm::tlm_generic_payload& payload) const;

    PagedDramParameters parameters_;
    sc_core::sc_time free_from_;
};
