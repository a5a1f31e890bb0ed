// SPDX-License-Identifier: Apache-2.0
// Which lanes of the MAC array a layer's tile keeps busy, and between which memory levels they fan out.
#pragma once

#include <vector>

#include "plumbline/mapping_problem.hpp"

namespace plumbline::detail {

/// An unrolling fitted to array and tile: fractional where it does not divide the loop, so that the iterations left for
/// time are whole (46 rows on 4 lanes: 12 iterations of 3.83).
struct FittedUnrolling {
    std::size_t array_dimension = 0;
    SpatialLoop loop;
};

/// \throws InputError where the rule names an array dimension that does not exist
std::vector<FittedUnrolling> fit_unrollings(const MappingRule& rule, const LoopSizes& sizes, const MacArray& array);

/// What remains to run in time; 1 where nothing does.
LoopSizes temporal_sizes(const LoopSizes& sizes, const std::vector<FittedUnrolling>& unrollings);

/// Operands of the problem with their levels and spatial loops, temporal loops empty.
LayerMapping spatial_mapping(const MappingProblem& problem, const std::vector<FittedUnrolling>& unrollings);

}  // namespace plumbline::detail
