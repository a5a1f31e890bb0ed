// SPDX-License-Identifier: Apache-2.0
// From the flags of `plumbline explore` to the points of one network on one accelerator.
#pragma once

#include <string>
#include <vector>

#include "options/explore_arguments.hpp"
#include "plumbline/explore.hpp"

namespace plumbline::cli {

struct NamedPoint {
    std::string name;
    DesignPoint point;
};

struct DesignSpace {
    std::vector<DesignPoint> points;     ///< by cuts, then mode, then tile: columns, then rows
    std::vector<NamedPoint> references;  ///< not of the space: what its best is compared with
};

/// "auto;3,7": alternatives between semicolons; a keyword between commas is one of its own ("auto,none,3,7" are three).
/// \throws InputError
std::vector<Cuts> parse_cut_alternatives(const std::string& text, const Workload& workload);

/// The whole map, a quarter of it, a sixteenth … 1: ascending, rounded up.
std::vector<std::int64_t> ladder(std::int64_t map);

/// \throws InputError for cuts that the workload does not allow
DesignSpace design_space(const ExploreArguments& arguments, const Accelerator& accelerator, const Workload& workload,
                         const MappingRules& rules);

}  // namespace plumbline::cli
