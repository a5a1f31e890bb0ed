// SPDX-License-Identifier: Apache-2.0
#include "cost/refined/blocks/window_blocks.hpp"

#include <algorithm>
#include <vector>

namespace plumbline::detail::refined {
namespace {

/// Whether the indices of a share follow each other without gaps.
bool contiguous(const DimLanes& dim, const DimShare& share)
{
    return dim.inside == dim.lanes || share.steps + (share.extra > 0 ? 1 : 0) <= 1;
}

std::int64_t indices_in(const DimLanes& dim, const DimShare& share) { return share.steps * dim.inside + share.extra; }

/// Visits the indices of a share, from 0.
template <class Visit>
void for_each_index(const DimLanes& dim, const DimShare& share, Visit visit)
{
    for (std::int64_t step = 0; step <= share.steps; ++step) {
        const std::int64_t busy = step < share.steps ? dim.inside : share.extra;
        for (std::int64_t lane = 0; lane < busy; ++lane) visit(step * dim.lanes + lane);
    }
}

/// Shares with gaps, where a memory is replicated along the axis: features are marked one by one.
std::int64_t marked_features(const SlidingAxis& axis, const DimLanes& positions, const DimShare& position_share,
                             const DimLanes& offsets, const DimShare& offset_share)
{
    const auto beyond = [](const DimLanes& dim, const DimShare& share) { return (share.steps + 1) * dim.lanes; };
    std::vector<bool> marked(static_cast<std::size_t>(axis.stride * beyond(positions, position_share) +
                                                      axis.dilation * beyond(offsets, offset_share)));
    for_each_index(positions, position_share, [&](std::int64_t position) {
        for_each_index(offsets, offset_share, [&](std::int64_t offset) {
            marked[static_cast<std::size_t>(axis.stride * position + axis.dilation * offset)] = true;
        });
    });
    return std::count(marked.begin(), marked.end(), true);
}

}  // namespace

std::int64_t features(const SlidingAxis& axis, const DimLanes& positions, const DimShare& position_share,
                      const DimLanes& offsets, const DimShare& offset_share)
{
    if (contiguous(positions, position_share) && contiguous(offsets, offset_share))
        return span(axis, indices_in(positions, position_share), indices_in(offsets, offset_share));
    return marked_features(axis, positions, position_share, offsets, offset_share);
}

std::int64_t stays(const Advance& advance)
{
    const BlockedDim& here = advance.here;
    const BlockedDim& there = advance.there;
    // One block forward here, all blocks but one back there: the first features must be the same ones.
    const std::int64_t forward = advance.here_stride * here.dim.lanes * here.steps;
    const std::int64_t back = advance.there_stride * there.dim.lanes * (advance.there_steps - there.steps);
    if (forward != back) return 0;
    // Full blocks that the loop advances to: multiples of its steps, but not of a whole run of it.
    const std::int64_t last = (here.dim.full_steps() - here.steps) / advance.loop_steps;
    if (here.dim.full_steps() < here.steps || last < 1) return 0;
    return (last - last / advance.loop_size) * (there.dim.full_steps() / advance.there_steps);
}

}  // namespace plumbline::detail::refined
