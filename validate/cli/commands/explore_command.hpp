// SPDX-License-Identifier: Apache-2.0
// `plumbline explore`: what every point of a design space costs, and which are best.
#pragma once

#include "execution/context.hpp"
#include "options/explore_arguments.hpp"

namespace plumbline::cli {

/// An interrupted run with a store is continued by the same command. \throws InfeasibleError where no point is feasible
ExitCode explore(const Context& context, const ExploreArguments& arguments);

}  // namespace plumbline::cli
