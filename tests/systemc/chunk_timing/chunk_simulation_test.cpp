// SPDX-License-Identifier: Apache-2.0
// How long stretches of iterations take, followed by hand.
#include "chunk_timing/chunk_timing_cache.hpp"

#include <gmock/gmock.h>

namespace plumbline::sim {
namespace {

enum JobNumber : std::int32_t { kIteration, kFill };

/// An array that reads a word through port 0 in each iteration, and a link that fills its register through ports 0 and 1
/// for each of them.
ChunkPattern scene(std::int64_t iterations, std::int64_t depth, Job fill)
{
    ChunkPattern scene;
    scene.end = iterations;
    scene.iterations.assign(static_cast<std::size_t>(iterations), kIteration);
    scene.jobs = std::make_shared<const Jobs>(Jobs{Job{{{0, 1}}, 0}, std::move(fill)});
    ChunkPattern::Link link;
    link.blocks.depth = depth;
    link.filler = 1;
    link.drainer = 2;
    link.fills.assign(static_cast<std::size_t>(iterations) + 2, kFill);
    scene.links = {link};
    return scene;
}

ChunkRun act_of(const ChunkPattern& scene, ChunkTimingCache& rehearsals, std::vector<std::size_t> turns = {0, 0})
{
    ChunkRun act;
    act.scene = &scene;
    act.state = rehearsals.first(scene, turns);
    return act;
}

TEST(ChunkSimulation, TakesACycleAnIterationWhereFillsUseOtherPorts)
{
    const ChunkPattern free = scene(10, 1, Job{{{2, 1}, {1, 1}}, 0});
    ChunkTimingCache rehearsals;
    EXPECT_EQ(rehearsals.pace(act_of(free, rehearsals), {}).cycles, 10);
}

TEST(ChunkSimulation, TakesTwoWhereTheyMeetAtAPort)
{
    // The first iteration reads in cycle 0, then the fill of the second, and so on; the 10th reads in cycle 18.
    const ChunkPattern shared = scene(10, 1, Job{{{0, 1}, {1, 1}}, 0});
    ChunkTimingCache rehearsals;
    EXPECT_EQ(rehearsals.pace(act_of(shared, rehearsals), {}).cycles, 19);
}

TEST(ChunkSimulation, DependsOnWhoseTurnItIs)
{
    // The fill of the next word takes a read and two writes. Where its read comes before the array's, both are done in 2
    // cycles; otherwise in 3. The last iteration does not wait for a fill: it is done with its own read.
    const ChunkPattern shared = scene(10, 1, Job{{{0, 1}, {1, 2}}, 0});
    ChunkTimingCache rehearsals;
    EXPECT_EQ(rehearsals.pace(act_of(shared, rehearsals, {1, 0}), {}).cycles, 10 * 2);
    EXPECT_EQ(rehearsals.pace(act_of(shared, rehearsals, {0, 0}), {}).cycles, 9 * 3 + 1);
}

TEST(ChunkSimulation, WaitsOutTheLatencyOfABlock)
{
    // Alone a fill takes 1 cycle after 3 of latency: each iteration but the last lasts as long.
    const ChunkPattern late = scene(10, 1, Job{{{2, 1}, {1, 1}}, 3});
    ChunkTimingCache rehearsals;
    EXPECT_EQ(rehearsals.pace(act_of(late, rehearsals), {}).cycles, 9 * 4 + 1);
}

TEST(ChunkSimulation, SharesPortsWithContendersInTurn)
{
    // Array and contender alternate at port 0: half a word a cycle each, a transfer of 4 words in 8 cycles.
    const ChunkPattern free = scene(100, 1, Job{{{2, 1}, {1, 1}}, 0});
    const std::vector<PortUse> transfer{{0, 4}, {3, 4}};
    ChunkTimingCache rehearsals;
    const Pace& pace = rehearsals.pace(act_of(free, rehearsals), {{7, &transfer}});
    EXPECT_EQ(pace.cycles, 199);
    EXPECT_NEAR(pace.rates.at(0), 1.0 / 8, 0.001);
}

TEST(ChunkSimulation, GoesOnWhereTheLastStretchEnded)
{
    // Two stretches of 10 take what one of 20 takes.
    const Job fill{{{0, 1}, {1, 2}}, 0};
    const ChunkPattern half = scene(10, 1, fill);
    const ChunkPattern whole = scene(20, 1, fill);
    ChunkTimingCache rehearsals;
    ChunkRun act = act_of(half, rehearsals);
    const Pace& first = rehearsals.pace(act, {});
    act.state = first.end;
    const Pace& second = rehearsals.pace(act, {});
    EXPECT_EQ(first.cycles + second.cycles, rehearsals.pace(act_of(whole, rehearsals), {}).cycles);
}

TEST(ChunkSimulation, RepeatsItselfWhereIterationsDo)
{
    // From the second stretch on, each begins as the one before it did.
    const ChunkPattern scene = sim::scene(10, 1, Job{{{0, 1}, {1, 2}}, 0});
    ChunkTimingCache rehearsals;
    ChunkRun act = act_of(scene, rehearsals);
    act.state = rehearsals.pace(act, {}).end;
    EXPECT_EQ(rehearsals.pace(act, {}).end.number, act.state.number);
}

/// Acts in turn, and while a contender comes and goes.
std::vector<double> paces_of_many_acts(ChunkTimingCache& rehearsals)
{
    const ChunkPattern scene = sim::scene(10, 1, Job{{{0, 1}, {1, 2}}, 0});
    const std::vector<PortUse> transfer{{0, 4}, {3, 4}};
    ChunkRun act = act_of(scene, rehearsals);
    std::vector<double> cycles;
    for (int i = 0; i < 20; ++i) {
        const std::vector<Contender> contenders(i / 5 % 2 == 0 ? 0 : 1, {7, &transfer});
        const Pace pace = rehearsals.pace(act, contenders);
        cycles.push_back(pace.cycles);
        act.state = pace.end;
        act.state = rehearsals.rested(act, i % 3);
        cycles.push_back(static_cast<double>(rehearsals.tail(scene, act.state)));
    }
    return cycles;
}

TEST(ChunkSimulation, IsTheSameWhenItHasBeenForgotten)
{
    ChunkTimingCache remembering;
    const std::vector<double> expected = paces_of_many_acts(remembering);
    EXPECT_GT(remembering.remembered(), 10U);
    for (std::size_t limit : {0U, 1U, 2U, 3U, 7U}) {
        ChunkTimingCache forgetful{{}, limit};
        EXPECT_EQ(paces_of_many_acts(forgetful), expected);
        EXPECT_LE(forgetful.remembered(), limit + 2);  // a call adds two at most
    }
}

TEST(ChunkSimulation, CatchesUpWhileTheArrayRests)
{
    // After a stretch a fill is due that takes 2 more cycles, unless there was time for it.
    const ChunkPattern shared = scene(10, 1, Job{{{0, 1}, {1, 2}}, 0});
    ChunkTimingCache rehearsals;
    ChunkRun act = act_of(shared, rehearsals);
    act.state = rehearsals.pace(act, {}).end;
    const double at_once = rehearsals.pace(act, {}).cycles;
    act.state = rehearsals.rested(act, 2);
    EXPECT_LE(rehearsals.pace(act, {}).cycles, at_once - 2);
}

}  // namespace
}  // namespace plumbline::sim
