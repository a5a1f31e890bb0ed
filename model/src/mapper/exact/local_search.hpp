// SPDX-License-Identifier: Apache-2.0
// Is there a better mapping near a given one?
//
// A mapping is a row of decisions (found_mapping.hpp): loops and cuts, from the innermost outwards. Its neighbours have one of
// them at another place. The first neighbour that is better takes its place, until none is; then a few decisions are moved at
// random, by a sequence that is always the same, and it begins again. It proves nothing, but branch_and_bound() gives up the
// sooner what is no better.
#pragma once

#include "mapper/exact/branch_and_bound.hpp"

namespace plumbline::detail {

/// \param best a mapping to begin with; is replaced by better ones
/// \param limit counts mappings that are looked at
void search_nearby(const MappingSpace& space, const SearchOptions& options, SearchLimit& limit, BestDecisions& best);

}  // namespace plumbline::detail
