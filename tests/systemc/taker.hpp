// SPDX-License-Identifier: Apache-2.0
// A module that takes time from an arbiter once, from a given cycle on, and remembers when it had it.
#pragma once

#include <utility>
#include <vector>

#include "arbitration/arbiter.hpp"

namespace plumbline::sim {

class Taker : public sc_core::sc_module {
public:
    SC_HAS_PROCESS(Taker);

    Taker(const sc_core::sc_module_name& name, Arbiter& arbiter, std::vector<PortUse> uses, double begin = 0,
          double least_cycles = 0, PortRequest::Kind kind = PortRequest::Kind::transfer)
        : sc_core::sc_module{name},
          arbiter_{arbiter},
          requester_{arbiter.add_requester()},
          uses_{std::move(uses)},
          begin_{begin},
          least_cycles_{least_cycles},
          kind_{kind}
    {
        SC_THREAD(run);
    }

    /// -1 until it is done.
    double end() const { return end_; }

private:
    void run()
    {
        if (begin_ > 0) sc_core::wait(cycles(begin_));
        arbiter_.take(requester_, {&uses_, least_cycles_, kind_});
        end_ = sc_core::sc_time_stamp() / cycles(1);
    }

    Arbiter& arbiter_;
    RequesterId requester_;
    std::vector<PortUse> uses_;
    double begin_;
    double least_cycles_;
    PortRequest::Kind kind_;
    double end_ = -1;
};

}  // namespace plumbline::sim
