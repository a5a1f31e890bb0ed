// SPDX-License-Identifier: Apache-2.0
// Optimises networks on accelerators, one on all threads or several at once.
#pragma once

#include <string>
#include <vector>

#include "commands/optimize_command.hpp"
#include "inputs/planning_inputs.hpp"
#include "plumbline/validate/optimize_report.hpp"

namespace plumbline::cli {

/// A network on an accelerator, as they were named and as they are.
struct OptimizePair {
    std::string accelerator;
    std::string workload;
    PlanningInputs inputs;
};

/// In the order of the pairs; the schedule of the only one is written where that is asked for.
std::vector<validate::OptimizedNetwork> optimized_networks(const Context& context, const OptimizeArguments& arguments,
                                                           const std::vector<OptimizePair>& pairs);

}  // namespace plumbline::cli
