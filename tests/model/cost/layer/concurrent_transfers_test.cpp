// SPDX-License-Identifier: Apache-2.0
// Transfers that share ports, worked out by hand.
#include "cost/layer/concurrent_transfers.hpp"

#include <gtest/gtest.h>

namespace plumbline::detail {
namespace {

PortTransfer through(int from, double slots_from, int to, double slots_to, double latency = 0)
{
    return {{{{from, slots_from}, {to, slots_to}}}, latency};
}

TEST(ConcurrentTransfers, TakeTheTimeOfTheirSlowerPort)
{
    EXPECT_EQ(cycles_side_by_side({{through(0, 10, 1, 40)}}), 40);
}

TEST(ConcurrentTransfers, OfARowFollowEachOtherAfterTheirLatencies)
{
    EXPECT_EQ(cycles_side_by_side({{through(0, 10, 1, 10, 3), through(1, 20, 2, 20, 4)}}), 3 + 10 + 4 + 20);
}

TEST(ConcurrentTransfers, DoNotMeetAtDifferentPorts)
{
    EXPECT_EQ(cycles_side_by_side({{through(0, 10, 1, 10)}, {through(2, 30, 3, 30)}}), 30);
}

TEST(ConcurrentTransfers, ShareAPortInEqualParts)
{
    // The shorter one is over after 20 cycles, with 20 of 30 slots of the other left.
    EXPECT_EQ(cycles_side_by_side({{through(0, 10, 1, 10)}, {through(0, 30, 2, 30)}}), 20 + 20);
}

TEST(ConcurrentTransfers, LeaveToOthersWhatTheyHaveNoUseFor)
{
    // The first is held back to a quarter of port 0 by its port 1; three quarters are enough for the second.
    EXPECT_EQ(cycles_side_by_side({{through(0, 10, 1, 40)}, {through(0, 30, 2, 30)}}), 40);
}

TEST(ConcurrentTransfers, MeetOnlyWhereBothAreAtTheTime)
{
    // Both rows share port 0 first; then the first one goes on elsewhere, and the second has port 0 for itself.
    EXPECT_EQ(cycles_side_by_side({{through(0, 10, 1, 10), through(1, 50, 2, 50)}, {through(0, 30, 3, 30)}}), 20 + 50);
}

TEST(ConcurrentTransfers, OfNothingTakeNoTime)
{
    EXPECT_EQ(cycles_side_by_side({}), 0);
    EXPECT_EQ(cycles_side_by_side({{}, {through(0, 0, 1, 0)}}), 0);
}

}  // namespace
}  // namespace plumbline::detail
