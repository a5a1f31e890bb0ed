// SPDX-License-Identifier: Apache-2.0
// Which order of the temporal loops is best, and which memory holds which of them?
//
// As LOMA (Symons et al., AICAS 2021): the temporal loops are split into prime factors, merged to at most `factors`; every
// distinct order of them is allocated bottom-up to the memories, each operand on its own; the cheapest order wins.
// Exhaustive, in parallel; the result does not depend on the number of threads.
#pragma once

#include <cstdint>
#include <vector>

#include "plumbline/cost.hpp"
#include "plumbline/error.hpp"
#include "plumbline/mapping.hpp"
#include "plumbline/objective.hpp"

#pragma GCC visibility push(default)
namespace plumbline {

struct SearchOptions {
    int factors = 6;                          ///< loop factors per layer at most; 0: no limit
    Objective objective = Objective::energy;  ///< ties: least latency (energy), least energy (others)
    ObjectiveWeights weights;                 ///< of Objective::weighted
    int threads = 0;                          ///< 0: one per core
    Estimator estimator = Estimator::uniform;
};

/// One layer on one tile, and the memories it may use.
struct MappingProblem {
    const Accelerator* accelerator = nullptr;
    const Layer* layer = nullptr;
    LoopSizes sizes = kUnitLoopSizes;  ///< of the tile
    const MappingRule* rule = nullptr;
    /// Per operand (output first): memories in use, level 0 first.
    std::vector<std::vector<MemoryId>> levels;
    /// `optimistic` counts fractional unrolling on average, as LOMA does, and lets the innermost level overflow where not
    /// even one iteration of its operands fits together. `reserved` counts whole lanes, lets nothing overflow, and where
    /// nothing fits unrolls less.
    CapacityPolicy capacity = CapacityPolicy::optimistic;
    /// Space in each memory that is taken already; empty: none.
    std::vector<Bits> reserved;
};

struct MappedLayer {
    LayerMapping mapping;
    LayerCost cost;
    std::int64_t orders = 0;  ///< of the loops, that fit the memories
};

/// Infeasible where no order fits the memories.
Outcome<MappedLayer> search_mapping(const MappingProblem& problem, const SearchOptions& options);

}  // namespace plumbline
#pragma GCC visibility pop
