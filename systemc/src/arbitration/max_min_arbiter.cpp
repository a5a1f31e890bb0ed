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
    request.done_before = 0;
    request.rate = 0;
    request.since = clock_.now();
    request.end = sc_core::sc_max_time();
    if (asked.chunk != nullptr) begin_chunk(*asked.chunk);
    changed_.cancel();
    changed_.notify(sc_core::SC_ZERO_TIME);
}

void MaxMinArbiter::begin_chunk(const IterationChunk& chunk)
{
    chunks_.begin(chunk, turns_);
    for (Request& request : requests_)
        if (request.active)
            request.done_before = 1 - (request.left - request.rate * clock_.cycles_since(request.since));
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
    retire();
    share();
}

/// What ports and the array waited for since it was done last, in which rates were those of the last arbitration.
void MaxMinArbiter::account()
{
    const double elapsed = clock_.cycles_since(accounted_);
    accounted_ = clock_.now();
    if (elapsed <= 0 || (active_.empty() && latent_.empty())) return;
    timing_ != nullptr ? account_chunk(elapsed) : account_transfers(elapsed);
    if (latent_.empty()) return;
    if (timing_ != nullptr) leave_free();
    account_latencies(elapsed);
}

void MaxMinArbiter::account_chunk(double elapsed)
{
    const double part = elapsed / timing_->cycles;
    Waits* waits = requests_[active_.front()].asked.waits;
    if (waits != nullptr) {
        for (const auto& [cause, cycles] : timing_->waits) waits->add(cause, cycles * part);
    }
    for (const auto& [stall, cycles] : timing_->stalls) stalls_.add(stall, cycles * part);
}

/// What chunk and contenders leave of ports.
void MaxMinArbiter::leave_free()
{
    std::fill(free_.begin(), free_.end(), 1.0);
    for (const auto& [stall, cycles] : timing_->stalls) free_[stall.port] -= cycles / timing_->cycles;
    for (PortIndex port = 0; port < timing_->served.size(); ++port) {
        free_[port] -= static_cast<double>(timing_->served[port]) / timing_->cycles;
    }
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
            end(request);
        } else {
            active_.push_back(i);
        }
    }
}

/// A chunk, or a contender of the chunk that goes on.
void MaxMinArbiter::end(const Request& request)
{
    if (request.asked.chunk != nullptr)
        chunks_.end();
    else if (active_chunk() != nullptr)
        chunks_.end_contender(*request.asked.uses, 1 - request.done_before);
}

/// Of the MAC array, whose number is the lowest.
const IterationChunk* MaxMinArbiter::active_chunk() const
{
    return active_.empty() ? nullptr : requests_[active_.front()].asked.chunk;
}

void MaxMinArbiter::share()
{
    timing_ = nullptr;
    if (active_.empty()) return;
    find_rates();
    sc_core::sc_time next = sc_core::sc_max_time();
    for (std::size_t i = 0; i < active_.size(); ++i) {
        Request& request = requests_[active_[i]];
        set_rate(request, rates_[i]);
        if (request.end < next) next = request.end;
    }
    changed_.cancel();
    if (next < sc_core::sc_max_time()) changed_.notify(next - clock_.now());
}

void MaxMinArbiter::find_rates()
{
    if (active_chunk() != nullptr) return find_rates_beside_chunk();
    asked_.clear();
    for (RequesterId i : active_) asked_.push_back(requests_[i].asked);
    fairness_.rates(asked_, rates_);
}

void MaxMinArbiter::find_rates_beside_chunk()
{
    contenders_.clear();
    for (std::size_t i = 1; i < active_.size(); ++i) {
        contenders_.push_back({active_[i], requests_[active_[i]].asked.uses});
    }
    timing_ = &chunks_.timing(contenders_);
    rates_.assign(1, 1 / timing_->cycles);
    rates_.insert(rates_.end(), timing_->rates.begin(), timing_->rates.end());
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
