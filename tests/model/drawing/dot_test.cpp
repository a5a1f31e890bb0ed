// SPDX-License-Identifier: Apache-2.0
#include "plumbline/dot.hpp"

#include <gmock/gmock.h>

#include "model/hand_machine.hpp"

namespace plumbline {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

TEST(DotOfAnAccelerator, JoinsEachLevelToTheNextLower)
{
    // Outputs pass dram (2), sram (1), register (0) and the array (3); inputs and weights pass dram, sram and the array.
    const std::string dot = to_dot(tiny::accelerator());
    EXPECT_THAT(dot, AllOf(HasSubstr("2->1 [label=\"I1, I2, O\", dir=both]"), HasSubstr("1->0 [label=\"O\", dir=both]"),
                           HasSubstr("1->3 [label=\"I1, I2\"]"), HasSubstr("0->3 [label=\"O\", dir=both]"),
                           Not(HasSubstr("2->0"))));
    EXPECT_THAT(dot, AllOf(HasSubstr("16 bit x 2"), HasSubstr("64 MiB"), HasSubstr("2 MACs")));
}

TEST(DotOfANetwork, JoinsLayersAndInputs)
{
    // 4 x 4 pixels of 2 channels, then a pointwise layer on what the first makes.
    const Workload network{"net", {tiny::convolution(0, {3, 2, 4, 4}), tiny::convolution(1, {1, 3, 4, 4}, 0)}};
    EXPECT_THAT(to_dot(network), AllOf(HasSubstr("0->1 [label=\"4x4 x 3\"]"), HasSubstr("2->0 [label=\"4x4 x 2\"]"),
                                       HasSubstr("conv1"), HasSubstr("shape=ellipse")));
}

TEST(DotOfANetwork, QuotesNames)
{
    Layer layer = tiny::convolution(0, {});
    layer.name = "a\"b\\c";
    EXPECT_THAT(to_dot(Workload{"net", {layer}}), HasSubstr(R"(label="a\"b\\c\nConv)"));
}

TEST(SizeText, IsInTheLargestUnitOfWhichThereIsOne)
{
    EXPECT_EQ(size_text(Bits{16}), "16 bit");
    EXPECT_EQ(size_text(Bits{8191}), "8191 bit");
    EXPECT_EQ(size_text(kibibytes(64)), "64 KiB");
    EXPECT_EQ(size_text(kibibytes(1280)), "1.25 MiB");
    EXPECT_EQ(size_text(mebibytes(4096)), "4 GiB");
}

}  // namespace
}  // namespace plumbline
