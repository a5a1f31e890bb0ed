// SPDX-License-Identifier: Apache-2.0
// What an access asks of a port, computed by hand.
#include <gmock/gmock.h>

#include "plumbline/sim/access.hpp"
#include "plumbline/sim/ports.hpp"

namespace plumbline::sim {
namespace {

/// A port of 32-bit words and bytes, for reading.
plumbline::Memory memory()
{
    plumbline::Memory memory;
    memory.ports = {{"read", PortType::read, Bits{32}, Bits{8}}};
    return memory;
}

/// Two instances with 70 bits, one with 10.
Access access(std::int64_t times = 1)
{
    return {0, 0, MemoryOperand::i1, Direction::read_down, {{70, 2}, {10, 1}}, times, 0, 0};
}

TEST(PortTime, IsThatOfTheInstanceWithMostToMove)
{
    EXPECT_EQ(port_time(access(), memory()).slots, 3);  // 70 / 32
    EXPECT_EQ(port_time(access(5), memory()).slots, 15);
}

TEST(PortTime, CountsGranulesOfAllInstances)
{
    EXPECT_EQ(port_time(access(), memory()).granules, 2 * 9 + 2);
    EXPECT_EQ(port_time(access(5), memory()).granules, 5 * (2 * 9 + 2));
    EXPECT_EQ(full_words(20, memory().ports.front()), Accesses{5});
}

TEST(PortTime, HasTheLatencyOfAReadBeforeItsFirstWord)
{
    plumbline::Memory slow = memory();
    slow.latency = Cycles{7};
    EXPECT_EQ(port_time(access(), slow).latency, Cycles{6});
    Access write = access();
    write.direction = Direction::write_from_up;
    EXPECT_EQ(port_time(write, slow).latency, Cycles{0});
    slow.latency = Cycles{0};
    EXPECT_EQ(first_word_latency(slow), Cycles{0});
}

TEST(PortTime, LosesSlotsInBurstsWhoseIdleTimeComesOnTop)
{
    // 70 bits are three bursts of 32; with half an idle cycle a slot, 9 cycles are 6 slots.
    plumbline::Memory bursts = memory();
    EXPECT_EQ(port_time(access(), bursts).lost_slots, 0);
    bursts.timing.burst_overhead = 3;
    bursts.timing.burst = Bits{32};
    EXPECT_EQ(port_time(access(), bursts).lost_slots, 9);
    bursts.timing.idle_per_word = 500;
    EXPECT_EQ(port_time(access(), bursts).lost_slots, 6);
    EXPECT_EQ(cycles_per_word(500), 1.5);
}

}  // namespace
}  // namespace plumbline::sim
