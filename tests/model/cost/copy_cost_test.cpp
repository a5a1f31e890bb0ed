// SPDX-License-Identifier: Apache-2.0
#include "plumbline/copy_cost.hpp"

#include <gtest/gtest.h>

#include "model/hand_machine.hpp"

namespace plumbline {
namespace {

using tiny::kDram;
using tiny::kRegister;
using tiny::kSram;

class CopyCostOnTinyMachine : public ::testing::Test {
protected:
    Accelerator accelerator = tiny::accelerator();
    const Place dram_input{MemoryOperand::i1, kDram};
    const Place sram_input{MemoryOperand::i1, kSram};
    const Place sram_output{MemoryOperand::o, kSram};
    const Place dram_output{MemoryOperand::o, kDram};
    const Place register_output{MemoryOperand::o, kRegister};
};

TEST_F(CopyCostOnTinyMachine, SameMemoryNeedsNoHop)
{
    EXPECT_TRUE(route(accelerator, sram_output, sram_input).empty());
    EXPECT_EQ(copy_cost(accelerator, {{Bits{64}, sram_output, sram_input}}).energy, Picojoules{0});
}

TEST_F(CopyCostOnTinyMachine, OneHopByHand)
{
    // 40 bits: 3 words of dram's 16; 5 granules of 8 in sram's 32-bit word.
    const CopyCost cost = copy_cost(accelerator, {{Bits{40}, dram_input, sram_input}}, Estimator::uniform);
    EXPECT_DOUBLE_EQ(cost.energy.count(), 3 * 100 + 1.25 * 8);
    EXPECT_EQ(cost.latency, Cycles{3});
    ASSERT_EQ(cost.traffic.size(), 2U);
    EXPECT_EQ(cost.traffic[0].accesses[Direction::read_down], Accesses{3});
    EXPECT_EQ(cost.traffic[1].accesses[Direction::write_from_up], Accesses{1.25});
}

TEST_F(CopyCostOnTinyMachine, CopiesThroughOnePortWaitForEachOther)
{
    // dram has one port: 3 cycles to fetch 40 bits and 2 to store 32.
    const CopyCost both = copy_cost(
        accelerator, {{Bits{40}, dram_input, sram_input}, {Bits{32}, sram_output, dram_output}}, Estimator::uniform);
    EXPECT_EQ(both.latency, Cycles{5});
}

TEST_F(CopyCostOnTinyMachine, CopiesThroughOtherPortsRunSideBySide)
{
    // 40 bits come from dram in 3 cycles, 32 bits from the register in 2, into a memory whose port has a word of 64 bits for each.
    std::vector<Memory> memories = accelerator.memories();
    memories[kSram].ports[1].width = Bits{64};
    const Accelerator wide{"wide", accelerator.array(), memories};
    const std::vector<CopyTransfer> copies{{Bits{40}, dram_input, sram_input},
                                           {Bits{32}, register_output, sram_output}};
    EXPECT_EQ(copy_cost(wide, copies, Estimator::refined).latency, Cycles{3});
}

TEST_F(CopyCostOnTinyMachine, HopsFollowEachOther)
{
    const auto cost = transfer_cost(accelerator, {Bits{32}, register_output, dram_output});
    // 2 words of the 16-bit register, then 2 of dram.
    EXPECT_EQ(cost.hops, (std::vector<Cycles>{Cycles{2}, Cycles{2}}));
    EXPECT_EQ(copy_cost(accelerator, {{Bits{32}, register_output, dram_output}}, Estimator::uniform).latency,
              Cycles{4});
}

TEST_F(CopyCostOnTinyMachine, FromMemoriesThatAnswerAtOnceEnd)
{
    // Two reads and a write through dram's port of a word a cycle: 3 + 2 + 2, whether a latency is 0 or 1.
    std::vector<Memory> memories = accelerator.memories();
    for (Memory& memory : memories) memory.latency = Cycles{0};
    const Accelerator at_once{"tiny", accelerator.array(), memories};
    const std::vector<CopyTransfer> transfers{
        {Bits{40}, dram_input, sram_input}, {Bits{32}, dram_input, sram_input}, {Bits{32}, sram_output, dram_output}};
    for (const Estimator estimator : {Estimator::uniform, Estimator::refined}) {
        EXPECT_EQ(copy_cost(at_once, transfers, estimator).latency, Cycles{7});
        EXPECT_EQ(copy_cost(accelerator, transfers, estimator).latency, Cycles{7});
    }
}

}  // namespace
}  // namespace plumbline
