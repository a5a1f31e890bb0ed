// SPDX-License-Identifier: Apache-2.0
// When transfers end that share the time of ports.
#include "arbitration/max_min_arbiter.hpp"

#include <gmock/gmock.h>

#include "systemc/taker.hpp"

namespace plumbline::sim {
namespace {

TEST(MaxMinArbiter, GivesATransferAloneTheTimeOfItsSlowerEnd)
{
    Clock clock;
    MaxMinArbiter ports{"ports", clock, 2};
    Taker taker{"taker", ports, {{0, 463}, {1, 29}}};
    sc_core::sc_start();
    EXPECT_EQ(taker.end(), 463);
}

TEST(MaxMinArbiter, TakesTwiceAsLongForTwoOnOnePort)
{
    Clock clock;
    MaxMinArbiter ports{"ports", clock, 1};
    Taker a{"a", ports, {{0, 10}}};
    Taker b{"b", ports, {{0, 10}}};
    sc_core::sc_start();
    EXPECT_EQ(a.end(), 20);
    EXPECT_EQ(b.end(), 20);
}

TEST(MaxMinArbiter, SpeedsUpWhoIsLeft)
{
    // Half speed until the short one is done at 8, then full: 4 of 10 are done, 6 remain.
    Clock clock;
    MaxMinArbiter ports{"ports", clock, 1};
    Taker brief{"brief", ports, {{0, 4}}};
    Taker lengthy{"lengthy", ports, {{0, 10}}};
    sc_core::sc_start();
    EXPECT_EQ(brief.end(), 8);
    EXPECT_EQ(lengthy.end(), 14);
}

TEST(MaxMinArbiter, SlowsDownWhoWasThereBefore)
{
    // Alone until 6, then half speed: the latecomer is done at 14, when 6 + 4 of 12 are; the rest takes 2 more.
    Clock clock;
    MaxMinArbiter ports{"ports", clock, 1};
    Taker first{"first", ports, {{0, 12}}};
    Taker late{"late", ports, {{0, 4}}, 6};
    sc_core::sc_start();
    EXPECT_EQ(late.end(), 14);
    EXPECT_EQ(first.end(), 16);
}

TEST(MaxMinArbiter, LeavesTransfersAloneThatShareNoPort)
{
    Clock clock;
    MaxMinArbiter ports{"ports", clock, 2};
    Taker a{"a", ports, {{0, 7}}};
    Taker b{"b", ports, {{1, 9}}};
    sc_core::sc_start();
    EXPECT_EQ(a.end(), 7);
    EXPECT_EQ(b.end(), 9);
}

TEST(MaxMinArbiter, TakesTimeWithoutPortsToo)
{
    Clock clock;
    MaxMinArbiter ports{"ports", clock, 1};
    Taker idle{"idle", ports, {}, 0, 5};
    sc_core::sc_start();
    EXPECT_EQ(idle.end(), 5);
}

TEST(MaxMinArbiter, IsNotDoneBeforeItsTime)
{
    Clock clock;
    MaxMinArbiter ports{"ports", clock, 1};
    Taker taker{"taker", ports, {{0, 5}}};
    sc_core::sc_start(cycles(5) - sc_core::sc_get_time_resolution());
    EXPECT_EQ(taker.end(), -1);
    sc_core::sc_start(sc_core::sc_get_time_resolution() * 2);
    EXPECT_EQ(taker.end(), 5);
}

}  // namespace
}  // namespace plumbline::sim
