// SPDX-License-Identifier: Apache-2.0
#include "mapper/orders/loop_order.hpp"

#include <algorithm>

#include "mapper/orders/loop_factors.hpp"

namespace plumbline::detail {
namespace {

/// The named loop, of what iterations are left.
std::vector<TemporalLoop> named(LoopDim dim, std::optional<std::int64_t> size, LoopSizes& left)
{
    if (!size) {
        LoopSizes rest = kUnitLoopSizes;
        std::swap(rest[dim], left[dim]);
        return loop_factors(rest, 0);
    }
    const std::int64_t taken = std::min(*size, left[dim]);
    left[dim] = divide_up(left[dim], taken);
    return taken > 1 ? std::vector<TemporalLoop>{{dim, taken}} : std::vector<TemporalLoop>{};
}

void append(std::vector<TemporalLoop>& loops, const std::vector<TemporalLoop>& more)
{
    loops.insert(loops.end(), more.begin(), more.end());
}

}  // namespace

bool before(const TemporalLoop& a, const TemporalLoop& b) { return a.dim != b.dim ? a.dim < b.dim : a.size < b.size; }

LoopOrder loop_order(const std::vector<OrderedLoop>& ordering, const LoopSizes& sizes, int limit)
{
    LoopSizes left = sizes;
    LoopOrder order;
    std::vector<TemporalLoop> last;
    bool behind = false;
    for (const OrderedLoop& each : ordering) {
        if (each.dim)
            append(behind ? last : order.loops, named(*each.dim, each.size, left));
        else
            behind = true;
    }
    order.first_free = order.loops.size();
    std::vector<TemporalLoop> free = loop_factors(left, limit);
    std::sort(free.begin(), free.end(), before);
    append(order.loops, free);
    order.end_free = order.loops.size();
    append(order.loops, last);
    return order;
}

}  // namespace plumbline::detail
