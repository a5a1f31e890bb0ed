// SPDX-License-Identifier: Apache-2.0
#include "off_chip/blocking_sender.hpp"

#include <string>

namespace plumbline::sim {

BlockingSender::BlockingSender(BusQueue& queue, tlm::tlm_initiator_socket<>& socket) : queue_{&queue}, socket_{&socket}
{
    sc_core::sc_spawn_options options;
    options.spawn_method();
    options.set_sensitivity(&lane_wanted_);
    options.dont_initialize();
    sc_core::sc_spawn([this] { add_lane(); }, "add_lane", &options);
}

/// Whoever is woken wakes the next one, if there is more to do.
void BlockingSender::wake()
{
    if (!queue_->has_next()) return;
    if (idle_.empty()) {
        lane_wanted_.notify(sc_core::SC_ZERO_TIME);
        return;
    }
    idle_.back()->work.notify(sc_core::SC_ZERO_TIME);
    idle_.pop_back();
}

/// There are as many lanes as were ever wanted at a time.
void BlockingSender::add_lane()
{
    lanes_.push_back(std::make_unique<Lane>());
    Lane& lane = *lanes_.back();
    sc_core::sc_spawn([this, &lane] { serve(lane); }, ("lane_" + std::to_string(lanes_.size() - 1)).c_str());
}

void BlockingSender::serve(Lane& lane)
{
    while (true) {
        while (BusPayload* payload = queue_->next()) {
            wake();
            send(*payload);
        }
        idle_.push_back(&lane);
        sc_core::wait(lane.work);
    }
}

void BlockingSender::send(BusPayload& payload)
{
    if (queue_->one_by_one()) {
        (*socket_)->b_transport(payload, payload.order().delay);
    } else {
        sc_core::sc_time delay = sc_core::SC_ZERO_TIME;
        (*socket_)->b_transport(payload, delay);
        if (delay > sc_core::SC_ZERO_TIME) sc_core::wait(delay);
    }
    queue_->finish(payload);
}

}  // namespace plumbline::sim
