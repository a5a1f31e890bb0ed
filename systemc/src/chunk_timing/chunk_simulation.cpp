// SPDX-License-Identifier: Apache-2.0
#include "chunk_timing/chunk_simulation.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace plumbline::sim {

ChunkSimulation::ChunkSimulation(const ChunkPattern& pattern, const PortIdle& idle, std::int64_t at,
                                 const std::vector<std::int64_t>& state, const Limits& limits)
    : pattern_{pattern},
      links_{pattern, at, limits},
      ports_{idle},
      array_{ports_.add_user(0)},
      filling_(pattern.links.size(), ChunkPattern::kNothing),
      draining_(pattern.links.size(), ChunkPattern::kNothing),
      reached_{at},
      end_{at}
{
    for (const ChunkPattern::Link& link : pattern.links) {
        fillers_.push_back(ports_.add_user(link.filler));
        drainers_.push_back(ports_.add_user(link.drainer));
    }
    if (!state.empty()) restore(state);
}

void ChunkSimulation::set_turns(const std::vector<std::size_t>& turns)
{
    const std::vector<std::int64_t> all{turns.begin(), turns.end()};
    ports_.restore_turns(all.data(), all.data() + all.size());
}

void ChunkSimulation::set_contenders(const std::vector<Contender>& contenders)
{
    std::vector<Contending> before;
    before.swap(contending_);
    for (const Contender& who : contenders) {
        const auto same = [&](const Contending& each) { return each.who == who; };
        const auto found = std::find_if(before.begin(), before.end(), same);
        if (found != before.end()) {
            contending_.push_back({who, found->user, found->rounds, words_of(*found)});
            before.erase(found);
            continue;
        }
        contending_.push_back({who, ports_.add_user(who.requester)});
        ports_.want(contending_.back().user, *who.uses, WordArbiter::Kind::transfer);
    }
    for (const Contending& gone : before) ports_.leave(gone.user);
    ports_.count_held_anew();
}

/// Per link: visits filled and drained, demands under way and how far they are; then the turns of ports.
std::vector<std::int64_t> ChunkSimulation::state() const
{
    std::vector<std::int64_t> state;
    for (std::size_t i = 0; i < pattern_.links.size(); ++i) {
        links_.save(i, reached_, state);
        for (std::int32_t demand : {filling_[i], draining_[i]}) state.push_back(demand);
        for (std::size_t user : {fillers_[i], drainers_[i]}) ports_.save(user, state);
    }
    state.push_back(-1);
    ports_.save_turns(state);
    return state;
}

void ChunkSimulation::restore(const std::vector<std::int64_t>& state)
{
    constexpr std::size_t kPerLink = 10;
    const std::int64_t* at = state.data();
    const std::int64_t* turns = at + kPerLink * pattern_.links.size() + 1;
    ports_.restore_turns(turns, state.data() + state.size());
    for (std::size_t i = 0; i < pattern_.links.size(); ++i) {
        links_.restore(i, reached_, at);
        filling_[i] = static_cast<std::int32_t>(*at++);
        draining_[i] = static_cast<std::int32_t>(*at++);
        if (filling_[i] != ChunkPattern::kNothing) begin(fillers_[i], filling_[i]);
        if (draining_[i] != ChunkPattern::kNothing) begin(drainers_[i], draining_[i]);
        for (std::size_t user : {fillers_[i], drainers_[i]}) ports_.restore(user, at);
    }
}

void ChunkSimulation::begin(std::size_t user, std::int32_t demand)
{
    const PortDemand& wanted = (*pattern_.demands)[static_cast<std::size_t>(demand)];
    ports_.want(user, wanted.uses, user == array_ ? WordArbiter::Kind::iteration : WordArbiter::Kind::transfer,
                wanted.latency);
}

bool ChunkSimulation::start_fill(std::size_t link)
{
    if (ports_.busy(fillers_[link])) return false;
    const auto demand = links_.next_fill(link, reached_);
    if (demand == LinkProgress::kNotYet) return false;
    filling_[link] = demand;
    demand == ChunkPattern::kNothing ? links_.filled(link) : begin(fillers_[link], demand);
    return true;
}

bool ChunkSimulation::start_drain(std::size_t link)
{
    if (!pattern_.links[link].blocks.drains_blocks || ports_.busy(drainers_[link])) return false;
    const auto demand = links_.next_drain(link, reached_);
    if (demand == LinkProgress::kNotYet) return false;
    draining_[link] = demand;
    demand == ChunkPattern::kNothing ? links_.drained(link) : begin(drainers_[link], demand);
    return true;
}

