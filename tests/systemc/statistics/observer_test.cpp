// SPDX-License-Identifier: Apache-2.0
// What a run tells while it happens, on the small machine: in order, completely, and once to each who listens.
#include "plumbline/sim/observer.hpp"

#include <algorithm>

#include <gmock/gmock.h>

#include "plumbline/sim/run_events.hpp"
#include "plumbline/sim/simulate.hpp"
#include "systemc/small_machine.hpp"

namespace plumbline::sim {
namespace {

using namespace plumbline::small;

/// 4 positions, 2 lanes of K: one fill of two weights, 4 iterations, outputs that leave as the next are computed.
const Layer kLayer = convolution({{LoopDim::k, 2}, {LoopDim::ox, 4}});

Counters run(Observer observer)
{
    SimulationOptions options;
    options.machine.observer = std::move(observer);
    options.overcommit = Overcommit::report;  // as if somebody had brought the inputs to the sram before
    const LayerMapping mapping = small::mapping(kLayer, {{LoopDim::ox, 4}}, {{0, 1}, {0, 1}, {1}}, 2);
    return simulate(accelerator(), Workload{"small", {kLayer}}, schedule(kLayer, mapping), options);
}

TEST(Observer, HearsOfEachTransferWhenItBeginsAndWhenItIsOver)
{
    std::vector<std::string> begun;
    std::vector<std::string> over;
    double last = 0;
    Observer observer;
    observer.moving = [&](const TransferEvent& transfer) {
        begun.emplace_back(transfer.mover);
        EXPECT_EQ(transfer.span.begin, transfer.span.end);
        EXPECT_GE(transfer.span.begin, last);
        last = transfer.span.begin;
    };
    observer.moved = [&](const TransferEvent& transfer) {
        over.emplace_back(transfer.mover);
        EXPECT_LE(transfer.span.begin, transfer.span.end);
        EXPECT_GE(transfer.span.end, last);
        last = transfer.span.end;
    };
    run(observer);
    EXPECT_THAT(over, testing::UnorderedElementsAreArray(begun));
    EXPECT_EQ(std::count(over.begin(), over.end(), "fill_I2_0"), 1);
    EXPECT_EQ(std::count(over.begin(), over.end(), "drain_O_0"), 1) << "the others leave as the array goes on";
    EXPECT_GE(std::count(over.begin(), over.end(), "mac_array"), 1);
    EXPECT_EQ(std::count(over.begin(), over.end(), "fill_I1_0"), 0) << "inputs lie in the sram already";
}

TEST(Observer, HearsOfAllBitsThatMemoriesCount)
{
    std::int64_t heard = 0;
    Observer observer;
    observer.moved = [&](const TransferEvent& transfer) {
        for (const Access& access : transfer.accesses) heard += bits(access);
    };
    std::int64_t counted = 0;
    for (const Traffic& traffic : run(observer).traffic) counted += traffic.bits.count();
    EXPECT_EQ(heard, counted);
}

TEST(Observer, HearsOfAStepAroundItsTransfers)
{
    std::vector<std::string> heard;
    Observer observer;
    observer.stepping = [&](const StepSpan& step) {
        heard.emplace_back("stepping");
        EXPECT_EQ(step.span.begin, 0);
        EXPECT_EQ(step.activity, (Activity{Activity::Kind::compute, 0}));
    };
    observer.stepped = [&](const StepSpan& step) {
        heard.emplace_back("stepped");
        EXPECT_EQ(step.span.end, 6) << "a fill, four iterations, a drain";
        EXPECT_EQ(step.loading, Cycles{1});
        EXPECT_EQ(step.offloading, Cycles{1});
        EXPECT_EQ(step.macs, 8);
        EXPECT_EQ(step.tile, (TileIndex{0, 0, 0}));
    };
    observer.moved = [&](const TransferEvent&) { heard.emplace_back("moved"); };
    run(observer);
    EXPECT_EQ(heard.front(), "stepping");
    EXPECT_EQ(heard.back(), "stepped");
    EXPECT_EQ(std::count(heard.begin(), heard.end(), "stepping"), 1);
}

TEST(Observer, OfSeveralTellsEachOfThem)
{
    int first = 0;
    int second = 0;
    Observer hears_moves;
    hears_moves.moved = [&](const TransferEvent&) { ++first; };
    Observer hears_moves_and_steps;
    hears_moves_and_steps.moved = [&](const TransferEvent&) { ++second; };
    int steps = 0;
    hears_moves_and_steps.stepped = [&](const StepSpan&) { ++steps; };
    const Observer both = tell_all({hears_moves, hears_moves_and_steps});
    EXPECT_FALSE(both.moving) << "nobody listens, so nobody is told";
    EXPECT_FALSE(both.abandoned);
    run(both);
    EXPECT_GT(first, 0);
    EXPECT_EQ(first, second);
    EXPECT_EQ(steps, 1);
}

}  // namespace
}  // namespace plumbline::sim
