// SPDX-License-Identifier: Apache-2.0
#include "exploration/bounds/passage.hpp"

#include <gtest/gtest.h>

#include "model/hand_machine.hpp"

namespace plumbline::detail {
namespace {

/// On the hand machine with an sram of 100 bits; registers hold 32 bits of outputs together.
class PassageTest : public ::testing::Test {
protected:
    double apart(std::int64_t read, std::int64_t made) const
    {
        return passage.apart(MemoryOperand::i1, Bits{read}, Bits{made}).count();
    }

    Accelerator accelerator = tiny::accelerator(Bits{100});
    Passage passage{accelerator, Estimator::refined};

    // Of a bit, between sram and dram. Ports have 32 and 16 bits.
    const double down = 100.0 / 16 + 8.0 / 32;
    const double up = 4.0 / 32 + 200.0 / 16;
};

TEST_F(PassageTest, PassesEachMemoryOnTheWay)
{
    EXPECT_DOUBLE_EQ(passage.down(MemoryOperand::i1, Bits{48}).count(), 48 * down);
    EXPECT_DOUBLE_EQ(passage.up(Bits{48}).count(), 48 * (0.5 / 16 + 8.0 / 32 + up));
}

TEST_F(PassageTest, HoldsWhatFits)
{
    EXPECT_DOUBLE_EQ(passage.up_to_hold(Bits{32}).count(), 0);
    EXPECT_DOUBLE_EQ(passage.up_to_hold(Bits{33}).count(), 33 * (0.5 / 16 + 8.0 / 32));
    EXPECT_DOUBLE_EQ(passage.down_if_held(MemoryOperand::i1, Bits{100}).count(), 0);
    EXPECT_DOUBLE_EQ(passage.down_if_held(MemoryOperand::i1, Bits{101}).count(), 101 * down);
}

TEST_F(PassageTest, RaisesOneOfTwoThatFitAMemoryApartOnly)
{
    EXPECT_DOUBLE_EQ(apart(40, 60), 0);
    EXPECT_DOUBLE_EQ(apart(40, 61), 40 * down);
    EXPECT_DOUBLE_EQ(apart(68, 33), 33 * up);
}

TEST_F(PassageTest, RaisesNothingThatLiesApartAnyway)
{
    EXPECT_DOUBLE_EQ(apart(100, 32), 0);   // outputs in registers
    EXPECT_DOUBLE_EQ(apart(101, 60), 0);   // inputs in dram
    EXPECT_DOUBLE_EQ(apart(101, 101), 0);  // both in dram
}

TEST_F(PassageTest, CountsReadsOfTheTopMemoryAloneWithAverages)
{
    const Passage averages{accelerator, Estimator::uniform};
    EXPECT_DOUBLE_EQ(averages.down(MemoryOperand::i1, Bits{48}).count(), 48 * 100.0 / 16);
    EXPECT_DOUBLE_EQ(averages.up(Bits{48}).count(), 0);
    EXPECT_DOUBLE_EQ(averages.apart(MemoryOperand::i1, Bits{40}, Bits{61}).count(), 0);
}

}  // namespace
}  // namespace plumbline::detail
