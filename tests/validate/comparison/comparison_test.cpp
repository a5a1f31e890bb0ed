// SPDX-License-Identifier: Apache-2.0
#include "plumbline/validate/comparison.hpp"

#include <cmath>

#include <gmock/gmock.h>

#include "plumbline/validate/energy.hpp"
#include "validate/agreement/hand_made.hpp"

namespace plumbline::validate {
namespace {

using namespace plumbline::test;
using testing::ElementsAre;
using testing::SizeIs;

Comparison compared(const ScheduleCost& predicted, const sim::Counters& simulated, Tolerances tolerances = {})
{
    return compare(tiny_accelerator(), predicted, simulated, tolerances);
}

TEST(Deviation, IsPositiveWherePredictionIsTooHigh)
{
    EXPECT_DOUBLE_EQ(deviation(110, 100), 0.1);
    EXPECT_DOUBLE_EQ(deviation(90, 100), -0.1);
}

TEST(Deviation, OfNothingFromNothingIsZero) { EXPECT_EQ(deviation(0, 0), 0); }

TEST(Deviation, FromNothingIsInfinite)
{
    EXPECT_EQ(deviation(5, 0), INFINITY);
    EXPECT_EQ(deviation(0, 5), -1);
}

TEST(SimulatedEnergy, IsWordsTimesEnergyPlusMacs)
{
    // 10 dram reads of 700, 5 + 20 sram writes of 3, 40 sram reads of 2, 100 MACs of 0.04.
    const auto accelerator = tiny_accelerator();
    EXPECT_DOUBLE_EQ(energy(accelerator, hand_made_counters()).count(), 7000 + 75 + 80 + 4);
    EXPECT_DOUBLE_EQ(memory_energy(accelerator, hand_made_counters(), kInput).count(), 7000 + 15);
    EXPECT_DOUBLE_EQ(memory_energy(accelerator, hand_made_counters(), kConv).count(), 60 + 80);
}

TEST(Comparison, AddsLayersAndCopiesOfOneBorder)
{
    ScheduleCost predicted = hand_made_prediction();
    predicted.copies[0].cost.traffic.push_back(
        {{MemoryOperand::i1, 1}, {Accesses{7}, Accesses{0}, Accesses{0}, Accesses{0}}, {}});
    sim::Counters simulated = hand_made_counters();
    simulated.traffic.push_back(traffic(kInput, 1, MemoryOperand::i1, Direction::read_down, 17));
    const Comparison comparison = compared(predicted, simulated);
    // 50 of the layer and 7 of the copy; 40 and 17.
    EXPECT_TRUE(comparison.within_tolerance);
    EXPECT_EQ(comparison.accesses.front().accesses.predicted, Accesses{57});
    EXPECT_EQ(comparison.accesses.front().accesses.simulated, Accesses{57});
}

TEST(Comparison, PutsBordersOutsideToleranceFirst)
{
    sim::Counters simulated = hand_made_counters();
    simulated.traffic[0].words = Accesses{20};  // dram reads: -50 %, worse than the +25 % of sram reads
    const Comparison comparison = compared(hand_made_prediction(), simulated);
    std::vector<std::pair<MemoryId, bool>> rows;
    for (const AccessRow& row : comparison.accesses) rows.emplace_back(row.memory, row.within);
    EXPECT_THAT(rows, ElementsAre(std::pair{2, false}, std::pair{1, false}, std::pair{1, true}, std::pair{1, true}));
    EXPECT_FALSE(comparison.within_tolerance);
}

TEST(Comparison, ListsTheRestFromTheMacsUp)
{
    const Comparison comparison = compared(hand_made_prediction(), hand_made_counters(), {1, 1});
    std::vector<MemoryId> memories;
    for (const AccessRow& row : comparison.accesses) memories.push_back(row.memory);
    EXPECT_THAT(memories, ElementsAre(1, 1, 1, 2));
    EXPECT_TRUE(comparison.within_tolerance);
}

TEST(Comparison, IncludesABorderThatOnlyOneSideKnows)
{
    sim::Counters simulated = hand_made_counters();
    simulated.traffic.push_back(traffic(kConv, 0, MemoryOperand::o, Direction::read_up, 3));
    const Comparison more = compared(hand_made_prediction(), simulated);
    EXPECT_EQ(more.accesses.front().accesses.deviation(), -1);
    simulated.traffic.clear();
    const Comparison fewer = compared(hand_made_prediction(), simulated);
    EXPECT_EQ(fewer.accesses.front().accesses.deviation(), INFINITY);
    EXPECT_FALSE(fewer.within_tolerance);
}

TEST(Comparison, SplitsCyclesByPhase)
{
    const Comparison comparison = compared(hand_made_prediction(), hand_made_counters());
    ASSERT_THAT(comparison.layers, SizeIs(1));
    const StepRow& conv = comparison.layers.front();
    EXPECT_EQ(conv.name, "conv");
    // Predicted: 80 iterations and 10 stalls; simulated: 100 in all without 6 and 4.
    EXPECT_EQ(conv.computing.predicted, Cycles{90});
    EXPECT_EQ(conv.computing.simulated, Cycles{90});
    EXPECT_EQ(conv.loading.predicted, conv.loading.simulated);
    EXPECT_EQ(conv.cycles().predicted, Cycles{100});
    ASSERT_THAT(comparison.copies, SizeIs(1));
    EXPECT_EQ(comparison.copies.front().cycles().simulated, Cycles{12});
}

TEST(Comparison, JudgesLatencyOfEachLayerAndOfTheWhole)
{
    sim::Counters simulated = hand_made_counters();
    simulated.traffic[2].words = Accesses{50};
    EXPECT_TRUE(compared(hand_made_prediction(), simulated).within_tolerance);
    simulated.times[1].cycles = Cycles{120};
    const Comparison layer = compared(hand_made_prediction(), simulated);
    EXPECT_FALSE(layer.layers.front().within);
    EXPECT_FALSE(layer.within_tolerance);
    simulated.times[1].cycles = Cycles{100};
    simulated.cycles = Cycles{200};
    EXPECT_FALSE(compared(hand_made_prediction(), simulated).within_tolerance);
}

TEST(Comparison, AcceptsADeviationAsLargeAsTheTolerance)
{
    // 50 predicted, 40 simulated.
    EXPECT_TRUE(compared(hand_made_prediction(), hand_made_counters(), {0.25, 0}).within_tolerance);
    EXPECT_FALSE(compared(hand_made_prediction(), hand_made_counters(), {0.2499, 0}).within_tolerance);
}

TEST(Comparison, TotalsEnergyAndLatency)
{
    const Comparison comparison = compared(hand_made_prediction(), hand_made_counters());
    EXPECT_DOUBLE_EQ(comparison.energy->predicted.count(), 4 + 96 + 30);
    EXPECT_DOUBLE_EQ(comparison.energy->simulated.count(), 7159);
    EXPECT_EQ(comparison.latency->predicted, Cycles{112});
    EXPECT_EQ(comparison.latency->simulated, Cycles{112});
}

TEST(Comparison, DropsCopiesThatBothSidesTakeNoTimeFor)
{
    ScheduleCost predicted = hand_made_prediction();
    predicted.copies.push_back({LayerId{0}, {}});
    EXPECT_THAT(compared(predicted, hand_made_counters()).copies, SizeIs(1));
}

}  // namespace
}  // namespace plumbline::validate
