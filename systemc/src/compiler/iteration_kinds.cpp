// SPDX-License-Identifier: Apache-2.0
#include "compiler/iteration_kinds.hpp"

namespace plumbline::sim {

IterationKinds::IterationKinds(const IterationSpace& space, LayerTraffic& traffic, const TransferTable& transfers,
                               const PortMap& ports)
    : space_{&space},
      traffic_{&traffic},
      transfers_{&transfers},
      ports_{&ports},
      recurring_{{space, traffic.reduced(), kRecurring, traffic.edges(space)}, 1}
{}

std::size_t IterationKinds::of(std::int64_t iteration)
{
    // Whether the first of a round needs something new depends on the round before.
    if (iteration % recurring_.items() == 0) return find(iteration);
    return recurring_.at(iteration, [&] { return find(iteration); });
}

/// Kinds differ in multiplications, and in what is read and written.
std::size_t IterationKinds::find(std::int64_t iteration)
{
    const LoopSizes steps = space_->at(iteration);
    key_.assign(1, space_->macs(steps));
    for (MacTraffic& mac : traffic_->macs) {
        for (TransferId id : {mac.read(iteration, steps), mac.write(steps)}) {
            if (id != kNoTransfer) key_.push_back(id);
        }
    }
    const auto [entry, added] = known_.try_emplace(key_, kinds_.size());
    if (added) add(key_);
    return entry->second;
}

void IterationKinds::add(const Key& key)
{
    IterationKind kind;
    kind.macs = key.front();
    for (std::size_t i = 1; i < key.size(); ++i) {
        const auto& accesses = (*transfers_)[static_cast<TransferId>(key[i])].accesses;
        kind.accesses.insert(kind.accesses.end(), accesses.begin(), accesses.end());
    }
    kind.uses = port_uses(kind.accesses, transfers_->accelerator(), *ports_);
    kinds_.push_back(std::move(kind));
}

}  // namespace plumbline::sim
