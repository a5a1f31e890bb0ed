// SPDX-License-Identifier: Apache-2.0
#include "cost/uniform/reuse.hpp"
#include "cost/uniform/transfer.hpp"

#include <gtest/gtest.h>

#include "model/hand_machine.hpp"

namespace plumbline::detail::uniform {
namespace {

/// Weights of a convolution at sram and dram: relevant to K, C, FY, FX, not to OX.
class WeightReuse : public ::testing::Test {
protected:
    LoopCut cut(std::size_t at) const
    {
        LoopCut cut;
        cut.loops = loops.data();
        cut.count = loops.size();
        cut.cut[1] = at;
        cut.cut[2] = loops.size();
        return cut;
    }

    Layer layer = tiny::convolution(0, {2, 4, 1, 6});
    std::vector<TemporalLoop> loops{{LoopDim::c, 4}, {LoopDim::ox, 3}, {LoopDim::ox, 2}, {LoopDim::k, 5}};
    OperandFacts facts = [this] {
        OperandFacts weights;
        weights.operand = &layer.inputs[0];
        weights.levels = 2;
        weights.spatial[0] = {{LoopDim::k, 2}};
        return weights;
    }();
};

TEST_F(WeightReuse, IrrelevantLoopsAboveACutKeepTheDataBelow)
{
    // Cut after C: both OX loops repeat the same weights, so they count below the cut.
    EXPECT_EQ(stationary(facts, cut(1)).cut[1], 3U);
    EXPECT_EQ(stationary(facts, cut(4)).cut[1], 4U);
    EXPECT_EQ(stationary(facts, cut(0)).cut[1], 0U);
}

TEST_F(WeightReuse, DataIsHeldForTheLoopsBelow)
{
    const Reuse reuse = analyse_reuse(facts, stationary(facts, cut(1)));
    EXPECT_EQ(reuse.elements[0], 1);
    EXPECT_EQ(reuse.elements[1], 4 * 2);  // C in time, K in space
    EXPECT_EQ(reuse.elements[2], 4 * 2 * 5);
    EXPECT_EQ(reuse.cycles[1], 4 * 3 * 2);
    EXPECT_EQ(reuse.iterations, 4 * 3 * 2 * 5);
    EXPECT_EQ(reuse.top_irrelevant[1], 3 * 2);
    EXPECT_EQ(reuse.top_relevant[2], 5);
}

TEST_F(WeightReuse, MacsKeepWhatTheInnermostLoopsLeave)
{
    // OX innermost: the weight is the same for 3 * 2 iterations, where the array does not read it again in each.
    loops = {{LoopDim::ox, 3}, {LoopDim::ox, 2}, {LoopDim::c, 4}, {LoopDim::k, 5}};
    EXPECT_EQ(analyse_reuse(facts, stationary(facts, cut(3))).cycles[0], 1);
    facts.kept = true;
    EXPECT_EQ(analyse_reuse(facts, stationary(facts, cut(3))).cycles[0], 3 * 2);
    EXPECT_EQ(analyse_reuse(facts, stationary(facts, cut(1))).cycles[0], 3 * 2) << "both loops stay below the cut";
    EXPECT_EQ(transfers_of(facts, analyse_reuse(facts, cut(3)))[0][Direction::read_down].periods, 4 * 5);
}

TEST(TruncatedSpan, CountsDistinctPositions)
{
    const SlidingAxis dense{"IX", LoopDim::ox, 1, LoopDim::fx, 1};
    const SlidingAxis strided{"IX", LoopDim::ox, 2, LoopDim::fx, 1};
    EXPECT_EQ(truncated_span(dense, 4, 3), 6);
    EXPECT_EQ(truncated_span(strided, 4, 3), 9);
    EXPECT_EQ(truncated_span(strided, 4, 1), 4);   // gaps are not counted
    EXPECT_EQ(truncated_span(dense, 3.83, 1), 3);  // fractional unrolling is cut off
    SlidingAxis doubled = dense;
    doubled.upsampling = 2;
    EXPECT_EQ(truncated_span(doubled, 1, 1), 1);
    EXPECT_EQ(truncated_span(doubled, 4, 1), 2.5);  // two or three, by where they begin
    EXPECT_EQ(truncated_span(doubled, 4, 3), 3.5);  // six positions: three or four
}

}  // namespace
}  // namespace plumbline::detail::uniform
