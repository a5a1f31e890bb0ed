// SPDX-License-Identifier: Apache-2.0
// The mapping of least energy, and the proof that there is none of less.
//
// Best first (A*; with memories that are shared, labels of a shortest path under resource constraints): of all partial mappings
// known, the one whose bound is least is completed by one decision. The bound is no more than the energy of any completion, and
// no decision lowers it; so the first complete mapping that is taken has the least energy of all.
//
// Of two partial mappings at the same state, with the same links cut, runs and widths of sums, one is dropped if the other has no
// more energy and holds no more in any shared memory: whatever completes the one completes the other, at no more energy.
#pragma once

#include "mapper/exact/found_mapping.hpp"

namespace plumbline::detail {

/// When to give up.
class SearchLimit;

/// How a search ended.
struct LeastEnergy {
    std::vector<Decision> decisions;  ///< of the best mapping; none where it was given up, or nothing fits
    std::uint8_t overflowing = 0;
    bool found = false;
    Quanta energy = kNever;  ///< of that mapping; where it was given up, no mapping has less
};

LeastEnergy least_energy(const MappingSpace& space, SearchLimit& limit);

}  // namespace plumbline::detail
