// SPDX-License-Identifier: Apache-2.0
// Expects that two runs took equally long and counted the same.
#pragma once

#include <gmock/gmock.h>

#include "plumbline/sim/counters.hpp"

namespace plumbline::sim {

inline void expect_equal(const ArrayActivity& a, const ArrayActivity& b)
{
    EXPECT_EQ(a.busy, b.busy);
    EXPECT_EQ(a.idle, b.idle);
    ASSERT_EQ(a.waits.size(), b.waits.size());
    for (std::size_t i = 0; i < a.waits.size(); ++i) {
        EXPECT_EQ(a.waits[i].cause, b.waits[i].cause);
        EXPECT_EQ(a.waits[i].operand, b.waits[i].operand);
        EXPECT_EQ(a.waits[i].cycles, b.waits[i].cycles);
    }
}

inline void expect_equal(const std::vector<PortActivity>& a, const std::vector<PortActivity>& b)
{
    ASSERT_EQ(a.size(), b.size());
    for (std::size_t i = 0; i < a.size(); ++i) {
        EXPECT_EQ(a[i].busy, b[i].busy);
        EXPECT_EQ(a[i].stalled, b[i].stalled);
        EXPECT_EQ(a[i].idle, b[i].idle);
    }
}

/// However long it took.
inline void expect_equal_work(const Counters& a, const Counters& b)
{
    EXPECT_EQ(a.outputs, b.outputs);
    ASSERT_EQ(a.times.size(), b.times.size());
    for (std::size_t i = 0; i < a.times.size(); ++i) EXPECT_EQ(a.times[i].macs, b.times[i].macs);
    ASSERT_EQ(a.traffic.size(), b.traffic.size());
    for (std::size_t i = 0; i < a.traffic.size(); ++i) {
        EXPECT_EQ(a.traffic[i].memory, b.traffic[i].memory);
        EXPECT_EQ(a.traffic[i].granules, b.traffic[i].granules);
        EXPECT_EQ(a.traffic[i].bits, b.traffic[i].bits);
    }
    EXPECT_EQ(a.array.busy, b.array.busy);
    ASSERT_EQ(a.ports.size(), b.ports.size());
    for (std::size_t i = 0; i < a.ports.size(); ++i) EXPECT_EQ(a.ports[i].busy, b.ports[i].busy);
}

inline void expect_equal(const Counters& a, const Counters& b)
{
    expect_equal_work(a, b);
    EXPECT_EQ(a.cycles, b.cycles);
    for (std::size_t i = 0; i < a.times.size(); ++i) {
        EXPECT_EQ(a.times[i].cycles, b.times[i].cycles);
        EXPECT_EQ(a.times[i].loading, b.times[i].loading);
        EXPECT_EQ(a.times[i].offloading, b.times[i].offloading);
    }
    expect_equal(a.ports, b.ports);
    ASSERT_EQ(a.uses.size(), b.uses.size());
    for (std::size_t i = 0; i < a.uses.size(); ++i) {
        expect_equal(a.uses[i].array, b.uses[i].array);
        expect_equal(a.uses[i].ports, b.uses[i].ports);
    }
}

}  // namespace plumbline::sim
