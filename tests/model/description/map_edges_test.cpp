// SPDX-License-Identifier: Apache-2.0
#include "description/map_edges.hpp"

#include <set>

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

/// A window of 2x2 on a map of which each element is found twice, with padding behind, so that there is one output for each.
Layer upsampled(LayerId id, std::int64_t outputs, std::optional<LayerId> source)
{
    Layer layer = tiny::convolution(id, {2, 2, outputs, outputs, 2, 2}, source);
    for (SlidingAxis& axis : layer.inputs[1].sliding) {
        axis.padding_behind = 1;
        axis.upsampling = 2;
    }
    return layer;
}

TEST(MapEdges, OfUpSampledMapsAreThoseOfTheirElements)
{
    const Workload workload{"doubled", {padded(0, 3), upsampled(1, 6, 0)}};
    EXPECT_EQ(workload.layers()[1].inputs[1].sliding[0].size, 3);
    // 5 outputs read 5 positions and one of padding: of the third element, one is left over.
    const Workload input{"input", {upsampled(0, 5, std::nullopt)}};
    EXPECT_TRUE(input.bounded());
    EXPECT_EQ(input.layers()[0].inputs[1].sliding[0].size, 3);
}

TEST(MapEdges, RefuseUpSamplingThatDoesNotFit)
{
    EXPECT_THAT(
        [] {
            Workload("a", {padded(0, 3), upsampled(1, 7, 0)});
        },
        says("reads 7 along IY beside its padding, but the map has 3, each 2 times, expected no more"));
    Layer none = upsampled(0, 5, std::nullopt);
    none.inputs[1].sliding[0].upsampling = 0;
    EXPECT_THAT([&] { Workload("b", {none}); }, says("layers[0].pr_loop_upsampling: is 0 along IY"));
    Layer channels = padded(0, 3);
    channels.inputs[1].relevant = {};
    channels.inputs[1].sliding.push_back({"CX", LoopDim::c, 1, LoopDim::g, 1, 0, 0, 2, 2});
    EXPECT_THAT([&] { Workload("c", {channels}); }, says("is 2 along CX of I, expected rows and columns of a map"));
}

/// A window of 3x3 with padding on a map whose pixels hold 2 x 2 positions as channels, of which `offset` and what is left over are cut.
Layer in_depth(LayerId id, std::int64_t outputs, std::int64_t offset, std::optional<LayerId> source)
{
    Layer layer = padded(id, outputs, source);
    for (SlidingAxis& axis : layer.inputs[1].sliding) {
        axis.depth_to_space = 2;
        axis.depth_offset = offset;
        axis.size = outputs;
    }
    return layer;
}

/// Makes 8 channels, which are two of 2 x 2 positions each.
Layer deep(std::int64_t size)
{
    Layer layer = padded(0, size);
    layer.sizes[LoopDim::k] = 8;
    return layer;
}

TEST(MapEdges, CountPositionsAmongChannels)
{
    const Workload whole{"whole", {deep(3), in_depth(1, 6, 0, 0)}};
    EXPECT_EQ(stored_along(whole.layers()[1].inputs[1].sliding[0]), 3);
    EXPECT_EQ(positions_in_depth(whole.layers()[1].inputs[1]), 4);
    // One of six positions is cut before, and one behind; nobody says how many there are: all but the first.
    const Workload cut{"cut", {deep(3), in_depth(1, 4, 1, 0)}};
    EXPECT_EQ(stored_along(cut.layers()[1].inputs[1].sliding[0]), 3);
    Layer said_by_source = in_depth(1, 5, 1, 0);
    for (SlidingAxis& axis : said_by_source.inputs[1].sliding) axis.size.reset();
    EXPECT_EQ(Workload("five", {deep(3), said_by_source}).layers()[1].inputs[1].sliding[1].size, 5);
    // An input of the network that is read at 5 positions after the first has three pixels.
    said_by_source.inputs[1].source.reset();
    EXPECT_EQ(Workload("input", {said_by_source}).layers()[0].inputs[1].sliding[1].size, 5);
}

