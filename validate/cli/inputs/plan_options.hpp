// SPDX-License-Identifier: Apache-2.0
// From the flags of planning to what the planner is asked.
#pragma once

#include <vector>

#include "options/design_space_flags.hpp"
#include "options/planning_flags.hpp"
#include "plumbline/explore.hpp"
#include "plumbline/plan.hpp"

namespace plumbline::cli {

/// Where stacks end. \throws InputError naming --cuts
Cuts cuts_of(const PlanningFlags& flags, const Workload& workload);

/// Sizes of tiles, where that of a whole map is known.
std::vector<TileSize> tile_sizes(const std::vector<TileOption>& tiles, TileSize whole_map);

/// Tile and mode per stack; a list of one is for all. \throws InputError for lists of different lengths
std::vector<StackChoice> stack_choices(const std::vector<TileSize>& tiles, std::vector<OverlapMode> modes);

/// But for stacks and cuts.
PlanOptions plan_options(const PlanningFlags& flags);
/// Of one tile size and mode for all stacks. \param mappings found before, and where new ones go
PlanOptions plan_options(const PlanningFlags& flags, const DesignPoint& point, MappingCache& mappings);

}  // namespace plumbline::cli
