// SPDX-License-Identifier: Apache-2.0
// How thoroughly are mappings searched, and what for?
//
// With a limit of loop factors, all orders of them are tried, each allocated to the memories as LOMA does. Without one the search is
// exact: over all orders of all prime factors, and all allocations. It gives up after a number of steps, which is the same on any
// machine, or after a time; then the best mapping so far is the answer, with a bound of how much better another one may be.
//
//     SearchOptions options;
//     options.factors = 0;
//     options.objective = Objective::edp;
#pragma once

#include <cstdint>

#include "plumbline/cost.hpp"
#include "plumbline/objective.hpp"

#pragma GCC visibility push(default)
namespace plumbline {

/// How thoroughly to search, and what for.
struct SearchOptions {
    int factors = 6;                          ///< loop factors per layer at most; 0: no limit, and all allocations
    Objective objective = Objective::energy;  ///< ties: least latency (energy), least energy (others)
    ObjectiveWeights weights;                 ///< of Objective::weighted
    int threads = 0;                          ///< 0: one per core
    Estimator estimator = kDefaultEstimator;  ///< by which orders are compared
    std::int64_t steps = 100'000;             ///< of an exact search at most; 0: no limit
    double seconds = 0;                       ///< of an exact search at most; 0: no limit. With one, results may vary
};

}  // namespace plumbline
#pragma GCC visibility pop
