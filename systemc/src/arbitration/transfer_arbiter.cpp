// SPDX-License-Identifier: Apache-2.0
#include "arbitration/transfer_arbiter.hpp"

#include <algorithm>
#include <cmath>

namespace plumbline::sim {

TransferArbiter::TransferArbiter(const sc_core::sc_module_name& name, Clock& clock, std::size_t ports,
                                 const PortIdle& idle, std::size_t cached_timings)
    : Arbiter{name, clock},
      idle_{idle},
      transfers_{idle_},
      chunks_{clock, idle, cached_timings},
      free_(ports),
      changed_{clock}
{
    SC_METHOD(arbitrate);
    sensitive << changed_.event();
    dont_initialize();
}

RequesterId TransferArbiter::add_requester()
{
    transfers_.add_requester();
    requests_.emplace_back();
    requests_.back().done = std::make_unique<sc_core::sc_event>(sc_core::sc_gen_unique_name("done"));
    return requests_.size() - 1;
}

void TransferArbiter::request(RequesterId requester, const PortRequest& asked)
{
    if (asked.uses->empty() && asked.chunk == nullptr) return;
    Request& request = requests_[requester];
    request.asked = asked;
    request.active = true;
    request.words_had = 0;
    request.end = sc_core::sc_max_time();
    if (asked.chunk != nullptr) {
        account();
        chunks_.begin(*asked.chunk, transfers_.turns());
    }
    changed_.cancel();
    changed_.notify(sc_core::SC_ZERO_TIME);
}

void TransferArbiter::await(RequesterId requester)
{
    while (requests_[requester].active) sc_core::wait(*requests_[requester].done);
}

void TransferArbiter::clear()
{
    changed_.cancel();
    transfers_.clear();
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

void TransferArbiter::arbitrate()
{
    account();
    words_.clear();
    for (std::size_t i = 0; timing_ != nullptr && i < contenders_.size(); ++i) words_.push_back(chunks_.words_had(i));
    retire();
    share();
}

/// Lets transfers move until now, and counts what ports waited for meanwhile; but for a chunk and those that contend with it, which
/// it says when it is over.
void TransferArbiter::account()
{
    if (timing_ == nullptr && transfers_.busy()) return pass_transfers();
    const double elapsed = clock_.cycles_since(accounted_);
    accounted_ = clock_.now();
    std::fill(free_.begin(), free_.end(), 1.0);
    for (PortIndex port = 0; timing_ != nullptr && port < timing_->held.size(); ++port)
        free_[port] -= timing_->held[port];
    account_latencies(elapsed);
}

/// Whole cycles: one that is half over has been served.
void TransferArbiter::pass_transfers()
{
    const auto elapsed = static_cast<std::int64_t>(std::floor(clock_.cycles_since(accounted_) + 0.5));
    const std::int64_t passed = std::min(elapsed, transfers_.next_change());
    if (passed <= 0) return;
    transfers_.pass(passed);
    accounted_ += cycles(static_cast<double>(passed));
    for (const auto& [stall, count] : transfers_.stalls()) stalls_.add(stall, count);
    std::fill(free_.begin(), free_.end(), 1.0);
    const std::vector<std::int64_t> held = transfers_.held();
    for (PortIndex port = 0; port < held.size(); ++port)
        free_[port] -= static_cast<double>(held[port]) / static_cast<double>(passed);
    transfers_.count_anew();
    account_latencies(static_cast<double>(passed));
    for (RequesterId i : active_) {
        if (requests_[i].end == sc_core::sc_max_time() && !transfers_.busy(i)) requests_[i].end = accounted_;
    }
}

/// Of ports whose transfers are in their latency: all the time in which nobody was served there.
void TransferArbiter::account_latencies(double elapsed)
{
    constexpr double kRounding = 1e-9;
    for (const auto* uses : latent_) {
        for (PortUse use : *uses) {
            const PortStallKey stall{use.port, PortStallCause::latency, uses->front().port};
            if (free_[use.port] * elapsed > kRounding) stalls_.add(stall, free_[use.port] * elapsed);
            free_[use.port] = 0;
        }
    }
}

/// Ends what is done. Those who waited for it may ask for more in the same instant, which arbitrates again.
void TransferArbiter::retire()
{
    active_.clear();
    for (RequesterId i = 0; i < requests_.size(); ++i) {
        Request& request = requests_[i];
        if (!request.active) continue;
        if (request.end <= clock_.now()) {
            request.active = false;
            if (timing_ != nullptr) transfers_.note_served(i, *request.asked.uses);
            request.done->notify(sc_core::SC_ZERO_TIME);
            if (request.asked.chunk != nullptr) end_chunk(request.asked);
        } else {
            active_.push_back(i);
        }
    }
}

void TransferArbiter::end_chunk(const PortRequest& asked)
{
    if (asked.waits != nullptr)
        for (const auto& [cause, cycles] : timing_->waits) asked.waits->add(cause, cycles);
    for (const auto& [stall, cycles] : timing_->stalls) stalls_.add(stall, cycles);
    chunks_.end();
}

/// Of the MAC array, whose number is the lowest.
const IterationChunk* TransferArbiter::active_chunk() const
{
    return active_.empty() ? nullptr : requests_[active_.front()].asked.chunk;
}

/// As long as the same contend with a chunk, all goes on as it did.
void TransferArbiter::share()
{
    const IterationChunk* chunk = active_chunk();
    listed_.clear();
    for (std::size_t i = 1; chunk != nullptr && i < active_.size(); ++i)
        listed_.push_back({active_[i], requests_[active_[i]].asked.uses});
    if (timing_ == nullptr || chunk == nullptr || listed_ != contenders_) {
        if (timing_ != nullptr) leave_chunk();
        timing_ = nullptr;
        chunk != nullptr ? share_with_chunk() : share_transfers();
    }
    await_next_end();
}

void TransferArbiter::await_next_end()
{
    sc_core::sc_time next = sc_core::sc_max_time();
    for (RequesterId i : active_) next = std::min(next, requests_[i].end);
    if (timing_ == nullptr && transfers_.busy())
        next = std::min(next, accounted_ + cycles(static_cast<double>(transfers_.next_change())));
    changed_.cancel();
    if (next < sc_core::sc_max_time()) changed_.notify(next - clock_.now());
}

/// Those that contended with the chunk have had their words.
void TransferArbiter::leave_chunk()
{
    for (std::size_t i = 0; i < contenders_.size(); ++i) {
        Request& request = requests_[contenders_[i].requester];
        if (!request.active) continue;
        request.words_had += words_[i];
        request.end = sc_core::sc_max_time();
    }
}

void TransferArbiter::share_transfers()
{
    for (RequesterId i : active_) {
        const Request& request = requests_[i];
        if (transfers_.busy(i) || request.end < sc_core::sc_max_time()) continue;
        transfers_.begin(i, *request.asked.uses, request.words_had);
    }
}

/// By the words that the simulation of the chunk serves.
void TransferArbiter::share_with_chunk()
{
    for (RequesterId i : active_) {
        if (!transfers_.busy(i)) continue;
        requests_[i].words_had = transfers_.words_had(i);
        transfers_.leave(i);
    }
    contenders_.swap(listed_);
    timing_ = &chunks_.timing(contenders_);
    requests_[active_.front()].end = chunks_.end_of_chunk();
    for (std::size_t i = 0; i < contenders_.size(); ++i) {
        Request& request = requests_[contenders_[i].requester];
        const std::int64_t words = most_slots(*contenders_[i].uses) - request.words_had;
        request.end = words > 0 ? chunks_.end_of_words(i, words) : clock_.now();
    }
}

}  // namespace plumbline::sim
