// SPDX-License-Identifier: Apache-2.0
#include "chunk_timing/chunk_timing_cache.hpp"

#include <algorithm>

#include "chunk_timing/chunk_simulation.hpp"

namespace plumbline::sim {
namespace {

std::int64_t address(const void* what) { return static_cast<std::int64_t>(reinterpret_cast<std::intptr_t>(what)); }

ChunkSimulation simulation_of(const ChunkRun& run, const PortIdle& idle)
{
    return {*run.pattern, idle, run.pattern->first, *run.state.links, run.limits};
}

}  // namespace

void ChunkTimingCache::forget_if_full()
{
    if (entries() < limit_) return;
    states_.clear();
    timings_.clear();
    after_waiting_.clear();
    drain_cycles_.clear();
}

PipelineState ChunkTimingCache::state_of(std::vector<std::int64_t> links)
{
    const auto [entry, added] = states_.try_emplace(std::move(links));
    if (added) entry->second = {next_number_++, std::make_shared<const std::vector<std::int64_t>>(entry->first)};
    return entry->second;
}

PipelineState ChunkTimingCache::initial_state(const ChunkPattern& pattern, const std::vector<std::size_t>& turns)
{
    forget_if_full();
    ChunkSimulation simulation{pattern, idle_, pattern.first, {}, kNoLimits};
    simulation.set_turns(turns);
    return state_of(simulation.state());
}

void ChunkTimingCache::set_key(const ChunkRun& run)
{
    key_.assign({address(run.pattern), run.state.number});
    key_.insert(key_.end(), run.limits.begin(), run.limits.end());
    key_.insert(key_.end(), run.limits_lifted_at.begin(), run.limits_lifted_at.end());
    for (const Contention& each : run.contention) {
        key_.push_back(each.from);
        key_.push_back(static_cast<std::int64_t>(each.contenders.size()));
        for (const Contender& contender : each.contenders) key_.push_back(address(contender.uses));
    }
}

const ChunkTiming& ChunkTimingCache::timing(const ChunkRun& run)
{
    forget_if_full();
    set_key(run);
    const auto found = timings_.find(key_);
    if (found != timings_.end()) return found->second;
    ChunkSimulation simulation = simulation_of(run, idle_);
    std::int64_t since = 0;
    for (const Contention& each : run.contention) {
        since = simulation.run(each.from, run.limits_lifted_at);
        simulation.set_contenders(each.contenders);
    }
    ChunkTiming timing;
    timing.cycles = simulation.run(kUnlimited, run.limits_lifted_at);
    const auto cycles = static_cast<double>(std::max<std::int64_t>(timing.cycles - since, 1));
    for (std::int64_t held : simulation.held()) timing.held.push_back(static_cast<double>(held) / cycles);
    timing.served = simulation.served();
    timing.waits = simulation.waits();
    timing.stalls = simulation.stalls();
    timing.end = state_of(simulation.state());
    return timings_.emplace(key_, std::move(timing)).first->second;
}

PipelineState ChunkTimingCache::after_waiting(const ChunkRun& run, std::int64_t cycles)
{
    if (cycles <= 0) return run.state;
    forget_if_full();
    key_.assign({address(run.pattern), run.state.number, cycles});
    key_.insert(key_.end(), run.limits.begin(), run.limits.end());
    const auto found = after_waiting_.find(key_);
    if (found != after_waiting_.end()) return found->second;
    ChunkSimulation simulation = simulation_of(run, idle_);
    simulation.wait(cycles);
    return after_waiting_.emplace(key_, state_of(simulation.state())).first->second;
}

std::int64_t ChunkTimingCache::drain_cycles(const ChunkPattern& pattern, const PipelineState& end)
{
    forget_if_full();
    key_.assign({address(&pattern), end.number});
    const auto found = drain_cycles_.find(key_);
    if (found != drain_cycles_.end()) return found->second;
    ChunkSimulation simulation{pattern, idle_, pattern.end, *end.links, kNoLimits};
    return drain_cycles_.emplace(key_, simulation.drain()).first->second;
}

}  // namespace plumbline::sim
