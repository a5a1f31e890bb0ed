// SPDX-License-Identifier: Apache-2.0
// Between a search and what a store keeps of it.
//
// Stores hold no costs: these follow from a mapping, by the formulas at hand.
#pragma once

#include <cstdint>
#include <vector>

#include "mapper/ranged_search.hpp"
#include "plumbline/mapping_store.hpp"

namespace plumbline::detail {

/// Bits that each memory has for a layer, by MemoryId; 0 for one that a mapping may not use.
using Space = std::vector<std::int64_t>;

/// \param space of the problem that was searched: where the search knows no ranges, its result is that of this space alone
SolvedMapping solved_by(const RangedSearch& found, const Space& space);

/// \pre the solved problem differs from this one in what is reserved alone, within its ranges
Outcome<BestMapping> best_of(const SolvedMapping& solved, const MappingProblem& problem, Estimator estimator);

/// Whether another run may find better, since time was short.
bool may_vary(const Outcome<BestMapping>& mapping, const SearchOptions& options);

}  // namespace plumbline::detail
