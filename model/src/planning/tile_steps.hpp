// SPDX-License-Identifier: Apache-2.0
// The steps of one tile: what is copied where before each layer, and how each layer is mapped.
//
// Each layer's input and output get the lowest memory that fits them; where that is not where the data lies, it is
// copied. If no mapping fits, more levels are tried. DeFiNES §4.3.
#pragma once

#include <vector>

#include "planning/memory/tile_plan.hpp"
#include "plumbline/error.hpp"
#include "plumbline/schedule.hpp"

namespace plumbline::detail {

/// Infeasible where a layer fits no memories that it may use.
Outcome<std::vector<Step>> tile_steps(const StackPlan& stack, const TilePlan& tile);

}  // namespace plumbline::detail
