// SPDX-License-Identifier: Apache-2.0
#include "mapper/exact/exact_search.hpp"

#include <algorithm>

#include "mapper/exact/branch_and_bound.hpp"
#include "mapper/exact/least_energy.hpp"
#include "mapper/exact/local_search.hpp"

namespace plumbline::detail {
namespace {

/// Among equal energies. A proof that there is none of less latency may take long, and nobody asks for it.
constexpr std::int64_t kStepsForTies = 500;
/// Of a search that is over before it is worth while to look for a good mapping first.
constexpr std::int64_t kStepsAtOnce = 1000;
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

/// What was found where the search was given up. \param least of the objective
FoundOrder better_of(FoundOrder result, FoundOrder other, double least)
{
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

BestDecisions best_of(const MappingSpace& space, const SearchOptions& options, std::vector<Decision> decisions,
                      std::uint8_t overflowing)
{
    BestDecisions best{std::move(decisions), overflowing, true, {}};
    best.score = score_of(space, options, FoundMapping{space, best.decisions, overflowing});
    return best;
}

/// Looks near the best mapping, and near the one of few factors.
void look_nearby(const MappingSpace& space, const SearchOptions& options, const FoundOrder& few, SearchLimit& limit,
                 BestDecisions& best)
{
    search_nearby(space, options, limit, best);
    if (few.fitting == 0) return;
    const std::vector<Decision> decisions = decisions_of(space, few.order, few.cuts);
    for (const PartialMapping& mapping : space.beginnings()) {
        if (!fits(space, mapping, decisions)) continue;
        BestDecisions other = best_of(space, options, decisions, mapping.overflowing);
        search_nearby(space, options, limit, other);
        if (other.score.better_than(best.score)) best = std::move(other);
    }
}

/// One search of a layer: what its parts have in common.
class ExactSearch {
public:
    ExactSearch(const CostModel& model, const SharedMemories& memories, const LoopOrder& order, bool all_factors,
                const SearchOptions& options)
        : model_{model},
          memories_{memories},
          order_{order},
          all_factors_{all_factors},
          options_{options},
          loops_{order},
          space_{model, memories, loops_},
          limit_{options.steps, options.seconds},
          least_{least_energy(space_, limit_)}
    {
        if (least_.found) best_ = best_of(space_, options_, least_.decisions, least_.overflowing);
    }

    FoundOrder run()
    {
        if (!least_.found && least_.energy == kNever) return with_ranges({}, space_, memories_.policy);
        return options_.objective == Objective::energy ? energy() : others();
    }

private:
    FoundOrder energy()
    {
        SearchLimit for_ties{kStepsForTies, 0};
        if (least_.found) break_ties(space_, options_, least_.energy, for_ties, best_);
        if (least_.found && all_factors_) return found();
        return better_of(found(), few_factors(), all_factors_ ? least_picojoules(space_, least_.energy) : 0);
    }

    FoundOrder others()
    {
        const std::int64_t few_steps = options_.steps == 0 ? kStepsAtOnce : std::min(kStepsAtOnce, options_.steps);
        SearchLimit at_once{few_steps, options_.seconds};
        const LatencyBounds bounds{space_};
        double open = branch_and_bound(space_, bounds, options_, least_.energy, at_once, best_);
        limit_.count(at_once.taken());
        if (all_factors_ && std::isinf(open)) return found();
        FoundOrder few = few_factors();
        look_nearby(space_, options_, few, limit_, best_);
        open = branch_and_bound(space_, bounds, options_, least_.energy, limit_, best_);
        if (all_factors_ && std::isinf(open)) return found();
        return better_of(found(), std::move(few), all_factors_ ? std::min(open, best_.score.first) : 0);
    }

    FoundOrder few_factors() const
    {
        const auto few = [](const LoopOrder& each) { return each.end_free - each.first_free <= kFewFactors; };
        return search_orders(model_, memories_, merged(order_, few), options_);
    }

    FoundOrder found() const
    {
        return with_ranges(found_order(space_, best_, limit_.taken(), 0), space_, memories_.policy);
    }

    const CostModel& model_;
    const SharedMemories& memories_;
    const LoopOrder& order_;
    bool all_factors_;
    const SearchOptions& options_;
    LoopLattice loops_;
    MappingSpace space_;
    SearchLimit limit_;
    LeastEnergy least_;
    BestDecisions best_;
};

}  // namespace

FoundOrder exact_mapping(const CostModel& model, const SharedMemories& memories, const LoopOrder& order,
                         const SearchOptions& options)
{
    const auto few = [](const LoopOrder& each) { return LoopLattice::size_of(each, kMostStates) <= kMostStates; };
    const LoopOrder searched = merged(order, few);
    return ExactSearch{model, memories, searched, searched.loops.size() == order.loops.size(), options}.run();
}

}  // namespace plumbline::detail
