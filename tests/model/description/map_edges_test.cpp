// SPDX-License-Identifier: Apache-2.0
#include "description/map_edges.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "model/hand_machine.hpp"
#include "plumbline/error.hpp"

namespace plumbline {
namespace {

using ::testing::HasSubstr;
using ::testing::Property;
using ::testing::Throws;

/// 3x3 with a pixel of padding on each side.
Layer padded(LayerId id, std::int64_t size, std::optional<LayerId> source = std::nullopt)
{
    Layer layer = tiny::convolution(id, {2, 2, size, size, 3, 3}, source);
    for (SlidingAxis& axis : layer.inputs[1].sliding) axis.padding_before = axis.padding_behind = 1;
    return layer;
}

auto says(const std::string& text) { return Throws<InputError>(Property(&InputError::what, HasSubstr(text))); }

TEST(MapEdges, AreNotThereWithoutPaddingAndSizes)
{
    const Workload workload{"none", {tiny::convolution(0, {2, 2, 4, 4, 3, 3})}};
    EXPECT_FALSE(workload.bounded());
    EXPECT_FALSE(workload.layers()[0].inputs[1].sliding[0].size.has_value());
}

TEST(MapEdges, FollowFromPaddingAndSources)
{
    const Workload workload{"two", {padded(0, 5), padded(1, 5, 0)}};
    EXPECT_TRUE(workload.bounded());
    // 5 outputs of 3 taps reach 7 features, two of them padding.
    EXPECT_EQ(workload.layers()[0].inputs[1].sliding[0].size, 5);
    EXPECT_EQ(workload.layers()[1].inputs[1].sliding[1].size, 5);
}

TEST(MapEdges, RefuseWhatDoesNotFit)
{
    EXPECT_THAT(
        [] {
            Workload("a", {padded(0, 4), padded(1, 5, 0)});
        },
        says("layer 'conv1' reads 5 along IY beside its padding, but the map has 4"));
    Layer said = padded(1, 5, 0);
    said.inputs[1].sliding[0].size = 6;
    EXPECT_THAT(
        [&] {
            Workload("b", {padded(0, 5), said});
        },
        says("says 6 along IY, but its source, layer 'conv0', makes 5"));
    Layer wide = padded(0, 5);
    wide.inputs[1].sliding[1].padding_behind = 6;
    EXPECT_THAT([&] { Workload("c", {wide}); }, says("has padding that leaves 0 along IX, expected at least 1"));
}

/// Channels of two maps, each padded with the other's.
TEST(MapEdges, LieBetweenChannelsToo)
{
    const SlidingAxis first{"GX", LoopDim::g, 1, LoopDim::fx, 1, 0, 2, 3};
    const SlidingAxis second{"GY", LoopDim::g, 1, LoopDim::fx, 1, 3, 0, 2};
    EXPECT_EQ(span_between(first, 5, 1, padding_of(first)), 3);
    EXPECT_EQ(span_between(second, 5, 1, padding_of(second)), 2);
    const SlidingAxis left_out{"IX", LoopDim::ox, 1, LoopDim::fx, 1, -4, -4, 12};
    EXPECT_EQ(padding_of(left_out), (AxisPadding{0, 0}));
}

TEST(MapEdges, LeaveFeaturesBetweenThem)
{
    SlidingAxis axis{"IX", LoopDim::ox, 1, LoopDim::fx, 1};
    EXPECT_EQ(window_span(axis, 4, 3), 6);
    EXPECT_EQ(span_between(axis, 4, 3, {1, 1}), 4);
    EXPECT_EQ(span_between(axis, 4, 3, {0, 0}), 6);
    // Taps at 0, 2 and 4, 6: every other feature, of which the first is padding.
    axis.stride = 4;
    axis.dilation = 2;
    EXPECT_EQ(span_between(axis, 2, 2, {0, 0}), 4);
    EXPECT_EQ(span_between(axis, 2, 2, {1, 0}), 3);
    EXPECT_EQ(span_between(axis, 2, 2, {1, 1}), 2);
    // Windows that lie in the padding altogether.
    EXPECT_EQ(span_between(axis, 2, 2, {7, 0}), 0);
}

}  // namespace
}  // namespace plumbline
