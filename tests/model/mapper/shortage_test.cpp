// SPDX-License-Identifier: Apache-2.0
#include "mapper/shortage.hpp"

#include <gtest/gtest.h>

#include "model/hand_machine.hpp"

namespace plumbline::detail {
namespace {

using tiny::kDram;
using tiny::kRegister;
using tiny::kSram;

/// 16-bit partial sums, outputs of 8 bits; 4 input channels are summed over time.
class ShortageOnTinyMachine : public ::testing::Test {
protected:
    Accelerator with_size(MemoryId memory, Bits size) const
    {
        std::vector<Memory> memories = tiny::accelerator().memories();
        memories[memory].size = size;
        return {"tiny", tiny::accelerator().array(), memories};
    }

    MappingProblem problem(const Accelerator& on, std::vector<Bits> reserved = {}) const
    {
        MappingProblem problem;
        problem.accelerator = &on;
        problem.layer = &layer;
        problem.sizes = layer.sizes;
        problem.rule = &rules.rules()[0];
        problem.levels = {{kRegister, kSram, kDram}, {kSram, kDram}, {kSram, kDram}};
        problem.capacity = CapacityPolicy::reserved;
        problem.reserved = std::move(reserved);
        return problem;
    }

    Layer layer = tiny::convolution(0, {2, 4, 1, 3});
    MappingRules rules = tiny::rules();
};

TEST_F(ShortageOnTinyMachine, IsNotThereWhereOneElementOfEachFits)
{
    EXPECT_FALSE(innermost_shortage(problem(tiny::accelerator())));
    const Accelerator just_enough = with_size(kSram, Bits{24});
    EXPECT_FALSE(innermost_shortage(problem(just_enough)));
}

TEST_F(ShortageOnTinyMachine, IsThatOfARegisterNarrowerThanASum)
{
    const Accelerator narrow = with_size(kRegister, Bits{15});
    const auto shortage = innermost_shortage(problem(narrow));
    ASSERT_TRUE(shortage);
    EXPECT_EQ(shortage->memory, kRegister);
    EXPECT_EQ(
        text_of(*shortage, narrow),
        "reg_o has 15 bit, but needs at least 16 bit (a partial sum of O: 16 bit); it holds those of a network whose "
        "operand_precision.O is 15 (in ONNX: --onnx-partial-bits 15)");
}

TEST_F(ShortageOnTinyMachine, SaysHowWideElementsMayBeThatAreNoSums)
{
    // One input channel: the first product is the output, of 8 bits.
    layer = tiny::convolution(0, {2, 1, 1, 3});
    const Accelerator narrow = with_size(kRegister, Bits{7});
    const auto shortage = innermost_shortage(problem(narrow));
    ASSERT_TRUE(shortage);
    EXPECT_EQ(text_of(*shortage, narrow),
              "reg_o has 7 bit, but needs at least 8 bit (an element of O: 8 bit); it holds those of a network whose "
              "operand_precision.O_final is 7 (in ONNX: --onnx-activation-bits 7)");
}

TEST_F(ShortageOnTinyMachine, IsNoneOfARegisterThatHoldsFinishedOutputsAlone)
{
    // One input channel: the first product is the output.
    layer = tiny::convolution(0, {2, 1, 1, 3});
    const Accelerator narrow = with_size(kRegister, Bits{8});
    EXPECT_FALSE(innermost_shortage(problem(narrow)));
}

TEST_F(ShortageOnTinyMachine, CountsWhatOthersHold)
{
    // Three elements of 8 bits, and 1,001 of 1,024 bits are taken.
    const Accelerator accelerator = tiny::accelerator();
    const auto shortage = innermost_shortage(problem(accelerator, {Bits{}, Bits{1001}, Bits{}}));
    ASSERT_TRUE(shortage);
    EXPECT_EQ(text_of(*shortage, accelerator),
              "sram has 1024 bit, but needs at least 1025 bit (an element of O: 8 bit, an element of W: 8 bit, an "
              "element of I: "
              "8 bit, caches, weights and maps of other layers: 1001 bit)");
}

TEST_F(ShortageOnTinyMachine, CountsAllOfAnOperandAtItsHighestLevel)
{
    // 6 outputs, 8 weights and 12 inputs of 8 bits are 208.
    const Accelerator small = with_size(kDram, Bits{207});
    const auto shortage = innermost_shortage(problem(small));
    ASSERT_TRUE(shortage);
    EXPECT_EQ(shortage->memory, kDram);
    const Accelerator enough = with_size(kDram, Bits{208});
    EXPECT_FALSE(innermost_shortage(problem(enough)));
}

}  // namespace
}  // namespace plumbline::detail
