// SPDX-License-Identifier: Apache-2.0
#include "single_iterations.hpp"

#include <map>

namespace plumbline::sim {
namespace {

/// Iterations with the same key do the same: multiplications, and what is read and written.
using Key = std::vector<std::int64_t>;

void find_key(Key& key, const IterationSpace& space, LayerTraffic& traffic, const LoopSizes& steps)
{
    key.assign(1, space.macs(steps));
    for (MacTraffic& mac : traffic.macs) {
        for (TransferId id : {mac.read(steps), mac.write(steps)}) {
            if (id != kNoTransfer) key.push_back(id);
        }
    }
}

ChunkWork work_of(const Key& key, const TransferTable& transfers, const PortMap& ports)
{
    ChunkWork work;
    work.macs = key.front();
    work.cycles = 1;
    for (std::size_t i = 1; i < key.size(); ++i) {
        const auto& accesses = transfers[static_cast<TransferId>(key[i])].accesses;
        work.accesses.insert(work.accesses.end(), accesses.begin(), accesses.end());
    }
    work.uses = port_uses(work.accesses, transfers.accelerator(), ports);
    return work;
}

}  // namespace

void append_single_iterations(LayerProgram& program, const IterationSpace& space, LayerTraffic& traffic,
                              const TransferTable& transfers, const PortMap& ports)
{
    std::map<Key, std::size_t> known;
    Key key;
    program.chunks.reserve(static_cast<std::size_t>(program.iterations));
    for (std::int64_t i = 0; i < program.iterations; ++i) {
        find_key(key, space, traffic, space.at(i));
        const auto [entry, added] = known.try_emplace(key, program.works.size());
        if (added) program.works.push_back(work_of(key, transfers, ports));
        program.chunks.push_back({i, 1, entry->second});
    }
}

}  // namespace plumbline::sim
