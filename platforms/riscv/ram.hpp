// SPDX-License-Identifier: Apache-2.0
// The memory that CPUs and accelerators share.
//
// Sockets      socket     base protocol, blocking, addresses from 0
// Parameters   size; bytes that pass in a clock cycle
// Time         annotated: the cycles that the bytes of a transaction take, at least one. Waiting in line is the bus's affair
// Answers      ADDRESS_ERROR      what reaches beyond its end
//              BYTE_ENABLE_ERROR  byte enables
//              BURST_ERROR        streaming width below the data length
// DMI          denied: what goes round the bus contends with nobody
// Debug        reads and writes, up to the end
#pragma once

#include <plumbline/sim/kernel.hpp>

#include <vector>

struct RamParameters {
    std::size_t size = 0;
    unsigned bytes_per_cycle = 8;
    sc_core::sc_time period{1, sc_core::SC_NS};
};

class Ram : public sc_core::sc_module {
public:
    tlm_utils::simple_target_socket<Ram> socket;

    Ram(const sc_core::sc_module_name& name, const RamParameters& parameters);

    /// What it holds, for loaders and whoever looks at a result.
    std::vector<unsigned char>& bytes() { return bytes_; }

private:
    void b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay);
    unsigned transport_dbg(tlm::tlm_generic_payload& payload);
    tlm::tlm_response_status refusal(const tlm::tlm_generic_payload& payload) const;
    void access(const tlm::tlm_generic_payload& payload, std::size_t length);

    RamParameters parameters_;
    std::vector<unsigned char> bytes_;
};
