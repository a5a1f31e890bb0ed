// SPDX-License-Identifier: Apache-2.0
#include "scenes.hpp"

#include <algorithm>

#include "chunking.hpp"
#include "plumbline/sim/requesters.hpp"

namespace plumbline::sim {

Scenes::Scenes(LayerTraffic& traffic, const TransferTable& transfers, const IterationKinds& kinds)
    : traffic_{&traffic},
      transfers_{&transfers},
      kinds_{&kinds}
{}

std::int32_t Scenes::job(TransferId id)
{
    if (id == kNoTransfer) return Scene::kNothing;
    const auto [entry, added] = of_transfer_.try_emplace(id, static_cast<std::int32_t>(jobs_->size()));
    if (added) jobs_->push_back({(*transfers_)[id].uses, (*transfers_)[id].latency.count()});
    return entry->second;
}

std::int32_t Scenes::job_of_kind(std::size_t kind)
{
    const auto [entry, added] = of_kind_.try_emplace(kind, static_cast<std::int32_t>(jobs_->size()));
    if (added) jobs_->push_back({(*kinds_)[kind].uses, 0});
    return entry->second;
}

Scene Scenes::scene(std::int64_t first, const std::vector<std::size_t>& kinds)
{
    Scene scene;
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
void Scenes::add_link(Scene& scene, LinkTraffic& traffic)
{
    const Visits& visits = traffic.visits();
    Scene::Link link;
    link.stream = traffic.stream();
    link.level = traffic.level();
    link.visit = visits.iterations();
    link.pass = visits.pass();
    link.depth = traffic.depth();
    link.drains_blocks = traffic.view().is_output();
    link.filler = requester_of_link(transfers_->accelerator(), traffic.stream(), traffic.level());
    link.drainer = link.filler + 1;
    link.first = std::max<std::int64_t>(scene.first / link.visit - 2, 0);
    const std::int64_t end = std::min(scene.end / link.visit + 3, visits.count());
    for (std::int64_t visit = link.first; visit < end; ++visit) {
        link.fills.push_back(job(visit > 0 ? traffic.fill(visit) : kNoTransfer));
        if (!link.drains_blocks) continue;
        link.drains.push_back(job(visit + 1 < visits.count() ? traffic.drain(visit) : kNoTransfer));
    }
    scene.links.push_back(std::move(link));
}

void Scenes::join(Scene& scene, const std::vector<const LinkTraffic*>& links)
{
    for (std::size_t i = 0; i + 1 < links.size(); ++i) {
        if (links[i]->stream() != links[i + 1]->stream()) continue;
        scene.links[i].above = static_cast<std::ptrdiff_t>(i) + 1;
        scene.links[i + 1].below = static_cast<std::ptrdiff_t>(i);
    }
}

}  // namespace plumbline::sim
