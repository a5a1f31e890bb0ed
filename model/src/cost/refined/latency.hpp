// SPDX-License-Identifier: Apache-2.0
// How long a mapped layer takes on a machine of whole lanes that fetches blocks, with one of them or two at each level.
//
// The counterpart of latency.hpp, which spreads transfers over windows. Loop by loop outwards: iterations below a loop run
// as often as it advances, and each advance costs what its change of blocks costs (block_stall.hpp).
// model/docs/refined_latency.md derives it.
#pragma once

#include "cost/layer_evaluation.hpp"

namespace plumbline::detail {

/// \pre `model.lanes` is there. Allocates only where a memory is replicated along a sliding axis
LatencyTerms lane_latency(const CostModel& model, const LoopCuts& cuts);

}  // namespace plumbline::detail
