// SPDX-License-Identifier: Apache-2.0
#include "exploration/stack_choices.hpp"

#include <algorithm>
#include <cassert>
#include <limits>
#include <map>

#include "plumbline/copy_cost.hpp"
#include "plumbline/layer_cost.hpp"

namespace plumbline::detail {
namespace {

/// Most tile classes differ from others in some of their steps only.
class StepCosts {
public:
    explicit StepCosts(const CandidateSetting& setting) : setting_{setting} {}

    StackCost of(const TileClass& tiles)
    {
        StackCost sum;
        for (const Step& step : tiles.steps) sum = sum + of(step);
        const auto count = static_cast<double>(tiles.count);
        return {sum.energy * count, sum.cycles * count};
    }

private:
    StackCost of(const Step& step)
    {
        const PlanSetting& plan = setting_.plan;
        if (const auto* copy = std::get_if<CopyStep>(&step)) {
            const CopyCost cost = copy_cost(plan.accelerator, *copy, plan.search.estimator);
            return {cost.energy.count(), static_cast<double>(cost.latency.count())};
        }
        const auto& compute = std::get<ComputeStep>(step);
        auto& known = known_[compute.layer];
        const auto same =
            std::find_if(known.begin(), known.end(), [&](const auto& each) { return each.first == compute; });
        if (same != known.end()) return same->second;
        const LayerCost cost = layer_cost(plan.accelerator, setting_.workload.layer(compute.layer), compute.mapping,
                                          plan.search.estimator, compute.residents);
        return known
            .emplace_back(compute, StackCost{cost.energy().count(), static_cast<double>(cost.latency().count())})
            .second;
    }

    const CandidateSetting& setting_;
    std::map<LayerId, std::vector<std::pair<ComputeStep, StackCost>>> known_;
};

[[maybe_unused]] bool at_least(StackCost cost, StackCost bound)
{
    return cost.energy >= bound.energy * (1 - kCostRounding) && cost.cycles >= bound.cycles * (1 - kCostRounding);
}

StackCost larger(StackCost a, StackCost b) { return {std::max(a.energy, b.energy), std::max(a.cycles, b.cycles)}; }

/// What the tile classes cost that are planned, with a bound for those that are missing.
class CostSoFar final : public ClassListener {
public:
    /// All must outlive it.
    CostSoFar(const CandidateSetting& setting, const StackFloor& floor, const Candidate& candidate,
              const TooMuch& too_much)
        : steps_{setting},
          floors_{floor, candidate.choice},
          candidate_{candidate},
          too_much_{too_much}
    {}

    void begin(std::size_t classes, bool last) override
    {
        classes_ = classes;
        last_ = last;
        costs_.clear();
        planned_ = {};
        missing_ = floors_.all();
    }

    bool add(std::size_t place, const TileClass& tiles) override
    {
        const StackCost cost = steps_.of(tiles);
        const StackCost floor = floors_.of(tiles);
        costs_[place] = cost;
        planned_ = planned_ + cost;
        missing_ = {missing_.energy - floor.energy, missing_.cycles - floor.cycles};
        if (costs_.size() == classes_)
            standing_ = Standing::known;
        else if (last_ && candidate_.standing == Standing::open)
            standing_ = Standing::begun;
        if (last_ && too_much_(bound())) standing_ = Standing::hopeless;
        return standing_ == Standing::open;
    }

    /// Open where planning came to no end.
    Standing standing() const { return standing_; }
    StackCost bound() const { return larger(candidate_.cost, planned_ + larger(missing_, {})); }
    /// In the order of the stack's classes: the sum that other commands print.
    StackCost sum() const
    {
        StackCost sum;
        for (const auto& [place, cost] : costs_) sum = sum + cost;
        return sum;
    }

private:
    StepCosts steps_;
    ClassFloors floors_;
    const Candidate& candidate_;
    const TooMuch& too_much_;
    std::size_t classes_ = 0;
    bool last_ = false;                       ///< what is planned holds
    std::map<std::size_t, StackCost> costs_;  ///< by place in the stack
    StackCost planned_;
    StackCost missing_;
    Standing standing_ = Standing::open;
};

}  // namespace

StackCandidates::StackCandidates(Passage passage, const OpenStack& open)
    : open_{open},
      floor_{passage, open},
      least_{floor_.least()}
{}

Candidate StackCandidates::evaluated(const CandidateSetting& setting, std::size_t index, const TooMuch& too_much) const
{
    const Candidate& before = all_[index];
    CostSoFar cost{setting, floor_, before, too_much};
    Candidate after = before;
    try {
        const auto stack = plan_stack(setting.plan, open_, before.choice, &cost);
        after.standing = cost.standing();
        if (cost.standing() == Standing::open) {
            after.standing = Standing::infeasible;
            after.reason = stack.reason();
        } else if (cost.standing() != Standing::hopeless) {
            after.cost = stack ? cost.sum() : cost.bound();
            assert(at_least(after.cost, before.cost));
        }
    } catch (const InputError& error) {
        after.standing = Standing::infeasible;
        after.reason = error.what();
    }
    return after;
}

void StackCandidates::list(const std::vector<TileSize>& tiles, const std::vector<OverlapMode>& modes)
{
    for (OverlapMode mode : modes)
        for (TileSize tile : tiles) { all_.push_back({{tile, mode}, floor_.of({tile, mode})}); }
    floor_.forget();
    listed_ = true;
}

StackCost StackCandidates::least() const
{
    constexpr double kInfinite = std::numeric_limits<double>::infinity();
    StackCost least{kInfinite, kInfinite};
    if (dropped_) return least;
    if (!listed_) return least_;
    for (const Candidate& each : all_) {
        if (!each.has_bound() && each.standing != Standing::known) continue;
        least = {std::min(least.energy, each.cost.energy), std::min(least.cycles, each.cost.cycles)};
    }
    return least;
}

bool StackCandidates::has_open() const
{
    if (dropped_) return false;
    return !listed_ || std::any_of(all_.begin(), all_.end(), [](const Candidate& each) { return each.has_bound(); });
}

std::vector<StackOffer> StackCandidates::offers() const
{
    std::vector<StackOffer> offers;
    for (std::size_t i = 0; i < all_.size(); ++i)
        if (all_[i].standing == Standing::known) offers.push_back({all_[i].cost, i});
    return undominated(std::move(offers));
}

}  // namespace plumbline::detail
