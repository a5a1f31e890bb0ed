// SPDX-License-Identifier: Apache-2.0
#include "plumbline/optimize.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "exploration/cut_graph.hpp"
#include "exploration/cut_labels.hpp"
#include "model/exploration/all_partitions.hpp"
#include "model/exploration/random_network.hpp"
#include "plumbline/objective.hpp"
#include "plumbline/schedule_cost.hpp"

namespace plumbline {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

struct Point {
    double energy = 0;
    double cycles = 0;
};

/// A random network on a machine whose sram holds all, some or little of it.
struct Case {
    explicit Case(std::uint64_t seed, std::size_t layers)
    {
        random_network::Generator generator{seed};
        accelerator = tiny::accelerator(Bits{800 + 400 * generator.below(6)});
        workload = generator.network(layers);
        options.tiles = {{6, 6}, {2, 3}};
        options.modes = {OverlapMode::fully_recompute, OverlapMode::fully_cached};
        options.capacity = generator.below(3) == 0 ? CapacityPolicy::optimistic : CapacityPolicy::reserved;
        options.search.estimator = generator.below(3) == 0 ? Estimator::uniform : Estimator::refined;
        options.search.factors = 3;
        options.search.threads = 1;
        options.threads = 1;
        options.mappings = &mappings;
    }

