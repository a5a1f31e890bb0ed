// SPDX-License-Identifier: Apache-2.0
// How much of the MAC array does a layer keep busy, and for how many cycles at least?
#pragma once

#include <cstdint>
#include <vector>

#include "mapper/spatial_mapping.hpp"

namespace plumbline::detail {

/// A whole layer under a rule, as one tile that never waits.
struct ArrayUse {
    std::vector<FittedUnrolling> unrollings;
    LoopSizes temporal = kUnitLoopSizes;  ///< iterations that are left for time
    std::int64_t cycles = 1;              ///< product of these
    double utilisation = 0;               ///< MACs of the layer over those that the array could do in these cycles
};

/// Of several ways that a rule leaves open, the one of fewest cycles.
/// \throws InputError where the rule names an array dimension that does not exist
ArrayUse array_use(const Layer& layer, const MappingRule& rule, const MacArray& array);

}  // namespace plumbline::detail
