// SPDX-License-Identifier: Apache-2.0
// Gives out the time of all ports of a machine.
//
// Whoever moves data asks for time at the ports it goes through and is blocked until it had it. Fidelities differ in how
// often that is looked at: RoundRobinArbiter does it in every cycle, TransferArbiter once per transfer. Requesters are
// numbered at elaboration; results depend on nothing but who asks for what when.
//
//     const RequesterId self = arbiter.add_requester();
//     arbiter.take(self, {&transfer.uses});  // blocks the calling thread
#pragma once

#include <algorithm>
#include <memory>

#include "arbitration/port_request.hpp"
#include "core/requesters.hpp"
#include "tlm/clock.hpp"

namespace plumbline::sim {

class Arbiter : public sc_core::sc_module {
public:
    /// \pre elaboration
    virtual RequesterId add_requester() = 0;
    /// Asks for time at all ports of the request. \pre the requester asks for nothing else, and what the request points to
    /// stays until it has had it
    virtual void request(RequesterId requester, const PortRequest& request) = 0;
    /// Returns when what was asked for last is done. Call from a thread.
    virtual void await(RequesterId requester) = 0;
    /// When the requester had what it asked for last, in clock time. \pre it has awaited it
    virtual sc_core::sc_time served(RequesterId requester) const = 0;
    /// Forgets all requests and whose turn it is. \pre nobody waits
    virtual void clear() = 0;
    /// Cycles that sums of the last chunk of iterations need after its end until they may be drained further up; 0 where
    /// iterations are taken one by one.
    virtual double drain_cycles() const { return 0; }
    /// Asks, and waits until it is done. Call from a thread.
    void take(RequesterId requester, const PortRequest& asked)
    {
        request(requester, asked);
        await(requester);
    }

    /// Waits for the latency of a transfer, which does not keep others from its ports. Call from a thread.
    void wait_for_latency(Cycles latency, const std::vector<PortUse>& uses)
    {
        latent_.push_back(&uses);
        latency_changes();
        clock_.wait(cycles(static_cast<double>(latency.count())));
        latency_changes();
        latent_.erase(std::find(latent_.begin(), latent_.end(), &uses));
    }
    /// Of ports that transfers held, since it was cleared.
    const PortStalls& stalls() const { return stalls_; }
    void clear_stalls() { stalls_.clear(); }

protected:
    Arbiter(const sc_core::sc_module_name& name, Clock& clock) : sc_core::sc_module{name}, clock_{clock} {}

    /// A latency begins or is over.
    virtual void latency_changes() = 0;

    Clock& clock_;
    std::vector<const std::vector<PortUse>*> latent_;  ///< of transfers in their latency
    PortStalls stalls_;
};

}  // namespace plumbline::sim
