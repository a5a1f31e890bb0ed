// SPDX-License-Identifier: Apache-2.0
#include "checks/uneven_loops.hpp"

#include <algorithm>

namespace plumbline::detail {

std::vector<UnevenLoop> uneven_loops(const MappingRule& rule, LoopSizes temporal)
{
    std::vector<UnevenLoop> found;
    for (std::size_t place = 0; place < rule.ordering.size(); ++place) {
        const OrderedLoop& loop = rule.ordering[place];
        if (!loop.dim || !loop.size) continue;
        std::int64_t& left = temporal[*loop.dim];
        const std::int64_t size = std::min(*loop.size, left);
        if (left % size != 0) found.push_back({place, *loop.dim, size, left});
        left = divide_up(left, size);
    }
    return found;
}

}  // namespace plumbline::detail
