// SPDX-License-Identifier: Apache-2.0
#include "arbitration/round_robin_arbiter.hpp"

#include <algorithm>
#include <utility>

namespace plumbline::sim {
namespace {

/// Cycles are served in their middle: by then all have asked who do so at the beginning of one.
sc_core::sc_time half_a_cycle() { return cycles(1) / 2; }

}  // namespace

RoundRobinArbiter::RoundRobinArbiter(const sc_core::sc_module_name& name, Clock& clock, std::size_t ports,
                                     PortIdle idle)
    : Arbiter{name, clock},
      turns_(ports, 0),
      taken_(ports),
      idle_{std::move(idle)},
      due_(idle_.size()),
      candidates_(ports),
      cycle_{clock}
{
    SC_METHOD(serve);
    sensitive << cycle_.event();
    dont_initialize();
}

RequesterId RoundRobinArbiter::add_requester()
{
    requests_.emplace_back();
    requests_.back().done = std::make_unique<ClockedEvent>(clock_);
    return requests_.size() - 1;
}

void RoundRobinArbiter::request(RequesterId requester, const PortRequest& asked)
{
    if (asked.uses->empty() && asked.least_cycles == 0) return;
    Request& request = requests_[requester];
    request.asked = asked;
    request.end = sc_core::sc_max_time();
    request.cycles = 0;
    request.left.clear();
    for (PortUse use : *asked.uses) request.left.push_back(use.slots);
    active_.insert(std::lower_bound(active_.begin(), active_.end(), requester), requester);
    wake();
}

void RoundRobinArbiter::await(RequesterId requester)
{
    while (requests_[requester].end > clock_.now()) sc_core::wait(requests_[requester].done->event());
}

void RoundRobinArbiter::clear()
{
    cycle_.cancel();
    asleep_ = false;
    active_.clear();
    latent_.clear();
    stalls_.clear();
    std::fill(turns_.begin(), turns_.end(), 0);
    std::fill(due_.begin(), due_.end(), 0);
    for (Request& request : requests_) {
        request.end = sc_core::SC_ZERO_TIME;
        request.done->cancel();
    }
}

void RoundRobinArbiter::serve()
{
    std::fill(taken_.begin(), taken_.end(), false);
    for (Round round : {Round::first, Round::passing}) {
        propose(round);
        grant();
    }
    count_stalls();
    retire();
    if (!active_.empty())
        cycle_.notify(cycles(1));
    else if (!latent_.empty())
        sleep();
}

/// Until somebody asks or a latency changes, every cycle is like the next one: ports stall, nobody is served.
void RoundRobinArbiter::sleep()
{
    asleep_ = true;
    last_cycle_ = clock_.now();
    std::fill(taken_.begin(), taken_.end(), false);
    stalls_asleep_.clear();
    for_each_latent_stall([this](PortStallKey stall) { stalls_asleep_.push_back(stall); });
}

/// Serves in the middle of this cycle, or when the next one would have been served if none had been skipped.
void RoundRobinArbiter::wake()
{
    if (!asleep_) return cycle_.notify(half_a_cycle());
    asleep_ = false;
    const sc_core::sc_time now = clock_.now();
    const sc_dt::uint64 skipped = (now - last_cycle_).value() / cycles(1).value();
    if (skipped > 0)
        for (PortStallKey stall : stalls_asleep_) stalls_.add(stall, static_cast<double>(skipped));
    const sc_core::sc_time next = last_cycle_ + sc_core::sc_time::from_value((skipped + 1) * cycles(1).value());
    cycle_.notify(std::min(half_a_cycle(), next - now));
}

bool RoundRobinArbiter::ready(const Request& request, std::size_t use, Round round) const
{
    if (request.left[use] == 0) return false;
    if (request.asked.kind == PortRequest::Kind::iterations || request.left.size() < 2) return round == Round::first;
    const std::int64_t reads = request.asked.uses->front().slots;
    const std::int64_t writes = request.asked.uses->back().slots;
    const std::int64_t read = reads - request.left.front();
    const std::int64_t written = writes - request.left.back();
    if (use == 0) return round == Round::first && read * writes - written * reads < 2 * std::max(reads, writes);
    return read * writes >= (written + 1) * reads;
}

/// Whom each free port serves, given what has happened before this round.
void RoundRobinArbiter::propose(Round round)
{
    for (Candidate& each : candidates_) each.exists = false;
    for (RequesterId id : active_) {
        const Request& request = requests_[id];
        for (std::size_t use = 0; use < request.left.size(); ++use) {
            const PortIndex port = (*request.asked.uses)[use].port;
            if (taken_[port] || !ready(request, use, round)) continue;
            const std::size_t distance = (id + requests_.size() - turns_[port]) % requests_.size();
            Candidate& candidate = candidates_[port];
            if (candidate.exists && candidate.distance < distance) continue;
            candidate = {id, use, distance, true};
        }
    }
}

void RoundRobinArbiter::grant()
{
    for (PortIndex port = 0; port < candidates_.size(); ++port) {
        const Candidate& candidate = candidates_[port];
        if (!candidate.exists) continue;
        taken_[port] = true;
        if (is_idle(port)) continue;
        --requests_[candidate.requester].left[candidate.use];
        turns_[port] = (candidate.requester + 1) % requests_.size();
    }
}

/// Cycles in which only latencies pass are counted as well.
void RoundRobinArbiter::latency_changes() { wake(); }

/// A port stalls for one of those who hold it: the first.
void RoundRobinArbiter::count_stall(PortStallKey stall)
{
    if (taken_[stall.port]) return;
    stalls_.add(stall, 1);
    taken_[stall.port] = true;
}

template <class Visit>
void RoundRobinArbiter::for_each_latent_stall(Visit visit)
{
    for (const auto* uses : latent_) {
        for (PortUse use : *uses) {
            if (taken_[use.port]) continue;
            visit(PortStallKey{use.port, PortStallCause::latency, uses->front().port});
            taken_[use.port] = true;
        }
    }
}

void RoundRobinArbiter::count_stalls()
{
    for (RequesterId id : active_) {
        const PortRequest& asked = requests_[id].asked;
        if (asked.kind == PortRequest::Kind::iterations || asked.uses->size() < 2) continue;
        const PortIndex source = asked.uses->front().port;
        const PortIndex destination = asked.uses->back().port;
        count_stall({source, PortStallCause::other_end, destination});
        count_stall({destination, PortStallCause::other_end, source});
    }
    for_each_latent_stall([this](PortStallKey stall) { stalls_.add(stall, 1); });
}

/// Whether it is so in this cycle, in which somebody wants a word.
bool RoundRobinArbiter::is_idle(PortIndex port)
{
    if (idle_.empty()) return false;
    const bool due = due_[port] >= kIdlePerCycle;
    due_[port] += due ? -kIdlePerCycle : idle_[port];
    return due;
}

void RoundRobinArbiter::retire()
{
    const auto retired = [this](RequesterId id) {
        Request& request = requests_[id];
        if (!done(request)) return false;
        if (request.asked.waits != nullptr) count_waits(request);
        request.end = clock_.now() + half_a_cycle();
        request.done->notify(half_a_cycle());
        return true;
    };
    active_.erase(std::remove_if(active_.begin(), active_.end(), retired), active_.end());
}

bool RoundRobinArbiter::done(Request& request)
{
    ++request.cycles;
    for (std::size_t use = 0; use < request.left.size(); ++use) {
        if (request.left[use] == 0) continue;
        request.behind = (*request.asked.uses)[use].port;
        return false;
    }
    return static_cast<double>(request.cycles) >= request.asked.least_cycles;
}

/// Beyond the least: first what the widest use takes alone, then what others take.
void RoundRobinArbiter::count_waits(const Request& request)
{
    const double least = request.asked.least_cycles;
    double alone = least;
    PortIndex narrow = 0;
    for (PortUse use : *request.asked.uses) {
        if (static_cast<double>(use.slots) <= alone) continue;
        alone = static_cast<double>(use.slots);
        narrow = use.port;
    }
    if (alone > least) request.asked.waits->add({WaitCause::narrow_port, narrow}, alone - least);
    const double contended = static_cast<double>(request.cycles) - alone;
    if (contended > 0) request.asked.waits->add({WaitCause::contended_port, request.behind}, contended);
}

}  // namespace plumbline::sim
