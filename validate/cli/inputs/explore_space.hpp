// SPDX-License-Identifier: Apache-2.0
// From the flags of a design space to its points, of one network on one accelerator.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "inputs/planning_inputs.hpp"
#include "options/design_space_flags.hpp"
#include "plumbline/explore.hpp"

namespace plumbline::cli {

/// The whole map, a quarter of it, a sixteenth … 1: ascending, rounded up.
std::vector<std::int64_t> ladder(std::int64_t map);

/// Columns, then rows. \param map what "full" means, and where the ladder ends if there are no flags
std::vector<TileSize> tiles_for(const TileSpace& space, TileSize map);

/// Those given; where that is none, all.
std::vector<OverlapMode> modes_of(const std::vector<OverlapMode>& given);

/// By cuts, then mode, then tile: columns, then rows. \param cuts alternatives: "auto;3,7"
/// \throws InputError for cuts that the workload does not allow
std::vector<DesignPoint> design_space(const DesignSpaceFlags& flags, const std::string& cuts,
                                      const PlanningInputs& inputs);

}  // namespace plumbline::cli
