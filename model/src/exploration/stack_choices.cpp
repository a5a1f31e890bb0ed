// SPDX-License-Identifier: Apache-2.0
#include "exploration/stack_choices.hpp"

#include <algorithm>
#include <cassert>
#include <limits>

#include "plumbline/copy_cost.hpp"
#include "plumbline/layer_cost.hpp"

namespace plumbline::detail {
namespace {

StackCost cost_of(const CandidateSetting& setting, const Step& step)
{
    const PlanSetting& plan = setting.plan;
    if (const auto* compute = std::get_if<ComputeStep>(&step)) {
        const LayerCost cost = layer_cost(plan.accelerator, setting.workload.layer(compute->layer), compute->mapping,
                                          plan.search.estimator, compute->residents);
        return {cost.energy().count(), static_cast<double>(cost.latency().count())};
    }
    const CopyCost cost = copy_cost(plan.accelerator, std::get<CopyStep>(step), plan.search.estimator);
    return {cost.energy.count(), static_cast<double>(cost.latency.count())};
}

StackCost cost_of(const CandidateSetting& setting, const TileClass& tiles)
{
    StackCost sum;
    for (const Step& step : tiles.steps) sum = sum + cost_of(setting, step);
    const auto count = static_cast<double>(tiles.count);
    return {sum.energy * count, sum.cycles * count};
}

[[maybe_unused]] bool at_least(StackCost cost, StackCost bound)
{
    return cost.energy >= bound.energy * (1 - kCostRounding) && cost.cycles >= bound.cycles * (1 - kCostRounding);
}

StackCost larger(StackCost a, StackCost b) { return {std::max(a.energy, b.energy), std::max(a.cycles, b.cycles)}; }

}  // namespace

Candidate evaluated(const CandidateSetting& setting, const OpenStack& open, Candidate candidate,
                    const TooMuch& too_much)
{
    const StackCost bound = candidate.cost;
    StackCost sum;
    bool stopped = false;
    const auto add = [&](const std::vector<TileClass>& classes, std::size_t first) {
        if (first == 0) sum = {};
        for (std::size_t i = first; i < classes.size(); ++i) sum = sum + cost_of(setting, classes[i]);
        stopped = too_much(larger(sum, bound));
        return !stopped;
    };
    try {
        const auto stack = plan_stack(setting.plan, open, candidate.choice, add);
        if (!stack && !stopped) return {candidate.choice, bound, Standing::infeasible, stack.reason()};
    } catch (const InputError& error) {
        return {candidate.choice, bound, Standing::infeasible, error.what()};
    }
    if (stopped) return {candidate.choice, bound, Standing::hopeless};
    assert(at_least(sum, bound));
    return {candidate.choice, sum, Standing::known};
}

StackCandidates::StackCandidates(Passage passage, const OpenStack& open) : floor_{passage, open}, least_{floor_.least()}
{}

void StackCandidates::list(const std::vector<TileSize>& tiles, const std::vector<OverlapMode>& modes)
{
    for (OverlapMode mode : modes)
        for (TileSize tile : tiles) all_.push_back({{tile, mode}, floor_.of({tile, mode})});
    listed_ = true;
}

StackCost StackCandidates::least() const
{
    constexpr double kInfinite = std::numeric_limits<double>::infinity();
    StackCost least{kInfinite, kInfinite};
    if (dropped_) return least;
    if (!listed_) return least_;
    for (const Candidate& each : all_) {
        if (each.standing != Standing::open && each.standing != Standing::known) continue;
        least = {std::min(least.energy, each.cost.energy), std::min(least.cycles, each.cost.cycles)};
    }
    return least;
}

bool StackCandidates::has_open() const
{
    if (dropped_) return false;
    return !listed_ ||
           std::any_of(all_.begin(), all_.end(), [](const Candidate& each) { return each.standing == Standing::open; });
}

std::vector<StackOffer> StackCandidates::offers() const
{
    std::vector<StackOffer> offers;
    for (std::size_t i = 0; i < all_.size(); ++i)
        if (all_[i].standing == Standing::known) offers.push_back({all_[i].cost, i});
    return undominated(std::move(offers));
}

}  // namespace plumbline::detail
