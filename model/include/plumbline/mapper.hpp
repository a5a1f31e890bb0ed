// SPDX-License-Identifier: Apache-2.0
// Which order of the temporal loops is best, and which memory holds which of them?
//
// As LOMA (Symons et al., AICAS 2021): the temporal loops are split into prime factors, merged to at most `factors`; every
// distinct order of them is allocated bottom-up to the memories, each operand on its own; the cheapest order wins.
// Exhaustive, in parallel; the result does not depend on the number of threads.
//
// With `factors` 0 the search is exact: over all orders of all prime factors, and all allocations of each that fit the memories.
#pragma once

#include <cstdint>
#include <optional>

#include "plumbline/cost.hpp"
#include "plumbline/error.hpp"
#include "plumbline/mapping_problem.hpp"
#include "plumbline/search_options.hpp"

#pragma GCC visibility push(default)
namespace plumbline {

/// The cheapest mapping of a problem.
struct BestMapping {
    LayerMapping mapping;     ///< of the whole tile
    LayerCost cost;           ///< by the estimator of the search
    std::int64_t orders = 0;  ///< of the loops, that fit the memories; of an exact search, its steps
    /// Of an exact search: by how much of its value the best mapping of all may be better. 0: it is proven that none is.
    std::optional<double> gap = {};
};

/// Infeasible where no order fits the memories; the reason does not name the layer, since the answer is that of all layers like it.
/// \throws InputError where the rule unrolls over an array dimension that does not exist, or does not say where an operand is
Outcome<BestMapping> search_mapping(const MappingProblem& problem, const SearchOptions& options);

}  // namespace plumbline
#pragma GCC visibility pop
