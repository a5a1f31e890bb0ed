// SPDX-License-Identifier: Apache-2.0
#include "arbitration/chunk_sequence.hpp"

#include <cmath>

namespace plumbline::sim {
namespace {

std::int64_t cycles_between(const sc_core::sc_time& from, const sc_core::sc_time& to)
{
    return std::llround(to > from ? (to - from) / cycles(1) : 0);
}

/// Iterations from the first of the chunk on whose blocks have come.
Limits limits_of(const IterationChunk& chunk)
{
    constexpr std::int64_t kFarAhead = 2 * kCoarseVisit;  // no fine link looks further
    Limits limits = kNoLimits;
    for (const ArrivedBlocks& each : chunk.arrived) {
        if (each.iterations == ArrivedBlocks::kAll) continue;
        const std::int64_t limit = each.iterations - chunk.first;
        if (limit < chunk.iterations + kFarAhead) limits[each.stream] = limit;
    }
    return limits;
}

}  // namespace

/// Blocks that its fine links would have waited for may have come while it ran.
PipelineState ChunkSequence::end_of_last(const IterationChunk& next, const Limits& limits)
{
    ChunkRun last = run_;
    for (const ArrivedBlocks& each : next.arrived) {
        if (limits[each.stream] == last.limits[each.stream] - iterations_) continue;
        if (last.limits[each.stream] == kUnlimited || each.since > next.waiting_since) continue;
        last.limits_lifted_at[each.stream] = cycles_between(began_, each.since);
    }
    return last.limits_lifted_at == kNoLimits ? last.end : cache_.timing(last, last.contenders).end;
}

/// Fine links went on while the array waited, each stream of them as far as its blocks had come.
PipelineState ChunkSequence::after_waiting(const IterationChunk& next, ChunkRun run)
{
    const Limits limits = run.limits;
    sc_core::sc_time since = next.waiting_since;
    for (const ArrivedBlocks& each : next.arrived) {
        if (each.since <= since) continue;
        if (run_.limits[each.stream] != kUnlimited) run.limits[each.stream] = run_.limits[each.stream] - iterations_;
        run.state = cache_.after_waiting(run, cycles_between(since, each.since));
        run.limits[each.stream] = limits[each.stream];
        since = each.since;
    }
    return cache_.after_waiting(run, cycles_between(since, clock_->now()));
}

void ChunkSequence::begin(const IterationChunk& chunk, const std::vector<RequesterId>& turns)
{
    ChunkRun next;
    next.pattern = chunk.pattern;
    next.limits = limits_of(chunk);
    if (chunk.first == 0) {
        next.state = cache_.initial_state(*next.pattern, turns);
    } else {
        next.state = end_of_last(chunk, next.limits);
        next.state = after_waiting(chunk, next);
    }
    run_ = std::move(next);
    iterations_ = chunk.iterations;
    began_ = clock_->now();
}

const ChunkTiming& ChunkSequence::timing(const std::vector<Contender>& contenders)
{
    const ChunkTiming& timing = cache_.timing(run_, contenders);
    run_.end = timing.end;
    run_.contenders = contenders;
    return timing;
}

void ChunkSequence::end_contender(const std::vector<PortUse>& uses, double part)
{
    run_.state = cache_.after_traffic(run_, uses, part);
}

void ChunkSequence::end() { drain_cycles_ = static_cast<double>(cache_.drain_cycles(*run_.pattern, run_.end)); }

}  // namespace plumbline::sim
