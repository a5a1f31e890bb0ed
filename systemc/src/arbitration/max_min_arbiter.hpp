// SPDX-License-Identifier: Apache-2.0
// Arbitration by rates: the fidelity `transaction`.
//
// Between two moments at which a request begins or ends all rates are constant, so there is one event per start and end of
// a transfer, however many words it has. Rates of transfers alone are max-min fair (MaxMinFairness). The traffic of the MAC
// array comes in bursts: while a chunk of iterations runs, its time and the words of all others are those of the chunk
// simulated word by word (ChunkSequence).
#pragma once

#include "arbitration/arbiter.hpp"
#include "arbitration/chunk_sequence.hpp"
#include "arbitration/max_min_fairness.hpp"

namespace plumbline::sim {

class MaxMinArbiter : public Arbiter {
public:
    SC_HAS_PROCESS(MaxMinArbiter);

    /// \param cached_timings entries that it keeps of chunks; more takes less time and changes nothing
    MaxMinArbiter(const sc_core::sc_module_name& name, Clock& clock, std::size_t ports, const PortIdle& idle = {},
                  std::size_t cached_timings = kCachedTimings);

    RequesterId add_requester() override;
    void request(RequesterId requester, const PortRequest& asked) override;
    void await(RequesterId requester) override;
    sc_core::sc_time served(RequesterId requester) const override { return requests_[requester].end; }
    void clear() override;
    double drain_cycles() const override { return chunks_.drain_cycles(); }

protected:
    void latency_changes() override { account(); }

private:
    struct Request {
        PortRequest asked;
        bool active = false;
        double left = 0;         ///< fraction that remains to be done at `since`
        double rate = 0;         ///< fraction per cycle
        sc_core::sc_time since;  ///< in clock time, as is all of this
        sc_core::sc_time end;
        std::unique_ptr<sc_core::sc_event> done;
    };

    void arbitrate();
    void account();
    void account_transfers(double elapsed);
    void leave_free();
    void account_stall(PortStallKey stall, double elapsed);
    void account_latencies(double elapsed);
    void retire();
    void end_chunk(const PortRequest& asked);
    const IterationChunk* active_chunk() const;
    void share();
    void take_words_off();
    void share_by_rates();
    void share_with_chunk();
    void set_rate(Request& request, double rate);

    std::vector<Request> requests_;
    MaxMinFairness fairness_;
    ChunkSequence chunks_;
    std::vector<Contender> contenders_;  ///< with the chunk that is active
    std::vector<Contender> listed_;
    std::vector<std::int64_t> words_;  ///< that they have had so far
    std::vector<RequesterId> active_;  ///< in the order of their numbers: the MAC array first
    std::vector<PortRequest> asked_;
    std::vector<double> rates_;
    const ChunkTiming* timing_ = nullptr;  ///< of the chunk that is active
    sc_core::sc_time accounted_;
    std::vector<double> free_;  ///< per port, since then: fraction in which nobody was served or held it
    ClockedEvent changed_;
};

}  // namespace plumbline::sim
