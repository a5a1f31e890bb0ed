// SPDX-License-Identifier: Apache-2.0
#include "chunk_timing/link_progress.hpp"

#include <algorithm>

namespace plumbline::sim {

LinkProgress::LinkProgress(const ChunkPattern& scene, std::int64_t at, const Limits& limits)
    : scene_{&scene},
      at_{at},
      limits_{limits}
{
    for (const ChunkPattern::Link& link : scene.links) {
        const std::int64_t visit = at / link.visit;
        states_.push_back({visit + 1, visit});
    }
}

void LinkProgress::save(std::size_t index, std::int64_t iteration, std::vector<std::int64_t>& state) const
{
    const ChunkPattern::Link& link = scene_->links[index];
    const std::int64_t visit = iteration / link.visit;
    state.push_back(states_[index].filled - visit);
    state.push_back(link.drains_blocks ? states_[index].drained - visit : 0);
}

void LinkProgress::restore(std::size_t index, std::int64_t iteration, const std::int64_t*& state)
{
    const std::int64_t visit = iteration / scene_->links[index].visit;
    states_[index].filled = *state++ + visit;
    states_[index].drained = *state++ + visit;
}

std::int32_t LinkProgress::listed(const std::vector<std::int32_t>& list, const ChunkPattern::Link& link,
                                  std::int64_t visit)
{
    const auto index = static_cast<std::size_t>(visit - link.first);
    return index < list.size() ? list[index] : ChunkPattern::kNothing;
}

/// Partial sums are exchanged while the last pass runs.
bool LinkProgress::swaps(const ChunkPattern::Link& link, std::int64_t visit)
{
    return link.depth == 1 && link.drains_blocks && listed(link.fills, link, visit) != ChunkPattern::kNothing;
}

std::int32_t LinkProgress::next_fill(std::size_t index, std::int64_t reached) const
{
    const ChunkPattern::Link& link = scene_->links[index];
    const State& state = states_[index];
    const std::int64_t visit = state.filled;
    if (visit - link.first >= static_cast<std::int64_t>(link.fills.size())) return kNotYet;
    const std::int32_t job = listed(link.fills, link, visit);
    if (job == ChunkPattern::kNothing) return job;
    if (reached < (link.depth > 1 ? (visit - 1) * link.visit : visit * link.visit - link.pass)) return kNotYet;
    if (link.depth > 1 && link.drains_blocks && state.drained < visit - 1) return kNotYet;
    if (link.above < 0) {
        const std::int64_t limit = limits_[link.stream];
        return limit == kUnlimited || visit * link.visit < at_ + limit ? job : kNotYet;
    }
    const auto above = static_cast<std::size_t>(link.above);
    const std::int64_t needed = visit * link.visit / scene_->links[above].visit + 1;
    return states_[above].filled >= needed ? job : kNotYet;
}

std::int32_t LinkProgress::next_drain(std::size_t index, std::int64_t reached) const
{
    const ChunkPattern::Link& link = scene_->links[index];
    const std::int64_t visit = states_[index].drained;
    if (visit - link.first >= static_cast<std::int64_t>(link.drains.size())) return kNotYet;
    const std::int32_t job = listed(link.drains, link, visit);
    if (job == ChunkPattern::kNothing) return job;
    const std::int64_t end = (visit + 1) * link.visit;
    if (reached < end - (swaps(link, visit + 1) ? link.pass : 0)) return kNotYet;
    if (link.below < 0) return job;
    const auto below = static_cast<std::size_t>(link.below);
    return states_[below].drained >= end / scene_->links[below].visit ? job : kNotYet;
}

bool LinkProgress::settled(std::int64_t iteration) const
{
    for (std::size_t i = 0; i < states_.size(); ++i) {
        const ChunkPattern::Link& link = scene_->links[i];
        if (link.drains_blocks && states_[i].drained < iteration / link.visit) return false;
    }
    return true;
}

std::optional<WaitKey> LinkProgress::missing(std::int64_t iteration) const
{
    for (std::size_t i = 0; i < states_.size(); ++i) {
        const ChunkPattern::Link& link = scene_->links[i];
        const std::int64_t visit = iteration / link.visit;
        const LinkNumber number = link_number(link.stream, link.level);
        if (states_[i].filled < visit + 1) return WaitKey{WaitCause::starved, number};
        if (!link.drains_blocks || visit == 0) continue;
        const bool overwrites = link.depth == 1 && (swaps(link, visit) || iteration % link.visit >= link.pass);
        if (states_[i].drained < (overwrites ? visit : visit - 1)) return WaitKey{WaitCause::blocked, number};
    }
    return std::nullopt;
}

}  // namespace plumbline::sim
