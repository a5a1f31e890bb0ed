// SPDX-License-Identifier: Apache-2.0
#include "plumbline/mapper.hpp"

#include <algorithm>
#include <limits>

#include "cost/layer_evaluation.hpp"
#include "mapper/exact/exact_search.hpp"
#include "mapper/open_unrollings.hpp"
#include "mapper/orders/order_search.hpp"
#include "mapper/ranged_search.hpp"
#include "mapper/spatial_mapping.hpp"

namespace plumbline {
namespace {

using detail::LoopCuts;
using detail::Score;

LayerMapping with_loops(LayerMapping mapping, const std::vector<TemporalLoop>& order, const LoopCuts& cuts)
{
    for (std::size_t i = 0; i < mapping.operands.size(); ++i) {
        auto& temporal = mapping.operands[i].temporal;
        for (std::size_t level = 0; level < temporal.size(); ++level)
            temporal[level].assign(order.begin() + static_cast<std::ptrdiff_t>(cuts[i].cut[level]),
                                   order.begin() + static_cast<std::ptrdiff_t>(cuts[i].cut[level + 1]));
    }
    return mapping;
}

/// Does not name the layer: the answer is that of all that are like it.
Infeasible nothing_fits(bool given_up)
{
    const std::string what =
        given_up ? "the search found no order of its temporal loops that fits" : "no order of its temporal loops fits";
    return {what + " the memories it may use" + (given_up ? ", within its limit" : "")};
}

using Unrollings = std::vector<detail::FittedUnrolling>;

Outcome<BestMapping> search_with(const MappingProblem& problem, const Unrollings& unrollings,
                                 const SearchOptions& options, CapacityRanges& ranges)
{
    LayerMapping mapping = detail::spatial_mapping(problem, unrollings);
    const detail::CostModel model =
        detail::make_cost_model(*problem.accelerator, *problem.layer, mapping, options.estimator, problem.reserved);
    const detail::SharedMemories memories = detail::shared_memories(problem, model.layer());
    const LoopSizes sizes = detail::temporal_sizes(problem.sizes, unrollings);
    const detail::LoopOrder order = detail::loop_order(problem.rule->ordering, sizes, options.factors);
    if (order.loops.size() > detail::kMaxLoops)
        return Infeasible{std::to_string(order.loops.size()) + " loop factors, more than " +
                          std::to_string(detail::kMaxLoops)};
    detail::FoundOrder best = options.factors == 0 ? detail::exact_mapping(model, memories, order, options)
                                                   : detail::search_orders(model, memories, order, options);
    best.ranges.empty() ? ranges.clear() : narrow(ranges, best.ranges);
    if (best.fitting == 0) return nothing_fits(best.gap.value_or(0) > 0);
    for (std::size_t i = 0; i < model.layer().operands; ++i) best.cuts[i].loops = best.order.data();
    LayerCost cost = detail::Evaluation{model, best.cuts}.cost();
    return BestMapping{with_loops(std::move(mapping), best.order, best.cuts), std::move(cost), best.fitting, best.gap};
}

/// Halves the widest unrolling. False where nothing is unrolled any more.
bool unroll_less(MappingRule& rule, const LoopSizes& sizes)
{
    const auto lanes = [&](const Unrolling& each) { return std::min(each.size, sizes[each.dim]); };
    const auto widest = std::max_element(rule.unrollings.begin(), rule.unrollings.end(),
                                         [&](const auto& a, const auto& b) { return lanes(a) < lanes(b); });
    if (widest == rule.unrollings.end() || lanes(*widest) < 2) return false;
    widest->size = divide_up(lanes(*widest), 2);
    return true;
}

/// By one rule, or where space is reserved by what of it fits.
Outcome<BestMapping> search_by(MappingRule rule, const MappingProblem& problem, const SearchOptions& options,
                               CapacityRanges& ranges)
{
    MappingProblem narrowed = problem;
    narrowed.rule = &rule;
    while (true) {
        const auto unrollings = detail::fit_unrollings(rule, problem.sizes, problem.accelerator->array());
        auto mapped = search_with(narrowed, unrollings, options, ranges);
        if (mapped || problem.capacity == CapacityPolicy::optimistic || !unroll_less(rule, problem.sizes))
            return mapped;
    }
}

Score score_of(const BestMapping& mapped, const SearchOptions& options)
{
    return detail::score_of(mapped.cost.energy().count(), mapped.cost.latency(), options);
}

/// No mapping of its search has less of what is minimised.
double least_of(const BestMapping& mapped, const SearchOptions& options)
{
    return score_of(mapped, options).first * (1 - mapped.gap.value_or(0));
}

/// The best of all unrollings that the rule allows.
detail::RangedSearch search_choices(const MappingProblem& problem, const SearchOptions& options)
{
    CapacityRanges ranges(problem.accelerator->memories().size());
    const std::vector<MappingRule> choices = detail::unrolling_choices(*problem.rule);
    Outcome<BestMapping> best = search_by(choices.front(), problem, options, ranges);
    double least = best ? least_of(*best, options) : std::numeric_limits<double>::infinity();
    for (std::size_t i = 1; i < choices.size(); ++i) {
        Outcome<BestMapping> other = search_by(choices[i], problem, options, ranges);
        if (!other) continue;
        least = std::min(least, least_of(*other, options));
        if (!best || score_of(*other, options).better_than(score_of(*best, options))) best = std::move(other);
    }
    const double value = best ? score_of(*best, options).first : 0;
    if (best && best->gap) (*best).gap = least < value ? 1 - least / value : 0;
    return {std::move(best), std::move(ranges)};
}

}  // namespace

detail::RangedSearch detail::search_with_ranges(const MappingProblem& problem, const SearchOptions& options)
{
    return search_choices(problem, options);
}

Outcome<BestMapping> search_mapping(const MappingProblem& problem, const SearchOptions& options)
{
    return search_choices(problem, options).mapping;
}

}  // namespace plumbline
