// SPDX-License-Identifier: Apache-2.0
// Arbitration transfer by transfer: the fidelity `transaction`.
//
// Nothing but the beginning of a transfer changes what ports do, so there is one event per start and end of one, however
// many words it has. Between them ports serve words in turn (SharedTransfers). The traffic of the MAC array comes in bursts:
// while a chunk of iterations runs, its time and the words of all others are those of the chunk (ChunkSequence).
#pragma once

#include "arbitration/arbiter.hpp"
#include "arbitration/chunk_sequence.hpp"
#include "arbitration/shared_transfers.hpp"

namespace plumbline::sim {

class TransferArbiter : public Arbiter {
public:
    SC_HAS_PROCESS(TransferArbiter);

    /// \param cached_timings entries that it keeps of chunks; more takes less time and changes nothing
    TransferArbiter(const sc_core::sc_module_name& name, Clock& clock, std::size_t ports, const PortIdle& idle = {},
                    std::size_t cached_timings = kCachedTimings);

    RequesterId add_requester() override;
    /// \pre iterations come in a chunk
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
        std::int64_t words_had = 0;  ///< at the port where it has most, when contenders of a chunk changed last
        sc_core::sc_time end;        ///< in clock time
        std::unique_ptr<sc_core::sc_event> done;
    };

    void arbitrate();
    void account();
    void pass_transfers();
    void account_latencies(double elapsed);
    void retire();
    void end_chunk(const PortRequest& asked);
    const IterationChunk* active_chunk() const;
    void share();
    void await_next_end();
    void leave_chunk();
    void share_transfers();
    void share_with_chunk();

    std::vector<Request> requests_;
    PortIdle idle_;
    SharedTransfers transfers_;  ///< while there is no chunk
    ChunkSequence chunks_;
    std::vector<Contender> contenders_;  ///< with the chunk that is active
    std::vector<Contender> listed_;
    std::vector<std::int64_t> words_;      ///< that they have had so far
    std::vector<RequesterId> active_;      ///< in the order of their numbers: the MAC array first
    const ChunkTiming* timing_ = nullptr;  ///< of the chunk that is active
    sc_core::sc_time accounted_;           ///< how far transfers are, and what is counted
    std::vector<double> free_;             ///< per port, since then: fraction in which nobody was served or held it
    ClockedEvent changed_;
};

}  // namespace plumbline::sim
