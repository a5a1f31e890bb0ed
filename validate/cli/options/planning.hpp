// SPDX-License-Identifier: Apache-2.0
// What the flags of planning mean for a given workload.
#pragma once

#include <string>
#include <vector>

#include "plumbline/plan.hpp"

namespace plumbline::cli {

/// "auto", "none", "each", or layers by id or name: "3,7". \throws InputError
Cuts parse_cuts(const std::string& text, const Workload& workload);

/// Tile and mode per stack; a list of one is for all. \throws InputError for lists of different lengths
std::vector<StackChoice> stack_choices(const std::vector<TileSize>& tiles, std::vector<OverlapMode> modes);

}  // namespace plumbline::cli
