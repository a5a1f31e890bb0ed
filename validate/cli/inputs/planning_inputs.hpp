// SPDX-License-Identifier: Apache-2.0
// The descriptions that schedules of one network on one accelerator are planned from.
//
//     const PlanningInputs inputs = read_planning_inputs(context, {"tpu_like", "fsrcnn"});
//     whole_map(inputs.accelerator, inputs.workload, inputs.rules, cuts);
#pragma once

#include <string>

#include "execution/context.hpp"
#include "plumbline/accelerator.hpp"
#include "plumbline/mapping.hpp"
#include "plumbline/workload.hpp"

namespace plumbline::cli {

struct PlanningInputs {
    Accelerator accelerator;
    Workload workload;
    MappingRules rules;
    std::string content = {};  ///< planning_content(): tells these from others
};

/// As the command line names them.
struct PlanningNames {
    std::string accelerator;
    std::string workload;
    std::string mapping = {};  ///< empty: that of the accelerator's family
    std::string profile = {};  ///< path; empty: the accelerator as described
};

/// Fingerprints of the files that describe an accelerator with its mapping rules, and of the network. \throws InputError
std::string planning_content(const PlanningNames& names, const Workload& workload);

/// \throws InputError
PlanningInputs read_planning_inputs(const Context& context, const PlanningNames& names);

}  // namespace plumbline::cli
