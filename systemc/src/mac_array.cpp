// SPDX-License-Identifier: Apache-2.0
#include "plumbline/sim/mac_array.hpp"

namespace plumbline::sim {

MacArray::MacArray(const sc_core::sc_module_name& name, Fabric& fabric) : Initiator{name, fabric} {}

void MacArray::await(const std::vector<Link*>& links, std::int64_t iteration)
{
    for (Link* link : links) {
        link->filled.wait_for(link->program->filled_before(iteration));
        link->drained.wait_for(link->program->drained_before(iteration));
    }
}

void MacArray::await_first_blocks(const std::vector<Link*>& links) { await(links, 0); }

std::int64_t MacArray::run(const LayerProgram& program, const std::vector<Link*>& links, ActivityIndex activity)
{
    std::int64_t macs = 0;
    reached_.advance(0);
    for (const Chunk& chunk : program.chunks) {
        await(links, chunk.first);
        const ChunkWork& work = program.works[chunk.work];
        move(work.accesses, {&work.uses, static_cast<double>(work.cycles), Flow::Kind::iterations}, activity);
        macs += work.macs;
        reached_.advance(chunk.first + chunk.iterations);
    }
    return macs;
}

}  // namespace plumbline::sim
