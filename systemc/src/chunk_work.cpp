// SPDX-License-Identifier: Apache-2.0
#include "chunk_work.hpp"

#include <algorithm>

namespace plumbline::sim {
namespace {

void count(std::map<TransferId, std::int64_t>& counts, TransferId transfer)
{
    if (transfer != kNoTransfer) ++counts[transfer];
}

}  // namespace

ChunkWorks::ChunkWorks(const IterationSpace& space, LayerTraffic& traffic, const TransferTable& transfers,
                       const PortMap& ports, std::int64_t beat)
    : space_{&space},
      traffic_{&traffic},
      transfers_{&transfers},
      ports_{&ports},
      beat_{beat}
{
    std::size_t inside = 0;
    while (space.iterations_below(inside) < beat) ++inside;
    for (LoopDim dim : kAllLoopDims) steps_in_beat_[dim] = space.iterations_below(inside, dim);
}

/// Runs with the same signature do the same. It says per dimension whether the run is at an edge, and at which; of
/// reduction loops outside the beat, whether they are in their first or last round; of steady links, whether their
/// first block is new.
std::vector<std::int64_t> ChunkWorks::signature(std::int64_t first, std::int64_t count) const
{
    std::vector<std::int64_t> signs{first % beat_, count, first == 0, first + count == space_->iterations()};
    const LoopSizes steps = space_->at(first);
    for (LoopDim dim : kAllLoopDims) {
        const std::int64_t round = steps[dim] / steps_in_beat_[dim];
        const std::int64_t next = (round + 1) * steps_in_beat_[dim];
        const bool inside = next * space_->lanes(dim) <= space_->size(dim);
        signs.push_back(inside ? -1 : round);
        if (!traffic_->reduces(dim)) continue;
        signs.push_back(round == 0);
        signs.push_back(next >= space_->busy_steps(dim));
    }
    for (const LinkTraffic& link : traffic_->links) {
        const Visits& visits = link.visits();
        if (!is_steady(link) || first % visits.iterations() != 0) continue;
        signs.push_back(visits.changes(first / visits.iterations()));
    }
    return signs;
}

std::size_t ChunkWorks::work(std::int64_t first, std::int64_t count)
{
    const auto [entry, added] = known_.try_emplace(signature(first, count), works_.size());
    if (added) works_.push_back(walk(first, count));
    return entry->second;
}

ChunkWork ChunkWorks::walk(std::int64_t first, std::int64_t count)
{
    ChunkWork work;
    Counts counts;
    for (std::int64_t i = first; i < first + count; ++i) add_iteration(work, counts, i);
    std::int64_t waits = 0;
    for (LinkTraffic& link : traffic_->links) {
        if (is_steady(link)) waits = std::max(waits, add_visits(link, counts, first, count));
    }
    work.cycles = count + waits;
    for (auto [transfer, times] : counts) {
        for (Access access : (*transfers_)[transfer].accesses) {
            access.times = times;
            work.accesses.push_back(std::move(access));
        }
    }
    work.uses = port_uses(work.accesses, transfers_->accelerator(), *ports_);
    return work;
}

void ChunkWorks::add_iteration(ChunkWork& work, Counts& counts, std::int64_t iteration)
{
    const LoopSizes steps = space_->at(iteration);
    work.macs += space_->macs(steps);
    for (MacTraffic& mac : traffic_->macs) {
        count(counts, mac.read(steps));
        count(counts, mac.write(steps));
    }
}

/// Returns the cycles that the MAC array has to wait for the link alone.
std::int64_t ChunkWorks::add_visits(LinkTraffic& link, Counts& counts, std::int64_t first, std::int64_t count_)
{
    const Visits& visits = link.visits();
    std::int64_t waits = 0;
    const std::int64_t end = divide_up(first + count_, visits.iterations());
    for (std::int64_t visit = divide_up(first, visits.iterations()); visit < end; ++visit) {
        const TransferId fill = visit > 0 ? link.fill(visit) : kNoTransfer;
        const TransferId drain = visit + 1 < visits.count() ? link.drain(visit) : kNoTransfer;
        count(counts, fill);
        count(counts, drain);
        waits += visit_wait(link, fill, drain);
    }
    return waits;
}

/// With space for one block, blocks are exchanged while the last pass runs, and what is left of the exchange after it
/// is waited for.
std::int64_t ChunkWorks::visit_wait(const LinkTraffic& link, TransferId fill, TransferId drain) const
{
    if (link.depth() > 1) return 0;
    std::int64_t exchange = 0;
    for (TransferId each : {fill, drain}) {
        if (each != kNoTransfer) exchange = std::max(exchange, cycles_alone((*transfers_)[each]));
    }
    return std::max<std::int64_t>(exchange - link.visits().pass(), 0);
}

}  // namespace plumbline::sim
