// SPDX-License-Identifier: Apache-2.0
// Arbitration word by word, in turn: the fidelity `cycle`, by which the other is judged.
//
// In each cycle a port serves one slot (a word of its width) of one requester. It asks those that want one in the order
// of their numbers, beginning after the one served last; who wants none is passed over.
//   A transfer      reads at its source and writes at its destination. Its n-th slot of W at the destination needs what
//                   the first n·R/W of R slots at the source have read. Reads run ahead of writes by at most two words
//                   of the wider side. A word may be written in the cycle in which it is read, if the port is still
//                   free once words that lie in the buffer have been served. Alone it takes max(R, W) cycles.
//   An iteration    takes its slots at all its ports independently, and at least a cycle.
//   A port          that is idle between words (PortIdle) refuses a cycle to whoever it would serve, once one is due.
// What is asked for at the beginning of a cycle takes part in it; what is done is done at the end of one.
//
// The kernel activates it once per cycle in which anybody wants anything. Cycles in which only latencies pass are skipped
// and counted together.
#pragma once

#include "arbitration/arbiter.hpp"

namespace plumbline::sim {

class RoundRobinArbiter : public Arbiter {
public:
    SC_HAS_PROCESS(RoundRobinArbiter);

    RoundRobinArbiter(const sc_core::sc_module_name& name, Clock& clock, std::size_t ports, PortIdle idle = {});

    RequesterId add_requester() override;
    void request(RequesterId requester, const PortRequest& asked) override;
    void await(RequesterId requester) override;
    sc_core::sc_time served(RequesterId requester) const override { return requests_[requester].end; }
    void clear() override;

protected:
    void latency_changes() override;

private:
    struct Request {
        PortRequest asked;
        std::vector<std::int64_t> left;  ///< slots, per use
        std::int64_t cycles = 0;         ///< since it was made
        PortIndex behind = 0;            ///< of its ports, the first that had slots left in the last cycle but one
        sc_core::sc_time end;            ///< in clock time; never, while it is served
        std::unique_ptr<ClockedEvent> done;
    };
    /// Who a port will serve.
    struct Candidate {
        RequesterId requester = 0;
        std::size_t use = 0;
        std::size_t distance = 0;  ///< in the order in which the port asks
        bool exists = false;
    };
    /// Words read in this very cycle come after all others.
    enum class Round { first, passing };

    void serve();
    void propose(Round round);
    void grant();
    void count_stalls();
    void count_stall(PortStallKey stall);
    /// Of ports that nobody else stalls or uses.
    template <class Visit>
    void for_each_latent_stall(Visit visit);
    void sleep();
    void wake();
    bool is_idle(PortIndex port);
    void retire();
    static bool done(Request& request);
    static void count_waits(const Request& request);
    bool ready(const Request& request, std::size_t use, Round round) const;

    std::vector<Request> requests_;
    std::vector<RequesterId> active_;  ///< in the order of their numbers
    std::vector<RequesterId> turns_;   ///< per port: who is asked first, the next after the one it served last
    std::vector<bool> taken_;          ///< per port, in this cycle
    PortIdle idle_;
    std::vector<std::int64_t> due_;  ///< per port: idle time that it has not taken yet
    std::vector<Candidate> candidates_;
    bool asleep_ = false;                      ///< no cycle is served until something changes
    sc_core::sc_time last_cycle_;              ///< that was served, while asleep, in clock time
    std::vector<PortStallKey> stalls_asleep_;  ///< in each cycle that is skipped
    ClockedEvent cycle_;
};

}  // namespace plumbline::sim
