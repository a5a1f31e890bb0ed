// SPDX-License-Identifier: Apache-2.0
// Gives out the time of all ports of a machine.
//
// Whoever moves data asks for time at the ports it goes through and is blocked until it had it. How time is given out is
// a matter of fidelity: RoundRobin does it word by word, Bandwidth by rates. Requesters are numbered at elaboration;
// results depend on nothing but who asks for what when.
//
//     const RequesterId self = arbiter.add_requester();
//     arbiter.take(self, {&transfer.uses});  // blocks the calling thread
#pragma once

#include <memory>

#include "plumbline/sim/flow.hpp"
#include "plumbline/sim/kernel.hpp"

namespace plumbline::sim {

using RequesterId = std::size_t;

class Arbiter : public sc_core::sc_module {
public:
    /// \pre elaboration
    virtual RequesterId add_requester() = 0;
    /// Returns when the flow has had its time at all its ports. Call from a thread. \pre the requester takes nothing
    /// else, and the uses outlive the call
    virtual void take(RequesterId requester, const Flow& flow) = 0;

protected:
    explicit Arbiter(const sc_core::sc_module_name& name) : sc_core::sc_module{name} {}
};

}  // namespace plumbline::sim
