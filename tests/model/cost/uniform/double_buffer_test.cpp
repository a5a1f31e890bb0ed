// SPDX-License-Identifier: Apache-2.0
#include "cost/uniform/double_buffer.hpp"

#include <gtest/gtest.h>

#include "model/hand_machine.hpp"

namespace plumbline::detail::uniform {
namespace {

/// Outputs, weights and inputs of the tiny machine at one level, in the same memory of 100 bits.
class SharedMemory : public ::testing::Test {
protected:
    /// \param bits that each operand replaces per turn
    std::array<bool, 3> flags(std::int64_t outputs, std::int64_t weights, std::int64_t inputs) const
    {
        LayerFacts layer;
        layer.operands = 3;
        MappedOperands mapped;
        const std::int64_t bits[] = {outputs, weights, inputs};
        for (std::size_t i = 0; i < 3; ++i) {
            layer.operand[i].levels = 1;
            layer.operand[i].level[0].memory = 0;
            layer.operand[i].level[0].size = Bits{100};
            layer.operand[i].precision = layer.operand[i].final_precision = 1;
            mapped[i].reuse.elements[1] = bits[i];
            mapped[i].reuse.top_relevant[1] = 1;
        }
        const DoubleBuffered all = double_buffered(layer, mapped);
        return {all[0][1], all[1][1], all[2][1]};
    }
};

using Flags = std::array<bool, 3>;

TEST_F(SharedMemory, HalfEmptyHasSpaceForEveryone) { EXPECT_EQ(flags(20, 20, 10), (Flags{true, true, true})); }

TEST_F(SharedMemory, FreeSpaceGoesToThoseThatFitItInOrder)
{
    // 40 free: the outputs claim 30 of them, and 10 are left for nobody else.
    EXPECT_EQ(flags(30, 20, 10), (Flags{true, false, true}));
    EXPECT_EQ(flags(50, 5, 5), (Flags{false, true, true}));
}

TEST_F(SharedMemory, FullHasSpaceForNobody) { EXPECT_EQ(flags(50, 30, 20), (Flags{false, false, false})); }

TEST_F(SharedMemory, IsNeverDoubleBufferedAtTheMacs)
{
    LayerFacts layer;
    layer.operands = 1;
    layer.operand[0].levels = 1;
    layer.operand[0].level[0].size = Bits{100};
    MappedOperands mapped;
    mapped[0].reuse.top_relevant[1] = 1;
    EXPECT_FALSE(double_buffered(layer, mapped)[0][0]);
}

}  // namespace
}  // namespace plumbline::detail::uniform
