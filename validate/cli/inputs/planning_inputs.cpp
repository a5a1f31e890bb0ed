// SPDX-License-Identifier: Apache-2.0
#include "inputs/planning_inputs.hpp"

#include <utility>

#include "inputs/descriptions.hpp"
#include "inputs/workload_notes.hpp"

namespace plumbline::cli {

PlanningInputs read_planning_inputs(const Context& context, const PlanningNames& names)
{
    Accelerator accelerator = read_accelerator(names.accelerator, names.profile);
    Workload workload = read_workload(context, names.workload);
    MappingRules rules = read_rules(names.mapping, names.accelerator, accelerator);
    return {std::move(accelerator), std::move(workload), std::move(rules)};
}

}  // namespace plumbline::cli
