// SPDX-License-Identifier: Apache-2.0
// Expects that two runs took equally long and counted the same.
#pragma once

#include <gmock/gmock.h>

#include "plumbline/sim/counters.hpp"

namespace plumbline::sim {

inline void expect_equal(const Counters& a, const Counters& b)
{
    EXPECT_EQ(a.cycles, b.cycles);
    EXPECT_EQ(a.outputs, b.outputs);
    ASSERT_EQ(a.times.size(), b.times.size());
    for (std::size_t i = 0; i < a.times.size(); ++i) {
        EXPECT_EQ(a.times[i].cycles, b.times[i].cycles);
        EXPECT_EQ(a.times[i].loading, b.times[i].loading);
        EXPECT_EQ(a.times[i].offloading, b.times[i].offloading);
        EXPECT_EQ(a.times[i].macs, b.times[i].macs);
    }
    ASSERT_EQ(a.traffic.size(), b.traffic.size());
    for (std::size_t i = 0; i < a.traffic.size(); ++i) {
        EXPECT_EQ(a.traffic[i].memory, b.traffic[i].memory);
        EXPECT_EQ(a.traffic[i].granules, b.traffic[i].granules);
        EXPECT_EQ(a.traffic[i].bits, b.traffic[i].bits);
    }
    for (std::size_t i = 0; i < a.ports.size(); ++i) EXPECT_EQ(a.ports[i].busy, b.ports[i].busy);
}

}  // namespace plumbline::sim
