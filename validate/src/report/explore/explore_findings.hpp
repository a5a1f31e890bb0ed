// SPDX-License-Identifier: Apache-2.0
// What the reports of an exploration conclude from the points of one space.
#pragma once

#include <optional>
#include <vector>

#include "plumbline/validate/explore_report.hpp"

namespace plumbline::validate {

/// What optimising for one view would choose, and what that costs in truth. An index is that of a point in its space.
struct ViewFinding {
    CostView view = CostView::everything;
    std::size_t index = 0;
    /// Of all points that the view cannot tell apart.
    std::size_t ties = 1;
    Picojoules least_energy{};
    Picojoules most_energy{};
};

struct Findings {
    std::optional<std::size_t> best;   ///< by the goal; nothing where all points are infeasible
    std::vector<std::size_t> ranking;  ///< feasible points, best first
    std::vector<std::size_t> infeasible;
    std::vector<bool> front;
    std::vector<ViewFinding> views;  ///< by the goal's objective under each view
};

Findings findings_of(const ExploredSpace& space, const Goal& goal);

/// How many times the energy and latency of `base` a point has.
struct Ratios {
    double energy = 1;
    double latency = 1;
};
Ratios ratios(const CostSummary& cost, const CostSummary& base);

}  // namespace plumbline::validate
