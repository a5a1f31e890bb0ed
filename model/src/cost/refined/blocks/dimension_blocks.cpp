// SPDX-License-Identifier: Apache-2.0
#include "cost/refined/blocks/dimension_blocks.hpp"

#include <algorithm>

#include "plumbline/units.hpp"

namespace plumbline::detail::refined {

DimShares shares_along(const DimLanes& dim, std::int64_t steps)
{
    const std::int64_t block = steps * dim.lanes;
    const std::int64_t full_blocks = dim.size / block;
    const std::int64_t instances = dim.instances();
    DimShares shares;
    shares.add(steps, 0, full_blocks * instances);
    const std::int64_t rest = dim.size - full_blocks * block;
    if (rest == 0) return shares;
    // The block at the edge: whole steps, then one in which only the first lanes work.
    const std::int64_t whole = rest / dim.lanes;
    const std::int64_t busy = rest - whole * dim.lanes;
    const std::int64_t filled = busy / dim.inside;
    const std::int64_t extra = busy - filled * dim.inside;
    shares.add(whole + 1, 0, filled);
    shares.add(whole, extra, extra > 0 ? 1 : 0);
    shares.add(whole, 0, instances - filled - (extra > 0 ? 1 : 0));
    return shares;
}

namespace {

/// Instances with a busy lane in `step`.
std::int64_t busy_instances(const DimLanes& dim, std::int64_t step)
{
    const std::int64_t left = std::min(dim.size - step * dim.lanes, dim.lanes);
    return left == dim.lanes ? dim.instances() : divide_up(left, dim.inside);
}

}  // namespace

Rounds rounds_along(const DimLanes& dim, std::int64_t steps)
{
    return {static_cast<double>(divide_up(dim.size, steps * dim.lanes)), 1, 1};
}

Rounds instance_rounds_along(const DimLanes& dim, std::int64_t steps)
{
    const std::int64_t rounds = divide_up(dim.size, steps * dim.lanes);
    const std::int64_t last = busy_instances(dim, (rounds - 1) * steps);
    return {static_cast<double>((rounds - 1) * dim.instances() + last),
            static_cast<double>(rounds == 1 ? last : dim.instances()), static_cast<double>(last)};
}

}  // namespace plumbline::detail::refined
