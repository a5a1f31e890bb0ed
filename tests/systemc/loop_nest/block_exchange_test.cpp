// SPDX-License-Identifier: Apache-2.0
// When blocks of 12 iterations, walked through in passes of 4, may come and must have left.
#include "loop_nest/block_exchange.hpp"

#include <gmock/gmock.h>

namespace plumbline::sim {
namespace {

constexpr BlockExchange kOneInput{12, 4, 1, false};
constexpr BlockExchange kTwoInputs{12, 4, 2, false};
constexpr BlockExchange kOneOutput{12, 4, 1, true};
constexpr BlockExchange kTwoOutputs{12, 4, 2, true};

TEST(BlockExchange, FillsASecondBlockOnceTheOneBeforeTheLastIsOver)
{
    EXPECT_EQ(kTwoInputs.fill_after(0), -1);
    EXPECT_EQ(kTwoInputs.fill_after(1), 0);
    EXPECT_EQ(kTwoInputs.fill_after(3), 24);
}

TEST(BlockExchange, FillsTheOnlyBlockBehindTheLastPassOverIt)
{
    EXPECT_EQ(kOneInput.fill_after(0), -1);
    EXPECT_EQ(kOneInput.fill_after(1), 12 - 4);
    EXPECT_EQ(kOneInput.fill_after(3), 36 - 4);
}

TEST(BlockExchange, NeedsTheBlockOfAnIteration)
{
    EXPECT_EQ(kOneInput.filled_before(11), 1);
    EXPECT_EQ(kOneInput.filled_before(12), 2);
    EXPECT_EQ(kOneInput.over_before(11), 0);
    EXPECT_EQ(kOneInput.over_before(12), 1);
}

TEST(BlockExchange, NeverWaitsForInputsToLeave)
{
    EXPECT_EQ(kOneInput.drained_before(35, Sums::stay_apart), 0);
    EXPECT_EQ(kTwoInputs.drained_before(35, Sums::stay_apart), 0);
    EXPECT_EQ(kTwoInputs.drained_before_fill(2), 0);
}

TEST(BlockExchange, DrainsABlockAfterItsVisit)
{
    EXPECT_EQ(kTwoOutputs.drain_after(0, Sums::stay_apart), 12);
    EXPECT_EQ(kOneOutput.drain_after(2, Sums::stay_apart), 36);
}

TEST(BlockExchange, SwapsPartialSumsDuringTheLastPassWhereOneBlockFits)
{
    EXPECT_EQ(kOneOutput.sums(true), Sums::are_swapped);
    EXPECT_EQ(kOneOutput.sums(false), Sums::stay_apart);
    EXPECT_EQ(kTwoOutputs.sums(true), Sums::stay_apart);
    EXPECT_EQ(kOneInput.sums(true), Sums::stay_apart);
    EXPECT_EQ(kOneOutput.drain_after(0, Sums::are_swapped), 12 - 4);
    EXPECT_EQ(kOneOutput.fill_after(1), 12 - 4);
}

TEST(BlockExchange, LetsTheFirstPassOverwriteTheBlockBeforeWordByWord)
{
    // Up to iteration 15 the new sums go where the old ones have just left; in iteration 16 all must have.
    EXPECT_EQ(kOneOutput.drained_before(12, Sums::stay_apart), 0);
    EXPECT_EQ(kOneOutput.drained_before(15, Sums::stay_apart), 0);
    EXPECT_EQ(kOneOutput.drained_before(16, Sums::stay_apart), 1);
    EXPECT_EQ(kOneOutput.drained_before(12, Sums::are_swapped), 1);
}

TEST(BlockExchange, FreesTheSpaceOfTheBlockBeforeTheLastWhereTwoFit)
{
    EXPECT_EQ(kTwoOutputs.drained_before_fill(1), 0);
    EXPECT_EQ(kTwoOutputs.drained_before_fill(3), 2);
    EXPECT_EQ(kTwoOutputs.drained_before(35, Sums::stay_apart), 1);
    EXPECT_EQ(kOneOutput.drained_before_fill(3), 0);
}

}  // namespace
}  // namespace plumbline::sim
