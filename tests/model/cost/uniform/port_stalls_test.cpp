// SPDX-License-Identifier: Apache-2.0
#include "cost/uniform/port_stalls.hpp"

#include <gtest/gtest.h>

#include <random>
#include <vector>

namespace plumbline::detail::uniform {
namespace {

PeriodicTransfer transfer(std::int64_t real, std::int64_t allowed, std::int64_t period, std::int64_t periods)
{
    return {0, real, allowed, period, periods};
}

PeriodicTransfers transfers(std::initializer_list<PeriodicTransfer> list)
{
    PeriodicTransfers all;
    for (const PeriodicTransfer& each : list) all.add(each);
    return all;
}

/// Marks every cycle of the layer.
std::int64_t union_by_counting(const PeriodicTransfers& all)
{
    std::vector<bool> open(static_cast<std::size_t>(all.begin()->period * all.begin()->periods));
    for (const PeriodicTransfer& each : all)
        for (std::int64_t p = 0; p < each.periods; ++p)
            for (std::int64_t t = 0; t < each.allowed; ++t) open[static_cast<std::size_t>(p * each.period + t)] = true;
    return std::count(open.begin(), open.end(), true);
}

TEST(WindowUnion, OfOneWindowIsItself) { EXPECT_EQ(window_union(transfers({transfer(1, 2, 5, 3)})), 6); }

TEST(WindowUnion, OfNestedPeriodsCountsOverlapsOnce)
{
    // Period 4 open 1, period 8 open 3: cycles 0, 1, 2 and 4 of every 8.
    EXPECT_EQ(window_union(transfers({transfer(1, 3, 8, 2), transfer(1, 1, 4, 4)})), 8);
}

TEST(WindowUnion, EqualsCountingCyclesOnRandomNests)
{
    const unsigned seed = 20231;
    SCOPED_TRACE(seed);
    std::mt19937 random{seed};
    const auto between = [&](std::int64_t low, std::int64_t high) {
        return std::uniform_int_distribution<std::int64_t>{low, high}(random);
    };
    for (int trial = 0; trial < 500; ++trial) {
        const std::int64_t factors[] = {between(1, 4), between(1, 4), between(1, 4), between(1, 4)};
        const std::int64_t total = factors[0] * factors[1] * factors[2] * factors[3] * between(1, 3);
        PeriodicTransfers all;
        std::int64_t period = 1;
        for (std::int64_t factor : factors) {
            period *= factor;
            all.add(transfer(1, between(1, period), period, total / period));
        }
        EXPECT_EQ(window_union(all), union_by_counting(all));
    }
}

TEST(PortStall, OfOneTransferIsItsExcessAfterTheFirstPeriod)
{
    EXPECT_EQ(port_stall(transfers({transfer(5, 3, 10, 4)})), 2 * 3);
    EXPECT_EQ(port_stall(transfers({transfer(1, 3, 10, 4)})), -2 * 3);
}

TEST(PortStall, OfSharedPortCannotUseTheSameWindowTwice)
{
    // Both may take all of 8 cycles; together they need 3 + 4 of every 8 and fit.
    EXPECT_EQ(port_stall(transfers({transfer(3, 8, 8, 2), transfer(4, 8, 8, 2)})), 0);
    // 8 + 8 of every 8 do not: one period (the first is loading) of 16 cycles against the union of both periods, 16.
    EXPECT_EQ(port_stall(transfers({transfer(8, 8, 8, 3), transfer(8, 8, 8, 3)})), 32 - 24);
}

TEST(PortStall, OfNothingIsNothing) { EXPECT_EQ(port_stall({}), 0); }

}  // namespace
}  // namespace plumbline::detail::uniform
