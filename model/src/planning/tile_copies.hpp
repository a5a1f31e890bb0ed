// SPDX-License-Identifier: Apache-2.0
// Which copies does a tile need around a layer, because data lies elsewhere than where it is used?
#pragma once

#include <vector>

#include "planning/memory/tile_state.hpp"
#include "plumbline/schedule.hpp"

namespace plumbline::detail {

/// The tile's share of a feature map that enters the stack, from the top memory. \pre the map is held somewhere
std::vector<Copy> fetch_entering(const TileState& state, NodeId map);

/// Feature maps and cached overlap to the memory in which a layer expects its input.
/// \param levels per input that is a map, the memories that it is read through
std::vector<Copy> bring_inputs(const TileState& state, NodeId layer, const std::vector<std::vector<MemoryId>>& levels);

/// Overlap that neighbours to the right and below will need, from where the layer left its output, or the tile's share of an
/// entering map was brought, to the caches.
std::vector<Copy> leave_overlap(const TileState& state, NodeId node);

}  // namespace plumbline::detail
