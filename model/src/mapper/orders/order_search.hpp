// SPDX-License-Identifier: Apache-2.0
// The best of all orders of some loops, each allocated to the memories as LOMA does (loop_allocation.hpp).
//
// Orders are a tree, from the innermost loop outwards. What orders have in common that begin alike is found once: their allocation as
// far as it is decided, and the energy of each operand. The result is that of trying each order, the first of the best ones, and does not
// depend on the number of threads.
#pragma once

#include <optional>
#include <vector>

#include "cost/estimators.hpp"
#include "mapper/orders/loop_allocation.hpp"
#include "mapper/orders/loop_order.hpp"
#include "mapper/orders/score.hpp"

namespace plumbline::detail {

/// An order of loops and how it is cut.
struct FoundOrder {
    Score score;
    std::vector<TemporalLoop> order;
    LoopCuts cuts{};            ///< their loops are to be those of `order`
    std::int64_t fitting = 0;   ///< orders that fit the memories; 0: nothing is found
    std::optional<double> gap;  ///< as BestMapping::gap
    /// With more or less space for the layer, but within these, the same is found. None: it is not known.
    CapacityRanges ranges = {};
};

/// \pre at most kMaxLoops loops
FoundOrder search_orders(const CostModel& model, const SharedMemories& memories, const LoopOrder& order,
                         const SearchOptions& options);

}  // namespace plumbline::detail
