// SPDX-License-Identifier: Apache-2.0
// Does a schedule say of every layer on a tile what of its windows lies beyond the edges of the map?
#pragma once

#include "plumbline/schedule.hpp"
#include "plumbline/workload.hpp"
#include "storage/geometry/tile_geometry.hpp"

namespace plumbline::sim {

/// Of one tile. Nothing to check where maps have no edges. \throws InputError naming layer, tile and axis
void check_padding(const Workload& workload, const StackGeometry& geometry, const ComputeStep& step,
                   std::int64_t column, std::int64_t row);

}  // namespace plumbline::sim
