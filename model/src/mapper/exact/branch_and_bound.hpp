// SPDX-License-Identifier: Apache-2.0
// The mapping with the best score, whatever is minimised, and the proof that there is no better one.
//
// Latency depends on the order of loops and on all links together, so mappings are built decision by decision, depth first, and
// given up where a bound of the objective is no better than the best mapping so far. Objectives do not fall where energy or
// latency rises; so bounds of both bound them (mapping_space.hpp, latency_bounds.hpp). Of an operand's cuts that differ by loops
// which leave its blocks in place, only the outermost is looked at: energy and latency are the same, and it needs no more space
// (mapping_space.hpp).
//
// Under `uniform` two partial mappings are alike if they have come to the same state and cut their links at the same states,
// with the same runs of like loops below each cut: what follows costs the same. The second one is dropped.
#pragma once

#include "mapper/exact/found_mapping.hpp"
#include "mapper/exact/latency_bounds.hpp"
#include "mapper/exact/search_limit.hpp"
#include "mapper/orders/score.hpp"

namespace plumbline::detail {

/// The best mapping so far.
struct BestDecisions {
    std::vector<Decision> decisions;
    std::uint8_t overflowing = 0;
    bool found = false;
    Score score;
};

/// \param least no mapping has less energy \param best is replaced by better ones
/// Returns what the objective is at least in all that was not looked at: infinite where all mappings were, or are proven to be no
/// better.
double branch_and_bound(const MappingSpace& space, const LatencyBounds& bounds, const SearchOptions& options,
                        Quanta least, SearchLimit& limit, BestDecisions& best);

/// Looks for less latency among mappings of the least energy. \param energy that one \param best is replaced by better ones
void break_ties(const MappingSpace& space, const SearchOptions& options, Quanta energy, SearchLimit& limit,
                BestDecisions& best);

/// No mapping has less. \param energy the least of the space
double least_picojoules(const MappingSpace& space, Quanta energy);

/// By energy and latency.
Score score_of(const MappingSpace& space, const SearchOptions& options, const FoundMapping& found);

}  // namespace plumbline::detail
