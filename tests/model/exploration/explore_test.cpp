// SPDX-License-Identifier: Apache-2.0
#include "plumbline/explore.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

#include "model/hand_machine.hpp"
#include "plumbline/optima.hpp"
#include "plumbline/schedule_cost.hpp"

namespace plumbline {
namespace {

using testing::HasSubstr;

using Results = std::vector<std::optional<ExploredPoint>>;

PointCosts costs_of(const Results& results)
{
    PointCosts costs;
    for (const auto& result : results) costs.push_back(result && result->cost ? &*result->cost : nullptr);
    return costs;
}

/// Two 3x3 convolutions on a 10x8 output; the output of the first is 12x10.
class ExploreOnTinyMachine : public ::testing::Test {
protected:
    std::vector<DesignPoint> space() const
    {
        std::vector<DesignPoint> points;
        for (Cuts::Kind cuts : {Cuts::Kind::none, Cuts::Kind::each})
            for (OverlapMode mode : {OverlapMode::fully_recompute, OverlapMode::h_cached, OverlapMode::fully_cached})
                for (std::int64_t x : {1, 4, 10, 11})
                    for (std::int64_t y : {1, 3, 8}) points.push_back({{x, y}, mode, {cuts, {}}});
        return points;
    }

    Results explored(const std::vector<DesignPoint>& points, ExploreOptions options = {}) const
    {
        options.search.factors = 4;
        if (options.threads == 0) options.threads = 2;
        return explore(accelerator, workload, rules, points, options);
    }

