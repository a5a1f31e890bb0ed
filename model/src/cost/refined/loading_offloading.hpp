// SPDX-License-Identifier: Apache-2.0
// How long does it take until the first blocks of all inputs are at the MACs, and until the last outputs are back?
//
// Blocks come down level by level, the inputs side by side; where both need a port they share it fairly
// (concurrent_transfers.hpp). The last outputs go up one level after the other.
#pragma once

#include "cost/refined/links.hpp"

namespace plumbline::detail::refined {

/// Cycles, not rounded; without the latency of what the MACs read. Does not allocate.
double loading(const BlockLinks& links);
double offloading(const BlockLinks& links);

}  // namespace plumbline::detail::refined
