// SPDX-License-Identifier: Apache-2.0
#include "cost/refined/blocks/most_elements.hpp"

#include <gtest/gtest.h>

#include "model/hand_machine.hpp"

namespace plumbline::detail::refined {
namespace {

/// Rows 0 to 2 on two lanes, windows of 3 rows: 3 output rows, 2 output columns.
class InterleavedRows : public ::testing::Test {
protected:
    InstanceLanes lanes_seen_by(std::int64_t lanes) const
    {
        InstanceLanes seen;
        for (LoopDim dim : kAllLoopDims) seen[dim].size = layer.sizes[dim];
        seen[LoopDim::oy].lanes = 2;
        seen[LoopDim::oy].inside = lanes;
        return seen;
    }

    static LoopSizes steps(std::int64_t rows, std::int64_t columns)
    {
        LoopSizes steps = kUnitLoopSizes;
        steps[LoopDim::oy] = rows;
        steps[LoopDim::ox] = columns;
        steps[LoopDim::fy] = 3;
        return steps;
    }

    Layer layer = tiny::convolution(0, {1, 1, 3, 2, 3, 1});
    const Operand& input = layer.inputs[1];
};

TEST_F(InterleavedRows, OfALaneLieApart)
{
    // Lane 0 has output rows 0 and 2: input rows 0 to 4, in two columns. Neighbouring rows would reach four.
    EXPECT_EQ(most_elements(input, lanes_seen_by(1), steps(2, 2)), 5 * 2);
    EXPECT_EQ(most_elements(layer.output, lanes_seen_by(1), steps(2, 2)), 2 * 2);
}

TEST_F(InterleavedRows, OfOneStepAreOneWindow) { EXPECT_EQ(most_elements(input, lanes_seen_by(1), steps(1, 1)), 3); }

TEST_F(InterleavedRows, TogetherAreTheTileAndNoMore)
{
    // Two steps of two lanes are four rows, of which the tile has three: input rows 0 to 4.
    EXPECT_EQ(most_elements(input, lanes_seen_by(2), steps(2, 1)), 5);
    EXPECT_EQ(most_elements(layer.output, lanes_seen_by(2), steps(2, 1)), 3);
}

TEST_F(InterleavedRows, OfAnUpSampledMapBeginAnywhereWithinOne)
{
    Layer doubled = layer;
    for (SlidingAxis& axis : doubled.inputs[1].sliding)
        if (axis.position == LoopDim::oy) axis.upsampling = 2;
    // Rows 0 to 4 of a map repeated twice: 0 0 1 1 2 or 0 1 1 2 2. Of both columns.
    EXPECT_EQ(most_elements(doubled.inputs[1], lanes_seen_by(1), steps(2, 2)), 3 * 2);
    // A window of three: 0 0 1 or 0 1 1; the tile has no more than it has.
    EXPECT_EQ(most_elements(doubled.inputs[1], lanes_seen_by(1), steps(1, 1)), 2);
    EXPECT_EQ(most_elements(doubled.inputs[1], lanes_seen_by(1), steps(1, 1), {1, 1}), 1);
}

TEST_F(InterleavedRows, LeaveOutRowsBetweenWindows)
{
    // One tap instead of three: lane 0 reads rows 0 and 2, and row 1 is not its own.
    LoopSizes one_tap = steps(2, 1);
    one_tap[LoopDim::fy] = 1;
    EXPECT_EQ(most_elements(input, lanes_seen_by(1), one_tap), 2);
}

}  // namespace
}  // namespace plumbline::detail::refined
