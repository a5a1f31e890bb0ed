// SPDX-License-Identifier: Apache-2.0
// The interconnect: passes transactions of any initiator to the target that has their address, one at a time per target.
//
// Sockets      in         base protocol, blocking; any number of initiators
//              out(i)     one per range, with addresses counted from the range's base
// Parameters   clock period; per target its range and the latency of reads
// Time         a transaction that comes between two clock edges counts from the next. It waits for its turn (fifo_arbiter.hpp),
//              then has its target for as long as that annotates or waits, one cycle at least. Reads see the target in
//              the middle of their first cycle, writes take effect at its end, as registers do. A read's answer
//              then takes the latency, in which the target serves others
// Delay        an initiator may annotate how far it is ahead of kernel time; what comes back is annotated
// Answers      ADDRESS_ERROR      what does not lie in one range
// DMI          denied: who goes round the bus contends with nobody
// Debug        passes
#pragma once

#include <plumbline/sim/kernel.hpp>

#include <deque>
#include <string>
#include <vector>

#include "fifo_arbiter.hpp"

struct BusRange {
    std::string name;
    std::uint64_t base = 0;
    std::uint64_t size = 0;
    sc_core::sc_time read_latency;
};

class Bus : public sc_core::sc_module {
public:
    tlm_utils::multi_passthrough_target_socket<Bus> in;

    /// \pre ranges do not overlap
    Bus(const sc_core::sc_module_name& name, const sc_core::sc_time& period, const std::vector<BusRange>& ranges);

    /// Where the target of a range is to be bound.
    tlm_utils::simple_initiator_socket<Bus>& out(std::size_t range) { return targets_.at(range).socket; }

private:
    struct Target {
        Target(const BusRange& of, const sc_core::sc_time& period)
            : range{of},
              fifo_arbiter{period},
              socket{of.name.c_str()}
        {}
        BusRange range;
        FifoArbiter fifo_arbiter;
        tlm_utils::simple_initiator_socket<Bus> socket;
    };

    void b_transport(int socket, tlm::tlm_generic_payload& payload, sc_core::sc_time& delay);
    unsigned transport_dbg(int socket, tlm::tlm_generic_payload& payload);
    bool get_direct_mem_ptr(int socket, tlm::tlm_generic_payload& payload, tlm::tlm_dmi& dmi);

    Target* target_of(const tlm::tlm_generic_payload& payload);
    /// Has the target for as long as it takes; when it is over.
    sc_core::sc_time serve(Target& target, const FifoArbiter::Turn& turn, tlm::tlm_generic_payload& payload) const;

    sc_core::sc_time period_;
    std::deque<Target> targets_;
};
