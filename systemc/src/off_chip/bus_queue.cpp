// SPDX-License-Identifier: Apache-2.0
#include "off_chip/bus_queue.hpp"

#include <algorithm>
#include <limits>

namespace plumbline::sim {

BusQueue::BusQueue(const BusOptions& options) : options_{options}
{
    constexpr std::uint64_t kLongest = std::numeric_limits<unsigned>::max();
    if (options_.longest_burst == 0 || options_.longest_burst > kLongest) options_.longest_burst = kLongest;
}

BusOrder& BusQueue::submit(std::vector<Burst> pieces)
{
    if (free_.empty()) {
        orders_.push_back(std::make_unique<BusOrder>());
        free_.push_back(orders_.back().get());
    }
    BusOrder& order = *free_.back();
    free_.pop_back();
    order.pieces = std::move(pieces);
    const auto empty = [](const Burst& piece) { return piece.length == 0; };
    order.pieces.erase(std::remove_if(order.pieces.begin(), order.pieces.end(), empty), order.pieces.end());
    order.next = 0;
    order.cut = 0;
    order.withdrawn = false;
    order.delay = sc_core::SC_ZERO_TIME;
    order.refusal.reset();
    if (!order.sent()) waiting_.push_back(&order);
    return order;
}

void BusQueue::forget(const BusOrder& order)
{
    waiting_.erase(std::remove(waiting_.begin(), waiting_.end(), &order), waiting_.end());
}

void BusQueue::withdraw(BusOrder& order)
{
    forget(order);
    order.withdrawn = true;
    order.over.cancel();
    if (order.under_way == 0) free_.push_back(&order);
}

void BusQueue::abandon() { waiting_.clear(); }

bool BusQueue::has_next() const
{
    if (!one_by_one()) return !waiting_.empty() && under_way_ < options_.outstanding;
    return std::any_of(waiting_.begin(), waiting_.end(), [](const BusOrder* order) { return order->under_way == 0; });
}

/// The bytes that the next burst of an order takes.
Burst BusQueue::cut(BusOrder& order) const
{
    const Burst& piece = order.pieces[order.next];
    Burst burst{piece.command, piece.address + order.cut, piece.data + order.cut, piece.length - order.cut};
    burst.length = std::min(burst.length, options_.longest_burst);
    if (options_.alignment > 0) {
        const std::uint64_t behind = (burst.address + options_.offset) % options_.alignment;
        burst.length = std::min(burst.length, options_.alignment - behind);
    }
    order.cut += burst.length;
    if (order.cut == piece.length) {
        order.cut = 0;
        ++order.next;
    }
    return burst;
}

BusPayload* BusQueue::next()
{
    for (std::size_t left = waiting_.size(); left > 0; --left) {
        if (!one_by_one() && under_way_ >= options_.outstanding) return nullptr;
        BusOrder& order = *waiting_.front();
        waiting_.pop_front();
        if (one_by_one() && order.under_way > 0) {
            waiting_.push_back(&order);
            continue;
        }
        const Burst burst = cut(order);
        if (!order.sent()) waiting_.push_back(&order);
        if (!options_.window.contains(burst.address, burst.length)) {
            refuse(order, {burst.command, burst.address, burst.length, tlm::TLM_ADDRESS_ERROR_RESPONSE});
            end(order);
            continue;
        }
        ++under_way_;
        ++order.under_way;
        return &payload(burst, &order);
    }
    return nullptr;
}

BusPayload& BusQueue::payload(const Burst& burst, BusOrder* order)
{
    BusPayload& payload = payloads_->take();
    payload.prepare(burst, options_.offset, order);
    if (extension_) extension_(payload);
    return payload;
}

BusPayload* BusQueue::debug(const Burst& burst)
{
    if (burst.length == 0 || !options_.window.contains(burst.address, burst.length)) return nullptr;
    return &payload(burst, nullptr);
}

/// The first one is told; what is not sent yet never is.
void BusQueue::refuse(BusOrder& order, const BusRefusal& refusal)
{
    if (!order.refusal) order.refusal = refusal;
    order.next = order.pieces.size();
    forget(order);
}

void BusQueue::finish(BusPayload& payload)
{
    BusOrder& order = payload.order();
    const Burst& burst = payload.burst();
    --under_way_;
    --order.under_way;
    if (!order.withdrawn) {
        if (!payload.is_response_ok()) {
            refuse(order, {burst.command, burst.address, burst.length, payload.get_response_status()});
        } else if (burst.command == tlm::TLM_READ_COMMAND) {
            payload.deliver();
        }
    }
    payload.release();
    end(order);
    if (under_way_ == 0) idle_.notify(sc_core::SC_ZERO_TIME);
}

void BusQueue::end(BusOrder& order)
{
    if (order.withdrawn) {
        if (order.under_way == 0) free_.push_back(&order);
    } else if (order.done()) {
        order.over.notify(sc_core::SC_ZERO_TIME);
    }
}

}  // namespace plumbline::sim
