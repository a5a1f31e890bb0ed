// SPDX-License-Identifier: Apache-2.0
// In which order do reports list steps? As they run: the stack's input first, each layer after the copies before it.
#pragma once

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "plumbline/schedule.hpp"
#include "plumbline/sim/counters.hpp"

namespace plumbline::validate {

/// Layers in the order in which a schedule runs them.
inline std::vector<LayerId> layer_order(const Schedule& schedule)
{
    std::vector<LayerId> order;
    for (const Stack& stack : schedule.stacks) order.insert(order.end(), stack.layers.begin(), stack.layers.end());
    return order;
}

/// Smaller runs earlier.
inline std::ptrdiff_t rank(const std::vector<LayerId>& order, const sim::Activity& activity)
{
    if (!activity.layer) return -1;
    const auto layer = std::find(order.begin(), order.end(), *activity.layer) - order.begin();
    return 2 * layer + (activity.kind == sim::Activity::Kind::compute ? 1 : 0);
}

/// `items` in the order in which their activities run, given how to tell the activity of one.
template <class Item, class ActivityOf>
std::vector<Item> in_execution_order(std::vector<Item> items, const std::vector<LayerId>& order, ActivityOf activity_of)
{
    std::stable_sort(items.begin(), items.end(), [&](const Item& a, const Item& b) {
        return rank(order, activity_of(a)) < rank(order, activity_of(b));
    });
    return items;
}

}  // namespace plumbline::validate
