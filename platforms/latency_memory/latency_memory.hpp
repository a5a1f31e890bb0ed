// SPDX-License-Identifier: Apache-2.0
// System memory of a latency and nothing else: what of the time of an accelerator is its memory's?
//
// It knows nothing of Plumbline. Each transaction is answered after the same time, however long it is and however many are under
// way, so that whoever has more of them under way gets more.
//
// Sockets      socket     base protocol, blocking
// Time         annotated: the latency
// Answers      BYTE_ENABLE_ERROR to byte enables; any address is served
// Data         a page at address 0; what is written elsewhere is dropped, and what is read there left as it is
#pragma once

#include <plumbline/sim/kernel.hpp>

#include <array>

class LatencyMemory : public sc_core::sc_module {
public:
    static constexpr std::size_t kPageBytes = 4096;

    tlm_utils::simple_target_socket<LatencyMemory> socket;

    LatencyMemory(const sc_core::sc_module_name& name, const sc_core::sc_time& latency);

    unsigned char* page() { return page_.data(); }

private:
    void b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay);

    sc_core::sc_time latency_;
    std::array<unsigned char, kPageBytes> page_{};
};
