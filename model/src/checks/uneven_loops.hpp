// SPDX-License-Identifier: Apache-2.0
// Which loops that a rule prescribes do not divide what is left of their dimension?
//
// The last run of such a loop is cut off: in its iterations beyond the dimension the array has nothing to do.
#pragma once

#include <cstdint>
#include <vector>

#include "plumbline/mapping.hpp"

namespace plumbline::detail {

struct UnevenLoop {
    std::size_t place = 0;  ///< in MappingRule::ordering
    LoopDim dim = LoopDim::k;
    std::int64_t size = 1;        ///< iterations of the loop
    std::int64_t iterations = 1;  ///< of the dimension, that loops further in leave
};

/// \param temporal iterations of each dimension
std::vector<UnevenLoop> uneven_loops(const MappingRule& rule, LoopSizes temporal);

}  // namespace plumbline::detail
