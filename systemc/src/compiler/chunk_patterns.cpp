// SPDX-License-Identifier: Apache-2.0
#include "compiler/chunk_patterns.hpp"

#include <algorithm>

#include "core/requesters.hpp"

namespace plumbline::sim {
namespace {

/// Moves a scene towards the beginning by whole visits of all its links. Some visits are left before it, so that none
/// that could be the first of the layer becomes another, and none becomes the first.
void move_to_beginning(ChunkPattern& scene)
{
    constexpr std::int64_t kVisitsBefore = 4;
    std::int64_t longest = 1;  // visits are of some of the innermost loops: each divides the longer ones
    for (const ChunkPattern::Link& link : scene.links) longest = std::max(longest, link.blocks.visit);
    const std::int64_t back = std::max<std::int64_t>(scene.first / longest - kVisitsBefore, 0) * longest;
    scene.first -= back;
    scene.end -= back;
    for (ChunkPattern::Link& link : scene.links) link.first -= back / link.blocks.visit;
}

/// All that differs between the scenes of a layer.
std::vector<std::int64_t> contents(const ChunkPattern& scene)
{
    std::vector<std::int64_t> all{scene.first, scene.end};
    const auto add = [&](const std::vector<std::int32_t>& jobs) {
        all.push_back(static_cast<std::int64_t>(jobs.size()));
        all.insert(all.end(), jobs.begin(), jobs.end());
    };
    add(scene.iterations);
    for (const ChunkPattern::Link& link : scene.links) {
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

std::int32_t ChunkPatterns::job(TransferId id)
{
    if (id == kNoTransfer) return ChunkPattern::kNothing;
    const auto [entry, added] = of_transfer_.try_emplace(id, static_cast<std::int32_t>(jobs_->size()));
    if (added) jobs_->push_back({(*transfers_)[id].uses, (*transfers_)[id].latency.count()});
    return entry->second;
}

std::int32_t ChunkPatterns::job_of_kind(std::size_t kind)
{
    const auto [entry, added] = of_kind_.try_emplace(kind, static_cast<std::int32_t>(jobs_->size()));
    if (added) jobs_->push_back({(*kinds_)[kind].uses, 0});
    return entry->second;
}

std::shared_ptr<const ChunkPattern> ChunkPatterns::scene(std::int64_t first, const std::vector<std::size_t>& kinds)
{
    ChunkPattern scene = set(first, kinds);
    move_to_beginning(scene);
    const auto [entry, added] = known_.try_emplace(contents(scene));
    if (added) entry->second = std::make_shared<const ChunkPattern>(std::move(scene));
    return entry->second;
}

ChunkPattern ChunkPatterns::set(std::int64_t first, const std::vector<std::size_t>& kinds)
{
    ChunkPattern scene;
    scene.first = first;
    scene.end = first + static_cast<std::int64_t>(kinds.size());
    scene.jobs = jobs_;
    std::vector<const LinkTraffic*> links;
    for (LinkTraffic& link : traffic_->links) {
        if (!is_fine(link)) continue;
        add_link(scene, link);
        links.push_back(&link);
    }
    join(scene, links);
    for (std::size_t kind : kinds) scene.iterations.push_back(job_of_kind(kind));
    return scene;
}

/// The first fill and the last drain of a layer happen outside all stretches.
void ChunkPatterns::add_link(ChunkPattern& scene, LinkTraffic& traffic)
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
    link.first = std::max<std::int64_t>(scene.first / link.blocks.visit - 2, 0);
    const std::int64_t end = std::min(scene.end / link.blocks.visit + 3, visits.count());
    for (std::int64_t visit = link.first; visit < end; ++visit) {
        link.fills.push_back(job(visit > 0 ? traffic.fill(visit) : kNoTransfer));
        if (!link.blocks.drains_blocks) continue;
        link.drains.push_back(job(visit + 1 < visits.count() ? traffic.drain(visit) : kNoTransfer));
    }
    scene.links.push_back(std::move(link));
}

void ChunkPatterns::join(ChunkPattern& scene, const std::vector<const LinkTraffic*>& links)
{
    for (std::size_t i = 0; i + 1 < links.size(); ++i) {
        if (links[i]->stream() != links[i + 1]->stream()) continue;
        scene.links[i].above = static_cast<std::ptrdiff_t>(i) + 1;
        scene.links[i + 1].below = static_cast<std::ptrdiff_t>(i);
    }
}

}  // namespace plumbline::sim
