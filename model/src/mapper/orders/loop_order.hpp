// SPDX-License-Identifier: Apache-2.0
// Which temporal loops does a search permute, and which stand where a rule has put them?
//
// Without an ordering all loops are free. An ordering names loops from the innermost one on: those before its place for any
// loops come first, those behind it last; where it has no such place, loops that it does not name follow it.
#pragma once

#include <cstddef>
#include <vector>

#include "plumbline/mapping.hpp"

namespace plumbline::detail {

/// Innermost first; those from `first_free` to `end_free` may be permuted, and are sorted.
struct LoopOrder {
    std::vector<TemporalLoop> loops;
    std::size_t first_free = 0;
    std::size_t end_free = 0;
};

/// \param sizes iterations of each dimension in time
/// \param limit of the free loops, as loop_factors() has it
/// A loop whose size the rule gives stays whole; one of all iterations left is split into prime factors, side by side.
/// Iterations that the tile does not have are left out.
LoopOrder loop_order(const std::vector<OrderedLoop>& ordering, const LoopSizes& sizes, int limit);

/// Dimensions first, then sizes.
bool before(const TemporalLoop& a, const TemporalLoop& b);

}  // namespace plumbline::detail
