// SPDX-License-Identifier: Apache-2.0
#include "exploration/stack_choices.hpp"

#include <algorithm>
#include <cassert>
#include <limits>

#include "exploration/cost_so_far.hpp"

namespace plumbline::detail {
namespace {

[[maybe_unused]] bool at_least(StackCost cost, StackCost bound)
{
    return cost.energy >= bound.energy * (1 - kCostRounding) && cost.cycles >= bound.cycles * (1 - kCostRounding);
}

}  // namespace

StackCandidates::StackCandidates(const Passage& passage, const OpenStack& open)
    : stack_{open},
      floor_{passage, open},
      least_{floor_.least()}
{}

Candidate StackCandidates::evaluated(const CandidateSetting& setting, std::size_t index, const TooMuch& too_much) const
{
    const Candidate& before = all_[index];
    CostSoFar cost{setting, floor_, before, too_much};
    Candidate after = before;
    try {
        const auto problem = plan_classes(setting.plan, stack_, before.choice, cost);
        after.standing = cost.standing();
        if (cost.standing() == Standing::open) {
            after.standing = Standing::infeasible;
            after.reason = problem->reason;
        } else if (cost.standing() != Standing::hopeless) {
            after.cost = problem ? cost.bound() : cost.sum();
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
    renew();
}

void StackCandidates::set(std::size_t index, Candidate candidate)
{
    if (candidate.standing == Standing::known) {
        offers_.push_back({candidate.cost, index});
        std::sort(offers_.begin(), offers_.end(),
                  [](const StackOffer& a, const StackOffer& b) { return a.choice < b.choice; });
        offers_ = undominated(std::move(offers_));
    }
    all_[index] = std::move(candidate);
    renew();
}

void StackCandidates::drop(const std::vector<std::size_t>& choices)
{
    if (choices.empty()) return;
    for (const std::size_t index : choices) all_[index].standing = Standing::hopeless;
    renew();
}

void StackCandidates::drop()
{
    dropped_ = true;
    renew();
}

/// What is known of all choices together.
void StackCandidates::renew()
{
    constexpr double kInfinite = std::numeric_limits<double>::infinity();
    least_ = {kInfinite, kInfinite};
    open_ = 0;
    if (dropped_) return;
    for (const Candidate& each : all_) {
        if (each.has_bound()) ++open_;
        if (!each.has_bound() && each.standing != Standing::known) continue;
        least_ = {std::min(least_.energy, each.cost.energy), std::min(least_.cycles, each.cost.cycles)};
    }
}

}  // namespace plumbline::detail
