// SPDX-License-Identifier: Apache-2.0
// The arbiter of all ports: gives out their time.
//
// Whoever moves data asks for time at the ports it goes through and is blocked until it had it. Between two moments at
// which somebody comes or goes all rates are constant, so there is one event per start and end of a transfer, however
// many words it has. Requesters are numbered at elaboration; results depend on nothing but who asks for what when.
//
//     const RequesterId self = bandwidth.add_requester();
//     bandwidth.take(self, {&transfer.uses, 0});  // blocks the calling thread
#pragma once

#include <memory>

#include "plumbline/sim/fair_shares.hpp"
#include "plumbline/sim/kernel.hpp"

namespace plumbline::sim {

using RequesterId = std::size_t;

class Bandwidth : public sc_core::sc_module {
public:
    SC_HAS_PROCESS(Bandwidth);

    Bandwidth(const sc_core::sc_module_name& name, std::size_t ports);

    /// \pre elaboration
    RequesterId add_requester();
    /// Asks for the time of the flow at all its ports. \pre the requester asks for nothing else
    void request(RequesterId requester, Flow flow);
    /// Returns when what was asked for last is done. Call from a thread.
    void await(RequesterId requester);
    /// Forgets all requests. \pre nobody waits
    void clear();
    /// Both. Call from a thread.
    void take(RequesterId requester, Flow flow);

private:
    struct Request {
        Flow flow;
        bool active = false;
        double left = 0;  ///< fraction that remains to be done at `since`
        double rate = 0;  ///< fraction per cycle
        sc_core::sc_time since;
        sc_core::sc_time end;
        std::unique_ptr<sc_core::sc_event> done;
    };

    void arbitrate();
    void retire();
    void share();
    void pursue(Request& request, double rate);

    std::vector<Request> requests_;
    FairShares shares_;
    std::vector<RequesterId> active_;
    std::vector<Flow> flows_;
    std::vector<double> rates_;
    sc_core::sc_event changed_;
};

}  // namespace plumbline::sim
