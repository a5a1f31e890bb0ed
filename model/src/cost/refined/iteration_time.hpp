// SPDX-License-Identifier: Apache-2.0
// How long does an iteration take, by what the MACs need at their ports?
//
// Iterations differ: those at edges of a tile have idle lanes, those that begin sums read none, those in padding and those that have their
// inputs from the one before read nothing. Each takes the time of its busiest port, and a short one makes up for no long one.
//
//     set_iteration_time(lanes, layer);                                                       // where all inputs are read
//     const IterationTimes times = iteration_time(lanes, layer, cuts, Windows::as_mapped);    // under one order of loops
#pragma once

#include <cstdint>

#include "cost/layer/layer_facts.hpp"
#include "cost/layer/loop_cuts.hpp"
#include "cost/refined/blocks/lanes.hpp"

namespace plumbline::detail::refined {

/// Time of an iteration by the timing of the memories that the MACs meet. All else is as it was made.
void set_iteration_time(Lanes& lanes, const LayerFacts& layer);

/// What windows that overlap leave at the MACs.
enum class Windows : std::uint8_t {
    as_mapped,  ///< what the order of loops says
    may_stay,   ///< all: no order takes less time
};
/// Time of an iteration under one order of loops: less than in `lanes` where inputs stay at the MACs.
IterationTimes iteration_time(const Lanes& lanes, const LayerFacts& layer, const LoopCuts& cuts, Windows windows);

}  // namespace plumbline::detail::refined
