// SPDX-License-Identifier: Apache-2.0
// How long chunks of iterations take, followed by hand.
#include "chunk_timing/chunk_timing_cache.hpp"

#include <gmock/gmock.h>

namespace plumbline::sim {
namespace {

enum DemandNumber : std::int32_t { kIteration, kFill };

/// An array that reads a word through port 0 in each iteration, and a link that fills its register through ports 0 and 1
/// for each of them.
ChunkPattern pattern_of(std::int64_t iterations, std::int64_t depth, PortDemand fill)
{
    ChunkPattern pattern;
    pattern.end = iterations;
    pattern.iterations.assign(static_cast<std::size_t>(iterations), kIteration);
    pattern.demands = std::make_shared<const PortDemands>(PortDemands{PortDemand{{{0, 1}}, 0}, std::move(fill)});
    ChunkPattern::Link link;
    link.blocks.depth = depth;
    link.filler = 1;
    link.drainer = 2;
    link.fills.assign(static_cast<std::size_t>(iterations) + 2, kFill);
    pattern.links = {link};
    return pattern;
}

ChunkRun first_run(const ChunkPattern& pattern, ChunkTimingCache& cache, const std::vector<std::size_t>& turns = {0, 0})
{
    ChunkRun run;
    run.pattern = &pattern;
    run.state = cache.initial_state(pattern, turns);
    return run;
}

TEST(ChunkSimulation, TakesACycleAnIterationWhereFillsUseOtherPorts)
{
    const ChunkPattern free = pattern_of(10, 1, PortDemand{{{2, 1}, {1, 1}}, 0});
    ChunkTimingCache cache;
    EXPECT_EQ(cache.timing(first_run(free, cache)).cycles, 10);
}

TEST(ChunkSimulation, TakesTwoWhereTheyMeetAtAPort)
{
    // The first iteration reads in cycle 0, then the fill of the second, and so on; the 10th reads in cycle 18.
    const ChunkPattern shared = pattern_of(10, 1, PortDemand{{{0, 1}, {1, 1}}, 0});
    ChunkTimingCache cache;
    EXPECT_EQ(cache.timing(first_run(shared, cache)).cycles, 19);
}

TEST(ChunkSimulation, DependsOnWhoseTurnItIs)
{
    // The fill of the next word takes a read and two writes. Where its read comes before the array's, both are done in 2
    // cycles; otherwise in 3. The last iteration does not wait for a fill: it is done with its own read.
    const ChunkPattern shared = pattern_of(10, 1, PortDemand{{{0, 1}, {1, 2}}, 0});
    ChunkTimingCache cache;
    EXPECT_EQ(cache.timing(first_run(shared, cache, {1, 0})).cycles, 10 * 2);
    EXPECT_EQ(cache.timing(first_run(shared, cache, {0, 0})).cycles, 9 * 3 + 1);
}

TEST(ChunkSimulation, WaitsOutTheLatencyOfABlock)
{
    // Alone a fill takes 1 cycle after 3 of latency: each iteration but the last lasts as long.
    const ChunkPattern late = pattern_of(10, 1, PortDemand{{{2, 1}, {1, 1}}, 3});
    ChunkTimingCache cache;
    EXPECT_EQ(cache.timing(first_run(late, cache)).cycles, 9 * 4 + 1);
}

TEST(ChunkSimulation, SkipsCyclesInWhichOnlyLatenciesPass)
{
    // The same, for 9 times a billion cycles, which would take minutes one by one.
    const ChunkPattern late = pattern_of(10, 1, PortDemand{{{2, 1}, {1, 1}}, 1'000'000'000});
    ChunkTimingCache cache;
    EXPECT_EQ(cache.timing(first_run(late, cache)).cycles, 9 * std::int64_t{1'000'000'001} + 1);
}

TEST(ChunkSimulation, SharesPortsWithContendersInTurn)
{
    // Array and contender alternate at port 0: half a word a cycle each, a transfer of 4 words in 8 cycles.
    const ChunkPattern free = pattern_of(100, 1, PortDemand{{{2, 1}, {1, 1}}, 0});
    const std::vector<PortUse> transfer{{0, 4}, {3, 4}};
    ChunkTimingCache cache;
    ChunkRun run = first_run(free, cache);
    run.contention = {{0, {{7, &transfer}}}};
    const ChunkTiming& timing = cache.timing(run);
    EXPECT_EQ(timing.cycles, 199);
    EXPECT_EQ(timing.served.at(0).size(), 99);
    EXPECT_EQ(timing.served.at(0).front(), 2);  // after the array's first read
    EXPECT_EQ(timing.served.at(0).at(3), 8);
}

TEST(ChunkSimulation, SharesPortsAsLongAsContendersAreThere)
{
    // For 8 cycles in turn, in which the array has 4 reads: 100 iterations take 4 cycles more.
    const ChunkPattern free = pattern_of(100, 1, PortDemand{{{2, 1}, {1, 1}}, 0});
    const std::vector<PortUse> transfer{{0, 4}, {3, 4}};
    ChunkTimingCache cache;
    ChunkRun run = first_run(free, cache);
    run.contention = {{2, {{7, &transfer}}}, {10, {}}};
    const ChunkTiming& timing = cache.timing(run);
    EXPECT_EQ(timing.cycles, 104);
    EXPECT_THAT(timing.served, testing::IsEmpty());
    EXPECT_THAT(timing.held, testing::ElementsAre(1, 1, 1, 0));  // since it is gone
}

TEST(ChunkSimulation, GoesOnWithContendersThatStay)
{
    // x has half of port 0 for 8 cycles. Then y comes as well: of three cycles, y, the array and x have one
    // each.
    const ChunkPattern free = pattern_of(100, 1, PortDemand{{{2, 1}, {1, 1}}, 0});
    const std::vector<PortUse> x{{0, 4}, {3, 4}};
    const std::vector<PortUse> y{{0, 4}, {4, 4}};
    ChunkTimingCache cache;
    ChunkRun run = first_run(free, cache);
    run.contention = {{0, {{7, &x}}}, {8, {{7, &x}, {8, &y}}}};
    const ChunkTiming& timing = cache.timing(run);
    EXPECT_EQ(timing.cycles,
              8 + 1 + (100 - 4 - 1) * 3 + 1);  // y has the first turn, its number is the next after that of x
    EXPECT_EQ(timing.served.at(0).front(), 8 + 3);
    EXPECT_EQ(timing.served.at(1).front(), 8 + 1);
    EXPECT_EQ(timing.served.at(1).at(3), 8 + 10);
}

TEST(ChunkSimulation, KeepsTheRhythmThatAContenderLeaves)
{
    // As in DependsOnWhoseTurnItIs, the array reads first, and the fill is done in the third cycle, in which it writes alone. There a
    // contender has port 0, and leaves the next turn to the fill, whose number is higher than its own: from then on the
    // other nine take 2 cycles each, and so do those of the next chunk.
    ChunkPattern shared = pattern_of(10, 1, PortDemand{{{0, 1}, {1, 2}}, 0});
    shared.links.front().filler = 5;
    const std::vector<PortUse> transfer{{0, 4}, {3, 4}};
    ChunkTimingCache cache;
    ChunkRun run = first_run(shared, cache);
    EXPECT_EQ(cache.timing(run).cycles, 9 * 3 + 1);
    run.contention = {{2, {{3, &transfer}}}, {3, {}}};
    const ChunkTiming timing = cache.timing(run);
    EXPECT_EQ(timing.cycles, 3 + 9 * 2);
    run = first_run(shared, cache);
    run.state = timing.end;
    EXPECT_EQ(cache.timing(run).cycles, 10 * 2);
}

TEST(ChunkSimulation, GoesOnWhereTheLastChunkEnded)
{
    // Two chunks of 10 take what one of 20 takes.
    const PortDemand fill{{{0, 1}, {1, 2}}, 0};
    const ChunkPattern half = pattern_of(10, 1, fill);
    const ChunkPattern whole = pattern_of(20, 1, fill);
    ChunkTimingCache cache;
    ChunkRun run = first_run(half, cache);
    const ChunkTiming& first = cache.timing(run);
    run.state = first.end;
    const ChunkTiming& second = cache.timing(run);
    EXPECT_EQ(first.cycles + second.cycles, cache.timing(first_run(whole, cache)).cycles);
}

TEST(ChunkSimulation, RepeatsItselfWhereIterationsDo)
{
    // From the second chunk on, each begins as the one before it did.
    const ChunkPattern pattern = pattern_of(10, 1, PortDemand{{{0, 1}, {1, 2}}, 0});
    ChunkTimingCache cache;
    ChunkRun run = first_run(pattern, cache);
    run.state = cache.timing(run).end;
    EXPECT_EQ(cache.timing(run).end.number, run.state.number);
}

/// Runs one after the other, and while a contender comes and goes.
std::vector<double> timings_of_many_runs(ChunkTimingCache& cache)
{
    const ChunkPattern pattern = pattern_of(10, 1, PortDemand{{{0, 1}, {1, 2}}, 0});
    const std::vector<PortUse> transfer{{0, 4}, {3, 4}};
    ChunkRun run = first_run(pattern, cache);
    std::vector<double> cycles;
    for (int i = 0; i < 20; ++i) {
        const std::vector<Contender> contenders(i / 5 % 2 == 0 ? 0 : 1, {7, &transfer});
        run.contention = {{i % 4, contenders}, {i % 4 + 3, {}}};
        const ChunkTiming timing = cache.timing(run);
        cycles.push_back(static_cast<double>(timing.cycles));
        run.state = timing.end;
        run.state = cache.after_waiting(run, i % 3);
        cycles.push_back(static_cast<double>(cache.drain_cycles(pattern, run.state)));
    }
    return cycles;
}

TEST(ChunkSimulation, IsTheSameWhenItHasBeenForgotten)
{
    ChunkTimingCache remembering;
    const std::vector<double> expected = timings_of_many_runs(remembering);
    EXPECT_GT(remembering.entries(), 10U);
    for (std::size_t limit : {0U, 1U, 2U, 3U, 7U}) {
        ChunkTimingCache forgetful{{}, limit};
        EXPECT_EQ(timings_of_many_runs(forgetful), expected);
        EXPECT_LE(forgetful.entries(), limit + 2);  // a call adds two at most
    }
}

TEST(ChunkSimulation, CatchesUpWhileTheArrayWaits)
{
    // After a chunk a fill is due that takes 2 more cycles, unless there was time for it.
    const ChunkPattern shared = pattern_of(10, 1, PortDemand{{{0, 1}, {1, 2}}, 0});
    ChunkTimingCache cache;
    ChunkRun run = first_run(shared, cache);
    run.state = cache.timing(run).end;
    const std::int64_t at_once = cache.timing(run).cycles;
    run.state = cache.after_waiting(run, 2);
    EXPECT_LE(cache.timing(run).cycles, at_once - 2);
}

}  // namespace
}  // namespace plumbline::sim
