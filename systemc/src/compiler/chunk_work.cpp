// SPDX-License-Identifier: Apache-2.0
#include "compiler/chunk_work.hpp"

#include <algorithm>

namespace plumbline::sim {
namespace {

void append(std::vector<Access>& all, const std::vector<Access>& some, std::int64_t times)
{
    for (Access access : some) {
        access.times = times;
        all.push_back(std::move(access));
    }
}

}  // namespace

ChunkWorks::ChunkWorks(const IterationSpace& space, LayerTraffic& traffic, const TransferTable& transfers,
                       const PortMap& ports, std::int64_t round_length)
    : space_{&space},
      traffic_{&traffic},
      transfers_{&transfers},
      ports_{&ports},
      round_length_{round_length},
      rounds_{space, traffic.reduced(), round_length, traffic.edges(space)},
      kinds_{space, traffic, transfers, ports},
      patterns_{traffic, transfers, kinds_}
{
    for (const LinkTraffic& link : traffic.links) {
        if (is_fine(link)) ahead_ = std::max(ahead_, 2 * link.visits().iterations());
    }
}

/// What distinguishes one round from another: whether it is the last, where it lies, and of links and the MAC array,
/// whether their first block is new.
void ChunkWorks::add_signs(std::vector<std::int64_t>& signs, std::int64_t round) const
{
    const std::int64_t first = round * round_length_;
    signs.push_back(first + round_length_ >= space_->iterations());
    rounds_.add_signs(signs, round);
    for (const MacTraffic& mac : traffic_->macs) signs.push_back(mac.stays(first));
    for (const LinkTraffic& link : traffic_->links) {
        const Visits& visits = link.visits();
        if (is_fine(link)) signs.push_back(visits.changes(first / visits.iterations()));
    }
}

/// Chunks with the same signature do the same; what links prefetch meanwhile is the same, and what they still drain.
std::vector<std::int64_t> ChunkWorks::signature(std::int64_t first, std::int64_t count) const
{
    const std::int64_t end = first + count;
    std::vector<std::int64_t> signs{first % round_length_, count, first == 0, end == space_->iterations()};
    const std::int64_t last = std::min(end + ahead_, space_->iterations() - 1) / round_length_;
    const std::int64_t before = std::max<std::int64_t>(first - ahead_, 0) / round_length_;
    signs.push_back(first / round_length_ - before);
    for (std::int64_t round = before; round <= last; ++round) add_signs(signs, round);
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
    work.iterations = count;
    std::vector<std::size_t> kinds;
    for (std::int64_t i = first; i < first + count; ++i) kinds.push_back(kinds_.of(i));
    count_iterations(work, kinds);
    for (LinkTraffic& link : traffic_->links) {
        if (is_fine(link)) count_visits(work, link, first, count);
    }
    work.uses = port_uses(work.accesses, transfers_->accelerator(), *ports_);
    work.pattern = patterns_.pattern(first, kinds);
    return work;
}

void ChunkWorks::count_iterations(ChunkWork& work, const std::vector<std::size_t>& kinds)
{
    std::map<std::size_t, std::int64_t> times;
    for (std::size_t kind : kinds) ++times[kind];
    for (auto [kind, each] : times) {
        work.macs += kinds_[kind].macs * each;
        append(work.accesses, kinds_[kind].accesses, each);
    }
}

void ChunkWorks::count_visits(ChunkWork& work, LinkTraffic& link, std::int64_t first, std::int64_t count)
{
    const Visits& visits = link.visits();
    std::map<TransferId, std::int64_t> times;
    const std::int64_t end = divide_up(first + count, visits.iterations());
    for (std::int64_t visit = divide_up(first, visits.iterations()); visit < end; ++visit) {
        if (visit > 0) ++times[link.fill(visit)];
        if (visit + 1 < visits.count()) ++times[link.drain(visit)];
    }
    times.erase(kNoTransfer);
    for (auto [id, each] : times) append(work.accesses, (*transfers_)[id].accesses, each);
}

}  // namespace plumbline::sim
