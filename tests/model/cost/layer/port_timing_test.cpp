// SPDX-License-Identifier: Apache-2.0
#include "cost/layer/port_timing.hpp"

#include <gtest/gtest.h>

namespace plumbline::detail {
namespace {

constexpr std::int64_t kWidth = 64;

/// A transfer between memories, in ticks of a calibrated accelerator.
std::int64_t ticks(const MemoryTiming& timing, Bits amount, bool between_memories = true)
{
    return port_time({kWidth, timing, between_memories}, kTicksPerCycle, WholeTransfer{amount});
}

MemoryTiming timing_of(std::int64_t idle_per_word, double burst_overhead)
{
    MemoryTiming timing;
    timing.idle_per_word = idle_per_word;
    timing.burst_overhead = burst_overhead;
    return timing;
}

TEST(PortTime, IsACycleForEachWordWhereTheTimingIsNeutral)
{
    const MemoryTiming neutral;
    EXPECT_EQ(port_time({kWidth, neutral, true}, std::int64_t{1}, WholeTransfer{Bits{640}}), 10);
    EXPECT_EQ(port_time({kWidth, neutral, true}, std::int64_t{1}, WholeTransfer{Bits{641}}), 11);
    EXPECT_EQ(ticks(neutral, Bits{641}), 11'000);
}

TEST(PortTime, GrowsByTheRestAfterEachWord) { EXPECT_EQ(ticks(timing_of(250, 0), Bits{640}), 10 * 1'250); }

TEST(PortTime, GrowsByWhatEachBurstLoses)
{
    // 1100 bits: 18 words; 3 bursts of at most 512 bits.
    EXPECT_EQ(ticks(timing_of(0, 1.5), Bits{1100}), 18'000 + 3 * 1'500);
}

TEST(PortTime, KnowsNoBurstsAtTheMacs) { EXPECT_EQ(ticks(timing_of(0, 1.5), Bits{1100}, false), 18'000); }

TEST(PortTime, InCyclesIsNotRounded)
{
    // Blocks of 2.5 words and 1.25 bursts on average.
    const MemoryTiming timing = timing_of(100, 0.5);
    const auto pieces = [](std::int64_t size) { return size == kWidth ? 2.5 : 1.25; };
    EXPECT_DOUBLE_EQ(port_time({kWidth, timing, true}, 1.0, pieces), 2.5 * 1.1 + 1.25 * 0.5);
}

}  // namespace
}  // namespace plumbline::detail
