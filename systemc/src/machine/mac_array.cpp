// SPDX-License-Identifier: Apache-2.0
#include "machine/mac_array.hpp"

#include <algorithm>
#include <cmath>

namespace plumbline::sim {
namespace {

std::int64_t cycles_between(const sc_core::sc_time& from, const sc_core::sc_time& to)
{
    return std::llround(to > from ? (to - from) / clock_period() : 0);
}

}  // namespace

MacArray::MacArray(const sc_core::sc_module_name& name, MachineContext& context) : Initiator{name, context} {}

void MacArray::prepare()
{
    reached_.reset(-1);
    act_ = {};
    waits_.clear();
}

MacArray::Awaited MacArray::await(const std::vector<Link*>& links, std::int64_t iteration)
{
    const sc_core::sc_time begin = sc_core::sc_time_stamp();
    Awaited awaited;
    const auto wait_for = [&](ProgressCounter& progress, std::int64_t value, WaitKey what) {
        const sc_core::sc_time before = sc_core::sc_time_stamp();
        progress.wait_for(value);
        if (sc_core::sc_time_stamp() > before) awaited.what = what;
    };
    for (Link* link : links) {
        const LinkNumber number = link_number(link->program->stream, link->program->level);
        wait_for(link->filled, link->program->filled_before(iteration), {WaitCause::starved, number});
        wait_for(link->drained, link->program->drained_before(iteration), {WaitCause::blocked, number});
    }
    awaited.cycles = cycles_since(begin);
    return awaited;
}

/// Iterations whose blocks have come to the lowest links that are not part of the chunks, from `first` on.
Limits MacArray::limits(const std::vector<Link*>& links, const Chunk& chunk)
{
    constexpr std::int64_t kFarAhead = 2 * kCoarseVisit;  // no fine link looks further
    Limits limits = kNoLimits;
    for (const Link* link : links) {
        const LinkProgram& program = *link->program;
        if (!program.above_fine || link->filled.value() >= program.visits()) continue;
        const std::int64_t limit = link->filled.value() * program.visit - chunk.first;
        if (limit < chunk.iterations + kFarAhead) limits[program.stream] = limit;
    }
    return limits;
}

/// How the last chunk ended: blocks that fine links would have waited for may have come meanwhile.
PipelineState MacArray::end_of_last(const std::vector<Link*>& links, const Limits& limits)
{
    ChunkRun last = act_;
    for (const Link* link : links) {
        const StreamId stream = link->program->stream;
        if (!link->program->above_fine || limits[stream] == last.limits[stream] - iterations_) continue;
        if (last.limits[stream] == kUnlimited || link->filled.since() > ended_) continue;
        last.lifts[stream] = cycles_between(began_, link->filled.since());
    }
    return last.lifts == kNoLimits ? last.end : context().rehearsals.pace(last, last.contenders).end;
}

/// How the chunk begins: as the one before ended, but for what fine links have done since then.
void MacArray::cue(const LayerProgram& program, const Chunk& chunk, const std::vector<Link*>& links)
{
    ChunkRun next;
    next.scene = program.works[chunk.work].scene.get();
    next.limits = limits(links, chunk);
    if (chunk.first == 0) {
        next.state = context().rehearsals.first(*next.scene, context().arbiter->turns());
    } else {
        next.state = end_of_last(links, next.limits);
        ChunkRun waiting = next;
        sc_core::sc_time since = ended_;
        for (const Link* link : links) {
            const StreamId stream = link->program->stream;
            if (!link->program->above_fine || link->filled.since() <= since) continue;
            if (act_.limits[stream] != kUnlimited) waiting.limits[stream] = act_.limits[stream] - iterations_;
            waiting.state = context().rehearsals.rested(waiting, cycles_between(since, link->filled.since()));
            waiting.limits[stream] = next.limits[stream];
            since = link->filled.since();
        }
        next.state = context().rehearsals.rested(waiting, cycles_between(since, sc_core::sc_time_stamp()));
    }
    act_ = next;
}

void MacArray::await_first_blocks(const LayerProgram& program, const std::vector<Link*>& links)
{
    const Awaited awaited = await(links, 0);
    waits_.add({WaitCause::loading, awaited.what.of}, awaited.cycles);
    if (program.latency == Cycles{}) return;
    const auto latency = static_cast<double>(program.latency.count());
    sc_core::wait(clock_period() * latency);
    waits_.add({WaitCause::latency, 0}, latency);
}

std::int64_t MacArray::run(const LayerProgram& program, const std::vector<Link*>& links, ActivityIndex activity)
{
    std::int64_t macs = 0;
    reached_.advance(0);
    for (const Chunk& chunk : program.chunks) {
        const Awaited awaited = await(links, chunk.first);
        if (awaited.cycles > 0) waits_.add(awaited.what, awaited.cycles);
        const ChunkWork& work = program.works[chunk.work];
        PortRequest flow{&work.uses, static_cast<double>(work.iterations), PortRequest::Kind::iterations, nullptr,
                         &waits_};
        if (work.scene != nullptr) {
            cue(program, chunk, links);
            flow.act = &act_;
            began_ = sc_core::sc_time_stamp();
        }
        const double late = move(work.accesses, flow, activity);
        if (late > 0) waits_.add({WaitCause::off_chip, 0}, late);
        macs += work.macs;
        if (work.scene != nullptr) {
            ended_ = sc_core::sc_time_stamp();
            iterations_ = chunk.iterations;
            context().tail = static_cast<double>(context().rehearsals.tail(*work.scene, act_.end));
        }
        reached_.advance(chunk.first + chunk.iterations);
    }
    return macs;
}

}  // namespace plumbline::sim
