// SPDX-License-Identifier: Apache-2.0
// What do caches, resident weights and other live maps take of each memory while one layer runs on a tile?
#pragma once

#include <vector>

#include "planning/memory/tile_state.hpp"
#include "plumbline/schedule.hpp"

namespace plumbline::detail {

/// Everything held besides the layer's own operands. A cache in the memory that holds the layer's input is used in place,
/// so the layer's own share of it is not counted twice.
/// \param inputs per input that is a map, the memory that it is read from; empty for a map that enters the stack
std::vector<Resident> residents_during(const TileState& state, NodeId layer, const std::vector<MemoryId>& inputs);

}  // namespace plumbline::detail
