// SPDX-License-Identifier: Apache-2.0
#include "exploration/bounds/layer_bound.hpp"

#include <gtest/gtest.h>

#include "model/hand_machine.hpp"

namespace plumbline::detail {
namespace {

/// A row of windows of three taps over a map that is up-sampled.
Layer upsampled(std::int64_t times, std::int64_t stride, std::int64_t dilation)
{
    Layer layer = tiny::convolution(0, {1, 3, 1, 8, 1, 3});
    SlidingAxis& axis = layer.inputs[1].sliding[1];
    axis.upsampling = times;
    axis.stride = stride;
    axis.dilation = dilation;
    return layer;
}

bool reads_all_of(const Layer& layer) { return reads_all(StackNode{}, layer.inputs[1], layer); }

TEST(ReadsAll, LeavesNoElementOutWhereWindowsTouchIt)
{
    EXPECT_TRUE(reads_all_of(upsampled(2, 1, 1)));
    EXPECT_TRUE(reads_all_of(upsampled(2, 4, 1)));   // from tap 2 to the next tap 4: elements 1 and 2
    EXPECT_FALSE(reads_all_of(upsampled(2, 5, 1)));  // to tap 5: from tap 7 to 10, element 4 is left out
    EXPECT_TRUE(reads_all_of(upsampled(2, 6, 2)));
    EXPECT_FALSE(reads_all_of(upsampled(2, 1, 3)));
    EXPECT_FALSE(reads_all_of(upsampled(1, 4, 1)));
}

/// Maps beside each other along channels: each gives its own, and nothing to the rest.
TEST(ElementsPerPixel, CountsChannelsThatAMapHas)
{
    Layer layer = tiny::convolution(0, {1, 1, 4, 4, 1, 1});
    layer.sizes[LoopDim::g] = 6;
    Operand& input = layer.inputs[1];
    input.relevant = tiny::dims({LoopDim::b});
    SlidingAxis channels{"GX", LoopDim::g, 1, LoopDim::c, 1};
    channels.padding_before = 2;
    channels.size = 4;
    input.sliding.push_back(channels);
    EXPECT_EQ(elements_per_pixel(input, layer), 4);
    EXPECT_TRUE(reads_all(StackNode{}, input, layer));
}

TEST(ElementsPerPixel, IsAllChannelsOfAConvolution)
{
    const Layer layer = tiny::convolution(0, {2, 5, 4, 4, 3, 3});
    EXPECT_EQ(elements_per_pixel(layer.inputs[1], layer), 5);
}

}  // namespace
}  // namespace plumbline::detail
