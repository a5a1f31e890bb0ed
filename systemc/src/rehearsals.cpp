// SPDX-License-Identifier: Apache-2.0
#include "rehearsal.hpp"

namespace plumbline::sim {
namespace {

std::int64_t address(const void* what) { return static_cast<std::int64_t>(reinterpret_cast<std::intptr_t>(what)); }

}  // namespace

StateId Rehearsals::number(State state)
{
    const auto [entry, added] = numbers_.try_emplace(std::move(state), static_cast<StateId>(states_.size()));
    if (added) states_.push_back(entry->first);
    return entry->second;
}

StateId Rehearsals::first(const Scene& scene, const std::vector<std::size_t>& turns)
{
    Rehearsal rehearsal{scene, rests_, scene.first, {}, kNoLimits};
    rehearsal.set(turns);
    return number(rehearsal.state());
}

const Pace& Rehearsals::pace(const Act& act, const std::vector<Contender>& contenders)
{
    key_.assign({address(act.scene), act.state});
    key_.insert(key_.end(), act.limits.begin(), act.limits.end());
    key_.insert(key_.end(), act.lifts.begin(), act.lifts.end());
    for (const Contender& each : contenders) key_.push_back(address(each.uses));
    const auto found = paces_.find(key_);
    if (found != paces_.end()) return found->second;
    Rehearsal rehearsal{*act.scene, rests_, act.scene->first, states_[static_cast<std::size_t>(act.state)], act.limits};
    for (const Contender& each : contenders) rehearsal.add(each);
    Pace pace;
    pace.cycles = static_cast<double>(rehearsal.perform(act.lifts));
    for (std::size_t i = 0; i < contenders.size(); ++i) pace.rates.push_back(rehearsal.progress(i) / pace.cycles);
    pace.end = number(rehearsal.state());
    return paces_.emplace(key_, std::move(pace)).first->second;
}

StateId Rehearsals::rested(const Act& act, std::int64_t cycles)
{
    if (cycles <= 0) return act.state;
    key_.assign({address(act.scene), act.state, cycles});
    key_.insert(key_.end(), act.limits.begin(), act.limits.end());
    const auto found = rested_.find(key_);
    if (found != rested_.end()) return found->second;
    Rehearsal rehearsal{*act.scene, rests_, act.scene->first, states_[static_cast<std::size_t>(act.state)], act.limits};
    rehearsal.rest(cycles);
    return rested_.emplace(key_, number(rehearsal.state())).first->second;
}

std::int64_t Rehearsals::tail(const Scene& scene, StateId end)
{
    key_.assign({address(&scene), end});
    const auto found = tails_.find(key_);
    if (found != tails_.end()) return found->second;
    Rehearsal rehearsal{scene, rests_, scene.end, states_[static_cast<std::size_t>(end)], kNoLimits};
    return tails_.emplace(key_, rehearsal.settle_sums()).first->second;
}

}  // namespace plumbline::sim
