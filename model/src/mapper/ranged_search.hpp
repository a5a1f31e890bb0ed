// SPDX-License-Identifier: Apache-2.0
// The best mapping of a problem, and of which other problems it is the best one, too.
//
// Tiles differ in what else lies in the memories beside them, and mostly that changes nothing: what fitted fits, and what did not
// does not.
#pragma once

#include "plumbline/capacity_range.hpp"
#include "plumbline/mapper.hpp"

namespace plumbline::detail {

/// As search_mapping().
struct RangedSearch {
    Outcome<BestMapping> mapping;
    /// Bits that each memory has for the layer, its size without what is reserved: problems that differ from this one in nothing else
    /// have the same answer. Empty where it is not known.
    CapacityRanges ranges;
};

RangedSearch search_with_ranges(const MappingProblem& problem, const SearchOptions& options);

}  // namespace plumbline::detail