bool ChunkSimulation::start_iteration()
{
    if (ports_.busy(array_) || reached_ == end_) return false;
    if (const auto missing = links_.missing(reached_)) {
        awaited_ = *missing;
        return false;
    }
    const auto demand = pattern_.iterations[static_cast<std::size_t>(reached_ - pattern_.first)];
    iteration_ = &(*pattern_.demands)[static_cast<std::size_t>(demand)];
    begin(array_, demand);
    return true;
}

/// Starts what can start at the beginning of a cycle. What has nothing to move lets others go on at once.
void ChunkSimulation::start()
{
    bool changed = true;
    while (changed) {
        changed = start_iteration();
        for (std::size_t i = 0; i < pattern_.links.size(); ++i) {
            if (start_fill(i)) changed = true;
            if (start_drain(i)) changed = true;
        }
    }
}

void ChunkSimulation::finish()
{
    if (ports_.finished(array_)) ++reached_;
    for (std::size_t i = 0; i < pattern_.links.size(); ++i) {
        if (ports_.finished(fillers_[i])) {
            links_.filled(i);
            filling_[i] = ChunkPattern::kNothing;
        }
        if (ports_.finished(drainers_[i])) {
            links_.drained(i);
            draining_[i] = ChunkPattern::kNothing;
        }
    }
    for (Contending& each : contending_) {
        if (!ports_.finished(each.user)) continue;
        ++each.rounds;
        ports_.want(each.user, *each.who.uses, WordArbiter::Kind::transfer);
    }
}

/// One cycle, or many at once in which only latencies pass. Returns how many.
std::int64_t ChunkSimulation::run_cycles(std::int64_t most)
{
    start();
    const std::int64_t latent = std::min(ports_.latent_cycles(), most);
    if (latent > 1) {
        ports_.pass(latent);
        waited_ += latent;
        last_awaited_ = awaited_;
        return latent;
    }
    ports_.cycle();
    account_cycle();
    finish();
    return 1;
}

/// Where the cycle went for the array.
void ChunkSimulation::account_cycle()
{
    if (ports_.finished(array_)) {
        ++iterating_;
        account_iteration();
    } else if (ports_.busy(array_)) {
        ++iterating_;
        behind_ = ports_.behind(array_);
    } else {
        ++waited_;
        last_awaited_ = awaited_;
    }
}

/// Waiting before it counts for what came last; its own cycles beyond the first are those of ports.
void ChunkSimulation::account_iteration()
{
    if (waited_ > 0) waits_.add(last_awaited_, static_cast<double>(waited_));
    std::int64_t alone = 1;
    PortIndex narrow = 0;
    for (PortUse use : iteration_->uses) {
        if (use.slots <= alone) continue;
        alone = use.slots;
        narrow = use.port;
    }
    if (alone > 1) waits_.add({WaitCause::narrow_port, narrow}, static_cast<double>(alone - 1));
    if (iterating_ > alone) waits_.add({WaitCause::contended_port, behind_}, static_cast<double>(iterating_ - alone));
    waited_ = iterating_ = 0;
}

/// At the port where it has most.
std::int64_t ChunkSimulation::words_of(const Contending& contending) const
{
    return contending.rounds * most_slots(*contending.who.uses) + ports_.most_had(contending.user);
}

void ChunkSimulation::note_words()
{
    for (Contending& each : contending_)
        for (std::int64_t words = words_of(each) - each.before; static_cast<std::int64_t>(each.served.size()) < words;)
            each.served.push_back(cycles_);
}

std::vector<std::vector<std::int64_t>> ChunkSimulation::served() const
{
    std::vector<std::vector<std::int64_t>> served;
    for (const Contending& each : contending_) served.push_back(each.served);
    return served;
}

std::int64_t ChunkSimulation::run(std::int64_t until, const Limits& limits_lifted_at)
{
    end_ = pattern_.end;
    while (reached_ < end_ && cycles_ < until) {
        std::int64_t next = until;
        for (StreamId stream = 0; stream < limits_lifted_at.size(); ++stream) {
            if (cycles_ >= limits_lifted_at[stream])
                links_.lift_limit(stream);
            else
                next = std::min(next, limits_lifted_at[stream]);
        }
        cycles_ += run_cycles(next - cycles_);
        note_words();
    }
    return cycles_;
}

void ChunkSimulation::wait(std::int64_t cycles)
{
    std::vector<std::int64_t> before;
    for (std::int64_t i = 0; i < cycles;) {
        std::vector<std::int64_t> now = state();
        if (now == before) return;
        before = std::move(now);
        i += run_cycles(cycles - i);
    }
}

std::int64_t ChunkSimulation::drain()
{
    std::int64_t cycles = 0;
    for (start(); !links_.drained_before(reached_); start())
        cycles += run_cycles(std::numeric_limits<std::int64_t>::max());
    return cycles;
}

}  // namespace plumbline::sim
