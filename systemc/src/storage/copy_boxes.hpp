// SPDX-License-Identifier: Apache-2.0
// Where in its map lies what a copy moves?
//
// A schedule says how many columns and rows a copy moves, and why. Where they lie follows from the tile: a tile's own part,
// or what lies before it, or what its neighbours will read. A copy that is larger than that moves no more of the map (tiles
// at edges, where a schedule counts zeros); one that is smaller brings what is nearest to the tile's own part, and whoever
// misses the rest says so.
#pragma once

#include "storage/stack_storage.hpp"

namespace plumbline::sim {

/// \param step of which the copy is one
/// \throws InputError where the copy moves a map that has no part in the stack, or brings a layer what it does not read
FeatureBox copy_box(const StackStorage& storage, const CopyStep& step, const Copy& copy, GridPlace tile);

}  // namespace plumbline::sim
