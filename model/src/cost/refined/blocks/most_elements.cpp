// SPDX-License-Identifier: Apache-2.0
#include "cost/refined/blocks/most_elements.hpp"

#include <algorithm>

#include "cost/refined/blocks/window_blocks.hpp"
#include "description/map_edges.hpp"

namespace plumbline::detail::refined {
namespace {

/// What the first instance holds of the first block.
DimShare first_share(const DimLanes& dim, std::int64_t steps)
{
    const std::int64_t block = std::min(dim.size, steps * dim.lanes);
    const std::int64_t whole = block / dim.lanes;
    const std::int64_t busy = std::min(block - whole * dim.lanes, dim.inside);
    return busy == dim.inside ? DimShare{whole + 1, 0, 1} : DimShare{whole, busy, 1};
}

std::int64_t last_index(const DimLanes& dim, const DimShare& share)
{
    if (share.extra > 0) return share.steps * dim.lanes + share.extra - 1;
    return (share.steps - 1) * dim.lanes + dim.inside - 1;
}

/// Elements along a sliding axis that first shares of its two dimensions reach.
std::int64_t elements_along(const SlidingAxis& axis, const InstanceLanes& lanes, const LoopSizes& steps)
{
    const DimLanes& positions = lanes[axis.position];
    const DimLanes& offsets = lanes[axis.window];
    const DimShare there = first_share(positions, steps[axis.position]);
    const DimShare within = first_share(offsets, steps[axis.window]);
    const std::int64_t all = features(axis, positions, there, offsets, within);
    if (axis.upsampling == 1) return all;
    const std::int64_t last = axis.stride * last_index(positions, there) + axis.dilation * last_index(offsets, within);
    return std::min(all, most_elements_under(axis, last + 1));
}

}  // namespace

std::int64_t most_elements(const Operand& operand, const InstanceLanes& lanes, const LoopSizes& steps,
                           const std::vector<std::int64_t>& between_edges)
{
    std::int64_t product = 1;
    for (LoopDim dim : kAllLoopDims) {
        if (!operand.relevant.contains(dim)) continue;
        const DimShare share = first_share(lanes[dim], steps[dim]);
        product *= share.steps * lanes[dim].inside + share.extra;
    }
    for (std::size_t i = 0; i < operand.sliding.size(); ++i) {
        const std::int64_t all = elements_along(operand.sliding[i], lanes, steps);
        product *= between_edges.empty() ? all : std::min(all, between_edges[i]);
    }
    return product;
}

}  // namespace plumbline::detail::refined