    MappingCache mappings;
    Accelerator accelerator = tiny::accelerator();
    Workload workload{"one", {tiny::convolution(0, {})}};
    MappingRules rules = random_network::rules();
    OptimizeOptions options;
};

PlanOptions planning(const OptimizeOptions& options)
{
    PlanOptions plan;
    plan.capacity = options.capacity;
    plan.search = options.search;
    plan.mappings = options.mappings;
    return plan;
}

/// The whole schedule planned and predicted, nothing of it added up here.
std::optional<Point> predicted(const Case& given, const OptimizedSchedule& partition)
{
    const auto schedule =
        plan_schedule(given.accelerator, given.workload, given.rules, partition, planning(given.options));
    if (!schedule) return std::nullopt;
    const ScheduleCost cost = predict(given.accelerator, given.workload, *schedule, given.options.search.estimator);
    return Point{cost.energy().count(), static_cast<double>(cost.latency().count())};
}

/// Every tile with every mode for every stack of every partition.
std::vector<Point> all_schedules(const Case& given)
{
    std::vector<StackChoice> choices;
    for (OverlapMode mode : given.options.modes)
        for (TileSize tile : given.options.tiles) choices.push_back({tile, mode});
    std::vector<Point> points;
    for (const auto& partition : all_partitions::of(given.workload)) {
        std::vector<std::size_t> digits(partition.size(), 0);
        for (bool more = true; more;) {
            OptimizedSchedule schedule;
            for (std::size_t i = 0; i < partition.size(); ++i)
                schedule.stacks.push_back({partition[i], choices[digits[i]], {}, {}});
            if (const auto point = predicted(given, schedule)) points.push_back(*point);
            std::size_t digit = 0;
            while (digit < digits.size() && ++digits[digit] == choices.size()) digits[digit++] = 0;
            more = digit < digits.size();
        }
    }
    return points;
}

double value(const OptimizeOptions& options, Point point)
{
    return objective_value(options.search.objective, options.search.weights, Picojoules{point.energy},
                           Cycles{static_cast<std::int64_t>(point.cycles)});
}

constexpr double kRounding = 1e-9;

bool no_worse(Point a, Point b) { return a.energy <= b.energy * (1 + kRounding) && a.cycles <= b.cycles; }

/// Of what brute force found, each is equalled or beaten; what optimize found is among it.
void expect_front(const std::vector<Point>& all, const std::vector<Point>& front)
{
    for (Point each : all)
        EXPECT_TRUE(std::any_of(front.begin(), front.end(), [&](Point point) { return no_worse(point, each); }))
            << each.energy << ' ' << each.cycles;
    for (Point point : front)
        EXPECT_TRUE(std::any_of(all.begin(), all.end(),
                                [&](Point each) { return no_worse(each, point) && no_worse(point, each); }))
            << point.energy << ' ' << point.cycles;
}

void expect_best_of_all(Case& given)
{
    const std::vector<Point> all = all_schedules(given);
    const auto best = optimize(given.accelerator, given.workload, given.rules, given.options);
    ASSERT_EQ(best.feasible(), !all.empty());
    if (all.empty()) return;
    double least = std::numeric_limits<double>::infinity();
    for (Point each : all) least = std::min(least, value(given.options, each));
    const auto point = predicted(given, best->schedules.front());
    ASSERT_TRUE(point);
    EXPECT_NEAR(value(given.options, *point), least, least * kRounding);
    // What optimize says of it is what is predicted.
    EXPECT_NEAR(best->schedules.front().energy().count(), point->energy, point->energy * kRounding);
    EXPECT_EQ(static_cast<double>(best->schedules.front().latency().count()), point->cycles);
    given.options.optima = Optima::pareto_front;
    const auto front = optimize(given.accelerator, given.workload, given.rules, given.options);
    ASSERT_TRUE(front);
    std::vector<Point> points;
    for (const OptimizedSchedule& each : front->schedules)
        points.push_back({each.energy().count(), static_cast<double>(each.latency().count())});
    expect_front(all, points);
}

/// 25 networks each: seeds that are `remainder` apart from multiples of 8.
class OptimizeOnRandomNetworks : public ::testing::TestWithParam<std::uint64_t> {};

TEST_P(OptimizeOnRandomNetworks, FindsWhatBruteForceFinds)
{
    constexpr std::array<Objective, 4> kObjectives{Objective::energy, Objective::latency, Objective::edp,
                                                   Objective::weighted};
    for (std::uint64_t i = 0; i < 25; ++i) {
        const std::uint64_t seed = GetParam() + 8 * i;
        SCOPED_TRACE(seed);
        Case given{seed, i % 5 == 0 ? 4U : 3U};
        given.options.search.objective = kObjectives[i % 4];
        given.options.search.weights = {0.3, 0.7};
        expect_best_of_all(given);
    }
}

INSTANTIATE_TEST_SUITE_P(Eighths, OptimizeOnRandomNetworks, ::testing::Range<std::uint64_t>(0, 8));

TEST(Optimize, DoesNotDependOnThreads)
{
    for (const Optima optima : {Optima::best, Optima::pareto_front}) {
        Case given{17, 6};
        given.options.optima = optima;
        given.options.modes = {kAllOverlapModes.begin(), kAllOverlapModes.end()};
        given.options.tiles = {};
        given.options.search.objective = Objective::edp;
        given.options.mappings = nullptr;
        const auto alone = optimize(given.accelerator, given.workload, given.rules, given.options);
        given.options.threads = 4;
        const auto together = optimize(given.accelerator, given.workload, given.rules, given.options);
        ASSERT_EQ(alone->schedules.size(), together->schedules.size());
        EXPECT_EQ(alone->planned, together->planned);
        for (std::size_t i = 0; i < alone->schedules.size(); ++i) {
            const auto& a = alone->schedules[i].stacks;
            const auto& b = together->schedules[i].stacks;
            ASSERT_EQ(a.size(), b.size());
            for (std::size_t stack = 0; stack < a.size(); ++stack) {
                EXPECT_EQ(a[stack].layers, b[stack].layers);
                EXPECT_EQ(a[stack].choice.tile, b[stack].choice.tile);
                EXPECT_EQ(a[stack].choice.mode, b[stack].choice.mode);
                EXPECT_EQ(a[stack].energy, b[stack].energy);
                EXPECT_EQ(a[stack].latency, b[stack].latency);
            }
        }
    }
}

TEST(Optimize, SaysWhyNothingIsFeasible)
{
    Case given{3, 3};
    given.accelerator = tiny::accelerator(Bits{16});
    given.options.capacity = CapacityPolicy::reserved;
    const auto best = optimize(given.accelerator, given.workload, given.rules, given.options);
    ASSERT_FALSE(best);
    EXPECT_THAT(best.reason(), HasSubstr("sram"));
}

TEST(OptimizationGrid, HalvesFirstThenOtherParts)
{
    EXPECT_THAT(optimization_grid(112), ElementsAre(1, 2, 4, 7, 14, 28, 56, 112));
    // Halves of 56 are seven sizes; a third of it is 19 of 18.67.
    EXPECT_THAT(optimization_grid(56), ElementsAre(1, 2, 4, 7, 14, 19, 28, 56));
    // All that cover 7 in different numbers of tiles: 7, 4 (2), 3 (3), 2 (4), 1 (7).
    EXPECT_THAT(optimization_grid(7), ElementsAre(1, 2, 3, 4, 7));
    EXPECT_THAT(optimization_grid(1), ElementsAre(1));
    EXPECT_THAT(optimization_grid(960, 3), ElementsAre(240, 480, 960));
}

/// Two branches of one layer each between a layer and an addition.
/// Columns and rows that change places cost the same, summed in another order.
TEST(Undominated, TakesEnergiesThatDifferByRoundingForEqual)
{
    const std::vector<detail::StackOffer> kept =
        detail::undominated({{{1000, 8}, 0}, {{1000 + 1e-10, 7}, 1}, {{1001, 6}, 2}, {{1001 + 1e-10, 6}, 3}});
    ASSERT_EQ(kept.size(), 2U);
    EXPECT_EQ(kept[0].choice, 1U);
    EXPECT_EQ(kept[1].choice, 2U);
}

TEST(CutGraph, OrdersBranchesBothWays)
{
    std::vector<Layer> layers;
    for (LayerId id = 0; id < 3; ++id) layers.push_back(tiny::convolution(id, {2, 2, 4, 4, 1, 1}));
    layers[1].inputs[1].source = layers[2].inputs[1].source = 0;
    Layer add = tiny::convolution(3, {2, 1, 4, 4, 1, 1});
    const Operand map{"X", add.output.relevant, {}, Bits{8}, false, 1};
    add.inputs = {map, map};
    add.inputs[1].name = "Y";
    add.inputs[1].source = 2;
    layers.push_back(add);
    const detail::CutGraph cuts{Workload{"diamond", layers}};
    // Done: nothing, 0, 01, 02, 012, all.
    EXPECT_EQ(boost::num_vertices(cuts.graph()), 6U);
    // 0; 1 and 2, each before and after the other; the addition alone, with one of both, with both, and with all. 01 is none,
    // since 2 reads what 0 makes, and so is 12, which has two outputs.
    EXPECT_THAT(cuts.stacks(), testing::UnorderedElementsAre(ElementsAre(0), ElementsAre(1), ElementsAre(2),
                                                             ElementsAre(3), ElementsAre(1, 3), ElementsAre(2, 3),
                                                             ElementsAre(1, 2, 3), ElementsAre(0, 1, 2, 3)));
}

TEST(CutGraph, RefusesTooManyOrders)
{
    // Ten layers side by side can be done in 2^10 subsets.
    std::vector<Layer> layers;
    for (LayerId id = 0; id < 10; ++id) layers.push_back(tiny::convolution(id, {2, 2, 4, 4, 1, 1}));
    const Workload workload{"wide", layers};
    EXPECT_EQ(boost::num_vertices(detail::CutGraph(workload, 1024).graph()), 1024U);
    EXPECT_THROW(detail::CutGraph(workload, 1023), InputError);
}

}  // namespace
}  // namespace plumbline
