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
    // Both rows share port 0 first; then the first one goes on elsewhere, and the second has port 0 for itself. Their words take
    // turns from the first one's on, so that its tenth is over after 19 cycles.
    EXPECT_EQ(cycles_side_by_side({{through(0, 10, 1, 10), through(1, 50, 2, 50)}, {through(0, 30, 3, 30)}}), 19 + 50);
    EXPECT_EQ(cycles_side_by_side({{through(0, 30, 3, 30)}, {through(0, 10, 1, 10), through(1, 50, 2, 50)}}), 20 + 50);
}

TEST(ConcurrentTransfers, OfAWordEachMoveInTurn)
{
    // Down two levels: one word at the upper port, then three or one at the lower. The first row's word is over after a cycle, the
    // second's after two, when the first has two of its three left: the second has its turn between these.
    const std::vector<PortTransfer> three{through(0, 1, 1, 1), through(2, 1, 3, 3)};
    const std::vector<PortTransfer> one{through(0, 1, 1, 1), through(2, 1, 3, 1)};
    EXPECT_EQ(cycles_side_by_side({three, one}), 1 + 3 + 1);
    EXPECT_EQ(cycles_side_by_side({one, three}), 2 + 3);
}

double cycles_of(const PortTransfer& a, const PortTransfer& b, PortOrder order)
{
    std::array<RowProgress, 2> rows{RowProgress{&a, &a + 1}, RowProgress{&b, &b + 1}};
    return cycles_side_by_side(rows.data(), rows.data() + rows.size(), order);
}

TEST(ConcurrentTransfers, AreSharedInTheSameWayByBothOrdersWhereTheyMeetAtOnePort)
{
    const PortTransfer slow = through(0, 10, 1, 40);
    const PortTransfer fast = through(0, 30, 2, 30, 3);
    // After 3 cycles the second gets three quarters of port 0. The first is over after 40; then the second has all of it.
    for (PortOrder order : {PortOrder::busiest_first, PortOrder::as_listed})
        EXPECT_EQ(cycles_of(slow, fast, order), 40 + (30 - 37 * 0.75));
}

TEST(ConcurrentTransfers, DependOnTheOrderWhereTheyMeetAtTwoPortsAndDifferentOnesHoldThemBack)
{
    const PortTransfer a = through(0, 88, 1, 132);
    const PortTransfer b = through(0, 140, 1, 70);
    // Port 0 first: half of it for each, so a is at 3/4 of its speed, and port 1 is enough for both. After 132 / 0.75 cycles
    // b has passed 88 slots of 140, and goes on alone.
    EXPECT_DOUBLE_EQ(cycles_of(a, b, PortOrder::as_listed), 132 / 0.75 + (140 - 88));
    // Port 1 holds a back most, to a half. That leaves 2/3 of port 0 to b, which is over after 210 cycles.
    EXPECT_DOUBLE_EQ(cycles_of(a, b, PortOrder::busiest_first), 210 + (132 - 210 / 2.0));
}

TEST(ConcurrentTransfers, OfNothingTakeNoTime)
{
    EXPECT_EQ(cycles_side_by_side({}), 0);
    EXPECT_EQ(cycles_side_by_side({{}, {through(0, 0, 1, 0)}}), 0);
}

}  // namespace
}  // namespace plumbline::detail
