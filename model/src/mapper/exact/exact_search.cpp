// SPDX-License-Identifier: Apache-2.0
#include "mapper/exact/exact_search.hpp"

#include <algorithm>

#include "mapper/exact/branch_and_bound.hpp"
#include "mapper/exact/least_energy.hpp"

namespace plumbline::detail {
namespace {

/// Among equal energies. A proof that there is none of less latency may take long, and nobody asks for it.
constexpr std::int64_t kStepsForTies = 500;
/// Of the lattice: more take too much memory.
constexpr std::size_t kMostStates = std::size_t{1} << 21;
/// Of an order search, where an exact one is given up.
constexpr int kFewFactors = 5;

/// Neighbours of the same dimension are merged, the smallest ones first, until there are few enough orders to try or states to hold.
template <class Few>
LoopOrder merged(LoopOrder order, Few few)
{
    while (!few(order)) {
        const auto begin = order.loops.begin() + static_cast<std::ptrdiff_t>(order.first_free);
        const auto end = order.loops.begin() + static_cast<std::ptrdiff_t>(order.end_free);
        auto best = end;
        for (auto loop = begin; loop != end && loop + 1 != end; ++loop)
            if (loop->dim == loop[1].dim && (best == end || loop->size * loop[1].size < best->size * best[1].size))
                best = loop;
        if (best == end) break;
        best[1].size *= best->size;
        order.loops.erase(best);
        --order.end_free;
        std::sort(order.loops.begin() + static_cast<std::ptrdiff_t>(order.first_free),
                  order.loops.begin() + static_cast<std::ptrdiff_t>(order.end_free), before);
    }
    return order;
}

FoundOrder found_order(const MappingSpace& space, const BestDecisions& best, std::int64_t steps, double gap)
{
    FoundOrder result;
    result.fitting = steps;
    result.gap = gap;
    if (!best.found) return result;
    const FoundMapping found{space, best.decisions, best.overflowing};
    result.score = best.score;
    result.order = found.loops();
    result.cuts = found.cuts();
    return result;
}

/// The best order of few factors, if it is better.
FoundOrder or_better_order(FoundOrder result, const CostModel& model, const SharedMemories& memories,
                           const LoopOrder& order, const SearchOptions& options, double least)
{
    const auto few = [](const LoopOrder& each) { return each.end_free - each.first_free <= kFewFactors; };
    FoundOrder other = search_orders(model, memories, merged(order, few), options);
    const std::int64_t steps = result.fitting;
    CapacityRanges ranges = std::move(result.ranges);
    other.ranges.empty() ? ranges.clear() : narrow(ranges, other.ranges);
    if (other.fitting > 0 && (result.order.empty() || other.score.better_than(result.score))) result = std::move(other);
    const double value = result.score.first;
    result.ranges = std::move(ranges);
    result.gap = std::isfinite(value) && value > 0 ? std::clamp(1 - least / value, 0.0, 1.0) : 1;
    result.fitting = std::isfinite(value) ? std::max<std::int64_t>(1, steps) : 0;
    return result;
}

/// \pre nothing more is asked of the space
FoundOrder with_ranges(FoundOrder result, const MappingSpace& space, CapacityPolicy policy)
{
    if (policy == CapacityPolicy::reserved) result.ranges = space.ranges();
    return result;
}

FoundOrder search(const CostModel& model, const SharedMemories& memories, const LoopOrder& order, bool all_factors,
                  const SearchOptions& options)
{
    const LoopLattice loops{order};
    const MappingSpace space{model, memories, loops};
    SearchLimit limit{options.steps, options.seconds};
    const LeastEnergy least = least_energy(space, limit);
    if (!least.found && least.energy == kNever) return with_ranges({}, space, memories.policy);
    BestDecisions best;
    if (least.found) {
        best = {least.decisions, least.overflowing, true, {}};
        best.score = score_of(space, options, FoundMapping{space, least.decisions, least.overflowing});
    }
    bool proven = least.found;
    if (options.objective == Objective::energy) {
        SearchLimit for_ties{kStepsForTies, 0};
        if (least.found) branch_and_bound(space, options, least.energy, for_ties, best);
    } else {
        proven = branch_and_bound(space, options, kNever, limit, best) && least.found;
    }
    FoundOrder result = with_ranges(found_order(space, best, limit.taken(), 0), space, memories.policy);
    if (proven && all_factors) return result;
    return or_better_order(std::move(result), model, memories, order, options,
                           all_factors ? least_value(space, options, least.energy) : 0);
}

}  // namespace

FoundOrder exact_mapping(const CostModel& model, const SharedMemories& memories, const LoopOrder& order,
                         const SearchOptions& options)
{
    const auto few = [](const LoopOrder& each) { return LoopLattice::size_of(each, kMostStates) <= kMostStates; };
    const LoopOrder searched = merged(order, few);
    return search(model, memories, searched, searched.loops.size() == order.loops.size(), options);
}

}  // namespace plumbline::detail
