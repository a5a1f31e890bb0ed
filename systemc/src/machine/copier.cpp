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
const SlicePayload* Copier::slice_of(const Access& access)
{
    if (!copy_) return nullptr;
    slice_.part = &copy_->part;
    if (is_read(access.direction)) return access.memory == copy_->from ? &slice_ : nullptr;
    slice_.kept.clear();
    for (const CopyPayload::Stop& stop : copy_->stops) {
        if (stop.memory == access.memory) slice_.kept.push_back(stop.box);
    }
    return slice_.kept.empty() ? nullptr : &slice_;
}

}  // namespace plumbline::sim
