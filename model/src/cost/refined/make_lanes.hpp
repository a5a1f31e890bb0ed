// SPDX-License-Identifier: Apache-2.0
// Builds the lanes and instances of a mapped layer (lanes.hpp), with what the MACs need in every iteration.
#pragma once

#include <cstdint>

#include "cost/layer/layer_facts.hpp"
#include "cost/layer/loop_cuts.hpp"
#include "cost/refined/blocks/lanes.hpp"

namespace plumbline::detail::refined {

Lanes make_lanes(const LayerFacts& layer);
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
