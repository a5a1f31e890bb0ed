// SPDX-License-Identifier: Apache-2.0
#include "mapper/solved_mapping.hpp"

#include "cost/layer/loop_cuts.hpp"
#include "cost/layer_evaluation.hpp"

namespace plumbline {

MappingStore::~MappingStore() = default;

}  // namespace plumbline

namespace plumbline::detail {
namespace {

/// Where ranges are not known: that space alone.
CapacityRanges ranges_of(const RangedSearch& found, const Space& space)
{
    if (!found.ranges.empty()) return found.ranges;
    CapacityRanges ranges;
    for (const std::int64_t bits : space) ranges.push_back({bits, bits + 1});
    return ranges;
}

}  // namespace

SolvedMapping solved_by(const RangedSearch& found, const Space& space)
{
    if (!found.mapping) return {ranges_of(found, space), Infeasible{found.mapping.reason()}, 0, {}};
    return {ranges_of(found, space), found.mapping->mapping, found.mapping->orders, found.mapping->gap};
}

Outcome<BestMapping> best_of(const SolvedMapping& solved, const MappingProblem& problem, Estimator estimator)
{
    if (!solved.mapping) return Infeasible{solved.mapping.reason()};
    const LayerMapping& mapping = *solved.mapping;
    const CostModel model = make_cost_model(*problem.accelerator, *problem.layer, mapping, estimator, problem.reserved);
    const MappingCuts loops{mapping};
    return BestMapping{mapping, Evaluation{model, loops.cuts()}.cost(), solved.orders, solved.gap};
}

bool may_vary(const Outcome<BestMapping>& mapping, const SearchOptions& options)
{
    return options.factors == 0 && options.seconds > 0 && (!mapping || mapping->gap.value_or(0) > 0);
}

}  // namespace plumbline::detail
