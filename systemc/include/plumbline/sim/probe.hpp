// SPDX-License-Identifier: Apache-2.0
// Counts and times what passes between any initiator and any target, per range of addresses: a pass-through for platforms
// that know nothing else of Plumbline.
//
// Sockets      in, out    base protocol; payloads and their extensions pass unchanged
// Counts       blocking and non-blocking transactions with an OK response (probe_log.hpp); others as errors
// Times        blocking: from call to return; non-blocking: from BEGIN_REQ to the response; both at kernel time plus the
//              annotated delay, so that temporally decoupled initiators are timed as they mean it
// DMI          denied unless passed by choice: what goes through a direct pointer is not seen
// Debug        passes, and is not counted
// Time         takes none
//
//     sim::Probe probe{"probe", {{"weights", 0x1000, 0x1fff, {"sram", "I2", "read_down"}, {}}}};
//     dma.socket.bind(probe.in);
//     probe.out.bind(memory.socket);
//     sc_start();
//     probe.log().write_csv(file);
#pragma once

#include <unordered_map>
#include <utility>
#include <vector>

#include "plumbline/sim/kernel.hpp"
#include "plumbline/sim/probe_log.hpp"

#pragma GCC visibility push(default)
namespace plumbline::sim {

/// What becomes of requests for direct pointers.
enum class ProbeDmi : std::uint8_t {
    deny,  ///< refused, and no answer allows them
    pass,  ///< passed on: what goes through a pointer is not counted
};

/// The module, for sockets of `BusWidth` bits.
template <unsigned BusWidth = 32>
class BasicProbe : public sc_core::sc_module, private tlm::tlm_fw_transport_if<>, private tlm::tlm_bw_transport_if<> {
public:
    /// From whoever is watched. Has to be bound.
    tlm::tlm_target_socket<BusWidth> in;
    /// To what it accesses. Has to be bound.
    tlm::tlm_initiator_socket<BusWidth> out;

    /// Reports an error of the kernel for a range that ends before it begins.
    BasicProbe(const sc_core::sc_module_name& name, std::vector<ProbeRange> ranges, ProbeDmi dmi = ProbeDmi::deny)
        : sc_core::sc_module{name},
          in{"in"},
          out{"out"},
          log_{std::move(ranges)},
          dmi_{dmi}
    {
        in.bind(static_cast<tlm::tlm_fw_transport_if<>&>(*this));
        out.bind(static_cast<tlm::tlm_bw_transport_if<>&>(*this));
    }

    /// What it saw so far.
    const ProbeLog& log() const { return log_; }

private:
    void b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay) override
    {
        const ProbedRequest request{payload.get_address(), now() + delay};
        out->b_transport(payload, delay);
        finish(request, payload, delay);
    }

    tlm::tlm_sync_enum nb_transport_fw(tlm::tlm_generic_payload& payload, tlm::tlm_phase& phase,
                                       sc_core::sc_time& delay) override
    {
        if (phase == tlm::BEGIN_REQ) {
            requests_.insert_or_assign(&payload, ProbedRequest{payload.get_address(), now() + delay});
        }
        const tlm::tlm_sync_enum answer = out->nb_transport_fw(payload, phase, delay);
        const bool responds = answer == tlm::TLM_UPDATED && phase == tlm::BEGIN_RESP;
        if (answer == tlm::TLM_COMPLETED || responds) respond(payload, delay);
        return answer;
    }

    tlm::tlm_sync_enum nb_transport_bw(tlm::tlm_generic_payload& payload, tlm::tlm_phase& phase,
                                       sc_core::sc_time& delay) override
    {
        if (phase == tlm::BEGIN_RESP) respond(payload, delay);
        return in->nb_transport_bw(payload, phase, delay);
    }

    bool get_direct_mem_ptr(tlm::tlm_generic_payload& payload, tlm::tlm_dmi& dmi) override
    {
        if (dmi_ == ProbeDmi::pass) return out->get_direct_mem_ptr(payload, dmi);
        dmi.init();
        dmi.set_end_address(~sc_dt::uint64{0});
        return false;
    }

    void invalidate_direct_mem_ptr(sc_dt::uint64 first, sc_dt::uint64 last) override
    {
        if (dmi_ == ProbeDmi::pass) in->invalidate_direct_mem_ptr(first, last);
    }

    unsigned transport_dbg(tlm::tlm_generic_payload& payload) override { return out->transport_dbg(payload); }

    /// A request answers once: END_RESP finds it gone.
    void respond(tlm::tlm_generic_payload& payload, const sc_core::sc_time& delay)
    {
        const auto request = requests_.find(&payload);
        if (request == requests_.end()) return;
        finish(request->second, payload, delay);
        requests_.erase(request);
    }

    /// sc_time_stamp(), which is no inline function.
    const sc_core::sc_time& now() const { return simcontext()->time_stamp(); }

    void finish(const ProbedRequest& request, tlm::tlm_generic_payload& payload, const sc_core::sc_time& delay)
    {
        if (dmi_ == ProbeDmi::deny) payload.set_dmi_allowed(false);
        if (payload.is_response_ok()) {
            log_.record(request, payload, now() + delay);
        } else {
            log_.record_error();
        }
    }

    ProbeLog log_;
    ProbeDmi dmi_;
    std::unordered_map<const tlm::tlm_generic_payload*, ProbedRequest> requests_;  ///< non-blocking, without response
};

/// For sockets of the default bus width.
using Probe = BasicProbe<>;

}  // namespace plumbline::sim
#pragma GCC visibility pop
