// SPDX-License-Identifier: Apache-2.0
#include "chunk_timing/link_progress.hpp"

namespace plumbline::sim {

LinkProgress::LinkProgress(const ChunkPattern& pattern, std::int64_t at, const Limits& limits)
    : pattern_{&pattern},
      at_{at},
      limits_{limits}
{
    for (const ChunkPattern::Link& link : pattern.links) {
        states_.push_back({link.blocks.filled_before(at), link.blocks.over_before(at)});
    }
}

void LinkProgress::save(std::size_t index, std::int64_t iteration, std::vector<std::int64_t>& state) const
{
    const BlockExchange& blocks = pattern_->links[index].blocks;
    const std::int64_t visit = iteration / blocks.visit;
    state.push_back(states_[index].filled - visit);
    state.push_back(blocks.drains_blocks ? states_[index].drained - visit : 0);
}

void LinkProgress::restore(std::size_t index, std::int64_t iteration, const std::int64_t*& state)
{
    const std::int64_t visit = iteration / pattern_->links[index].blocks.visit;
    states_[index].filled = *state++ + visit;
    states_[index].drained = *state++ + visit;
}

std::int32_t LinkProgress::listed(const std::vector<std::int32_t>& list, const ChunkPattern::Link& link,
                                  std::int64_t visit)
{
    const auto index = static_cast<std::size_t>(visit - link.first);
    return index < list.size() ? list[index] : ChunkPattern::kNothing;
}

/// Of a visit and the one before.
Sums LinkProgress::sums(const ChunkPattern::Link& link, std::int64_t visit)
{
    return link.blocks.sums(listed(link.fills, link, visit) != ChunkPattern::kNothing);
}

std::int32_t LinkProgress::next_fill(std::size_t index, std::int64_t reached) const
{
    const ChunkPattern::Link& link = pattern_->links[index];
    const State& state = states_[index];
    const std::int64_t visit = state.filled;
    if (visit - link.first >= static_cast<std::int64_t>(link.fills.size())) return kNotYet;
    const std::int32_t demand = listed(link.fills, link, visit);
    if (demand == ChunkPattern::kNothing) return demand;
    if (reached < link.blocks.fill_after(visit)) return kNotYet;
    if (state.drained < link.blocks.drained_before_fill(visit)) return kNotYet;
    const std::int64_t begin = visit * link.blocks.visit;
    if (link.above < 0) {
        const std::int64_t limit = limits_[link.stream];
        return limit == kUnlimited || begin < at_ + limit ? demand : kNotYet;
    }
    const auto above = static_cast<std::size_t>(link.above);
    return states_[above].filled >= pattern_->links[above].blocks.filled_before(begin) ? demand : kNotYet;
}

std::int32_t LinkProgress::next_drain(std::size_t index, std::int64_t reached) const
{
    const ChunkPattern::Link& link = pattern_->links[index];
    const std::int64_t visit = states_[index].drained;
    if (visit - link.first >= static_cast<std::int64_t>(link.drains.size())) return kNotYet;
    const std::int32_t demand = listed(link.drains, link, visit);
    if (demand == ChunkPattern::kNothing) return demand;
    if (reached < link.blocks.drain_after(visit, sums(link, visit + 1))) return kNotYet;
    if (link.below < 0) return demand;
    const auto below = static_cast<std::size_t>(link.below);
    const std::int64_t end = (visit + 1) * link.blocks.visit;
    return states_[below].drained >= pattern_->links[below].blocks.over_before(end) ? demand : kNotYet;
}

bool LinkProgress::drained_before(std::int64_t iteration) const
{
    for (std::size_t i = 0; i < states_.size(); ++i) {
        const BlockExchange& blocks = pattern_->links[i].blocks;
        if (blocks.drains_blocks && states_[i].drained < blocks.over_before(iteration)) return false;
    }
    return true;
}

std::optional<WaitKey> LinkProgress::missing(std::int64_t iteration) const
{
    for (std::size_t i = 0; i < states_.size(); ++i) {
        const ChunkPattern::Link& link = pattern_->links[i];
        const BlockExchange& blocks = link.blocks;
        const LinkNumber number = link_number(link.stream, link.level);
        if (states_[i].filled < blocks.filled_before(iteration)) return WaitKey{WaitCause::starved, number};
        if (!blocks.drains_blocks) continue;
        const Sums last = sums(link, blocks.over_before(iteration));
        if (states_[i].drained < blocks.drained_before(iteration, last)) return WaitKey{WaitCause::blocked, number};
    }
    return std::nullopt;
}

}  // namespace plumbline::sim
