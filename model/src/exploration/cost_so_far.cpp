// SPDX-License-Identifier: Apache-2.0
#include "exploration/cost_so_far.hpp"

#include <algorithm>
#include <variant>

#include "plumbline/copy_cost.hpp"
#include "plumbline/layer_cost.hpp"

namespace plumbline::detail {
namespace {

StackCost larger(StackCost a, StackCost b) { return {std::max(a.energy, b.energy), std::max(a.cycles, b.cycles)}; }

}  // namespace

StackCost StepCosts::of(const TileClass& tiles)
{
    StackCost sum;
    for (const Step& step : tiles.steps) sum = sum + std::visit([&](const auto& each) { return of(each); }, step);
    return sum;
}

StackCost StepCosts::of(const CopyStep& step) const
{
    const CopyCost cost = copy_cost(setting_.plan.accelerator, step, setting_.plan.search.estimator);
    return {cost.energy.count(), static_cast<double>(cost.latency.count())};
}

StackCost StepCosts::of(const ComputeStep& step)
{
    auto& known = known_[step.layer];
    const auto same = std::find_if(known.begin(), known.end(), [&](const auto& each) { return each.first == step; });
    if (same != known.end()) return same->second;
    const LayerCost cost = layer_cost(setting_.plan.accelerator, setting_.workload.layer(step.layer), step.mapping,
                                      setting_.plan.search.estimator, step.residents);
    known.emplace_back(step, StackCost{cost.energy().count(), static_cast<double>(cost.latency().count())});
    return known.back().second;
}

void CostSoFar::begin(std::size_t classes, bool last)
{
    classes_ = classes;
    last_ = last;
    costs_.clear();
    planned_ = {};
    missing_ = floors_.all();
}

bool CostSoFar::add(const std::vector<PlacedClass>& alike, const TileClass& first)
{
    const StackCost cost = steps_.of(first);
    std::int64_t tiles = 0;
    for (const PlacedClass& each : alike) {
        costs_[each.place] = cost * static_cast<double>(each.tiles);
        tiles += each.tiles;
    }
    planned_ = planned_ + cost * static_cast<double>(tiles);
    const StackCost floor = floors_.of(first, tiles);
    missing_ = {missing_.energy - floor.energy, missing_.cycles - floor.cycles};
    if (costs_.size() == classes_)
        standing_ = Standing::known;
    else if (last_ && candidate_.standing == Standing::open)
        standing_ = Standing::begun;
    if (last_ && too_much_(bound())) standing_ = Standing::hopeless;
    return standing_ == Standing::open;
}

StackCost CostSoFar::bound() const { return larger(candidate_.cost, planned_ + larger(missing_, {})); }

StackCost CostSoFar::sum() const
{
    StackCost sum;
    for (const auto& [place, cost] : costs_) sum = sum + cost;
    return sum;
}

}  // namespace plumbline::detail
