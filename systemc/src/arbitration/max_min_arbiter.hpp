// SPDX-License-Identifier: Apache-2.0
// Arbitration by rates: the fidelity `transaction`.
//
// Between two moments at which somebody comes or goes all rates are constant, so there is one event per start and end of
// a transfer, however many words it has.
#pragma once

#include "arbitration/arbiter.hpp"
#include "arbitration/max_min_fairness.hpp"
#include "chunk_timing/chunk_timing_cache.hpp"

namespace plumbline::sim {

class MaxMinArbiter : public Arbiter {
public:
    SC_HAS_PROCESS(MaxMinArbiter);

    MaxMinArbiter(const sc_core::sc_module_name& name, std::size_t ports, ChunkTimingCache& rehearsals,
                  const PortIdle& rests = {});

    RequesterId add_requester() override;
    void request(RequesterId requester, const PortRequest& flow) override;
    void await(RequesterId requester) override;
    void clear() override;

protected:
    void latency_changes() override { account(); }

private:
    struct Request {
        PortRequest flow;
        bool active = false;
        double left = 0;         ///< fraction that remains to be done at `since`
        double done_before = 0;  ///< fraction that was done when the present act began
        double rate = 0;         ///< fraction per cycle
        sc_core::sc_time since;
        sc_core::sc_time end;
        std::unique_ptr<sc_core::sc_event> done;
    };

    void arbitrate();
    void account();
    void account_act(double elapsed);
    void account_flows(double elapsed);
    void leave_free();
    void account_stall(PortStallKey stall, double elapsed);
    void account_latencies(double elapsed);
    void begin_act();
    void retire();
    void end_contender(const Request& request);
    void share();
    void find_rates();
    bool rehearse_rates();
    void pursue(Request& request, double rate);

    std::vector<Request> requests_;
    MaxMinFairness shares_;
    ChunkTimingCache* rehearsals_;
    std::vector<Contender> contenders_;
    std::vector<RequesterId> active_;
    std::vector<PortRequest> flows_;
    std::vector<double> rates_;
    const Pace* pace_ = nullptr;  ///< of the act that is active
    sc_core::sc_time accounted_;
    std::vector<double> free_;  ///< per port, since then: fraction in which nobody was served or held it
    sc_core::sc_event changed_;
};

}  // namespace plumbline::sim
