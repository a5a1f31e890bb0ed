// SPDX-License-Identifier: Apache-2.0
// For how long does a change of blocks stall, by transfers alone?
#include "model/cost/refined/block_changes.hpp"

namespace plumbline::detail::refined {
namespace {

TEST_F(BlockChanges, CostNothingWhileFillsAreShorterThanAVisit)
{
    add(1, through(0, 1, kVisit));
    EXPECT_EQ(stall(), 0);
}

TEST_F(BlockChanges, CostWhatAFillTakesLongerThanAVisit)
{
    add(1, through(0, 1, kVisit + 7));
    EXPECT_EQ(stall(), 7);
}

TEST_F(BlockChanges, OfASingleBlockAreHiddenByItsLastPassAlone)
{
    add_single(1, through(0, 1, 17));
    EXPECT_EQ(stall(), 17 - kPass);
}

TEST_F(BlockChanges, OfASingleBlockWaitForFillsOnBothLevels)
{
    // Both begin in the last pass of a visit, the lower one after the upper one.
    add_single(1, through(0, 1, 8));
    add_single(1, through(2, 3, 9));
    EXPECT_EQ(stall(), 9 + 8 - kPass);
}

TEST_F(BlockChanges, OfTwoBlocksOnBothLevelsWaitForHalfOfWhatIsTooMuch)
{
    // A block enters the upper level when the visit before the last ends: both fills and a visit fit into two periods.
    add(1, through(0, 1, 50));
    add(1, through(2, 3, 60));
    EXPECT_EQ(stall(), (50 + 60 - kVisit) / 2);
}

TEST_F(BlockChanges, LetTheFirstPassRunWhileASingleOutputBlockLeaves)
{
    add_single(0, through(0, 1, 17));
    EXPECT_EQ(stall(), 17 - kPass);
}

TEST_F(BlockChanges, OfTwoOutputBlocksFillWhereAnotherHasLeft)
{
    add(0, through(0, 1, 70));
    EXPECT_EQ(stall({false, false}), 0);
    // Partial sums come after the old ones have gone: 70 + 70 cycles and a visit in two periods.
    links.link[0].fill = through(2, 3, 70);
    EXPECT_EQ(stall({true, false}), (70 + 70 - kVisit) / 2);
}

TEST_F(BlockChanges, OfOutputsSwapSumsInTheLastPass)
{
    // A block leaves and the next one comes at the same time, through the same ports.
    add_single(0, through(0, 1, 9));
    EXPECT_EQ(stall({true, false}), 9 + 9 - kPass);
}

TEST_F(BlockChanges, TakeTurnsAtAPort)
{
    // The output leaves when the next fill begins: each has every other cycle, until the output is gone. It takes 8
    // cycles and as many turns of the fill, or one less if the first turn is its own.
    add_single(0, through(0, 1, 8));
    add(1, through(1, 2, 40));
    EXPECT_EQ(stall(), 8 + 7.5 - kPass);
}

TEST_F(BlockChanges, MeetAtAPortWhileBothMove)
{
    // The output leaves at once. The fill waits for 3 cycles first, and then meets what is left of 8 slots.
    add_single(0, through(0, 1, 8));
    add(1, through(1, 2, 40)).fill.latency = 3;
    EXPECT_EQ(stall(), 8 + (8 - 3 - 0.5) - kPass);
    links.link[1].fill.latency = 8;
    EXPECT_EQ(stall(), 0);
}

TEST_F(BlockChanges, FollowEachOtherWithoutAPauseWhereTheyOutlastAVisit)
{
    // A fill waits for 60 cycles and moves for 60. Another one takes 10 slots of its port, somewhere in those 120 cycles: half of them
    // are in its way on average.
    add(1, through(0, 1, 60)).fill.latency = 60;
    add(2, through(1, 2, 10)).fill.latency = 60;
    EXPECT_EQ(stall(), 120 + 10 / 2.0 - kVisit);
}

TEST_F(BlockChanges, OfSwapsOnTwoLevelsGoRoundAndRound)
{
    // A block leaves the lower level in 60 cycles and then the upper one in 50. Sums come to the upper level in 70 cycles, of
    // which 50 fit beside the second drain, with which they share no port; then they come to the lower one.
    for (const PortTransfer& drain : {through(0, 1, 60), through(2, 3, 50)}) {
        BlockLink& link = add(0, drain);
        link.one_block = true;
        link.pass = link.advance;
    }
    links.link[1].fill = through(1, kNoPort, 70);
    links.link[0].fill = {};
    EXPECT_EQ(stall({true, false}), 60 + 50 + (70 - 50) - kVisit);
    // Where they share a port with both, they have to wait for both.
    links.link[1].fill = through(1, 2, 70);
    EXPECT_EQ(stall({true, false}), 60 + 50 + 70 - kVisit);
}

TEST_F(BlockChanges, OfSumsOnSeveralLevelsHoldTheirSpaceUntilTheyAreBack)
{
    // Two blocks on each of two levels, through ports of their own: one goes up in 60 and 50 cycles, the next one comes down through its
    // space in 70 and 80. With a visit that is two periods.
    const auto at = [](int port, double slots) { return PortTransfer{{{{port, slots}, {kNoPort, 0}}}, 0}; };
    BlockLink& lower = add(0, at(0, 60));
    lower.fill = at(3, 80);
    add(0, at(1, 50)).fill = at(2, 70);
    EXPECT_EQ(stall({true, false}), (60 + 50 + 70 + 80 - kVisit) / 2);
    // Where a block lasts longer on the upper level, nothing has to come down in the same visit.
    links.link[0].advance = 1;
    EXPECT_LT(stall({true, false}), (60 + 50 + 70 + 80 - kVisit) / 2);
}

TEST_F(BlockChanges, PassThroughASingleBlockOneAfterTheOther)
{
    // Two blocks below, one above. Its sums leave in 10 cycles and others come in 60, by the same port; those go down in 60, and from below
    // come some in 5: all that before the next ones, of which iterations hide a visit.
    add(0, through(0, 1, 5)).fill = through(0, 1, 60);
    BlockLink& upper = add(0, through(2, 3, 10));
    upper.fill = through(2, 3, 60);
    upper.one_block = true;
    upper.pass = upper.advance;
    EXPECT_EQ(stall({true, false}), 5 + 10 + 60 + 60 - kVisit);
    // By another port they come while the old ones leave.
    links.link[1].fill = through(kNoPort, kNoPort, 60);
    EXPECT_EQ(stall({true, false}), 5 + 60 + 60 - kVisit);
}

TEST_F(BlockChanges, MeetWhatIsLeftOfAFillInTheLastPass)
{
    // 7 of the fill's 17 cycles are left when the visit ends, and the output leaves: in 5 turns, or until the fill is over.
    add(0, through(2, 1, 5));
    add_single(1, through(0, 1, 17));
    EXPECT_EQ(stall(), (17 - kPass) + 5);
    links.link[0].drain_final = through(2, 1, 40);
    EXPECT_EQ(stall(), (17 - kPass) + (17 - kPass - 0.5));
    links.link[0].drain_final = through(2, 3, 40);
    EXPECT_EQ(stall(), 17 - kPass);
}

TEST_F(BlockChanges, MeetOnlyWhatIsLeftOfAFillWhenTheyBegin)
{
    // The output passes the lower level in 4 cycles before it comes to the port at which 7 - 4 slots of the fill are left.
    add(0, through(2, 2, 4));
    add(0, through(2, 1, 40));
    add_single(1, through(0, 1, 17));
    EXPECT_EQ(stall(), (17 - kPass) + (17 - kPass - 4 - 0.5));
}

TEST_F(BlockChanges, DoNotMeetAtOtherPorts)
{
    add_single(0, through(0, 1, 8));
    add(1, through(2, 3, 40));
    EXPECT_EQ(stall(), 0);
}

TEST_F(BlockChanges, HaveNoFillsOfBlocksThatStay)
{
    add(1, through(0, 1, kVisit + 7));
    add(1, through(2, 3, kVisit + 9));
    LinkSet absent;
    absent[1] = true;
    change_blocks(change, links, times.data(), kPorts, 2, {}, nullptr, absent);
    EXPECT_EQ(change.stall, 7);
    EXPECT_EQ(change.busy[0], kVisit + 7);
    EXPECT_EQ(change.busy[2], 0);
}

TEST_F(BlockChanges, AreThoseOfBlocksThatChange)
{
    add(1, through(0, 1, kVisit + 7));
    change_blocks(change, links, times.data(), kPorts, 1, {});
    EXPECT_EQ(change.stall, 0);
    EXPECT_EQ(change.busy[0], 0);
}

}  // namespace
}  // namespace plumbline::detail::refined
