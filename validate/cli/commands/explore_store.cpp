// SPDX-License-Identifier: Apache-2.0
#include "commands/explore_store.hpp"

#include <charconv>
#include <iterator>
#include <utility>

#include "execution/fingerprint.hpp"
#include "inputs/descriptions.hpp"
#include "plumbline/error.hpp"
#include "plumbline/validate/explored_point.hpp"

namespace plumbline::cli {
namespace {

std::string exact(double value)
{
    char text[32];
    const auto end = std::to_chars(std::begin(text), std::end(text), value).ptr;
    return {text, end};
}

std::string fingerprint_of(const std::filesystem::path& path) { return fingerprint(text_of(path.string())); }

std::string key_of(const ExploreStore::Space& space, const DesignPoint& point)
{
    return space.name + ' ' + validate::name_of(point);
}

}  // namespace

ResultStore::Inputs explore_inputs(const SubjectListFlags& subjects, const std::string& profile,
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
    for (const std::string& name : subjects.accelerators) {
        inputs["accelerator " + name] = fingerprint_of(find_description(Description::accelerator, name));
        inputs["mapping of " + name] = fingerprint_of(find_mapping(planning.mapping, name));
    }
    if (!profile.empty()) inputs["profile"] = fingerprint_of(profile);
    for (const std::string& name : subjects.workloads)
        inputs["workload " + name] = fingerprint_of(find_description(Description::workload, name));
    return inputs;
}

ExploreStore::ExploreStore(const std::string& path, ResultStore::Inputs inputs)
    : results_{path, {"plumbline/explore-store/1", "point"}, std::move(inputs)}
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
