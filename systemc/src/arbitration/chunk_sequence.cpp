// SPDX-License-Identifier: Apache-2.0
#include "arbitration/chunk_sequence.hpp"

#include <algorithm>
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
    return last.limits_lifted_at == kNoLimits ? last.end : cache_.timing(last).end;
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
    timing_ = nullptr;
    iterations_ = chunk.iterations;
    began_ = clock_->now();
}

/// Transfers come and go at any time, the chunk goes on by whole cycles, and has one left as long as it is not over.
std::int64_t ChunkSequence::cycle() const
{
    if (timing_ == nullptr) return 0;
    const sc_core::sc_time now = clock_->now();
    return now >= end_of_chunk() ? timing_->cycles : std::min(cycles_between(began_, now), timing_->cycles - 1);
}

/// Those of less than a cycle before never contended.
void ChunkSequence::note_contenders(const std::vector<Contender>& contenders)
{
    const std::int64_t now = cycle();
    std::vector<Contention>& all = run_.contention;
    if (!all.empty() && all.back().from == now) all.pop_back();
    if (!all.empty() || !contenders.empty()) all.push_back({now, contenders});
}

const ChunkTiming& ChunkSequence::timing(const std::vector<Contender>& contenders)
{
    note_contenders(contenders);
    timing_ = &cache_.timing(run_);
    run_.end = timing_->end;
    return *timing_;
}

sc_core::sc_time ChunkSequence::end_of_chunk() const
{
    return began_ + cycles(1) * static_cast<double>(timing_->cycles);
}

std::int64_t ChunkSequence::words_had(std::size_t contender) const
{
    const std::vector<std::int64_t>& served = timing_->served[contender];
    return std::upper_bound(served.begin(), served.end(), cycle()) - served.begin();
}

sc_core::sc_time ChunkSequence::end_of_words(std::size_t contender, std::int64_t words) const
{
    const std::vector<std::int64_t>& served = timing_->served[contender];
    if (words > static_cast<std::int64_t>(served.size())) return sc_core::sc_max_time();
    return began_ + cycles(1) * static_cast<double>(served[static_cast<std::size_t>(words - 1)]);
}

void ChunkSequence::end() { drain_cycles_ = static_cast<double>(cache_.drain_cycles(*run_.pattern, run_.end)); }

}  // namespace plumbline::sim
