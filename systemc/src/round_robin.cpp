// SPDX-License-Identifier: Apache-2.0
#include "plumbline/sim/round_robin.hpp"

#include <algorithm>
#include <utility>

namespace plumbline::sim {
namespace {

/// Cycles are served in their middle: by then all have asked who do so at the beginning of one.
sc_core::sc_time half_a_cycle() { return clock_period() / 2; }

}  // namespace

RoundRobin::RoundRobin(const sc_core::sc_module_name& name, std::size_t ports, Rests rests)
    : Arbiter{name, ports},
      taken_(ports),
      rests_{std::move(rests)},
      due_(rests_.size()),
      candidates_(ports)
{
    SC_METHOD(serve);
    sensitive << cycle_;
    dont_initialize();
}

RequesterId RoundRobin::add_requester()
{
    requests_.emplace_back();
    requests_.back().done = std::make_unique<sc_core::sc_event>(sc_core::sc_gen_unique_name("done"));
    return requests_.size() - 1;
}

void RoundRobin::request(RequesterId requester, const Flow& flow)
{
    if (flow.uses->empty() && flow.least_cycles == 0) return;
    Request& request = requests_[requester];
    request.flow = flow;
    request.end = sc_core::sc_max_time();
    request.cycles = 0;
    request.left.clear();
    for (PortUse use : *flow.uses) request.left.push_back(use.slots);
    active_.insert(std::lower_bound(active_.begin(), active_.end(), requester), requester);
    cycle_.notify(half_a_cycle());
}

void RoundRobin::await(RequesterId requester)
{
    while (requests_[requester].end > sc_core::sc_time_stamp()) sc_core::wait(*requests_[requester].done);
}

void RoundRobin::clear()
{
    cycle_.cancel();
    active_.clear();
    std::fill(turns_.begin(), turns_.end(), 0);
    std::fill(due_.begin(), due_.end(), 0);
    for (Request& request : requests_) {
        request.end = sc_core::SC_ZERO_TIME;
        request.done->cancel();
    }
}

void RoundRobin::serve()
{
    std::fill(taken_.begin(), taken_.end(), false);
    for (Round round : {Round::first, Round::passing}) {
        propose(round);
        grant();
    }
    retire();
    if (!active_.empty()) cycle_.notify(clock_period());
}

bool RoundRobin::ready(const Request& request, std::size_t use, Round round) const
{
    if (request.left[use] == 0) return false;
    if (request.flow.kind == Flow::Kind::iterations || request.left.size() < 2) return round == Round::first;
    const std::int64_t reads = request.flow.uses->front().slots;
    const std::int64_t writes = request.flow.uses->back().slots;
    const std::int64_t read = reads - request.left.front();
    const std::int64_t written = writes - request.left.back();
    if (use == 0) return round == Round::first && read * writes - written * reads < 2 * std::max(reads, writes);
    return read * writes >= (written + 1) * reads;
}

/// Whom each free port serves, given what has happened before this round.
void RoundRobin::propose(Round round)
{
    for (Candidate& each : candidates_) each.exists = false;
    for (RequesterId id : active_) {
        const Request& request = requests_[id];
        for (std::size_t use = 0; use < request.left.size(); ++use) {
            const PortIndex port = (*request.flow.uses)[use].port;
            if (taken_[port] || !ready(request, use, round)) continue;
            const std::size_t distance = (id + requests_.size() - turns_[port]) % requests_.size();
            Candidate& candidate = candidates_[port];
            if (candidate.exists && candidate.distance < distance) continue;
            candidate = {id, use, distance, true};
        }
    }
}

void RoundRobin::grant()
{
    for (PortIndex port = 0; port < candidates_.size(); ++port) {
        const Candidate& candidate = candidates_[port];
        if (!candidate.exists) continue;
        taken_[port] = true;
        if (rests(port)) continue;
        --requests_[candidate.requester].left[candidate.use];
        turns_[port] = (candidate.requester + 1) % requests_.size();
    }
}

/// Whether it does so in this cycle, in which somebody wants a word.
bool RoundRobin::rests(PortIndex port)
{
    if (rests_.empty()) return false;
    const bool due = due_[port] >= kRestsPerCycle;
    due_[port] += due ? -kRestsPerCycle : rests_[port];
    return due;
}

void RoundRobin::retire()
{
    const auto done = [this](RequesterId id) {
        Request& request = requests_[id];
        ++request.cycles;
        const bool served = std::all_of(request.left.begin(), request.left.end(), [](auto left) { return left == 0; });
        if (!served || static_cast<double>(request.cycles) < request.flow.least_cycles) return false;
        request.end = sc_core::sc_time_stamp() + half_a_cycle();
        request.done->notify(half_a_cycle());
        return true;
    };
    active_.erase(std::remove_if(active_.begin(), active_.end(), done), active_.end());
}

}  // namespace plumbline::sim
