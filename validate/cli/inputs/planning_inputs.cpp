// SPDX-License-Identifier: Apache-2.0
#include "inputs/planning_inputs.hpp"

#include <utility>

#include "inputs/descriptions.hpp"

namespace plumbline::cli {

PlanningInputs read_planning_inputs(const PlanningNames& names)
{
    Accelerator accelerator = read_accelerator(names.accelerator, names.profile);
    Workload workload = read_workload(names.workload);
    MappingRules rules = read_rules(names.mapping, names.accelerator, accelerator);
    return {std::move(accelerator), std::move(workload), std::move(rules)};
}

}  // namespace plumbline::cli
