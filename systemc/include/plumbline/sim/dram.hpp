// SPDX-License-Identifier: Apache-2.0
// The built-in off-chip memory: a TLM-2.0 target with a latency and a bandwidth, and neither rows, banks nor refresh.
//
// Sockets      socket     base protocol, blocking and non-blocking; from one initiator or an interconnect
// Parameters   what it covers, how fast it is, and whether it holds what is written
// Answers      ADDRESS_ERROR      what reaches beyond its addresses
//              BYTE_ENABLE_ERROR  byte enables
//              BURST_ERROR        streaming width below the data length
// Time         each transaction adds `latency - 1` cycles (none at latency 0) and those that its bytes take at the width
//              of its direction, if that is not unlimited.
//              Nobody waits inside, and transactions do not hinder each other: contention is a matter of the ports of
//              whoever sends them
// DMI          denied, or accesses would go uncounted
// Debug        reads and writes what is held, up to the end of its addresses; 0 bytes where nothing is held
#pragma once

#include <memory>

#include "plumbline/accelerator.hpp"
#include "plumbline/sim/clock_options.hpp"
#include "plumbline/sim/kernel.hpp"

#pragma GCC visibility push(default)
namespace plumbline::sim {

class PagedBytes;

/// Of a Dram.
struct DramParameters {
    /// What becomes of what is written.
    enum class Contents {
        held,    ///< reads find it
        dropped  ///< nothing is kept
    };

    std::uint64_t base = 0;              ///< first address
    std::uint64_t size = 0;              ///< bytes
    Cycles latency{1};                   ///< of the first word; a word a cycle from then on
    Bits read_width{};                   ///< a cycle; zero: unlimited
    Bits write_width{};                  ///< a cycle; zero: unlimited
    Contents contents = Contents::held;  ///< dropped: reads leave the data of a payload as it is
    Period period = {};                  ///< of its cycles
};

/// What holds as much as `description`, of which there are so many instances side by side, and adds no time: a machine
/// itself takes that of the ports and of the latency that the description has.
DramParameters dram_parameters(const plumbline::Memory& description, std::int64_t instances = 1);

/// The memory.
class Dram : public sc_core::sc_module {
public:
    /// Has to be bound.
    tlm_utils::simple_target_socket<Dram> socket;

    /// Holds zeros.
    Dram(const sc_core::sc_module_name& name, const DramParameters& parameters);
    ~Dram() override;

    /// As given.
    const DramParameters& parameters() const { return parameters_; }

private:
    void b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay);
    bool get_direct_mem_ptr(tlm::tlm_generic_payload& payload, tlm::tlm_dmi& dmi);
    unsigned transport_dbg(tlm::tlm_generic_payload& payload);
    tlm::tlm_response_status refusal(const tlm::tlm_generic_payload& payload) const;
    std::uint64_t bytes_from(sc_dt::uint64 address) const;
    void access(const tlm::tlm_generic_payload& payload, std::size_t length);
    sc_core::sc_time time_of(const tlm::tlm_generic_payload& payload) const;

    DramParameters parameters_;
    std::unique_ptr<PagedBytes> bytes_;
};

}  // namespace plumbline::sim
#pragma GCC visibility pop
