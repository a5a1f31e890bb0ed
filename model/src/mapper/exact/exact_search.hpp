// SPDX-License-Identifier: Apache-2.0
// The best mapping of a layer of all: all orders of the prime factors of its loops, and all allocations that fit the memories.
//
// Of least energy by least_energy.hpp; for other objectives, and for the least latency among equal energies, by
// branch_and_bound.hpp.
#pragma once

#include "mapper/orders/order_search.hpp"

namespace plumbline::detail {

/// `fitting` counts steps of the search. Where those or its time were too few, the best order of some merged factors is there if
/// it is better.
/// \param order of prime factors, at most kMaxLoops
FoundOrder exact_mapping(const CostModel& model, const SharedMemories& memories, const LoopOrder& order,
                         const SearchOptions& options);

}  // namespace plumbline::detail
