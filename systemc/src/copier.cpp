// SPDX-License-Identifier: Apache-2.0
#include "plumbline/sim/copier.hpp"

namespace plumbline::sim {

Copier::Copier(const sc_core::sc_module_name& name, Fabric& fabric) : Initiator{name, fabric}
{
    SC_THREAD(work);
    worker_ = sc_core::sc_get_last_created_process_handle();
}

void Copier::abandon()
{
    start_.cancel();
    done_.cancel();
    worker_.reset();
    hops_ = nullptr;
}

void Copier::start(const std::vector<Transfer>& hops, ActivityIndex activity)
{
    hops_ = &hops;
    activity_ = activity;
    start_.notify(sc_core::SC_ZERO_TIME);
}

void Copier::finish()
{
    while (hops_ != nullptr) sc_core::wait(done_);
}

void Copier::work()
{
    while (true) {
        sc_core::wait(start_);
        for (const Transfer& hop : *hops_) move(hop.accesses, {&hop.uses, 0}, activity_);
        hops_ = nullptr;
        done_.notify(sc_core::SC_ZERO_TIME);
    }
}

}  // namespace plumbline::sim
