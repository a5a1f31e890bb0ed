// SPDX-License-Identifier: Apache-2.0
#include "report/explore/explore_findings.hpp"

#include <algorithm>

namespace plumbline::validate {
namespace {

PointCosts costs_of(const ExploredSpace& space)
{
    PointCosts costs;
    for (const ExploredPoint& point : space.points) costs.push_back(point.cost ? &*point.cost : nullptr);
    return costs;
}

ViewFinding finding_of(const PointCosts& costs, CostView view, const Optimum& optimum)
{
    ViewFinding finding{view, optimum.index, optimum.ties.size(), costs[optimum.index]->energy(),
                        costs[optimum.index]->energy()};
    for (std::size_t tie : optimum.ties) {
        finding.least_energy = std::min(finding.least_energy, costs[tie]->energy());
        finding.most_energy = std::max(finding.most_energy, costs[tie]->energy());
    }
    return finding;
}

}  // namespace

Findings findings_of(const ExploredSpace& space, const Goal& goal)
{
    const PointCosts costs = costs_of(space);
    Findings findings;
    findings.front = pareto_front(costs);
    for (std::size_t i = 0; i < costs.size(); ++i)
        (costs[i] != nullptr ? findings.ranking : findings.infeasible).push_back(i);
    const auto best = optimum(costs, goal);
    if (!best) return findings;
    findings.best = best->index;
    std::stable_sort(findings.ranking.begin(), findings.ranking.end(),
                     [&](std::size_t a, std::size_t b) { return goal.value(*costs[a]) < goal.value(*costs[b]); });
    // Values that agree but for rounding are one to optimum().
    const auto place = std::find(findings.ranking.begin(), findings.ranking.end(), best->index);
    std::rotate(findings.ranking.begin(), place, std::next(place));
    for (CostView view : kAllCostViews)
        findings.views.push_back(finding_of(costs, view, *optimum(costs, {goal.objective, goal.weights, view})));
    return findings;
}

Ratios ratios(const CostSummary& cost, const CostSummary& base)
{
    return {cost.energy() / base.energy(), cost.latency() / base.latency()};
}

}  // namespace plumbline::validate
