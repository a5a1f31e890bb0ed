// SPDX-License-Identifier: Apache-2.0
#include "machine/mac_array.hpp"

namespace plumbline::sim {

MacArray::MacArray(const sc_core::sc_module_name& name, MachineContext& context)
    : Initiator{name, context},
      reached_{"reached", context.clock}
{}

void MacArray::prepare()
{
    macs_ = 0;
    reached_.reset(-1);
    waits_.clear();
}

MacArray::Awaited MacArray::await(const std::vector<Link*>& links, std::int64_t iteration)
{
    const sc_core::sc_time begin = context().clock.now();
    Awaited awaited;
    const auto wait_for = [&](ProgressCounter& progress, std::int64_t value, WaitKey what) {
        const sc_core::sc_time before = sc_core::sc_time_stamp();
        progress.wait_for(value);
        if (sc_core::sc_time_stamp() > before) awaited.what = what;
    };
    for (Link* link : links) {
        const LinkNumber number = link_number(link->program->stream, link->program->level);
        wait_for(link->filled, link->program->blocks.filled_before(iteration), {WaitCause::starved, number});
        wait_for(link->drained, link->program->drained_before(iteration), {WaitCause::blocked, number});
    }
    awaited.cycles = context().clock.cycles_since(begin);
    return awaited;
}

/// What the arbiter has to know of a chunk that begins now.
void MacArray::begin_chunk(const ChunkPattern& pattern, const Chunk& chunk, const std::vector<Link*>& links)
{
    chunk_.pattern = &pattern;
    chunk_.first = chunk.first;
    chunk_.iterations = chunk.iterations;
    chunk_.arrived.clear();
    for (const Link* link : links) {
        const LinkProgram& program = *link->program;
        if (!program.above_fine) continue;
        const std::int64_t filled = link->filled.value();
        const std::int64_t iterations = filled < program.visits() ? filled * program.blocks.visit : ArrivedBlocks::kAll;
        chunk_.arrived.push_back({program.stream, iterations, link->filled.since()});
    }
}

void MacArray::await_first_blocks(const LayerProgram& program, const std::vector<Link*>& links)
{
    const Awaited awaited = await(links, 0);
    waits_.add({WaitCause::loading, awaited.what.of}, awaited.cycles);
    if (program.latency == Cycles{}) return;
    const auto latency = static_cast<double>(program.latency.count());
    context().clock.wait(cycles(latency));
    waits_.add({WaitCause::latency, 0}, latency);
}

void MacArray::run(const LayerProgram& program, const std::vector<Link*>& links, ActivityIndex activity)
{
    reached_.advance(0);
    for (const Chunk& chunk : program.chunks) {
        const Awaited awaited = await(links, chunk.first);
        if (awaited.cycles > 0) waits_.add(awaited.what, awaited.cycles);
        const ChunkWork& work = program.works[chunk.work];
        PortRequest request{&work.uses, static_cast<double>(work.iterations), PortRequest::Kind::iterations, &waits_};
        if (work.pattern != nullptr) {
            begin_chunk(*work.pattern, chunk, links);
            request.chunk = &chunk_;
        }
        const double late = move(work.accesses, request, activity);
        if (late > 0) waits_.add({WaitCause::off_chip, 0}, late);
        macs_ += work.macs;
        chunk_.waiting_since = context().clock.now();
        reached_.advance(chunk.first + chunk.iterations);
    }
}

}  // namespace plumbline::sim
