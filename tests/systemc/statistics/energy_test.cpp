// SPDX-License-Identifier: Apache-2.0
// Energies of counters on the tiny machine, by hand.
#include "plumbline/sim/energy.hpp"

#include <gtest/gtest.h>

#include "model/tiny.hpp"
#include "statistics/run_counts.hpp"

namespace plumbline::sim {
namespace {

constexpr MemoryId kSram = 1;

Traffic words(MemoryId memory, Direction direction, double count)
{
    Traffic traffic;
    traffic.memory = memory;
    traffic.direction = direction;
    traffic.words = Accesses{count};
    return traffic;
}

TEST(Energy, IsThatOfWordsByTheirDirectionAndOfMacs)
{
    // A word read from the sram costs 2 pJ and one written 3, a MAC 0.04.
    const plumbline::Accelerator accelerator = test::tiny_accelerator();
    EXPECT_DOUBLE_EQ(energy(accelerator, words(kSram, Direction::read_down, 5)).count(), 10);
    EXPECT_DOUBLE_EQ(energy(accelerator, words(kSram, Direction::read_up, 5)).count(), 10);
    EXPECT_DOUBLE_EQ(energy(accelerator, words(kSram, Direction::write_from_up, 2.5)).count(), 7.5);
    Counters counters;
    counters.traffic = {words(kSram, Direction::read_down, 5), words(kSram, Direction::write_from_down, 1)};
    counters.times.emplace_back();
    counters.times.back().macs = 50;
    EXPECT_DOUBLE_EQ(energy(accelerator, counters).count(), 10 + 3 + 2);
}

TEST(Energy, OfGranulesIsThatOfPartsOfWords)
{
    // Four granules of 8 bits are half a word of 64.
    const plumbline::Accelerator accelerator = test::tiny_accelerator();
    RunCounts counts{3};
    counts.traffic.at(kSram, MemoryOperand::i1, Direction::read_down).granules = 4;
    counts.macs = 100;
    EXPECT_DOUBLE_EQ(energy(accelerator, counts).count(), 1 + 4);
}

TEST(Power, IsEnergyOverTime)
{
    EXPECT_DOUBLE_EQ(milliwatts({Picojoules{10}, 100}, {Picojoules{110}, 150}), 2);
    EXPECT_EQ(milliwatts({Picojoules{10}, 100}, {Picojoules{110}, 100}), 0);
}

}  // namespace
}  // namespace plumbline::sim
