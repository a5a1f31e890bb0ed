// SPDX-License-Identifier: Apache-2.0
// The refined estimator counts what the machine moves, to the word: each layer and copy, memory, operand and direction,
// on every platform.
#include <algorithm>
#include <tuple>

#include <gtest/gtest.h>

#include "compiled_traffic.hpp"
#include "platform.hpp"
#include "plumbline/access_causes.hpp"
#include "plumbline/layer_cost.hpp"
#include "plumbline/plan.hpp"
#include "plumbline/schedule_cost.hpp"
#include "plumbline/sim/simulate.hpp"
#include "random_mapping.hpp"

namespace plumbline::validate {
namespace {

template <class Traffic>
void add_words(Words& words, TrafficKey key, const Traffic& traffic)
{
    for (Direction d : kAllDirections) {
        std::get<Direction>(key) = d;
        if (traffic.accesses[d] != Accesses{}) words[key] += traffic.accesses[d].count();
    }
}

Words predicted_words(const ScheduleCost& cost)
{
    using Kind = sim::Activity::Kind;
    Words words;
    for (const ScheduledLayerCost& layer : cost.layers)
        for (const OperandCost& operand : layer.cost.operands)
            for (const LevelCost& level : operand.levels)
                add_words(words, {Kind::compute, layer.layer, level.memory, operand.memory_operand, {}}, level);
    for (const ScheduledCopyCost& copies : cost.copies)
        for (const CopyTraffic& traffic : copies.cost.traffic)
            add_words(words, {Kind::copy, copies.before_layer, traffic.place.memory, traffic.place.operand, {}},
                      traffic);
    return words;
}

double words_at(const Words& words, const TrafficKey& key)
{
    const auto found = words.find(key);
    return found == words.end() ? 0 : found->second;
}

std::string described(const Platform& platform, const TrafficKey& key)
{
    const auto& [kind, layer, memory, operand, direction] = key;
    return (kind == sim::Activity::Kind::copy ? "copies before " : "") +
           (layer ? platform.workload.layer(*layer).name : "the first layer") + ", " +
           platform.accelerator.memory(memory).name + ", " + std::string{name_of(operand)} + " " +
           std::string{name_of(direction)};
}

/// Causes add up to the deviation of `uniform` from what layers move.
void expect_all_explained(const Platform& platform, const Schedule& schedule, const Words& moved)
{
    const Words uniform =
        predicted_words(predict(platform.accelerator, platform.workload, schedule, Estimator::uniform));
    Words left = uniform;
    for (const auto& [key, words] : moved) left[key] -= words;
    for (const AccessDifference& row : access_differences(platform.accelerator, platform.workload, schedule))
        for (AccessCause cause : kAllAccessCauses)
            left[{sim::Activity::Kind::compute, row.layer, row.memory, row.operand, row.direction}] -=
                row.words[cause].count();
    for (const auto& [key, words] : left)
        EXPECT_NEAR(words, 0, 1e-9 * (words_at(uniform, key) + words_at(moved, key))) << described(platform, key);
}

void expect_equal_words(const Platform& platform, const Schedule& schedule)
{
    const Words moved = compiled_words(platform.accelerator, platform.workload, schedule);
    const Words predicted =
        predicted_words(predict(platform.accelerator, platform.workload, schedule, Estimator::refined));
    Words rows = moved;
    rows.insert(predicted.begin(), predicted.end());
    ASSERT_FALSE(rows.empty());
    for (const auto& [key, unused] : rows)
        EXPECT_NEAR(words_at(predicted, key), words_at(moved, key), 1e-9 * words_at(moved, key))
            << described(platform, key);
    expect_all_explained(platform, schedule, moved);
}

class AnyPlatform : public ::testing::TestWithParam<std::tuple<const char*, const char*>> {
protected:
    /// A fraction of the last layer's map, the same along both axes.
    TileSize tile(std::int64_t divisor) const
    {
        const Layer& last = platform.workload.layers().back();
        return {std::max<std::int64_t>(1, columns(last.output, last.sizes) / divisor),
                std::max<std::int64_t>(1, rows(last.output, last.sizes) / divisor)};
    }

    void expect_exact(TileSize size, OverlapMode mode, CapacityPolicy capacity, Estimator estimator) const
    {
        PlanOptions options;
        options.stacks = {{size, mode}};
        options.capacity = capacity;
        options.search.factors = 4;
        options.search.estimator = estimator;
        const auto schedule = plan_schedule(platform.accelerator, platform.workload, platform.rules, options);
        ASSERT_TRUE(schedule) << schedule.reason();
        SCOPED_TRACE(std::to_string(size.x) + "x" + std::to_string(size.y) + " " + std::string{name_of(mode)});
        expect_equal_words(platform, *schedule);
    }

