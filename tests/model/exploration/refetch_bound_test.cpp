// SPDX-License-Identifier: Apache-2.0
#include "exploration/bounds/refetch_bound.hpp"

#include <gtest/gtest.h>

#include "model/hand_machine.hpp"
#include "planning/stack_cuts.hpp"

namespace plumbline::detail {
namespace {

/// A layer of four channels with 36 weights, on the hand machine with an sram of so many bits for weights.
Picojoules floor_of(double pixels, Bits sram, Estimator estimator = Estimator::refined)
{
    const Workload workload{"one", {tiny::convolution(0, {4, 3, 8, 8, 1, 3})}};
    const MappingRules rules = tiny::rules();
    const StackGraph graph = make_stack_graph(workload, rules, layer_ids(workload));
    const Accelerator accelerator = tiny::accelerator(sram);
    return RefetchFloor{Passage{accelerator, estimator}, graph.nodes[1]}.of(pixels);
}

// A sum of at least 8 bits costs 0.25 + 2 pJ from its register to sram and 1 + 0.25 pJ back: 3.5 pJ. A weight costs 50 + 2 pJ from dram
// to sram. The register of a lane holds two sums of 8 bits.
constexpr double kSum = 3.5;
constexpr double kWeight = 52;

TEST(RefetchFloor, KeepsSumsAsLongAsWeightsChangeInPlace)
{
    // Eight weights: sums stay for eight iterations of the nine that they have, 36 / 8 instead of 4 moves of each pixel.
    EXPECT_DOUBLE_EQ(floor_of(10, Bits{64}).count(), 0.5 * 10 * kSum);
    // One weight: sums or weights change in each iteration.
    EXPECT_DOUBLE_EQ(floor_of(10, Bits{8}).count(), (36.0 - 4) * 10 * kSum);
    // All nine weights of an output.
    EXPECT_DOUBLE_EQ(floor_of(10, Bits{72}).count(), 0);
}

TEST(RefetchFloor, KeepsWeightsAsLongAsSumsChangeInPlace)
{
    // Weights come once, and serve both pixels before the next ones come.
    EXPECT_DOUBLE_EQ(floor_of(1, Bits{8}).count(), 0);
    EXPECT_DOUBLE_EQ(floor_of(2, Bits{8}).count(), 0);
    // Of the third pixel sums move, or weights come again for half of the pixels: 36 * 3 / 2 - 36 of them.
    EXPECT_LT((36.0 - 4) * 3 * kSum, 18 * kWeight);
    EXPECT_DOUBLE_EQ(floor_of(3, Bits{8}).count(), (36.0 - 4) * 3 * kSum);
}

TEST(RefetchFloor, IsNothingWithAverages) { EXPECT_DOUBLE_EQ(floor_of(10, Bits{8}, Estimator::uniform).count(), 0); }

}  // namespace
}  // namespace plumbline::detail
