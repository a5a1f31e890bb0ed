// SPDX-License-Identifier: Apache-2.0
#include "loop_nest/iteration_space.hpp"

#include <algorithm>
#include <cmath>

namespace plumbline::sim {

std::int64_t lanes_of(const SpatialLoop& loop)
{
    constexpr double kRounding = 1e-9;  // 46 / 12 and the like are not exact
    return static_cast<std::int64_t>(std::ceil(loop.size - kRounding));
}

IterationSpace::IterationSpace(const LayerMapping& mapping)
    : below_{1},
      below_per_dim_{kUnitLoopSizes},
      sizes_{mapping.sizes}
{
    const OperandMapping& any = mapping.operands.front();
    for (const auto& level : any.temporal) loops_.insert(loops_.end(), level.begin(), level.end());
    for (const TemporalLoop& loop : loops_) {
        below_.push_back(below_.back() * loop.size);
        below_per_dim_.push_back(below_per_dim_.back());
        below_per_dim_.back()[loop.dim] *= loop.size;
    }
    for (const auto& level : any.spatial) {
        for (const SpatialLoop& loop : level) lanes_[loop.dim] *= lanes_of(loop);
    }
}

std::int64_t IterationSpace::active_lanes(LoopDim dim, std::int64_t step) const
{
    return std::clamp<std::int64_t>(sizes_[dim] - step * lanes_[dim], 0, lanes_[dim]);
}

LoopSizes IterationSpace::at(std::int64_t iteration) const
{
    LoopSizes steps{};
    for (std::size_t i = 0; i < loops_.size(); ++i) {
        const TemporalLoop& loop = loops_[i];
        steps[loop.dim] += iteration % loop.size * below_per_dim_[i][loop.dim];
        iteration /= loop.size;
    }
    return steps;
}

std::int64_t IterationSpace::macs(const LoopSizes& steps) const
{
    std::int64_t product = 1;
    for (LoopDim dim : kAllLoopDims) product *= active_lanes(dim, steps[dim]);
    return product;
}

}  // namespace plumbline::sim
