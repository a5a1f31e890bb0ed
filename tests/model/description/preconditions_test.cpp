// SPDX-License-Identifier: Apache-2.0
// A broken \pre ends the program at its assertion. Only builds that have assertions can show it.
#ifndef NDEBUG

#include <gtest/gtest.h>

#include "model/hand_machine.hpp"
#include "plumbline/calibrated_accelerator.hpp"
#include "plumbline/cost.hpp"
#include "plumbline/error.hpp"
#include "plumbline/schedule.hpp"
#include "plumbline/units.hpp"

namespace plumbline {
namespace {

TEST(PreconditionDeathTest, NoValueIsReadWhereThereIsNone)
{
    const Outcome<int> none{Infeasible{"4 into 3 does not fit"}};
    EXPECT_DEATH((void)*none, "feasible");
}

TEST(PreconditionDeathTest, NoReasonIsReadWhereThereIsAValue)
{
    const Outcome<int> some{3};
    EXPECT_DEATH((void)some.reason(), "feasible");
}

TEST(PreconditionDeathTest, NothingIsDividedByZero) { EXPECT_DEATH((void)divide_up(1, 0), "divisor > 0"); }

TEST(PreconditionDeathTest, NegativeAmountsAreNotRoundedUp) { EXPECT_DEATH((void)divide_up(-1, 2), "dividend >= 0"); }

TEST(PreconditionDeathTest, APortThatIsNotThereIsNotAskedFor)
{
    const Accelerator accelerator = tiny::accelerator();
    EXPECT_DEATH((void)accelerator.port(tiny::kRegister, MemoryOperand::i1, Direction::read_down), "service");
}

TEST(PreconditionDeathTest, ATileLiesInItsGrid)
{
    EXPECT_DEATH((void)position_of(3, 3), "index < count");
    EXPECT_DEATH((void)position_of(-1, 3), "index >= 0");
}

TEST(PreconditionDeathTest, ATileWithoutAClassIsNotLookedUp)
{
    Stack stack;
    stack.grid.columns = stack.grid.rows = 1;
    EXPECT_DEATH((void)class_of_tile(stack, 0, 0), "found");
}

TEST(PreconditionDeathTest, CostsOfOtherOperandsAreNotAdded)
{
    LayerCost two;
    two.operands.resize(2);
    LayerCost three;
    three.operands.resize(3);
    EXPECT_DEATH(two += three, "operands");
}

TEST(PreconditionDeathTest, ProfilesDoNotAddUp)
{
    MemoryCalibration slow;
    slow.memory = "sram";
    slow.access_latency = 3;
    const Calibration profile{"tiny", {slow}, {}, {}};
    const Accelerator once = calibrated(tiny::accelerator(), profile);
    EXPECT_DEATH((void)calibrated(once, profile), "neutral");
}

}  // namespace
}  // namespace plumbline

#endif
