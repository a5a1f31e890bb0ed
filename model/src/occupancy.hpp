// SPDX-License-Identifier: Apache-2.0
// How much of each memory do caches, resident weights and other live maps take while one layer runs on a tile?
#pragma once

#include <vector>

#include "tile_steps.hpp"

namespace plumbline::detail {

/// A finished feature map that a later layer will read.
struct LiveMap {
    NodeId node = 0;
    MemoryId memory = 0;
    Bits size{};
};

/// Bits taken per memory by everything but the layer's own operands. A cache in the memory that holds the layer's input
/// is used in place, so the layer's own share of it is not counted twice.
/// \param input where the layer's input is held
std::vector<Bits> taken_by_others(const StackPlan& stack, const TilePlan& tile, NodeId node,
                                  MemoryId input, const std::vector<LiveMap>& live);

}  // namespace plumbline::detail
