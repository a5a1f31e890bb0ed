// SPDX-License-Identifier: Apache-2.0
#include "machine/copier.hpp"

namespace plumbline::sim {

Copier::Copier(const sc_core::sc_module_name& name, MachineContext& context) : Initiator{name, context}
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
        for (const Transfer& hop : *hops_) move(hop, activity_);
        hops_ = nullptr;
        done_.notify(sc_core::SC_ZERO_TIME);
    }
}

/// Bytes are read where the copy begins, and stay where the tile needs them; elsewhere they only pass.
const SlicePayload* Copier::carriage_of(const Access& access)
{
    if (!cargo_) return nullptr;
    carriage_.part = &cargo_->part;
    if (is_read(access.direction)) return access.memory == cargo_->from ? &carriage_ : nullptr;
    carriage_.kept.clear();
    for (const CopyPayload::Stop& stop : cargo_->stops) {
        if (stop.memory == access.memory) carriage_.kept.push_back(stop.box);
    }
    return carriage_.kept.empty() ? nullptr : &carriage_;
}

}  // namespace plumbline::sim
