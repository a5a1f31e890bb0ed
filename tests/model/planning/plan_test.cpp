// SPDX-License-Identifier: Apache-2.0
#include "plumbline/plan.hpp"

#include <gtest/gtest.h>

#include <numeric>
#include <optional>

#include "model/hand_machine.hpp"
#include "plumbline/memory_use.hpp"
#include "plumbline/schedule_cost.hpp"

namespace plumbline {
namespace {

/// Two 3x3 convolutions on a 10x8 output.
class PlanOnTinyMachine : public ::testing::Test {
protected:
    PlanOptions options(TileSize tile, OverlapMode mode) const
    {
        PlanOptions options;
        options.stacks = {{tile, mode}};
        options.cuts.kind = Cuts::Kind::none;
        options.capacity = CapacityPolicy::optimistic;
        options.search.factors = 5;
        return options;
    }

    Schedule planned(TileSize tile, OverlapMode mode) const
    {
        auto schedule = plan_schedule(accelerator, workload, rules, options(tile, mode));
        EXPECT_TRUE(schedule) << schedule.reason();
        return *schedule;
    }

    std::int64_t macs(const Schedule& schedule) const { return predict(accelerator, workload, schedule).macs(); }

    Accelerator accelerator = tiny::accelerator(kibibytes(1));
    Workload workload{"two",
                      {tiny::convolution(0, {2, 2, 10, 12, 3, 3}), tiny::convolution(1, {2, 2, 8, 10, 3, 3}, 0)}};
    MappingRules rules = tiny::rules();
};

constexpr std::int64_t kMacsPerOutput = 2 * 2 * 9;

TEST_F(PlanOnTinyMachine, SchedulesPassTheirCheck)
{
    for (OverlapMode mode : {OverlapMode::fully_recompute, OverlapMode::h_cached, OverlapMode::fully_cached})
        for (TileSize tile : {TileSize{1, 1}, TileSize{4, 3}, TileSize{5, 8}, TileSize{10, 1}, TileSize{10, 8}})
            EXPECT_NO_THROW(check(planned(tile, mode), accelerator, workload));
}

TEST_F(PlanOnTinyMachine, TilesFillTheMapLeftOverFirst)
{
    const Schedule schedule = planned({4, 3}, OverlapMode::fully_cached);
    const Stack& stack = schedule.stacks[0];
    EXPECT_EQ(stack.grid, (TileGrid{3, 3}));
    std::int64_t outputs = 0;
    for (const TileClass& tiles : stack.classes) outputs += tiles.count * tiles.size.x * tiles.size.y;
    EXPECT_EQ(outputs, 10 * 8);
    EXPECT_EQ(class_of_tile(stack, 0, 0).size, (TileSize{2, 2}));
    EXPECT_TRUE(class_of_tile(stack, 0, 0).loads_weights);
    EXPECT_EQ(class_of_tile(stack, 2, 1).size, (TileSize{4, 3}));
    EXPECT_FALSE(class_of_tile(stack, 2, 1).loads_weights);
}

TEST_F(PlanOnTinyMachine, FullyCachedComputesEveryOutputOnce)
{
    EXPECT_EQ(macs(planned({4, 3}, OverlapMode::fully_cached)), kMacsPerOutput * (12 * 10 + 10 * 8));
}

TEST_F(PlanOnTinyMachine, FullyRecomputeComputesEachHaloAgain)
{
    // Each tile of 2x2, 4x2, 2x3 … makes (x + 2) * (y + 2) outputs of the first layer.
    const std::int64_t first_layer = (4 + 6 + 6) * (4 + 5 + 5);
    EXPECT_EQ(macs(planned({4, 3}, OverlapMode::fully_recompute)), kMacsPerOutput * (first_layer + 10 * 8));
}

TEST_F(PlanOnTinyMachine, ColumnCachesSaveTheColumnsAlone)
{
    const std::int64_t first_layer = (4 + 4 + 4) * (4 + 5 + 5);
    EXPECT_EQ(macs(planned({4, 3}, OverlapMode::h_cached)), kMacsPerOutput * (first_layer + 10 * 8));
}

/// A convolution whose map may be padded and up-sampled.
Layer square_convolution(LayerId id, std::int64_t outputs, std::int64_t upsampling, std::optional<LayerId> producer)
{
    Layer layer = tiny::convolution(id, {2, 2, outputs, outputs, 3, 3}, producer);
    for (SlidingAxis& axis : layer.inputs[1].sliding) {
        axis.padding_before = axis.padding_behind = 1;
        axis.upsampling = upsampling;
    }
    return layer;
}

// Of 24 columns, tiles of three need columns 0 and 1 of the first layer, then up to 3, 4, 6, 7, 9, 10, 11: two more and one more in
// turn. One plan does for every other tile.
TEST_F(PlanOnTinyMachine, TilesThatAreAlikeByTurnsComputeEveryOutputOnce)
{
    workload = Workload{"doubled", {square_convolution(0, 12, 1, {}), square_convolution(1, 24, 2, 0)}};
    const Schedule schedule = planned({3, 3}, OverlapMode::fully_cached);
    EXPECT_EQ(schedule.stacks[0].classes.size(), 64U);
    EXPECT_NO_THROW(check(schedule, accelerator, workload));
    EXPECT_EQ(macs(schedule), kMacsPerOutput * (12 * 12 + 24 * 24));
}

TEST_F(PlanOnTinyMachine, OneTileNeedsNoCacheWhateverTheMode)
{
    const Schedule recompute = planned({10, 8}, OverlapMode::fully_recompute);
    const Schedule cached = planned({10, 8}, OverlapMode::fully_cached);
    EXPECT_EQ(recompute.stacks[0].classes, cached.stacks[0].classes);
}

TEST_F(PlanOnTinyMachine, WeightsComeFromDramForTheFirstTileAlone)
{
    const Schedule schedule = planned({4, 3}, OverlapMode::fully_cached);
    const auto weight_levels = [](const TileClass& tiles) {
        for (const Step& step : tiles.steps)
            if (const auto* compute = std::get_if<ComputeStep>(&step)) return compute->mapping.operands[1].levels;
        return std::vector<MemoryId>{};
    };
    for (const TileClass& tiles : schedule.stacks[0].classes)
        EXPECT_EQ(weight_levels(tiles).back(), tiles.loads_weights ? tiny::kDram : tiny::kSram);
}

TEST_F(PlanOnTinyMachine, TileLargerThanTheMapIsRefused)
{
    EXPECT_THROW(plan_schedule(accelerator, workload, rules, options({11, 8}, OverlapMode::fully_cached)), InputError);
    EXPECT_THROW(plan_schedule(accelerator, workload, rules, options({10, 0}, OverlapMode::fully_cached)), InputError);
}

TEST_F(PlanOnTinyMachine, OutputsAndInputsInEachOthersMemoryOperandAreRefused)
{
    // No port of I1 takes partial sums up: there is none to count accesses of.
    MappingRule rule = rules.rules().front();
    const auto linked = [&](MemoryOperand output, MemoryOperand input) {
        rule.links = {{"O", output}, {"W", MemoryOperand::i2}, {"I", input}};
        const auto asked = options({4, 3}, OverlapMode::fully_cached);
        return plan_schedule(accelerator, workload, MappingRules{{rule}}, asked).feasible();
    };
    EXPECT_TRUE(linked(MemoryOperand::o, MemoryOperand::i1));
    EXPECT_THROW(linked(MemoryOperand::i1, MemoryOperand::i1), InputError);
    EXPECT_THROW(linked(MemoryOperand::o, MemoryOperand::o), InputError);
}

TEST_F(PlanOnTinyMachine, MemoryTooSmallIsAnAnswerThatNamesTheInnermost)
{
    const Accelerator small = tiny::accelerator(Bits{16});
    PlanOptions asked = options({4, 3}, OverlapMode::fully_cached);
    asked.capacity = CapacityPolicy::reserved;
    const auto schedule = plan_schedule(small, workload, rules, asked);
    ASSERT_FALSE(schedule);
    EXPECT_NE(schedule.reason().find("conv0"), std::string::npos) << schedule.reason();
    // A weight and an input of 8 bits, and an output of 8 bits that has been summed up in the register below.
    EXPECT_NE(schedule.reason().find("sram has 16 bit, but needs at least 24 bit"), std::string::npos)
        << schedule.reason();
    EXPECT_EQ(schedule.reason().find("dram"), std::string::npos) << schedule.reason();
}

TEST_F(PlanOnTinyMachine, ReservedCapacityOverflowsNoMemory)
{
    for (Bits size : {Bits{700}, Bits{1024}, Bits{2000}, kibibytes(1)}) {
        const Accelerator machine = tiny::accelerator(size);
        for (OverlapMode mode : {OverlapMode::fully_recompute, OverlapMode::h_cached, OverlapMode::fully_cached}) {
            PlanOptions asked = options({4, 3}, mode);
            asked.capacity = CapacityPolicy::reserved;
            const auto schedule = plan_schedule(machine, workload, rules, asked);
            ASSERT_TRUE(schedule) << schedule.reason();
            EXPECT_EQ(schedule->capacity, CapacityPolicy::reserved);
            for (const MemoryUse& use : memory_use(machine, workload, *schedule))
                EXPECT_FALSE(use.overflows()) << machine.memory(use.memory).name << ' ' << use.total();
        }
    }
}

TEST_F(PlanOnTinyMachine, MemoryUseNamesWhatIsHeldBesideTheLayer)
{
    // 4x3 tiles, fully-cached, in an sram with room for all: rows of both maps (14 and 12 wide, 2 rows, 2 channels) and
    // columns of both inputs (2 wide, as high as the tile reads), in the same memory but for their corners.
    const Schedule schedule = planned({4, 3}, OverlapMode::fully_cached);
    for (const MemoryUse& use : memory_use(accelerator, workload, schedule)) {
        if (use.memory != tiny::kSram) continue;
        EXPECT_GT(use.row_cache, Bits{});
        EXPECT_LE(use.row_cache, Bits{8 * 2 * 2 * (14 + 12)});
        EXPECT_EQ(use.resident_weights, Bits{8 * 2 * 2 * 9});  // of the other layer
        EXPECT_EQ(use.feature_maps, Bits{});                   // a chain: nothing else is alive
        EXPECT_EQ(use.capacity, kibibytes(1));
    }
}

TEST_F(PlanOnTinyMachine, StacksEndAfterCuts)
{
    PlanOptions asked = options({4, 3}, OverlapMode::fully_cached);
    asked.cuts.kind = Cuts::Kind::each;
    const auto schedule = plan_schedule(accelerator, workload, rules, asked);
    ASSERT_TRUE(schedule) << schedule.reason();
    ASSERT_EQ(schedule->stacks.size(), 2U);
    EXPECT_EQ(schedule->stacks[0].grid, (TileGrid{3, 4}));  // the first map is 12x10
    EXPECT_EQ(schedule->stacks[1].grid, (TileGrid{3, 3}));
    EXPECT_NO_THROW(check(*schedule, accelerator, workload));
    EXPECT_EQ(macs(*schedule), kMacsPerOutput * (12 * 10 + 10 * 8));
}

TEST_F(PlanOnTinyMachine, EachStackMayHaveItsOwnTileAndMode)
{
    PlanOptions asked = options({4, 3}, OverlapMode::fully_cached);
    asked.cuts = {Cuts::Kind::given, {0}};
    asked.stacks = {{TileSize{12, 1}, OverlapMode::h_cached}, {TileSize{5, 8}, OverlapMode::fully_recompute}};
    const auto schedule = plan_schedule(accelerator, workload, rules, asked);
    ASSERT_TRUE(schedule) << schedule.reason();
    EXPECT_EQ(schedule->stacks[0].tile, (TileSize{12, 1}));
    EXPECT_EQ(schedule->stacks[1].mode, OverlapMode::fully_recompute);
    asked.stacks.push_back(asked.stacks[0]);
    EXPECT_THROW(plan_schedule(accelerator, workload, rules, asked), InputError);
}

TEST_F(PlanOnTinyMachine, AutomaticCutsSeparateWeightsThatDoNotFitTogether)
{
    // 36 weights of 8 bits a layer: both fit 1024 bits, one fits 300, none fits 200.
    const auto cuts = [&](Bits sram) {
        return cuts_of(tiny::accelerator(sram), workload, rules, {Cuts::Kind::automatic, {}});
    };
    EXPECT_EQ(cuts(Bits{1024}), std::vector<LayerId>{});
    EXPECT_EQ(cuts(Bits{300}), std::vector<LayerId>{0});
    EXPECT_EQ(cuts(Bits{200}), std::vector<LayerId>{0});
}

TEST_F(PlanOnTinyMachine, MappingsAreSharedBetweenPlans)
{
    MappingCache mappings;
    PlanOptions asked = options({4, 3}, OverlapMode::fully_cached);
    asked.mappings = &mappings;
    const auto first = plan_schedule(accelerator, workload, rules, asked);
    const std::int64_t searched = mappings.searched();
    EXPECT_EQ(*plan_schedule(accelerator, workload, rules, asked), *first);
    EXPECT_EQ(mappings.searched(), searched);
    EXPECT_GT(mappings.reused(), searched);
}

TEST_F(PlanOnTinyMachine, OfExactSearchesItIsKnownWhatIsProven)
{
    const auto proof = [&](int factors, std::int64_t steps) {
        MappingCache mappings;
        PlanOptions asked = options({4, 3}, OverlapMode::fully_cached);
        asked.mappings = &mappings;
        asked.search.factors = factors;
        asked.search.steps = steps;
        EXPECT_TRUE(plan_schedule(accelerator, workload, rules, asked).feasible());
        return mappings.proof();
    };
    EXPECT_EQ(proof(4, 0).searches, 0);
    const SearchProof exact = proof(0, 0);
    EXPECT_GT(exact.searches, 0);
    EXPECT_EQ(exact.proven, exact.searches);
    EXPECT_EQ(exact.gap, 0);
    const SearchProof given_up = proof(0, 1);
    EXPECT_EQ(given_up.searches, exact.searches);
    EXPECT_LT(given_up.proven, given_up.searches);
    EXPECT_GT(given_up.gap, 0);
}

/// Columns of the network's input that copies fetch, all tiles together.
std::int64_t columns_fetched(const Schedule& schedule)
{
    std::int64_t columns = 0;
    for_each_step(schedule, [&](const ScheduledStep& step) {
        if (step.copies() == nullptr) return;
        for (const Copy& copy : step.copies()->copies)
            if (copy.reason == CopyReason::stack_input) columns += copy.region.columns * step.tiles.count;
    });
    return columns;
}

TEST(PlanWithGaps, FetchesWhatNoTileBeforeHad)
{
    // Windows of two columns, then every second pixel: output 0 needs columns 0 and 1 of the input, output 1 needs 2 and 3.
    const Workload workload{"gaps",
                            {tiny::convolution(0, {1, 1, 1, 3, 1, 2}), tiny::convolution(1, {1, 1, 1, 2, 1, 1, 2}, 0)}};
    for (CapacityPolicy capacity : {CapacityPolicy::optimistic, CapacityPolicy::reserved}) {
        PlanOptions options;
        options.stacks = {{TileSize{1, 1}, OverlapMode::h_cached}};
        options.cuts.kind = Cuts::Kind::none;
        options.capacity = capacity;
        const auto schedule = plan_schedule(tiny::accelerator(), workload, tiny::rules(), options);
        ASSERT_TRUE(schedule);
        EXPECT_EQ(columns_fetched(*schedule), 4);
    }
}

void expect_input_never_moves_up(const Schedule& schedule)
{
    for_each_step(schedule, [&](const ScheduledStep& step) {
        if (step.copies() == nullptr) return;
        for (const Copy& copy : step.copies()->copies) {
            if (!copy.region.producer) { EXPECT_GE(copy.from.memory, copy.to.memory); }
        }
    });
}

TEST_F(PlanOnTinyMachine, TheNetworksInputNeverMovesUp)
{
    for (std::int64_t bits : {512, 768, 1024, 1536, 2048, 3072, 4096, 6144, 8192})
        for (OverlapMode mode : {OverlapMode::h_cached, OverlapMode::fully_cached})
            for (CapacityPolicy capacity : {CapacityPolicy::optimistic, CapacityPolicy::reserved}) {
                PlanOptions choice = options({4, 3}, mode);
                choice.capacity = capacity;
                const auto schedule = plan_schedule(tiny::accelerator(Bits{bits}), workload, rules, choice);
                if (schedule) expect_input_never_moves_up(*schedule);
            }
}

TEST_F(PlanOnTinyMachine, WeightsThatStayHaveTheirSpaceInEveryTile)
{
    for (std::int64_t bits = 256; bits <= 4096; bits += 64) {
        const Accelerator machine = tiny::accelerator(Bits{bits});
        PlanOptions choice = options({5, 4}, OverlapMode::fully_recompute);
        choice.capacity = CapacityPolicy::reserved;
        const auto schedule = plan_schedule(machine, workload, rules, choice);
        if (!schedule) continue;
        for (const MemoryUse& use : memory_use(machine, workload, *schedule)) EXPECT_FALSE(use.overflows()) << bits;
    }
}

TEST(Plans, FetchWhatIsReadOfAMapAndNothingBetween)
{
    // Single pixels, 2 apart: of 15 x 15 pixels in 3 channels of 8 bits, 8 x 8 are read. DeFiNES fetches all of them.
    const Accelerator accelerator = tiny::accelerator(kibibytes(1));
    const Workload workload{"strided", {tiny::convolution(0, {2, 3, 8, 8, 1, 1, 2})}};
    const auto fetched = [&](CapacityPolicy capacity) {
        PlanOptions options;
        options.stacks = {{{8, 8}, OverlapMode::fully_cached}};
        options.capacity = capacity;
        const auto schedule = plan_schedule(accelerator, workload, tiny::rules(), options);
        EXPECT_TRUE(schedule) << schedule.reason();
        check(*schedule, accelerator, workload);
        return std::get<CopyStep>(schedule->stacks[0].classes[0].steps[0]).copies[0].region;
    };
    const FeatureRegion region = fetched(CapacityPolicy::reserved);
    EXPECT_EQ(region.size(), Bits{8 * 8 * 3 * 8});
    EXPECT_EQ(region.row_step, 2);
    EXPECT_EQ(region.column_step, 2);
    EXPECT_EQ(fetched(CapacityPolicy::optimistic).size(), Bits{15 * 15 * 3 * 8});
}

}  // namespace
}  // namespace plumbline
