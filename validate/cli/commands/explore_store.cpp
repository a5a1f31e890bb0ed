// SPDX-License-Identifier: Apache-2.0
#include "commands/explore_store.hpp"

#include <set>
#include <utility>

#include "execution/fingerprint.hpp"
#include "inputs/descriptions.hpp"
#include "inputs/workload_content.hpp"
#include "plumbline/error.hpp"
#include "plumbline/validate/explored_point.hpp"

namespace plumbline::cli {
namespace {

std::string fingerprint_of(const std::filesystem::path& path) { return fingerprint(text_of(path.string())); }

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

std::string key_of(const ExploreStore::Space& space, const DesignPoint& point)
{
    return space.key + ' ' + validate::name_of(point);
}

}  // namespace

std::string explore_space_key(const Context& context, const std::string& accelerator, const std::string& mapping,
                              const std::string& workload)
{
    return machine_fingerprint(accelerator, mapping) + ' ' + workload_fingerprint(context, workload);
}

ResultStore::Inputs explore_inputs(const Context& context, const SubjectListFlags& subjects, const std::string& profile,
                                   const PlanningFlags& planning)
{
    const SearchOptions& search = planning.search;
    ResultStore::Inputs inputs{{"version", PLUMBLINE_VERSION},
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
    if (!profile.empty()) inputs["profile"] = fingerprint_of(profile);
    return inputs;
}

ExploreStore::ExploreStore(const std::string& path, ResultStore::Inputs inputs)
    : results_{path, {"plumbline/explore-store/2", "point"}, std::move(inputs)}
{}

std::optional<ExploredPoint> ExploreStore::find(const Space& space, const DesignPoint& point) const
{
    const ResultStore::Result* found = results_.find(key_of(space, point));
    if (found == nullptr) return std::nullopt;
    try {
        return validate::explored_point_from_json(space.accelerator, point, found->json);
    } catch (const InputError& error) {
        SourceLocation where = found->where;
        where.field = error.where().field;
        throw InputError(std::move(where), error.problem());
    }
}

void ExploreStore::add(const Space& space, const ExploredPoint& point)
{
    results_.add(key_of(space, point.point), validate::to_json(space.accelerator, point));
}

}  // namespace plumbline::cli
