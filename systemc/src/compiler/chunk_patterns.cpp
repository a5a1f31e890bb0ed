// SPDX-License-Identifier: Apache-2.0
#include "compiler/chunk_patterns.hpp"

#include <algorithm>

#include "core/requesters.hpp"

namespace plumbline::sim {
namespace {

/// Moves a pattern towards the beginning by whole visits of all its links. Some visits are left before it, so that none
/// that could be the first of the layer becomes another, and none becomes the first.
void move_to_beginning(ChunkPattern& pattern)
{
    constexpr std::int64_t kVisitsBefore = 4;
    std::int64_t longest = 1;  // visits are of some of the innermost loops: each divides the longer ones
    for (const ChunkPattern::Link& link : pattern.links) longest = std::max(longest, link.blocks.visit);
    const std::int64_t back = std::max<std::int64_t>(pattern.first / longest - kVisitsBefore, 0) * longest;
    pattern.first -= back;
    pattern.end -= back;
    for (ChunkPattern::Link& link : pattern.links) link.first -= back / link.blocks.visit;
}

/// All that differs between the patterns of a layer.
std::vector<std::int64_t> contents(const ChunkPattern& pattern)
{
    std::vector<std::int64_t> all{pattern.first, pattern.end};
    const auto add = [&](const std::vector<std::int32_t>& demands) {
        all.push_back(static_cast<std::int64_t>(demands.size()));
        all.insert(all.end(), demands.begin(), demands.end());
    };
    add(pattern.iterations);
    for (const ChunkPattern::Link& link : pattern.links) {
        all.push_back(link.first);
        add(link.fills);
        add(link.drains);
    }
    return all;
}

}  // namespace

ChunkPatterns::ChunkPatterns(LayerTraffic& traffic, const TransferTable& transfers, const IterationKinds& kinds)
    : traffic_{&traffic},
      transfers_{&transfers},
      kinds_{&kinds}
{}

std::int32_t ChunkPatterns::demand(TransferId id)
{
    if (id == kNoTransfer) return ChunkPattern::kNothing;
    const auto [entry, added] = of_transfer_.try_emplace(id, static_cast<std::int32_t>(demands_->size()));
    if (added) demands_->push_back({(*transfers_)[id].uses, (*transfers_)[id].latency.count()});
    return entry->second;
}

std::int32_t ChunkPatterns::demand_of_kind(std::size_t kind)
{
    const auto [entry, added] = of_kind_.try_emplace(kind, static_cast<std::int32_t>(demands_->size()));
    if (added) demands_->push_back({(*kinds_)[kind].uses, 0});
    return entry->second;
}

std::shared_ptr<const ChunkPattern> ChunkPatterns::pattern(std::int64_t first, const std::vector<std::size_t>& kinds)
{
    ChunkPattern pattern = make_pattern(first, kinds);
    move_to_beginning(pattern);
    const auto [entry, added] = known_.try_emplace(contents(pattern));
    if (added) entry->second = std::make_shared<const ChunkPattern>(std::move(pattern));
    return entry->second;
}

ChunkPattern ChunkPatterns::make_pattern(std::int64_t first, const std::vector<std::size_t>& kinds)
{
    ChunkPattern pattern;
    pattern.first = first;
    pattern.end = first + static_cast<std::int64_t>(kinds.size());
    pattern.demands = demands_;
    std::vector<const LinkTraffic*> links;
    for (LinkTraffic& link : traffic_->links) {
        if (!is_fine(link)) continue;
        add_link(pattern, link);
        links.push_back(&link);
    }
    connect(pattern, links);
    for (std::size_t kind : kinds) pattern.iterations.push_back(demand_of_kind(kind));
    return pattern;
}

/// The first fill and the last drain of a layer happen outside all chunks.
void ChunkPatterns::add_link(ChunkPattern& pattern, LinkTraffic& traffic)
{
    const Visits& visits = traffic.visits();
    ChunkPattern::Link link;
    link.stream = traffic.stream();
    link.level = traffic.level();
    link.blocks.visit = visits.iterations();
    link.blocks.pass = visits.pass();
    link.blocks.depth = traffic.depth();
    link.blocks.drains_blocks = traffic.view().is_output();
    link.filler = requester_of_link(transfers_->accelerator(), traffic.stream(), traffic.level());
    link.drainer = link.filler + 1;
    link.first = std::max<std::int64_t>(pattern.first / link.blocks.visit - 2, 0);
    const std::int64_t end = std::min(pattern.end / link.blocks.visit + 3, visits.count());
    for (std::int64_t visit = link.first; visit < end; ++visit) {
        link.fills.push_back(demand(visit > 0 ? traffic.fill(visit) : kNoTransfer));
        if (!link.blocks.drains_blocks) continue;
        link.drains.push_back(demand(visit + 1 < visits.count() ? traffic.drain(visit) : kNoTransfer));
    }
    pattern.links.push_back(std::move(link));
}

void ChunkPatterns::connect(ChunkPattern& pattern, const std::vector<const LinkTraffic*>& links)
{
    for (std::size_t i = 0; i + 1 < links.size(); ++i) {
        if (links[i]->stream() != links[i + 1]->stream()) continue;
        pattern.links[i].above = static_cast<std::ptrdiff_t>(i) + 1;
        pattern.links[i + 1].below = static_cast<std::ptrdiff_t>(i);
    }
}

}  // namespace plumbline::sim
