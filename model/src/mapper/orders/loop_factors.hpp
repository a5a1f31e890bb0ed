// SPDX-License-Identifier: Apache-2.0
// Into which factors are the temporal loops split, so that their order can be searched?
#pragma once

#include <vector>

#include "plumbline/loops.hpp"
#include "plumbline/mapping.hpp"

namespace plumbline::detail {

/// Prime factors of every loop, merged until at most `limit` are left (0: no limit): in the dimension with most factors
/// the two smallest become one, as DeFiNES' loma_lpf_limit does. A dimension keeps at least one factor. Sorted by
/// dimension, then size.
std::vector<TemporalLoop> loop_factors(const LoopSizes& sizes, int limit);

}  // namespace plumbline::detail
