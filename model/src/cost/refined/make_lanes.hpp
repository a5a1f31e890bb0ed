// SPDX-License-Identifier: Apache-2.0
// Builds the lanes and instances of a mapped layer (lanes.hpp), with what the MACs need in every iteration.
#pragma once

#include "cost/layer/layer_facts.hpp"
#include "cost/refined/blocks/lanes.hpp"

namespace plumbline::detail::refined {

Lanes make_lanes(const LayerFacts& layer);

}  // namespace plumbline::detail::refined
