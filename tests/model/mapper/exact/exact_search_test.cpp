// SPDX-License-Identifier: Apache-2.0
#include "mapper/exact/exact_search.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <map>

#include "model/hand_machine.hpp"
#include "model/mapper/exact/all_mappings.hpp"
#include "model/mapper/prepared_problem.hpp"

namespace plumbline {
namespace {

using Prepared = test::PreparedProblem;

constexpr double kInfinite = std::numeric_limits<double>::infinity();

struct Objectives {
    Objective objective;
    ObjectiveWeights weights;
};
constexpr std::array<Objectives, 4> kObjectives{
    {{Objective::energy, {}}, {Objective::latency, {}}, {Objective::edp, {}}, {Objective::weighted, {0.3, 1.4}}}};

/// Least value of each objective over all mappings.
std::array<double, 4> by_brute_force(const Prepared& prepared)
{
    std::array<double, 4> least;
    least.fill(kInfinite);
    test::AllMappings all{prepared.model, prepared.memories, prepared.order};
    all.visit([&](const detail::LoopCuts& cuts) {
        detail::Evaluation evaluation{prepared.model, cuts};
        const Picojoules energy{evaluation.energy()};
        const Cycles latency{evaluation.latency()};
        for (std::size_t i = 0; i < kObjectives.size(); ++i)
            least[i] =
                std::min(least[i], objective_value(kObjectives[i].objective, kObjectives[i].weights, energy, latency));
    });
    return least;
}

SearchOptions options_for(std::size_t objective, Estimator estimator)
{
    SearchOptions options;
    options.objective = kObjectives[objective].objective;
    options.weights = kObjectives[objective].weights;
    options.estimator = estimator;
    options.threads = 1;
    return options;
}

/// Of what was found, or infinite.
double value_of(const Prepared& prepared, detail::FoundOrder found, const SearchOptions& options)
{
    if (found.fitting == 0) return kInfinite;
    for (auto& cut : found.cuts) cut.loops = found.order.data();
    detail::Evaluation evaluation{prepared.model, found.cuts};
    return objective_value(options.objective, options.weights, Picojoules{evaluation.energy()},
                           Cycles{evaluation.latency()});
}

detail::FoundOrder search_exactly(const Prepared& prepared, const SearchOptions& options)
{
    return detail::exact_mapping(prepared.model, prepared.memories, prepared.order, options);
}

double by_search(const Prepared& prepared, const SearchOptions& options, const std::string& where)
{
    detail::FoundOrder found = search_exactly(prepared, options);
    if (found.fitting > 0) { EXPECT_EQ(found.gap, 0) << where; }
    return value_of(prepared, std::move(found), options);
}

std::string description(unsigned seed, const SearchOptions& options)
{
    return "seed " + std::to_string(seed) + ", " + std::string{name_of(options.estimator)} + ", " +
           std::string{name_of(options.objective)};
}

/// Sums of fractions differ in the last bits with their order.
bool at_most(double value, double limit) { return value <= limit * (1 + 2e-12); }

/// Calls `visit(seed, random problem, options)` for many problems with each objective and estimator in turn.
template <class Visit>
void for_random_problems(unsigned seeds, Visit visit)
{
    for (unsigned seed = 0; seed < seeds; ++seed) {
        test::RandomProblem random{seed};
        visit(seed, random,
              options_for(seed % kObjectives.size(), seed / 4 % 2 == 0 ? Estimator::uniform : Estimator::refined));
    }
}

template <class Change>
void expect_no_worse(unsigned seeds, Change change)
{
    int better = 0;
    for_random_problems(seeds, [&](unsigned seed, test::RandomProblem& random, const SearchOptions& options) {
        const std::string where = description(seed, options);
        const double before = by_search(Prepared{random.problem, options.estimator}, options, where);
        change(random);
        random.rebuild();
        const double after = by_search(Prepared{random.problem, options.estimator}, options, where);
        EXPECT_TRUE(at_most(after, before)) << where << ": " << after << " after " << before;
        if (after < before * (1 - 1e-9)) ++better;
    });
    EXPECT_GT(better, 0);
}

TEST(ExactSearch, FindsWhatBruteForceFinds)
{
    constexpr int kCases = 2000;
    constexpr std::int64_t kMostMappings = 4000;
    int cases = 0;
    int infeasible = 0;
    for (unsigned seed = 0; cases < kCases; ++seed) {
        const test::RandomProblem random{seed};
        for (Estimator estimator : {Estimator::uniform, Estimator::refined}) {
            const Prepared prepared{random.problem, estimator};
            if (test::AllMappings{prepared.model, prepared.memories, prepared.order}.count(kMostMappings) >
                kMostMappings)
                continue;
            const std::array<double, 4> expected = by_brute_force(prepared);
            for (std::size_t i = 0; i < kObjectives.size(); ++i, ++cases) {
                const SearchOptions options = options_for(i, estimator);
                const std::string where = description(seed, options);
                const double found = by_search(prepared, options, where);
                if (expected[i] == kInfinite) {
                    EXPECT_EQ(found, kInfinite) << where;
                    ++infeasible;
                } else {
                    EXPECT_LE(std::abs(found / expected[i] - 1), 2e-12)
                        << where << ": " << found << ", not " << expected[i];
                }
            }
        }
    }
    RecordProperty("cases", cases);
    RecordProperty("infeasible", infeasible);
    EXPECT_LT(infeasible, cases / 2);
}

TEST(ExactSearch, IsNeverAboveOrdersAllocatedLevelByLevel)
{
    int below = 0;
    for_random_problems(400, [&](unsigned seed, const test::RandomProblem& random, const SearchOptions& options) {
        const Prepared prepared{random.problem, options.estimator};
        const double exact = by_search(prepared, options, description(seed, options));
        const double by_level = value_of(
            prepared, detail::search_orders(prepared.model, prepared.memories, prepared.order, options), options);
        EXPECT_TRUE(at_most(exact, by_level)) << description(seed, options) << ": " << exact << ", above " << by_level;
        if (exact < by_level * (1 - 1e-9)) ++below;
    });
    EXPECT_GT(below, 20);
}

TEST(ExactSearch, WithMoreStepsIsNoWorseAndItsGapIsTrue)
{
    int given_up = 0;
    for_random_problems(200, [&](unsigned seed, const test::RandomProblem& random, SearchOptions options) {
        const Prepared prepared{random.problem, options.estimator};
        const double least = by_search(prepared, options, description(seed, options));
        double before = kInfinite;
        for (std::int64_t steps : {1, 4, 16, 64, 256, 0}) {
            options.steps = steps;
            detail::FoundOrder found = search_exactly(prepared, options);
            const double gap = found.gap.value_or(0);
            const double value = value_of(prepared, std::move(found), options);
            const std::string where = description(seed, options) + ", steps " + std::to_string(steps);
            EXPECT_TRUE(at_most(value, before)) << where;
            EXPECT_TRUE(value == kInfinite || at_most(value * (1 - gap), least)) << where << ", gap " << gap;
            if (steps == 0) { EXPECT_EQ(value, least) << where; }
            if (gap > 0) ++given_up;
            before = value;
        }
    });
    EXPECT_GT(given_up, 100);
}

/// Slots of the port that is busy for longest if each of its words takes one: those of the instances are alike here.
double busiest_port(const Prepared& prepared, const detail::LoopCuts& cuts)
{
    std::map<int, double> slots;
    detail::LoopEstimate estimate = prepared.model.estimate(cuts);
    for (std::size_t operand = 0; operand < prepared.model.layer().operands; ++operand) {
        const detail::OperandFacts& facts = prepared.model.layer().operand[operand];
        const detail::OperandAccesses words = estimate.accesses(operand);
        for (std::size_t level = 0; level < facts.levels; ++level)
            for (Direction d : kAllDirections)
                slots[facts.level[level].port[d]] +=
                    words[level][d] / static_cast<double>(facts.lanes.units[level + 1]);
    }
    double most = 0;
    for (const auto& [port, each] : slots) most = std::max(most, each);
    return most;
}

TEST(ExactSearch, NoMappingIsFasterThanItsBusiestPort)
{
    int bounded = 0;
    for (unsigned seed = 0; seed < 1100; ++seed) {
        const test::RandomProblem random{seed};
        const Prepared prepared{random.problem, Estimator::refined};
        test::AllMappings all{prepared.model, prepared.memories, prepared.order};
        if (all.count(4000) > 4000) continue;
        all.visit([&](const detail::LoopCuts& cuts) {
            const auto cycles = static_cast<double>(detail::Evaluation{prepared.model, cuts}.latency());
            const double least = busiest_port(prepared, cuts);
            EXPECT_GE(cycles, least - 1e-6) << "seed " << seed;
            if (cycles < least + 1) ++bounded;
        });
    }
    EXPECT_GT(bounded, 0);
}

/// Each of 512 x 512 weights of 8 bits comes through the port of 4 bits of the off-chip memory, in 524,288 cycles; iterations alone
/// take half of that. Without it the bound would say that half of the time may be saved.
TEST(ExactSearch, KnowsThatAPortBoundsALayer)
{
    std::vector<Memory> memories{tiny::output_register(), tiny::sram(), tiny::dram()};
    memories[tiny::kDram].ports[0].width = memories[tiny::kDram].ports[0].granule = Bits{4};
    MacArray array;
    array.dimensions = {{"D1", 2}};
    const Accelerator accelerator{"tiny", array, memories};
    const Layer layer = tiny::convolution(0, {512, 512, 1, 1, 1, 1});
    const MappingRules rules = tiny::rules();
    MappingProblem problem;
    problem.accelerator = &accelerator;
    problem.layer = &layer;
    problem.sizes = layer.sizes;
    problem.rule = &rules.rules()[0];
    problem.levels = {
        {tiny::kRegister, tiny::kSram, tiny::kDram}, {tiny::kSram, tiny::kDram}, {tiny::kSram, tiny::kDram}};
    SearchOptions options = options_for(1, Estimator::refined);
    options.steps = 20000;
    const detail::FoundOrder found = search_exactly(Prepared{problem, Estimator::refined}, options);
    const double gap = found.gap.value_or(1);
    EXPECT_LT(gap, 0.05);
    EXPECT_GE(found.score.first * (1 - gap), 524288);
    EXPECT_LT(found.score.first, 524288 * 1.05);
}

TEST(ExactSearch, IsNoWorseWithALargerMemory)
{
    expect_no_worse(400, [](test::RandomProblem& random) {
        Memory& memory = random.memories[static_cast<std::size_t>(
            random.between(0, static_cast<std::int64_t>(random.memories.size()) - 1))];
        memory.size = memory.size * random.between(2, 4);
    });
}

TEST(ExactSearch, IsNoWorseWithWiderPorts)
{
    expect_no_worse(400, [](test::RandomProblem& random) {
        Memory& memory = random.memories[static_cast<std::size_t>(
            random.between(0, static_cast<std::int64_t>(random.memories.size()) - 1))];
        for (Port& port : memory.ports) port.width = port.width * 2;
    });
}

}  // namespace
}  // namespace plumbline
