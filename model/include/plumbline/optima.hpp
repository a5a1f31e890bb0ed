// SPDX-License-Identifier: Apache-2.0
// Which of the explored points are best?
//
// By an objective under a view of the cost, or without weighing energy against latency: the Pareto front. Optimising
// under a partial view and paying the true cost shows what the view misses.
//
//     auto best = optimum(costs, {});                              // of least energy
//     auto blind = optimum(costs, {{}, {}, CostView::dram_only});  // what who sees DRAM alone would choose
#pragma once

#include <optional>
#include <vector>

#include "plumbline/cost_summary.hpp"
#include "plumbline/objective.hpp"

#pragma GCC visibility push(default)
namespace plumbline {

/// What makes one point better than another.
struct Goal {
    Objective objective = Objective::energy;  ///< what is to be small
    ObjectiveWeights weights;                 ///< of Objective::weighted
    CostView view = CostView::everything;     ///< which part of the energy counts

    /// Smaller is better.
    double value(const CostSummary& cost) const
    {
        return objective_value(objective, weights, cost.energy(view), cost.latency());
    }
};

/// Costs of points; null where a point has none.
using PointCosts = std::vector<const CostSummary*>;

/// The best of some points.
struct Optimum {
    std::size_t index = 0;  ///< of the point, among the costs given
    /// Points whose values agree to 1e-9. `index`, the first, is that of least latency, then of least energy in the
    /// view, then the first in order; the others follow in order. A partial view cannot tell them apart, however much they differ in truth.
    std::vector<std::size_t> ties;
};

/// Nothing where no point has a cost.
/// The best point for a goal.
std::optional<Optimum> optimum(const PointCosts& costs, const Goal& goal);

/// For each point, whether no other has less energy without more latency, or less latency without more energy.
std::vector<bool> pareto_front(const PointCosts& costs);

}  // namespace plumbline
#pragma GCC visibility pop
