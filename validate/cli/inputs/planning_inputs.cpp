// SPDX-License-Identifier: Apache-2.0
#include "inputs/planning_inputs.hpp"

#include <filesystem>
#include <utility>

#include "execution/fingerprint.hpp"
#include "inputs/descriptions.hpp"
#include "inputs/workload_content.hpp"
#include "inputs/workload_notes.hpp"

namespace plumbline::cli {

std::string planning_content(const PlanningNames& names, const Workload& workload)
{
    const auto text_at = [](const std::filesystem::path& path) { return text_of(path.string()); };
    return joint_fingerprint({text_at(find_description(Description::accelerator, names.accelerator)),
                              text_at(find_mapping(names.mapping, names.accelerator)),
                              names.profile.empty() ? std::string{} : text_of(names.profile)}) +
           ' ' + fingerprint(content_of(names.workload, workload));
}

PlanningInputs read_planning_inputs(const Context& context, const PlanningNames& names)
{
    Accelerator accelerator = read_accelerator(names.accelerator, names.profile);
    Workload workload = read_workload(context, names.workload);
    MappingRules rules = read_rules(names.mapping, names.accelerator, accelerator);
    std::string content = planning_content(names, workload);
    return {std::move(accelerator), std::move(workload), std::move(rules), std::move(content)};
}

}  // namespace plumbline::cli
