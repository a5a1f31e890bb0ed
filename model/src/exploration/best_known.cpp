// SPDX-License-Identifier: Apache-2.0
#include "exploration/best_known.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace plumbline::detail {
namespace {

bool has_less_energy(StackCost a, StackCost b) { return a.energy < b.energy; }

}  // namespace

double BestKnown::value(StackCost cost) const
{
    if (std::isinf(cost.energy) || std::isinf(cost.cycles)) return std::numeric_limits<double>::infinity();
    switch (objective_) {
        case Objective::energy: return cost.energy;
        case Objective::latency: return cost.cycles;
        case Objective::edp: return cost.energy * cost.cycles;
        case Objective::weighted: break;
    }
    return std::pow(cost.energy, weights_.energy) * std::pow(cost.cycles, weights_.latency);
}

void BestKnown::note(StackCost cost)
{
    least_ = std::min(least_, value(cost));
    if (optima_ == Optima::best) return;
    auto behind = std::upper_bound(front_.begin(), front_.end(), cost, has_less_energy);
    if (behind != front_.begin() && std::prev(behind)->cycles <= cost.cycles) return;
    if (behind != front_.begin() && std::prev(behind)->energy == cost.energy) --behind;
    const auto end = std::find_if(behind, front_.end(), [&](StackCost each) { return each.cycles < cost.cycles; });
    front_.insert(front_.erase(behind, end), cost);
}

bool BestKnown::beats(StackCost cost) const
{
    if (optima_ == Optima::best) return value(cost) > least_ * (1 + kCostRounding);
    // Along the front latencies fall: of those with clearly less energy the last one is the fastest.
    const StackCost clearly{cost.energy / (1 + kCostRounding), cost.cycles};
    const auto end = std::lower_bound(front_.begin(), front_.end(), clearly, has_less_energy);
    return end != front_.begin() && std::prev(end)->cycles <= cost.cycles;
}

}  // namespace plumbline::detail
