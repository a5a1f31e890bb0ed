// SPDX-License-Identifier: Apache-2.0
// How busy ports were, when: of transfers made up by hand, and of a run whose counters say how often.
#include "plumbline/validate/port_timeline.hpp"

#include <gtest/gtest.h>

#include "model/hand_machine.hpp"
#include "plumbline/plan.hpp"
#include "plumbline/sim/simulate.hpp"
#include "validate/agreement/hand_made.hpp"

namespace plumbline::validate {
namespace {

using namespace plumbline::test;

TEST(BusyBins, SpreadCyclesEvenlyOverTheSpan)
{
    BusyBins bins{1, 0};
    bins.add(0, {1.5, 5.5}, 2);  // four cycles, busy for half of each
    EXPECT_EQ(bins.width(), 1);
    EXPECT_EQ(bins.bins(), 6U);
    EXPECT_DOUBLE_EQ(bins.busy(0, 1), 0.25);
    EXPECT_DOUBLE_EQ(bins.busy(0, 2), 0.5);
    EXPECT_DOUBLE_EQ(bins.busy(0, 5), 0.25);
    EXPECT_DOUBLE_EQ(bins.share(0, 5), 0.5) << "half of the bin lies beyond the end";
}

TEST(BusyBins, BecomeWiderWithoutLosingACycle)
{
    BusyBins bins{2, 100};
    constexpr int kSpans = 1000;
    for (int i = 0; i < kSpans; ++i) bins.add(1, {100.0 + 3 * i, 103.0 + 3 * i}, 1);
    EXPECT_LE(bins.bins(), BusyBins::kMost);
    EXPECT_EQ(bins.width(), 16) << "3,000 cycles in 240 bins";
    EXPECT_NEAR(bins.busy(1), kSpans, 1e-9);
    EXPECT_EQ(bins.busy(0), 0);
    EXPECT_NEAR(bins.share(1, 7), 1.0 / 3, 1e-9);
}

TEST(BusyBins, TakeWhatHasNoExtent)
{
    BusyBins bins{1, 0};
    bins.add(0, {3, 3}, 1);
    bins.extend(4);
    EXPECT_EQ(bins.busy(0), 1);
}

/// Tiles one after the other, by their lengths.
void run_tiles(const sim::Observer& observer, const std::vector<double>& lengths)
{
    double now = 0;
    std::int64_t column = 0;
    for (double length : lengths) {
        const sim::TileIndex tile{0, column++, 0};
        observer.stepping({kConv, tile, {now, now}, Cycles{}, Cycles{}, 0});
        observer.stepped({kConv, tile, {now, now + length}, Cycles{}, Cycles{}, 0});
        now += length;
    }
}

TEST(PortTimeline, KeepsTheFirstOfTheTilesThatTookLongest)
{
    PortTimeline timeline{tiny_accelerator()};
    run_tiles(timeline.observer(), {4, 9, 2, 9, 1});
    EXPECT_EQ(timeline.longest_tile().tile.column, 1);
    EXPECT_EQ(timeline.longest_tile().bins.begin(), 4);
    ASSERT_EQ(timeline.longest_tile().steps.size(), 1U);
    EXPECT_EQ(timeline.longest_tile().steps[0].span.end, 13);
    EXPECT_EQ(timeline.run().end(), 25);
}

TEST(PortTimeline, AlsoLooksAtTheLastTile)
{
    PortTimeline timeline{tiny_accelerator()};
    run_tiles(timeline.observer(), {4, 9});
    EXPECT_EQ(timeline.longest_tile().tile.column, 1);
}

TEST(PortTimeline, IsAsBusyAsTheCountersOfARunSay)
{
    const Accelerator accelerator = tiny::accelerator();
    const Workload workload{"two", {tiny::convolution(0, {2, 2, 1, 8}), tiny::convolution(1, {2, 2, 1, 8}, 0)}};
    PlanOptions options;
    options.stacks = {{TileSize{2, 1}}};
    const Schedule schedule = *plan_schedule(accelerator, workload, tiny::rules(), options);
    PortTimeline timeline{accelerator};
    sim::SimulationOptions simulation;
    simulation.machine.observer = timeline.observer();
    const sim::Counters counters = sim::simulate(accelerator, workload, schedule, simulation);
    ASSERT_EQ(counters.ports.size(), timeline.ports().count());
    for (const sim::PortActivity& port : counters.ports)
        EXPECT_NEAR(timeline.run().busy(timeline.ports().index(port.memory, port.port)),
                    static_cast<double>(port.busy.count()), 1e-6)
            << accelerator.memory(port.memory).name << ' ' << port.port;
    EXPECT_EQ(timeline.run().end(), static_cast<double>(counters.cycles.count()));
    EXPECT_GT(timeline.longest_tile().steps.size(), 1U);
}

}  // namespace
}  // namespace plumbline::validate
