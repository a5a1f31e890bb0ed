// SPDX-License-Identifier: Apache-2.0
// What do transfers and iterations take of each other at their ports?
#include "model/cost/refined/block_changes.hpp"

namespace plumbline::detail::refined {
namespace {

TEST_F(BlockChanges, TakeTheTimeOfAPortThatIsAlwaysNeeded)
{
    // The MACs read through port 0 in every cycle.
    for (LoopTime& time : times) time.busy[0] = time.critical[0] = time.cycles;
    add(1, through(0, 1, 30));
    EXPECT_EQ(stall(), 30);
    EXPECT_EQ(change.busy[0], 30);
}

TEST_F(BlockChanges, UseTheTimeOfAPortThatIsNeededNowAndThen)
{
    // In 20 of 100 cycles port 0 is needed at once. In 10 cycles of the run the fill has 8 of its own and, where it is in
    // the way, as many as the others: 2 in 4 cycles. So of its 30 slots 2 in 10 are taken from others.
    times[2].critical[0] = times[2].busy[0] = 20;
    add(1, through(0, 1, 30));
    EXPECT_DOUBLE_EQ(stall(), 30 * 2.0 / (8 + 2));
}

TEST_F(BlockChanges, WaitForNobodyAtAPortThatTheyNeedForHalfOfTheirTime)
{
    // A fill as long as a visit has no time to lose where it moves a word in each cycle. At a port that it needs in one of four cycles it
    // takes turns with others and loses none. Of 75 cycles in 100, those beyond half of the 100 count twice, since each is a turn of its own and one of another: 50.
    add(1, {{{{0, kVisit}, {1, kVisit / 4}}}, 0});
    EXPECT_EQ(stall(), 0);
    EXPECT_EQ(change.critical[0], kVisit);
    EXPECT_EQ(change.critical[1], 0);
    links.link[0].fill.uses[1].slots = kVisit * 3 / 4;
    EXPECT_EQ(stall(), 0);
    EXPECT_DOUBLE_EQ(change.critical[1], kVisit / 2);
}

TEST_F(BlockChanges, DelayNobodyWhileIterationsWait)
{
    // Iterations need port 2 in every cycle, but wait for 30 cycles for a fill in the last pass. A drain of 10 slots is over by then.
    for (LoopTime& time : times) time.busy[2] = time.critical[2] = time.cycles;
    add(0, through(2, 3, 10));
    add_single(1, through(0, 1, kPass + 30));
    EXPECT_EQ(stall(), 30);
    // Where the fill has the other port of the drain, each takes as long as the other one more, and the drain is in the way later.
    links.link[1].fill = through(0, 3, kPass + 30);
    EXPECT_EQ(stall(), 30 + 10 + 10);
}

TEST_F(BlockChanges, HaveTheTimeThatAnotherStallsFor)
{
    // Of two fills one stalls for 30 cycles. The other one, of 110, would be the longer one after 20 cycles more: of its slots at port 2, each
    // of which others can delay by one, it loses no more than the last 90 if it takes twice as long.
    add(1, through(0, 1, kVisit + 30));
    add(2, through(2, 3, kVisit + 10));
    EXPECT_EQ(stall(), 30);
    EXPECT_EQ(change.critical[0], kVisit + 30);
    EXPECT_EQ(change.critical[2], kVisit + 10 - 20);
}

TEST_F(BlockChanges, FitTheirPortsTogether)
{
    // Neither is too long, both together are.
    add(1, through(0, 3, 60));
    add(2, through(1, 3, 70));
    EXPECT_EQ(stall(), 60 + 70 - kVisit);
    EXPECT_EQ(change.busy[3], 60 + 70);
}

TEST_F(BlockChanges, DelayNobodyWhereNewOutputsReadNoSums)
{
    // In each visit of 4 iterations the first one adds to nothing: a drain of one slot fits in there. One of two slots meets the reads of
    // three cycles that follow with its other slot: taken 1/2 * 1 / (1 - 1/2) = 1 of them, so it delays them by a cycle.
    times[1].cycles = 1;
    times[2].cycles = 4;
    times[0].busy[0] = times[0].critical[0] = 0.75;
    times[1].busy[0] = times[1].critical[0] = 0.75;
    times[2].busy[0] = times[2].critical[0] = 3;
    links.sums = {0, 0.75};
    first.cycles = 1;
    links.first = &first;
    add(0, through(0, 1, 1));
    EXPECT_EQ(stall(), 0);
    links.link[0].drain_final = through(0, 1, 2);
    EXPECT_EQ(stall(), 1);
    // One that waits for a cycle first finds the reads begun.
    links.link[0].drain_final = through(0, 1, 1);
    links.link[0].drain_final.latency = 1;
    EXPECT_EQ(stall(), 1);
    // Where sums come back, all four iterations read one.
    links.link[0].drain_partial = through(0, 1, 1);
    EXPECT_GT(stall({true, false}), 0);
}

TEST_F(BlockChanges, DelayNewOutputsWhereTheseNeedThePortInEachCycle)
{
    // Iterations take three cycles to read a sum, and need port 2 in one of them. The first 10 of a visit of 30 read none, take a cycle each,
    // and need port 2 in all of it: (10 + 20 * 3) / 30 = 7/3 cycles on average. A fill of three slots at port 2 takes turns with them.
    times[0].cycles = 7.0 / 3;
    times[1].cycles = 10 * times[0].cycles;
    times[2].cycles = 30 * times[0].cycles;
    for (LoopTime& time : times) time.busy[2] = time.cycles / times[0].cycles;
    for (LoopTime& time : times) time.critical[2] = time.cycles / times[0].cycles / 3;
    first.cycles = first.busy[2] = first.critical[2] = 1;
    links.first = &first;
    links.sums = {3, 2};
    links.first_sums = 1;
    add(0, through(0, kNoPort, 0));
    add(1, through(1, 2, 3));
    EXPECT_DOUBLE_EQ(stall(), 3);
}

TEST_F(BlockChanges, FitAPortWhileNewOutputsReadNoSums)
{
    // Iterations of 3 cycles; three of four read a sum in 3 slots, the first one does not. A register of one sum drains in its 3 cycles,
    // although the port is free for 3 - 9/4 of the cycles of an iteration on average.
    for (LoopTime& time : times) time.cycles = 3;
    times[2].cycles = 12;
    for (LoopTime& time : times) time.busy[0] = time.cycles * 3 / 4;
    links.sums = {0, 2.25};
    first.cycles = 3;
    links.first = &first;
    add_single(0, through(0, 1, 3));
    EXPECT_EQ(stall(), 0);
    // Where sums come back it has what is left of that time.
    EXPECT_EQ(stall({true, false}), 3 + 3 - (3 - 2.25));
}

TEST_F(BlockChanges, FitAPortAfterALatencyOnly)
{
    // The MACs need port 0 in every second cycle of a visit of 12. After 5 cycles a fill has half of the other 7 for its 6 slots.
    times[2].cycles = 12;
    times[2].busy[0] = 6;
    add(1, through(0, 1, 6)).fill.latency = 5;
    EXPECT_EQ(stall(), 6 - 7.0 / 2);
    links.link[0].fill.latency = 0;
    EXPECT_EQ(stall(), 0);
}

TEST_F(BlockChanges, FitAPortBehindTheSlotsOfAnIteration)
{
    // An iteration of two cycles reads port 0 in the first one, in which a fill waits for its latency. The second one is free.
    for (LoopTime& time : times) time.cycles = 2;
    for (LoopTime& time : times) time.busy[0] = 1;
    add(1, through(0, 1, 1)).fill.latency = 1;
    EXPECT_EQ(stall(), 0);
    // Six such iterations: after 5 cycles of latency, cycles 5, 7, 9 and 11 are free for its 6 slots.
    times[2].cycles = 12;
    times[2].busy[0] = 6;
    links.link[0].fill = through(0, 1, 6);
    links.link[0].fill.latency = 5;
    EXPECT_EQ(stall(), 6 - 4);
}

TEST_F(BlockChanges, WaitForAWholeCycleWhereIterationsAreLockedToFills)
{
    // Two iterations of two cycles read port 0 in the first one. A fill reads three words there, in cycles 1, 3 and 4, and writes four, one
    // a cycle and none before it is read: the last two in cycles 4 and 5. So a visit takes six cycles instead of four.
    times[0].cycles = 2;
    times[1].cycles = times[2].cycles = 4;
    for (LoopTime& time : times) time.busy[0] = time.cycles / 2;
    add(1, {{{{1, 4}, {0, 3}}}, 0});
    EXPECT_EQ(stall(), 2);
}

TEST_F(BlockChanges, DelayNobodyByAWordThatIsReadWhileNewOutputsBegin)
{
    // Five iterations of a cycle, of which all but the first one read a sum at port 0. A fill of five cycles reads one word there, in the first
    // cycle; at an even pace it would be in the way of the others for the most of it.
    times[1].cycles = 1;
    times[2].cycles = 5;
    for (LoopTime& time : times) time.busy[0] = time.critical[0] = 0.8 * time.cycles;
    first.cycles = 1;
    links.first = &first;
    links.first_sums = 1;
    links.sums = {0, 0.8};
    add(0, through(3, kNoPort, 0));
    add(1, {{{{1, 5}, {0, 1}}}, 0});
    EXPECT_EQ(stall(), 0);
}

TEST_F(BlockChanges, OfTwoBlocksOnBothLevelsTakeTurnsWithIterations)
{
    // Iterations need port 2 in one of two cycles. A block enters the upper level in cycle 0 and is there in cycle 18. Iterations run
    // from cycle 6 to 36. Until then 9 of the 15 words go down in turn with them, then 6 alone: all is over in cycle 42,
    // and iterations wait for 6 cycles before and after each visit of 30.
    times[2].cycles = 30;
    for (LoopTime& time : times) time.busy[2] = time.cycles / 2;
    add(1, through(2, 3, 15));
    add(1, through(0, 1, 18));
    EXPECT_DOUBLE_EQ(stall(), 6);
}

TEST_F(BlockChanges, TakeNoMoreOfIterationsThanTheyHaveSlots)
{
    // Iterations need port 0 in every cycle. A fill of 10 cycles needs it for one slot, which it moves last, while they wait.
    times[0].busy[0] = times[0].critical[0] = 1;
    times[2].busy[0] = times[2].critical[0] = kVisit;
    add(1, {{{{0, 1}, {1, 10}}}, 0});
    add(1, through(2, 3, 100));
    EXPECT_EQ(stall({false, true}), (100 + 10 - kVisit) / 2);
}

TEST_F(BlockChanges, OfTwoOutputBlocksBeginWhileIterationsWait)
{
    // Iterations need port 0 in every cycle. Sums leave in 60 cycles and need it for one slot, which they move first; others take their
    // place in 60 more. That is 20 cycles more than a visit, and iterations wait for ten of them in each of two periods.
    times[0].busy[0] = times[0].critical[0] = 1;
    times[2].busy[0] = times[2].critical[0] = kVisit;
    add(0, {{{{0, 1}, {1, 60}}}, 0}).fill = {{{{2, 60}, {kNoPort, 0}}}, 0};
    EXPECT_EQ(stall({true, false}), (60 + 60 - kVisit) / 2);
}

TEST_F(BlockChanges, OfTwoBlocksOnBothLevelsMeetTheNextWhereTheyShareAPort)
{
    // As above, but both fills of 30 words pass port 1. While iterations wait, the next block enters the upper level, and each is half as
    // fast: with a stall of 80/3, 40/3 words enter while they wait, and the block is there in cycle 80/3 + 30 - 40/3 = 130/3. From
    // then to cycle 80/3 + 50 iterations leave half of port 2 for 50/3 words; 40/3 come while they wait again.
    times[2].cycles = 50;
    for (LoopTime& time : times) time.busy[2] = time.cycles / 2;
    add(1, through(2, 1, 30));
    add(1, through(1, 0, 30));
    EXPECT_DOUBLE_EQ(stall(), 80.0 / 3);
}

TEST_F(BlockChanges, OfASingleOutputBlockAreHiddenByThePassOfNewOutputs)
{
    // A pass takes 20 cycles, but 10 where its iterations read no sums.
    for (LoopTime& time : times) time.cycles *= 2;
    first.cycles = 1;
    links.first = &first;
    links.first_sums = 1;
    links.sums = {3, 1};
    add_single(0, through(0, 1, 17));
    EXPECT_EQ(stall(), 17 - 10);
    EXPECT_EQ(stall({true, false}), 17 + 17 - 20);
}

TEST_F(BlockChanges, OfTwoOutputBlocksDelayIterationsAndLetThemWait)
{
    // Iterations need ports 0 and 2 in every cycle. Of 24 words of a drain and of the fill that takes its place, 12 are moved in turn with
    // the 12 iterations of a visit, which takes 24 cycles for that. They wait for the other 12, 6 before and 6 after it.
    times[2].cycles = 12;
    for (LoopTime& time : times)
        for (std::size_t port : {0, 2}) time.busy[port] = time.critical[port] = time.cycles;
    add(0, through(0, 1, 12)).fill = through(2, 3, 12);
    EXPECT_DOUBLE_EQ(stall({true, false}), 12 + 6);
}

TEST_F(BlockChanges, DelayOneAfterTheOtherWhatTheyDoNotDelayTogether)
{
    // The MACs need ports 0 and 1 in every cycle. A drain of 10 slots takes turns with them at port 0 for 20 cycles. A fill of 10 slots
    // waits for one of 20 cycles at the level above, elsewhere; then it takes turns at port 1.
    for (LoopTime& time : times)
        for (std::size_t port : {0, 1}) time.busy[port] = time.critical[port] = time.cycles;
    add(0, through(0, kNoPort, 10));
    add(1, through(1, kNoPort, 10));
    add(1, through(2, 3, 20));
    EXPECT_EQ(stall(), 10 + 10);
    // Without the one above both move at once, and the MACs wait for both together.
    links.link[2].fill = {};
    EXPECT_EQ(stall(), 10);
}

TEST_F(BlockChanges, OfEachIterationLetTheMacsReadFirst)
{
    // An iteration takes 2 cycles and reads a word at port 1, a fill moves one word there and two at its other end: 1 + 2 cycles.
    for (LoopTime& time : times) time.cycles = 2;
    for (LoopTime& time : times) time.busy[1] = 1;
    BlockLink& link = add(1, {{{{0, 2}, {1, 1}}}, 0});
    link.pass = 0;
    EXPECT_EQ(stall(), 1);
    // At another port nobody is before it.
    for (LoopTime& time : times) time.busy[1] = 0;
    EXPECT_EQ(stall(), 0);
}

TEST_F(BlockChanges, OfEachIterationAreWrittenBehindTheReadsOfTheMacs)
{
    // An iteration reads a word at port 0 in its one cycle. A fill reads two words elsewhere, and has port 0 in the second cycle to write.
    for (LoopTime& time : times) time.cycles = 1;
    for (LoopTime& time : times) time.busy[0] = 1;
    BlockLink& link = add(1, {{{{0, 1}, {1, 2}}}, 0});
    link.pass = 0;
    EXPECT_EQ(stall(), 1);
}

}  // namespace
}  // namespace plumbline::detail::refined
