// SPDX-License-Identifier: Apache-2.0
// The best schedules found so far, and whether others that cost at least so much can still be among the best.
//
// Energies are sums in different orders: what is worse by less than rounding may be better in truth, and is not given up.
#pragma once

#include <limits>
#include <vector>

#include "exploration/bounds/stack_cost.hpp"
#include "plumbline/objective.hpp"
#include "plumbline/optimize.hpp"

namespace plumbline::detail {

class BestKnown {
public:
    BestKnown(Optima optima, Objective objective, ObjectiveWeights weights)
        : optima_{optima},
          objective_{objective},
          weights_{weights}
    {}

    /// A schedule of this cost was found.
    void note(StackCost cost);
    /// Whether a schedule of no less in both is of no interest.
    bool beats(StackCost cost) const;
    /// Of the objective; infinite where something is. For a front, by which choices are tried first.
    double value(StackCost cost) const;

private:
    Optima optima_;
    Objective objective_;
    ObjectiveWeights weights_;
    double least_ = std::numeric_limits<double>::infinity();
    std::vector<StackCost> front_;  ///< by energy: more energy, less latency
};

}  // namespace plumbline::detail
