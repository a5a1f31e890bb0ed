// SPDX-License-Identifier: Apache-2.0
#include "chunk_timing/chunk_simulation.hpp"

namespace plumbline::sim {
namespace {

std::int64_t address(const void* what) { return static_cast<std::int64_t>(reinterpret_cast<std::intptr_t>(what)); }

}  // namespace

void ChunkTimingCache::forget_if_full()
{
    if (remembered() < limit_) return;
    standings_.clear();
    paces_.clear();
    rested_.clear();
    tails_.clear();
}

PipelineState ChunkTimingCache::standing(std::vector<std::int64_t> links)
{
    const auto [entry, added] = standings_.try_emplace(std::move(links));
    if (added) entry->second = {next_number_++, std::make_shared<const std::vector<std::int64_t>>(entry->first)};
    return entry->second;
}

PipelineState ChunkTimingCache::first(const ChunkPattern& scene, const std::vector<std::size_t>& turns)
{
    forget_if_full();
    ChunkSimulation rehearsal{scene, rests_, scene.first, {}, kNoLimits};
    rehearsal.set(turns);
    return standing(rehearsal.state());
}

const Pace& ChunkTimingCache::pace(const ChunkRun& act, const std::vector<Contender>& contenders)
{
    forget_if_full();
    key_.assign({address(act.scene), act.state.number});
    key_.insert(key_.end(), act.limits.begin(), act.limits.end());
    key_.insert(key_.end(), act.lifts.begin(), act.lifts.end());
    for (const Contender& each : contenders) key_.push_back(address(each.uses));
    const auto found = paces_.find(key_);
    if (found != paces_.end()) return found->second;
    ChunkSimulation rehearsal{*act.scene, rests_, act.scene->first, *act.state.links, act.limits};
    for (const Contender& each : contenders) rehearsal.add(each);
    Pace pace;
    pace.cycles = static_cast<double>(rehearsal.perform(act.lifts));
    for (std::size_t i = 0; i < contenders.size(); ++i) pace.rates.push_back(rehearsal.progress(i) / pace.cycles);
    pace.waits = rehearsal.waits();
    pace.stalls = rehearsal.stalls();
    pace.served = rehearsal.served();
    pace.end = standing(rehearsal.state());
    return paces_.emplace(key_, std::move(pace)).first->second;
}

PipelineState ChunkTimingCache::rested(const ChunkRun& act, std::int64_t cycles)
{
    if (cycles <= 0) return act.state;
    forget_if_full();
    key_.assign({address(act.scene), act.state.number, cycles});
    key_.insert(key_.end(), act.limits.begin(), act.limits.end());
    const auto found = rested_.find(key_);
    if (found != rested_.end()) return found->second;
    ChunkSimulation rehearsal{*act.scene, rests_, act.scene->first, *act.state.links, act.limits};
    rehearsal.rest(cycles);
    return rested_.emplace(key_, standing(rehearsal.state())).first->second;
}

PipelineState ChunkTimingCache::passed(const ChunkRun& act, const std::vector<PortUse>& uses, double part)
{
    if (rests_.empty()) return act.state;
    forget_if_full();
    ChunkSimulation rehearsal{*act.scene, rests_, act.scene->first, *act.state.links, act.limits};
    rehearsal.passed(uses, part);
    return standing(rehearsal.state());
}

std::int64_t ChunkTimingCache::tail(const ChunkPattern& scene, const PipelineState& end)
{
    forget_if_full();
    key_.assign({address(&scene), end.number});
    const auto found = tails_.find(key_);
    if (found != tails_.end()) return found->second;
    ChunkSimulation rehearsal{scene, rests_, scene.end, *end.links, kNoLimits};
    return tails_.emplace(key_, rehearsal.settle_sums()).first->second;
}

}  // namespace plumbline::sim