    Platform platform{std::get<0>(GetParam()), std::get<1>(GetParam())};
};

TEST_P(AnyPlatform, MovesAsManyWordsAsPredicted)
{
    for (OverlapMode mode : {OverlapMode::fully_recompute, OverlapMode::h_cached, OverlapMode::fully_cached})
        expect_exact(tile(16), mode, CapacityPolicy::reserved, Estimator::uniform);
}

TEST_P(AnyPlatform, MovesAsManyWordsAsPredictedWithMappingsSearchedByTheSameEstimator)
{
    expect_exact(tile(11), OverlapMode::fully_cached, CapacityPolicy::reserved, Estimator::refined);
}

INSTANTIATE_TEST_SUITE_P(
    All, AnyPlatform,
    ::testing::Combine(::testing::Values("ascend_like", "ascend_like_df", "edge_tpu_like", "edge_tpu_like_df",
                                         "meta_prototype", "meta_prototype_df", "tesla_npu_like", "tesla_npu_like_df",
                                         "tpu_like", "tpu_like_df"),
                       ::testing::Values("dmcnnvd", "fsrcnn", "mccnn", "defines/mobilenetv1", "defines/resnet18")),
    both_names);

/// Words of all directions, those that move nothing left out.
LayerWords predicted_words(const LayerCost& cost)
{
    LayerWords words;
    for (const OperandCost& operand : cost.operands)
        for (const LevelCost& level : operand.levels)
            for (Direction d : kAllDirections)
                if (level.accesses[d] != Accesses{})
                    words[{level.memory, operand.memory_operand, d}] = level.accesses[d].count();
    return words;
}

/// Of an array that does, or does not read inputs again that have not changed.
class AnyArray : public ::testing::TestWithParam<bool> {};
INSTANTIATE_TEST_SUITE_P(RereadsInputs, AnyArray, ::testing::Bool());

TEST_P(AnyArray, MovesAsManyWordsAsPredictedForAnyMapping)
{
    for (unsigned seed = 0; seed < 500; ++seed) {
        const RandomMapping random{seed, GetParam()};
        ASSERT_NO_THROW(check(random.mapping, random.layer, random.accelerator)) << "seed " << seed;
        const LayerWords moved =
            compiled_words(random.accelerator, sim::compile(random.accelerator, random.layer, random.mapping));
        const LayerWords predicted =
            predicted_words(layer_cost(random.accelerator, random.layer, random.mapping, Estimator::refined));
        LayerWords rows = moved;
        rows.insert(predicted.begin(), predicted.end());
        for (const auto& [row, unused] : rows) {
            const auto& [memory, operand, direction] = row;
            const auto in = [&row = row](const LayerWords& words) { return words.count(row) ? words.at(row) : 0; };
            EXPECT_NEAR(in(predicted), in(moved), 1e-9 * in(moved))
                << "seed " << seed << ", " << random.accelerator.memory(memory).name << ", " << name_of(operand) << ' '
                << name_of(direction);
        }
    }
}

TEST(RefinedAccesses, AreThoseThatMemoriesCountInASimulation)
{
    const Platform platform{"meta_prototype_df", "fsrcnn"};
    PlanOptions options;
    options.stacks = {{TileSize{60, 72}, OverlapMode::fully_cached}};
    const auto schedule = plan_schedule(platform.accelerator, platform.workload, platform.rules, options);
    sim::SimulationOptions folded;
    folded.fold_classes = true;
    const sim::Counters counters = sim::simulate(platform.accelerator, platform.workload, *schedule, folded);
    const Words predicted =
        predicted_words(predict(platform.accelerator, platform.workload, *schedule, Estimator::refined));
    EXPECT_EQ(counters.traffic.size(), predicted.size());
    for (const sim::Traffic& each : counters.traffic) {
        const TrafficKey row{each.activity.kind, each.activity.layer, each.memory, each.operand, each.direction};
        EXPECT_NEAR(words_at(predicted, row), each.words.count(), 1e-9 * each.words.count())
            << described(platform, row);
    }
}

TEST(RefinedAccesses, AreThoseOfFsrcnnInTilesOf60x72)
{
    const Platform platform{"meta_prototype_df", "fsrcnn"};
    PlanOptions options;
    options.stacks = {{TileSize{60, 72}, OverlapMode::fully_cached}};
    for (Estimator estimator : {Estimator::uniform, Estimator::refined}) {
        options.search.estimator = estimator;
        expect_equal_words(platform, *plan_schedule(platform.accelerator, platform.workload, platform.rules, options));
    }
}

}  // namespace
}  // namespace plumbline::validate
