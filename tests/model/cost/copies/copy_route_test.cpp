// SPDX-License-Identifier: Apache-2.0
#include "plumbline/copy_route.hpp"

#include <gtest/gtest.h>

#include "model/hand_machine.hpp"
#include "plumbline/error.hpp"

namespace plumbline {
namespace {

using tiny::kDram;
using tiny::kRegister;
using tiny::kSram;

class CopyRoute : public ::testing::Test {
protected:
    Accelerator accelerator = tiny::accelerator();
    const Place dram_input{MemoryOperand::i1, kDram};
    const Place sram_input{MemoryOperand::i1, kSram};
    const Place sram_output{MemoryOperand::o, kSram};
    const Place dram_output{MemoryOperand::o, kDram};
    const Place register_output{MemoryOperand::o, kRegister};
};

TEST_F(CopyRoute, DownReadsDownAndWritesFromUp)
{
    const auto hops = route(accelerator, dram_input, sram_input);
    ASSERT_EQ(hops.size(), 1U);
    EXPECT_EQ(hops[0].read, Direction::read_down);
    EXPECT_EQ(hops[0].write, Direction::write_from_up);
}

TEST_F(CopyRoute, BetweenOperandsClimbsToTheSharedMemory)
{
    // From the output register up to sram, where the input lives, too: one hop.
    const auto hops = route(accelerator, register_output, sram_input);
    ASSERT_EQ(hops.size(), 1U);
    EXPECT_EQ(hops[0].read, Direction::read_up);
    EXPECT_EQ(hops[0].to.memory, kSram);
    // Up two levels for the same operand.
    EXPECT_EQ(route(accelerator, register_output, dram_output).size(), 2U);
}

TEST_F(CopyRoute, IsEmptyWithinAMemory) { EXPECT_TRUE(route(accelerator, sram_output, sram_input).empty()); }

TEST_F(CopyRoute, BeginsAtAPlaceThatServesItsOperand)
{
    EXPECT_THROW(route(accelerator, {MemoryOperand::i1, kRegister}, sram_input), InputError);
}

}  // namespace
}  // namespace plumbline
