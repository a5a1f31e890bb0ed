// SPDX-License-Identifier: Apache-2.0
#include "inputs/planning_mappings.hpp"

#include "execution/fingerprint.hpp"

namespace plumbline::cli {
namespace {

/// What results of a search depend on beside the problem.
std::string text_of(const SearchOptions& search)
{
    std::string text = "factors " + std::to_string(search.factors) + " objective " +
                       std::string{name_of(search.objective)} + " estimator " + std::string{name_of(search.estimator)};
    if (search.objective == Objective::weighted)
        text += " exponents " + exact(search.weights.energy) + ' ' + exact(search.weights.latency);
    if (search.factors == 0) text += " steps " + std::to_string(search.steps);
    return text;
}

std::optional<MappingDatabase> database_of(const PlanningFlags& flags, const std::string& content)
{
    if (flags.mapping_cache.empty()) return std::nullopt;
    return std::make_optional<MappingDatabase>(flags.mapping_cache, content + '\n' + text_of(flags.search));
}

}  // namespace

PlanningMappings::PlanningMappings(const PlanningFlags& flags, const std::string& content)
    : database_{database_of(flags, content)},
      cache_{database_ ? &*database_ : nullptr}
{}

}  // namespace plumbline::cli
