// SPDX-License-Identifier: Apache-2.0
// How many elements of an operand does one instance of a memory hold of a block, at most?
//
// Lanes are interleaved: lane l of step i has index l + lanes * i. So an instance that serves one of two lanes has rows 0
// and 2 of three, and a window of three over them reaches five rows of the input, not four. This is the one place that
// says so to whoever asks whether a block fits: the search (mapper/orders/loop_allocation.hpp) and memory_use.hpp.
//
//     most_elements(layer.inputs[0], lanes, steps)  // steps of the temporal loops below a level, per dimension
#pragma once

#include <vector>

#include "cost/refined/blocks/dimension_blocks.hpp"
#include "plumbline/workload.hpp"

namespace plumbline::detail::refined {

/// Lanes along every dimension, as the instances of one level see them. \pre `inside` divides `lanes`
using InstanceLanes = PerLoopDim<DimLanes>;

/// The first instance of the first block holds most: all others hold the same indices moved on, or some of them.
/// \param between_edges per sliding axis, features of the tile; empty where no window reaches beyond an edge and no axis is
/// up-sampled. A bound there: blocks at edges hold less than others, and those that begin with an element of an up-sampled map
/// less than those that begin within one.
std::int64_t most_elements(const Operand& operand, const InstanceLanes& lanes, const LoopSizes& steps,
                           const std::vector<std::int64_t>& between_edges = {});

}  // namespace plumbline::detail::refined
