// SPDX-License-Identifier: Apache-2.0
// Which tile does a command take that was told none?
//
// The whole map, a quarter and a sixteenth of it along each axis are tried, with the search and the objective that the command
// was told; the best is taken, and said. `explore` looks further.
#pragma once

#include <string>

#include "execution/context.hpp"
#include "options/planning_flags.hpp"
#include "plumbline/plan.hpp"

namespace plumbline::cli {

/// What the tiles are tried on.
struct SweptNetwork {
    const Accelerator& accelerator;
    const Workload& workload;
    const MappingRules& rules;
    const Cuts& cuts;
    const std::string& content;  ///< planning_content()
};

/// For all stacks. \throws InfeasibleError with the reason of the smallest tile where none of them fits
StackChoice best_tile(const Context& context, const SweptNetwork& network, const PlanningFlags& flags,
                      OverlapMode mode);

}  // namespace plumbline::cli
