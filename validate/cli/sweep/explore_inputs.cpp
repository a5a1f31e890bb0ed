// SPDX-License-Identifier: Apache-2.0
#include "sweep/explore_inputs.hpp"

#include <filesystem>
#include <set>

#include "execution/fingerprint.hpp"
#include "inputs/descriptions.hpp"
#include "inputs/workload_content.hpp"
#include "plumbline/error.hpp"
#include "plumbline/formulas.hpp"

namespace plumbline::cli {
namespace {

/// An accelerator with its mapping rules.
std::string machine_fingerprint(const std::string& accelerator, const std::string& mapping)
{
    return joint_fingerprint({text_of(find_description(Description::accelerator, accelerator).string()),
                              text_of(find_mapping(mapping, accelerator).string())});
}

std::string workload_fingerprint(const Context& context, const std::string& workload)
{
    return fingerprint(content_of(context, workload));
}

std::string listed(const std::set<std::string>& fingerprints)
{
    std::string all = "files";
    for (const std::string& each : fingerprints) all += ' ' + each;
    return all;
}

const std::string& value_of(const ExploreInputs& inputs, const std::string& name)
{
    static const std::string nothing = "nothing";
    const auto found = inputs.find(name);
    return found == inputs.end() ? nothing : found->second;
}

[[noreturn]] void refuse(const SourceLocation& where, const std::string& stored, const std::string& wanted)
{
    throw InputError(where, "the store was begun with '" + stored + "', this run has '" + wanted +
                                "'; expected the same, or another file");
}

}  // namespace

std::string explore_space_key(const Context& context, const std::string& accelerator, const std::string& mapping,
                              const std::string& workload)
{
    return machine_fingerprint(accelerator, mapping) + ' ' + workload_fingerprint(context, workload);
}

ExploreInputs explore_inputs(const Context& context, const SubjectListFlags& subjects, const std::string& profile,
                             const PlanningFlags& planning)
{
    const SearchOptions& search = planning.search;
    ExploreInputs inputs{{"version", PLUMBLINE_VERSION},
                         {"formulas", std::string{formulas_version()}},
                         {"factors", std::to_string(search.factors)},
                         {"objective", std::string{name_of(search.objective)}},
                         {"estimator", std::string{name_of(search.estimator)}},
                         {"capacity", std::string{name_of(planning.capacity)}}};
    if (search.objective == Objective::weighted)
        inputs["exponents"] = exact(search.weights.energy) + ',' + exact(search.weights.latency);
    std::set<std::string> machines;
    for (const std::string& name : subjects.accelerators) machines.insert(machine_fingerprint(name, planning.mapping));
    std::set<std::string> workloads;
    for (const std::string& name : subjects.workloads) workloads.insert(workload_fingerprint(context, name));
    inputs["accelerators with mapping rules"] = listed(machines);
    inputs["workloads"] = listed(workloads);
    if (!profile.empty()) inputs["profile"] = fingerprint(text_of(profile));
    return inputs;
}

void compare_inputs(const std::string& where, const ExploreInputs& stored, const ExploreInputs& wanted)
{
    ExploreInputs names = stored;
    names.insert(wanted.begin(), wanted.end());
    for (const auto& entry : names) {
        const std::string& has = value_of(stored, entry.first);
        const std::string& should = value_of(wanted, entry.first);
        if (has != should) refuse({where, 0, entry.first}, has, should);
    }
}

}  // namespace plumbline::cli