    Accelerator accelerator = tiny::accelerator(kibibytes(1));
    Workload workload{"two",
                      {tiny::convolution(0, {2, 2, 10, 12, 3, 3}), tiny::convolution(1, {2, 2, 8, 10, 3, 3}, 0)}};
    MappingRules rules = tiny::rules();
};

TEST_F(ExploreOnTinyMachine, AThreadCountChangesNoBit)
{
    ExploreOptions one;
    one.threads = 1;
    ExploreOptions many;
    many.threads = 5;
    const auto points = space();
    const Results alone = explored(points, one);
    const Results together = explored(points, many);
    for (std::size_t i = 0; i < points.size(); ++i) {
        EXPECT_EQ(alone[i]->point, points[i]);
        EXPECT_EQ(together[i]->point, points[i]);
        EXPECT_EQ(alone[i]->cuts, together[i]->cuts);
        ASSERT_EQ(alone[i]->cost.feasible(), together[i]->cost.feasible());
        if (!alone[i]->cost)
            EXPECT_EQ(alone[i]->cost.reason(), together[i]->cost.reason());
        else
            EXPECT_EQ(*alone[i]->cost, *together[i]->cost);
    }
}

TEST_F(ExploreOnTinyMachine, APointCostsWhatItsScheduleIsPredictedToCost)
{
    const DesignPoint point{{4, 3}, OverlapMode::h_cached, {Cuts::Kind::given, {0}}};
    PlanOptions options;
    options.stacks = {{point.tile, point.mode}};
    options.cuts = point.cuts;
    options.search.factors = 4;
    const ScheduleCost cost = predict(accelerator, workload, *plan_schedule(accelerator, workload, rules, options));
    const Results results = explored({point});
    const CostSummary& summary = *results[0]->cost;
    EXPECT_EQ(results[0]->cuts, std::vector<LayerId>{0});
    EXPECT_EQ(summary.energy(), cost.energy());
    EXPECT_EQ(summary.latency(), cost.latency());
    EXPECT_EQ(summary.phases.copy, cost.copy_latency());
    EXPECT_EQ(summary.macs, cost.macs());
}

TEST_F(ExploreOnTinyMachine, ATileThatFitsNoStackIsAResultThatSaysSo)
{
    const Results results = explored({{{13, 8}, OverlapMode::fully_cached, {Cuts::Kind::none, {}}},
                                      {{10, 8}, OverlapMode::fully_cached, {Cuts::Kind::none, {}}}});
    ASSERT_FALSE(results[0]->cost);
    EXPECT_THAT(results[0]->cost.reason(), HasSubstr("13x8"));
    EXPECT_TRUE(results[1]->cost);
}

TEST_F(ExploreOnTinyMachine, RulesThatAreWrongAreNoResultOfPoints)
{
    MappingRule rule = tiny::rules().rules().front();
    rule.links.pop_back();
    EXPECT_THROW(explore(accelerator, workload, MappingRules{{rule}}, {{{4, 4}, OverlapMode::fully_cached, {}}}, {}),
                 InputError);
}

TEST_F(ExploreOnTinyMachine, MemoriesTooSmallAreAResultThatNamesThem)
{
    accelerator = tiny::accelerator(Bits{16});
    const Results results = explored({{{4, 3}, OverlapMode::fully_cached, {Cuts::Kind::none, {}}}});
    ASSERT_FALSE(results[0]->cost);
    EXPECT_THAT(results[0]->cost.reason(), HasSubstr("sram"));
}

TEST_F(ExploreOnTinyMachine, TellsOfEveryPointOnce)
{
    const auto points = space();
    std::vector<int> told(points.size());
    std::size_t calls = 0;
    ExploreOptions options;
    options.finished = [&](const ExploreProgress& progress) {
        EXPECT_EQ(progress.done, ++calls);
        EXPECT_EQ(progress.all, points.size());
        EXPECT_EQ(progress.point.point, points[progress.index]);
        ++told[progress.index];
        return true;
    };
    explored(points, options);
    EXPECT_EQ(told, std::vector<int>(points.size(), 1));
}

TEST_F(ExploreOnTinyMachine, BeginsNoPointAfterAStop)
{
    ExploreOptions options;
    options.threads = 1;
    options.finished = [](const ExploreProgress& progress) { return progress.done < 3; };
    const Results results = explored(space(), options);
    for (std::size_t i = 0; i < results.size(); ++i) EXPECT_EQ(results[i].has_value(), i < 3) << i;
}

TEST_F(ExploreOnTinyMachine, AFailureOfTheListenerReachesTheCaller)
{
    ExploreOptions options;
    options.finished = [](const ExploreProgress&) -> bool { throw std::runtime_error("disk full"); };
    EXPECT_THROW(explored(space(), options), std::runtime_error);
}

TEST_F(ExploreOnTinyMachine, EqualMappingProblemsAreSearchedOnce)
{
    MappingCache mappings;
    ExploreOptions options;
    options.mappings = &mappings;
    explored(space(), options);
    const std::int64_t searched = mappings.searched();
    EXPECT_GT(mappings.reused(), searched);
    explored(space(), options);
    EXPECT_EQ(mappings.searched(), searched);
}

/// Whatever else was searched: with one cache for all points, and on any number of threads, too.
TEST_F(ExploreOnTinyMachine, EachPointSaysWhatIsProvenOfItsOwnMappings)
{
    ExploreOptions options;
    options.search.factors = 0;
    options.threads = 3;
    const std::vector<DesignPoint> points = space();
    const Results results = explore(accelerator, workload, rules, points, options);
    std::size_t several = 0;
    for (std::size_t i = 0; i < results.size(); ++i) {
        if (!results[i]->cost) continue;
        PlanOptions alone;
        alone.stacks = {{points[i].tile, points[i].mode}};
        alone.cuts = points[i].cuts;
        alone.search = options.search;
        const auto schedule = plan_schedule(accelerator, workload, rules, alone);
        std::int64_t steps = 0;
        for (const Stack& stack : schedule->stacks)
            for (const TileClass& each : stack.classes)
                for (const Step& step : each.steps) steps += std::holds_alternative<ComputeStep>(step) ? 1 : 0;
        EXPECT_EQ(results[i]->search, (SearchProof{steps, steps, 0})) << i;
        if (steps > static_cast<std::int64_t>(workload.layers().size())) ++several;
    }
    EXPECT_GT(several, 0U);
    EXPECT_FALSE(explored(points).front()->search.has_value());
}

TEST_F(ExploreOnTinyMachine, TheWholeMapIsThatOfTheLargestStack)
{
    EXPECT_EQ(whole_map(accelerator, workload, rules, {Cuts::Kind::none, {}}), (TileSize{10, 8}));
    EXPECT_EQ(whole_map(accelerator, workload, rules, {Cuts::Kind::each, {}}), (TileSize{12, 10}));
}

TEST_F(ExploreOnTinyMachine, ViewsCountPartsOfTheWhole)
{
    for (const auto& result : explored(space())) {
        if (!result->cost) continue;
        const CostSummary& cost = *result->cost;
        double traffic = 0, top = 0, weights = 0;
        for (const PlaceCost& place : cost.places) {
            traffic += place.energy.count();
            if (place.place.memory == tiny::kDram) top += place.energy.count();
            if (place.place.operand == MemoryOperand::i2) weights += place.energy.count();
        }
        const double everything = cost.energy(CostView::everything).count();
        EXPECT_NEAR(everything, cost.mac_energy.count() + traffic, 1e-12 * everything);
        EXPECT_NEAR(cost.energy(CostView::dram_only).count(), top, 1e-12 * everything);
        EXPECT_NEAR(cost.energy(CostView::activations_only).count(), traffic - weights, 1e-12 * everything);
        EXPECT_LT(cost.energy(CostView::dram_only), cost.energy());
        EXPECT_LT(cost.energy(CostView::activations_only), cost.energy());
    }
}

TEST_F(ExploreOnTinyMachine, NoPointBeatsTheOptimumOfAnObjective)
{
    const Results results = explored(space());
    const PointCosts costs = costs_of(results);
    for (Objective objective : {Objective::energy, Objective::latency, Objective::edp, Objective::weighted}) {
        for (CostView view : kAllCostViews) {
            const Goal goal{objective, {0.7, 0.3}, view};
            const auto best = optimum(costs, goal);
            ASSERT_TRUE(best);
            EXPECT_EQ(best->ties.front(), best->index);
            for (const CostSummary* cost : costs) {
                if (cost == nullptr) continue;
                EXPECT_GE(goal.value(*cost) * (1 + 1e-9), goal.value(*costs[best->index]));
            }
        }
    }
}

TEST_F(ExploreOnTinyMachine, NothingDominatesTheFrontWhichDominatesTheRest)
{
    const Results results = explored(space());
    const PointCosts costs = costs_of(results);
    const std::vector<bool> front = pareto_front(costs);
    const auto dominates = [&](std::size_t a, std::size_t b) {
        const bool no_worse = costs[a]->energy() <= costs[b]->energy() && costs[a]->latency() <= costs[b]->latency();
        return no_worse && (costs[a]->energy() < costs[b]->energy() || costs[a]->latency() < costs[b]->latency());
    };
    for (std::size_t i = 0; i < costs.size(); ++i) {
        bool dominated = costs[i] == nullptr;
        for (std::size_t j = 0; j < costs.size() && costs[i] != nullptr; ++j)
            if (costs[j] != nullptr && dominates(j, i)) dominated = true;
        EXPECT_EQ(front[i], !dominated) << i;
    }
}

CostSummary made_up(double energy, std::int64_t latency)
{
    CostSummary cost;
    cost.energy_by_view.fill(Picojoules{energy});
    cost.phases.compute = Cycles{latency};
    return cost;
}

TEST(Optimum, IsAmongEqualsTheFastestThenTheFirst)
{
    const CostSummary slow = made_up(10, 7), fast = made_up(10, 5), more = made_up(11, 1);
    const auto best = optimum({nullptr, &slow, &fast, &more, &fast}, {});
    ASSERT_TRUE(best);
    EXPECT_EQ(best->index, 2U);
    EXPECT_EQ(best->ties, (std::vector<std::size_t>{2, 1, 4}));
}

TEST(Optimum, OfPointsWithoutCostDoesNotExist)
{
    EXPECT_FALSE(optimum({}, {}));
    EXPECT_FALSE(optimum({nullptr, nullptr}, {}));
}

TEST(ParetoFront, KeepsEqualsAndDropsWhatIsNoBetterInEither)
{
    const CostSummary a = made_up(1, 9), b = made_up(2, 9), c = made_up(2, 4), d = made_up(3, 4), e = made_up(3, 1);
    EXPECT_EQ(pareto_front({&a, &b, &c, nullptr, &d, &e, &e, &c}),
              (std::vector<bool>{true, false, true, false, false, true, true, true}));
}

TEST(Objective, WeighsEnergyAgainstLatency)
{
    const Picojoules energy{16};
    const Cycles latency{4};
    EXPECT_EQ(objective_value(Objective::energy, {}, energy, latency), 16);
    EXPECT_EQ(objective_value(Objective::latency, {}, energy, latency), 4);
    EXPECT_EQ(objective_value(Objective::edp, {}, energy, latency), 64);
    EXPECT_DOUBLE_EQ(objective_value(Objective::weighted, {0.5, 2}, energy, latency), 4 * 16);
}

TEST_F(ExploreOnTinyMachine, WeightsOfOneObjectiveAloneAreThatObjective)
{
    const std::vector<DesignPoint> points{{{4, 3}, OverlapMode::fully_cached, {Cuts::Kind::none, {}}}};
    const auto cost = [&](Objective objective, ObjectiveWeights weights) {
        ExploreOptions options;
        options.search.objective = objective;
        options.search.weights = weights;
        return *explored(points, options)[0]->cost;
    };
    EXPECT_EQ(cost(Objective::weighted, {0, 1}).latency(), cost(Objective::latency, {}).latency());
    EXPECT_EQ(cost(Objective::weighted, {1, 0}).energy(), cost(Objective::energy, {}).energy());
    EXPECT_EQ(cost(Objective::weighted, {1, 1}), cost(Objective::edp, {}));
}

}  // namespace
}  // namespace plumbline
