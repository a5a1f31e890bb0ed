// SPDX-License-Identifier: Apache-2.0
// Load and execute queues side by side: by hand.
#include "plumbline/decoupled_queues.hpp"

#include <gtest/gtest.h>

namespace plumbline {
namespace {

TEST(Together, LiesBetweenTheLongerAndTheSum)
{
    EXPECT_DOUBLE_EQ(together({3, 4}, 0), 4);
    EXPECT_DOUBLE_EQ(together({3, 4}, 0.5), 5);  // sqrt(9 + 16)
    EXPECT_DOUBLE_EQ(together({4, 3}, 0.5), 5);
    EXPECT_DOUBLE_EQ(together({3, 4}, 1), 7);
    EXPECT_DOUBLE_EQ(together({0, 4}, 0.5), 4);
    EXPECT_DOUBLE_EQ(together({0, 0}, 0.5), 0);
    EXPECT_DOUBLE_EQ(together({2, 3, 6}, 0.5), 7);  // sqrt(4 + 9 + 36)
}

TEST(DecoupledQueues, HideAllLoadsButTheFirst)
{
    const TileSequence eight_alike{0, 0, {{0, 0, 7}}};
    // The first load, then eight executions, each of which is longer than the load beside it.
    EXPECT_DOUBLE_EQ(decoupled_cycles({{100, 400, 0}}, eight_alike, 0), 100 + 8 * 400);
    EXPECT_DOUBLE_EQ(decoupled_cycles({{400, 100, 0}}, eight_alike, 0), 8 * 400 + 100);
    EXPECT_DOUBLE_EQ(decoupled_cycles({{100, 400, 0}}, eight_alike, 1), 8 * 500);
}

TEST(DecoupledQueues, LoadNoFurtherAheadThanOneTile)
{
    // A, B, A, B. Both queues are busy for 210 or less in all, but B's long execution runs beside A's short load and A's
    // short execution beside B's long load.
    const std::vector<TilePhases> tiles{{10, 5, 0}, {95, 100, 0}};
    const TileSequence in_turn{0, 1, {{0, 1, 2}, {1, 0, 1}}};
    EXPECT_DOUBLE_EQ(decoupled_cycles(tiles, in_turn, 0), 10 + 95 + 100 + 95 + 100);
}

TEST(DecoupledQueues, WaitForCommandsOfSmallTiles)
{
    // Three tiles: commands of the second and the third take longer than what runs meanwhile.
    EXPECT_DOUBLE_EQ(decoupled_cycles({{10, 20, 200}}, {0, 0, {{0, 0, 2}}}, 0), 10 + 2 * 200 + 20);
}

TEST(DecoupledQueues, HideNothingOfASingleTile)
{
    EXPECT_DOUBLE_EQ(decoupled_cycles({{100, 400, 0}}, {0, 0, {}}, 0), 500);
}

}  // namespace
}  // namespace plumbline
