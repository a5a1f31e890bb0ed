// SPDX-License-Identifier: Apache-2.0
// Mapping problems that were solved, in this run or, where --mapping-cache names a file, in any.
//
//     PlanningMappings known{planning, inputs.content};
//     options.mappings = &known.cache();
#pragma once

#include <optional>
#include <string>

#include "options/planning_flags.hpp"
#include "plumbline/mapping_cache.hpp"
#include "stores/mapping_database.hpp"

namespace plumbline::cli {

/// Of one network on one accelerator.
class PlanningMappings {
public:
    /// \param content of descriptions: planning_content() \throws InputError
    PlanningMappings(const PlanningFlags& flags, const std::string& content);

    MappingCache& cache() { return cache_; }

private:
    std::optional<MappingDatabase> database_;
    MappingCache cache_;
};

}  // namespace plumbline::cli
