// SPDX-License-Identifier: Apache-2.0
#include "cost/refined/blocks/edge_blocks.hpp"

#include <algorithm>

namespace plumbline::detail::refined {

EdgeBlocks::EdgeBlocks(const LoopSizes& tile, const PerLoopDim<DimLanes>& lanes, const LoopCut& cut,
                       std::size_t position)
    : cut_{cut},
      position_{position}
{
    for (std::size_t i = 0; i < position; ++i) steps_[cut.loops[i].dim] *= cut.loops[i].size;
    for (LoopDim dim : kAllLoopDims) {
        const std::int64_t block = steps_[dim] * lanes[dim].lanes;
        full_[dim] = std::min(block, tile[dim]);
        edge_[dim] = tile[dim] % full_[dim];
        if (edge_[dim] != 0) dim_[count_++] = dim;
    }
}

LoopSizes EdgeBlocks::sizes(EdgeSet edges) const
{
    LoopSizes sizes = full_;
    for (std::size_t i = 0; i < count_; ++i)
        if ((edges & EdgeSet{1} << i) != 0) sizes[dim_[i]] = edge_[dim_[i]];
    return sizes;
}

EdgeBlocks::AtEdge EdgeBlocks::at_edge(LoopDim dim, std::size_t advancing) const
{
    const auto along = [&](std::size_t loop) { return cut_.loops[loop].dim == dim ? cut_.loops[loop].size : 1; };
    bool starts_again = false;
    for (std::size_t i = position_; i < advancing; ++i) starts_again = starts_again || along(i) > 1;
    double outside = 1;
    for (std::size_t i = advancing + 1; i < cut_.count; ++i) outside *= static_cast<double>(along(i));
    if (along(advancing) == 1) return {true, !starts_again, 1 / outside};
    const auto advances = static_cast<double>(along(advancing) - 1);
    return {false, true, starts_again ? 0 : 1 / (advances * outside)};
}

}  // namespace plumbline::detail::refined
