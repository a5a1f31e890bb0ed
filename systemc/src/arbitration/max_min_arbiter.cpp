// SPDX-License-Identifier: Apache-2.0
#include "arbitration/max_min_arbiter.hpp"

#include <algorithm>
#include <cmath>

namespace plumbline::sim {
namespace {

/// Rounded to the resolution of time, never up to the next cycle.
sc_core::sc_time rounded_cycles(double count)
{
    const double ticks = cycles(1) / sc_core::sc_get_time_resolution();
    return sc_core::sc_time::from_value(static_cast<sc_dt::uint64>(std::llround(count * ticks)));
}

}  // namespace

MaxMinArbiter::MaxMinArbiter(const sc_core::sc_module_name& name, Clock& clock, std::size_t ports, const PortIdle& idle,
                             std::size_t cached_timings)
    : Arbiter{name, clock, ports},
      fairness_{ports, idle},
      chunks_{clock, idle, cached_timings},
      free_(ports),
      changed_{clock}
{
    SC_METHOD(arbitrate);
    sensitive << changed_.event();
    dont_initialize();
}

RequesterId MaxMinArbiter::add_requester()
{
    requests_.emplace_back();
    requests_.back().done = std::make_unique<sc_core::sc_event>(sc_core::sc_gen_unique_name("done"));
    return requests_.size() - 1;
}

void MaxMinArbiter::request(RequesterId requester, const PortRequest& asked)
{
    if (asked.uses->empty() && asked.least_cycles == 0) return;
    Request& request = requests_[requester];
    request.asked = asked;
    request.active = true;
    request.left = 1;
    request.rate = 0;
    request.since = clock_.now();
    request.end = sc_core::sc_max_time();
    if (asked.chunk != nullptr) chunks_.begin(*asked.chunk, turns_);
    changed_.cancel();
    changed_.notify(sc_core::SC_ZERO_TIME);
}

void MaxMinArbiter::await(RequesterId requester)
{
    while (requests_[requester].active) sc_core::wait(*requests_[requester].done);
}

void MaxMinArbiter::clear()
{
    changed_.cancel();
    std::fill(turns_.begin(), turns_.end(), 0);
    active_.clear();
    timing_ = nullptr;
    chunks_.clear();
    latent_.clear();
    stalls_.clear();
    for (Request& request : requests_) {
        request.active = false;
        request.end = sc_core::SC_ZERO_TIME;
        request.done->cancel();
    }
}

void MaxMinArbiter::arbitrate()
{
    account();
    words_.clear();
    for (std::size_t i = 0; timing_ != nullptr && i < contenders_.size(); ++i) words_.push_back(chunks_.words_had(i));
    retire();
    share();
}

/// What ports waited for since it was done last, in which rates were those of the last arbitration; but for a chunk, and those
/// that contend with it, which it says when it is over.
void MaxMinArbiter::account()
{
    const double elapsed = clock_.cycles_since(accounted_);
    accounted_ = clock_.now();
    if (elapsed <= 0 || (active_.empty() && latent_.empty())) return;
    timing_ != nullptr ? leave_free() : account_transfers(elapsed);
    account_latencies(elapsed);
}

/// What chunk and contenders leave of ports.
void MaxMinArbiter::leave_free()
{
    std::fill(free_.begin(), free_.end(), 1.0);
    for (PortIndex port = 0; port < timing_->held.size(); ++port) free_[port] -= timing_->held[port];
}

void MaxMinArbiter::account_transfers(double elapsed)
{
    std::fill(free_.begin(), free_.end(), 1.0);
    for (std::size_t i = 0; i < active_.size(); ++i) {
        for (PortUse use : *requests_[active_[i]].asked.uses)
            free_[use.port] -= rates_[i] * static_cast<double>(use.slots);
    }
    for (RequesterId i : active_) {
        const PortRequest& asked = requests_[i].asked;
        if (asked.kind == PortRequest::Kind::iterations || asked.uses->size() < 2) continue;
        const PortIndex source = asked.uses->front().port;
        const PortIndex destination = asked.uses->back().port;
        account_stall({source, PortStallCause::other_end, destination}, elapsed);
        account_stall({destination, PortStallCause::other_end, source}, elapsed);
    }
}

/// All the time in which nobody was served there.
void MaxMinArbiter::account_stall(PortStallKey stall, double elapsed)
{
    constexpr double kRounding = 1e-9;
    if (free_[stall.port] > kRounding) stalls_.add(stall, free_[stall.port] * elapsed);
    free_[stall.port] = 0;
}

void MaxMinArbiter::account_latencies(double elapsed)
{
    for (const auto* uses : latent_) {
        for (PortUse use : *uses) account_stall({use.port, PortStallCause::latency, uses->front().port}, elapsed);
    }
}

/// Ends what is done. Those who waited for it may ask for more in the same instant, which arbitrates again.
void MaxMinArbiter::retire()
{
    active_.clear();
    for (RequesterId i = 0; i < requests_.size(); ++i) {
        Request& request = requests_[i];
        if (!request.active) continue;
        if (request.end <= clock_.now()) {
            request.active = false;
            for (PortUse use : *request.asked.uses) turns_[use.port] = i + 1;
            request.done->notify(sc_core::SC_ZERO_TIME);
            if (request.asked.chunk != nullptr) end_chunk(request.asked);
        } else {
            active_.push_back(i);
        }
    }
}

void MaxMinArbiter::end_chunk(const PortRequest& asked)
{
    if (asked.waits != nullptr)
        for (const auto& [cause, cycles] : timing_->waits) asked.waits->add(cause, cycles);
    for (const auto& [stall, cycles] : timing_->stalls) stalls_.add(stall, cycles);
    chunks_.end();
}

/// Of the MAC array, whose number is the lowest.
const IterationChunk* MaxMinArbiter::active_chunk() const
{
    return active_.empty() ? nullptr : requests_[active_.front()].asked.chunk;
}

/// As long as the same contend with a chunk, all goes on as it did.
void MaxMinArbiter::share()
{
    const IterationChunk* chunk = active_chunk();
    listed_.clear();
    for (std::size_t i = 1; chunk != nullptr && i < active_.size(); ++i)
        listed_.push_back({active_[i], requests_[active_[i]].asked.uses});
    if (timing_ == nullptr || chunk == nullptr || listed_ != contenders_) {
        if (timing_ != nullptr) take_words_off();
        timing_ = nullptr;
        chunk != nullptr ? share_with_chunk() : share_by_rates();
    }
    if (active_.empty()) return;
    sc_core::sc_time next = sc_core::sc_max_time();
    for (RequesterId i : active_) next = std::min(next, requests_[i].end);
    changed_.cancel();
    if (next < sc_core::sc_max_time()) changed_.notify(next - clock_.now());
}

/// Those that contended with the chunk have had them.
void MaxMinArbiter::take_words_off()
{
    for (std::size_t i = 0; i < contenders_.size(); ++i) {
        Request& request = requests_[contenders_[i].requester];
        if (!request.active) continue;
        request.left -= static_cast<double>(words_[i]) / static_cast<double>(most_slots(*contenders_[i].uses));
        request.since = clock_.now();
        request.end = sc_core::sc_max_time();
    }
}

void MaxMinArbiter::share_by_rates()
{
    asked_.clear();
    for (RequesterId i : active_) asked_.push_back(requests_[i].asked);
    fairness_.rates(asked_, rates_);
    for (std::size_t i = 0; i < active_.size(); ++i) set_rate(requests_[active_[i]], rates_[i]);
}

/// By the words that the simulation of the chunk serves.
void MaxMinArbiter::share_with_chunk()
{
    constexpr double kRounding = 1e-6;
    contenders_.swap(listed_);
    timing_ = &chunks_.timing(contenders_);
    requests_[active_.front()].end = chunks_.end_of_chunk();
    for (std::size_t i = 0; i < contenders_.size(); ++i) {
        Request& request = requests_[contenders_[i].requester];
        set_rate(request, 0);
        const double words = request.left * static_cast<double>(most_slots(*contenders_[i].uses)) - kRounding;
        request.end = words > 0 ? chunks_.end_of_words(i, static_cast<std::int64_t>(std::ceil(words))) : clock_.now();
    }
}

/// An unchanged rate keeps its end, so that rounding does not creep.
void MaxMinArbiter::set_rate(Request& request, double rate)
{
    if (rate == request.rate) return;
    request.left -= request.rate * clock_.cycles_since(request.since);
    request.since = clock_.now();
    request.rate = rate;
    request.end = sc_core::sc_max_time();
    if (rate > 0) request.end = request.since + rounded_cycles(request.left > 0 ? request.left / rate : 0);
}

}  // namespace plumbline::sim