TEST(MapEdges, RefusePositionsAmongChannelsThatDoNotFit)
{
    EXPECT_THAT(
        [] {
            Workload("a", {deep(3), in_depth(1, 7, 0, 0)});
        },
        says("says 7 along IY, but its source, layer 'conv0', makes 6"));
    EXPECT_THAT([] { Workload("b", {deep(3), in_depth(1, 4, 0, 0)}); }, says("says 4 along IY"));
    EXPECT_THAT(
        [] {
            Workload("c", {padded(0, 3), in_depth(1, 6, 0, 0)});
        },
        says("layers[1].pr_loop_depth_to_space: layer 'conv1' reads 2 channels as I, each of 4 positions, but its "
             "source, layer 'conv0', makes 2, expected as many as both together"));
    EXPECT_THAT(
        [] {
            Workload("d", {deep(3), in_depth(1, 4, 2, 0)});
        },
        says("layers[1].pr_loop_depth_offset: is 2 along IY, expected 0 or more, and less than lie in"));
    Layer both = in_depth(1, 6, 0, 0);
    both.inputs[1].sliding[0].depth_to_space = 1;
    both.inputs[1].sliding[0].upsampling = 2;
    EXPECT_THAT([&] { Workload("e", {deep(3), both}); }, says("is 2 along IX of a map that is up-sampled too"));
    Layer none = in_depth(1, 6, 0, 0);
    none.inputs[1].sliding[0].depth_to_space = 0;
    EXPECT_THAT(
        [&] {
            Workload("f", {deep(3), none});
        },
        says("pr_loop_depth_to_space: is 0 along IY, expected at least 1"));
}

/// Elements that some window reaches, one by one.
std::int64_t reached(const SlidingAxis& axis, std::int64_t positions, std::int64_t window, AxisPadding padding)
{
    std::set<std::int64_t> elements;
    const std::int64_t end = window_span(axis, positions, window) - padding.behind;
    for (std::int64_t position = 0; position < positions; ++position)
        for (std::int64_t tap = 0; tap < window; ++tap) {
            const std::int64_t place = axis.stride * position + axis.dilation * tap;
            if (place >= padding.before && place < end)
                elements.insert((place - padding.before + padding.phase) / axis.upsampling);
        }
    return static_cast<std::int64_t>(elements.size());
}

TEST(MapEdges, CountElementsOfAnyWindows)
{
    SlidingAxis axis{"IX", LoopDim::ox, 1, LoopDim::fx, 1};
    for (axis.stride = 1; axis.stride <= 4; ++axis.stride)
        for (axis.dilation = 1; axis.dilation <= 3; ++axis.dilation)
            for (axis.upsampling = 1; axis.upsampling <= 3; ++axis.upsampling)
                for (const AxisPadding padding : {AxisPadding{}, {1, 0}, {0, 2}, {2, 1}, {9, 0}, {9, 9}})
                    for (std::int64_t phase = 0; phase < axis.upsampling; ++phase)
                        for (std::int64_t positions = 1; positions <= 4; ++positions)
                            for (std::int64_t window = 1; window <= 4; ++window) {
                                AxisPadding beyond = padding;
                                beyond.phase = phase;
                                EXPECT_EQ(span_between(axis, positions, window, beyond),
                                          reached(axis, positions, window, beyond));
                            }
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

TEST(MapEdges, LetPositionsShareElements)
{
    SlidingAxis axis{"IX", LoopDim::ox, 1, LoopDim::fx, 1};
    axis.upsampling = 2;
    // Four positions: elements 0 0 1 1, or 0 1 1 2 where they begin within an element.
    EXPECT_EQ(span_between(axis, 4, 1, {0, 0, 0}), 2);
    EXPECT_EQ(span_between(axis, 4, 1, {0, 0, 1}), 3);
    // Padding, then elements 0 0 1.
    EXPECT_EQ(span_between(axis, 2, 3, {1, 0, 0}), 2);
    EXPECT_EQ(span_between(axis, 2, 3, {1, 1, 0}), 1);
    EXPECT_EQ(span_between(axis, 2, 3, {4, 0, 0}), 0);
    // Positions 1, 3, 5, 7 of elements three positions wide: elements 0, 1, 1, 2.
    axis.upsampling = 3;
    axis.stride = 2;
    EXPECT_EQ(span_between(axis, 4, 1, {0, 0, 1}), 3);
}

TEST(MapEdges, BoundWhatPositionsShare)
{
    SlidingAxis axis{"IX", LoopDim::ox, 1, LoopDim::fx, 1};
    axis.upsampling = 2;
    std::vector<std::int64_t> most;
    for (std::int64_t positions = 0; positions < 5; ++positions) most.push_back(most_elements_under(axis, positions));
    EXPECT_EQ(most, (std::vector<std::int64_t>{0, 1, 2, 2, 3}));
}

}  // namespace
}  // namespace plumbline
