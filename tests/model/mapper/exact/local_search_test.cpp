// SPDX-License-Identifier: Apache-2.0
// The search near a given mapping: when it ends, and that what it finds is better and fits.
#include "mapper/exact/local_search.hpp"

#include <gtest/gtest.h>

#include "mapper/exact/exact_search.hpp"
#include "model/hand_machine.hpp"
#include "model/mapper/exact/all_mappings.hpp"
#include "model/mapper/prepared_problem.hpp"

namespace plumbline {
namespace {

using Prepared = test::PreparedProblem;

SearchOptions least_latency(std::int64_t steps)
{
    SearchOptions options;
    options.objective = Objective::latency;
    options.steps = steps;
    options.threads = 1;
    return options;
}

/// Two iterations over K, and no memory but the off-chip one: a mapping is one decision.
class OneLoop : public testing::Test {
protected:
    OneLoop()
    {
        problem.accelerator = &accelerator;
        problem.layer = &layer;
        problem.sizes = layer.sizes;
        problem.rule = &rules.rules()[0];
        problem.levels = {{tiny::kDram}, {tiny::kDram}, {tiny::kDram}};
    }

    const Accelerator accelerator = tiny::accelerator();
    const Layer layer = tiny::convolution(0, {4, 1, 1, 1, 1, 1});
    const MappingRules rules = tiny::rules();
    MappingProblem problem;
};

TEST_F(OneLoop, HasNoNeighbours)
{
    const Prepared prepared{problem, Estimator::uniform};
    const detail::LoopLattice loops{prepared.order};
    const detail::MappingSpace space{prepared.model, prepared.memories, loops};
    const SearchOptions options = least_latency(0);
    detail::BestDecisions best;
    best.decisions = {{false, 0, {LoopDim::k, 2}}};
    best.found = true;
    best.score = score_of(space, options, detail::FoundMapping{space, best.decisions, 0});
    const double before = best.score.first;
    detail::SearchLimit limit{0, 0};
    search_nearby(space, options, limit, best);
    EXPECT_EQ(best.score.first, before);
    EXPECT_EQ(limit.taken(), 0);
}

TEST_F(OneLoop, IsSearchedToTheEndWithOneStep)
{
    const Prepared prepared{problem, Estimator::uniform};
    const detail::FoundOrder found =
        detail::exact_mapping(prepared.model, prepared.memories, prepared.order, least_latency(1));
    ASSERT_EQ(found.order.size(), 1u);
    EXPECT_EQ(found.order[0].size, 2);
}

TEST(LocalSearch, FindsBetterMappingsThatFit)
{
    int better = 0;
    for (unsigned seed = 0; seed < 200; ++seed) {
        const test::RandomProblem random{seed};
        const Prepared prepared{random.problem, Estimator::refined};
        const detail::LoopLattice loops{prepared.order};
        const detail::MappingSpace space{prepared.model, prepared.memories, loops};
        test::AllMappings all{prepared.model, prepared.memories, prepared.order};
        if (all.count(4000) > 4000) continue;
        const SearchOptions options = least_latency(0);
        detail::BestDecisions best;
        double least = std::numeric_limits<double>::infinity();
        all.visit([&](const detail::LoopCuts& cuts) {
            const auto cycles = static_cast<double>(detail::Evaluation{prepared.model, cuts}.latency());
            least = std::min(least, cycles);
            if (best.found && cycles <= best.score.first) return;
            const auto decisions = decisions_of(space, {cuts[0].loops, cuts[0].loops + cuts[0].count}, cuts);
            if (!fits(space, space.beginnings().front(), decisions)) return;
            best = {decisions, space.beginnings().front().overflowing, true, {}};
            best.score = score_of(space, options, detail::FoundMapping{space, decisions, best.overflowing});
        });
        if (!best.found) continue;
        const double worst = best.score.first;
        detail::SearchLimit limit{0, 0};
        search_nearby(space, options, limit, best);
        EXPECT_TRUE(fits(space, space.beginnings().front(), best.decisions)) << "seed " << seed;
        EXPECT_LE(best.score.first, worst) << "seed " << seed;
        EXPECT_GE(best.score.first, least) << "seed " << seed;
        if (best.score.first < worst) ++better;
    }
    EXPECT_GT(better, 50);
}

}  // namespace
}  // namespace plumbline
