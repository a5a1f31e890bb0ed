// SPDX-License-Identifier: Apache-2.0
#include "planning/geometry/tile_grid.hpp"

#include <gtest/gtest.h>

#include "model/hand_machine.hpp"
#include "planning/geometry/tile_sizes.hpp"
#include "planning/stack_cuts.hpp"

namespace plumbline::detail {
namespace {

Layer padded(LayerId id, std::int64_t size, std::optional<LayerId> source = std::nullopt)
{
    Layer layer = tiny::convolution(id, {2, 2, size, size, 3, 3}, source);
    for (SlidingAxis& axis : layer.inputs[1].sliding) axis.padding_before = axis.padding_behind = 1;
    return layer;
}

/// Two 3x3 convolutions with padding.
struct TwoPadded {
    explicit TwoPadded(std::int64_t size) : workload{"two", {padded(0, size), padded(1, size, 0)}} {}

    Workload workload;
    MappingRules rules = tiny::rules();
    StackGraph graph = make_stack_graph(workload, rules, layer_ids(workload));
};

/// A 3x3 convolution, and one that finds each pixel of its output twice; both with padding.
struct PaddedAndDoubled {
    explicit PaddedAndDoubled(std::int64_t size) : workload{"doubled", {padded(0, size), doubled(size)}} {}

    static Layer doubled(std::int64_t size)
    {
        Layer layer = padded(1, 2 * size, 0);
        for (SlidingAxis& axis : layer.inputs[1].sliding) axis.upsampling = 2;
        return layer;
    }

    std::vector<TileRange> ranges(std::int64_t outputs, std::int64_t tile) const
    {
        std::vector<TileRange> ranges;
        for (const GridClass& each : grid_classes_at_edges(
                 graph, {outputs, tile, 0}, {&StackEdge::columns, 1, false, 0, 0, {}, &StackNode::columns}))
            ranges.push_back(each.tiles);
        return ranges;
    }

    Workload workload;
    MappingRules rules = tiny::rules();
    StackGraph graph = make_stack_graph(workload, rules, layer_ids(workload));
};

constexpr NodeId kInput = 0;
constexpr NodeId kFirst = 1;
constexpr NodeId kSecond = 2;

// On a map of four columns, two tiles of two.
TEST(TilesAtEdges, ReadAndMakeWhatIsThere)
{
    const TwoPadded two{4};
    const TileSizes left = tile_sizes(two.graph, {2, 4}, {}, {{0, 0}, {}, {}});
    EXPECT_EQ(left[kSecond].inputs[0].size.x, 3);  // columns -1 to 2, of which one is padding
    EXPECT_EQ(left[kSecond].inputs[0].column_padding, (AxisPadding{1, 0}));
    EXPECT_EQ(left[kFirst].computed.x, 3);
    EXPECT_EQ(left[kInput].computed.x, 4);
    EXPECT_EQ(left[kInput].computed.y, 4);
    EXPECT_EQ(left[kFirst].inputs[0].row_padding, (AxisPadding{1, 1}));
    const TileSizes right = tile_sizes(two.graph, {2, 4}, {}, {{2, 0}, {}, {}});
    EXPECT_EQ(right[kFirst].computed.x, 3);
    EXPECT_EQ(right[kSecond].inputs[0].column_padding, (AxisPadding{0, 1}));
}

TEST(TilesAtEdges, MakeNothingThatIsCachedUpToTheEdge)
{
    const TwoPadded two{4};
    const TileSizes right = tile_sizes(two.graph, {2, 4}, {true, false}, {{2, 0}, {}, {}});
    EXPECT_EQ(right[kFirst].computed.x, 1);  // column 3; columns 1 and 2 are cached
    EXPECT_EQ(right[kInput].computed.x, 0);  // the left tile has fetched all four
    EXPECT_EQ(right[kInput].needed.x, 2);    // columns 2 and 3
    EXPECT_EQ(right[kInput].found.x, 2);
    EXPECT_TRUE(makes_nothing(right, kInput));
}

// Twelve columns in tiles of two: receptive fields of six columns reach an edge from the two outermost tiles on each side.
TEST(TilesAtEdges, AreOfOneClassWhereTheyReachNone)
{
    const TwoPadded two{12};
    const GridAxis axis{12, 2, 0};
    const auto classes =
        grid_classes_at_edges(two.graph, axis, {&StackEdge::columns, 1, false, 0, 0, {}, &StackNode::columns});
    std::vector<TileRange> ranges;
    ranges.reserve(classes.size());
    for (const GridClass& each : classes) ranges.push_back(each.tiles);
    // Tile 1 reads columns 0 to 5, tile 4 columns 6 to 11: as many as those in the middle.
    EXPECT_EQ(ranges, (std::vector<TileRange>{{0, 1}, {1, 4}, {5, 1}}));
    const auto cached =
        grid_classes_at_edges(two.graph, axis, {&StackEdge::columns, 1, true, 0, 0, {}, &StackNode::columns});
    ranges.clear();
    for (const GridClass& each : cached) ranges.push_back(each.tiles);
    // With caches, tile 4 ends where the map does, and the one before does not leave it the last column to be made.
    EXPECT_EQ(ranges.front(), (TileRange{0, 1}));
    EXPECT_EQ(ranges.back(), (TileRange{5, 1}));
}

/// A 3x3 convolution, and one that finds its rows and columns in pixels of 2 x 2; both with padding. The first and the last row and column
/// of the pixels are no part of its map.
struct PaddedAndDeep {
    explicit PaddedAndDeep(std::int64_t size) : workload{"deep", {first(size), second(size)}} {}

    static Layer first(std::int64_t size)
    {
        Layer layer = padded(0, size);
        layer.sizes[LoopDim::k] = 8;
        return layer;
    }
    static Layer second(std::int64_t size)
    {
        Layer layer = padded(1, 2 * size - 2, 0);
        for (SlidingAxis& axis : layer.inputs[1].sliding) {
            axis.depth_to_space = 2;
            axis.depth_offset = 1;
            axis.size = 2 * size - 2;
        }
        return layer;
    }

    Workload workload;
    MappingRules rules = tiny::rules();
    StackGraph graph = make_stack_graph(workload, rules, layer_ids(workload));
};

// Four pixels, six columns in tiles of two: columns 0 | 1 2 | 3 4 | 5 of the pixels.
TEST(TilesOnMapsInDepth, MakeWholePixels)
{
    const PaddedAndDeep net{4};
    const auto tile = [&](std::int64_t begin, bool cached) {
        return tile_sizes(net.graph, {2, 6}, {cached, false}, {{begin, 0}, {}, {}});
    };
    // Outputs 0 and 1 read columns -1 to 2: a cut one, which is padding, and pixels 0 and 1. Outputs 2 and 3 read columns 1 to 4.
    EXPECT_EQ(tile(0, false)[kFirst].computed.x, 2);
    EXPECT_EQ(tile(0, false)[kSecond].inputs[0].column_padding, (AxisPadding{1, 0, 0}));
    EXPECT_EQ(tile(2, false)[kFirst].computed.x, 2);
    EXPECT_EQ(tile(2, false)[kSecond].inputs[0].column_padding, (AxisPadding{0, 0, 0}));
    EXPECT_EQ(tile(4, false)[kFirst].computed.x, 2);
    EXPECT_EQ(tile(4, false)[kSecond].inputs[0].column_padding, (AxisPadding{0, 1, 0}));
    // Where columns are cached, pixel 1 has been made for the second, and pixel 2 for the third.
    EXPECT_EQ(tile(2, true)[kFirst].computed.x, 1);
    EXPECT_EQ(tile(4, true)[kFirst].computed.x, 1);
    // The second reads 4 columns of 6 rows in two channels, all of them: of the two pixels, which hold 8 channels each in 4 rows, two rows
    // (the first and the last) are cut.
    EXPECT_EQ(input_bits(net.graph, tile(2, false), kSecond, 0), Bits{8 * 8 * 2 * 4});
    EXPECT_EQ(gap_bits(net.graph, tile(2, false), kSecond)[0], Bits{8 * 2 * 4 * 2});
}

// Tiles of three begin within a pixel and at its edge by turns, so that no two beside each other are alike.
TEST(TilesOnMapsInDepth, AreOfAClassWhereTheyBeginAlike)
{
    const PaddedAndDeep net{10};
    std::vector<TileRange> ranges;
    for (const GridClass& each :
         grid_classes_at_edges(net.graph, {18, 3, 0}, {&StackEdge::columns, 1, false, 0, 0, {}, &StackNode::columns}))
        ranges.push_back(each.tiles);
    EXPECT_EQ(ranges, (std::vector<TileRange>{{0, 1}, {1, 1}, {2, 1}, {3, 1}, {4, 1}, {5, 1}}));
    ranges.clear();
    for (const GridClass& each :
         grid_classes_at_edges(net.graph, {18, 2, 0}, {&StackEdge::columns, 1, false, 0, 0, {}, &StackNode::columns}))
        ranges.push_back(each.tiles);
    // Tile t reads positions 2t - 1 to 2t + 2 in pixels t and t + 1: only the first and the last meet what is cut, and padding of the first
    // layer.
    EXPECT_EQ(ranges, (std::vector<TileRange>{{0, 1}, {1, 7}, {8, 1}}));
}

// Six columns, twelve outputs in tiles of three.
TEST(TilesOnUpSampledMaps, MakeElementsOnce)
{
    const PaddedAndDoubled net{6};
    const auto tile = [&](std::int64_t begin) { return tile_sizes(net.graph, {3, 12}, {}, {{begin, 0}, {}, {}}); };
    // Outputs 0 to 2 read positions -1 to 3: padding, and columns 0 0 1 1.
    EXPECT_EQ(tile(0)[kFirst].computed.x, 2);
    EXPECT_EQ(tile(0)[kSecond].inputs[0].column_padding, (AxisPadding{1, 0, 0}));
    // Outputs 3 to 5 read positions 2 to 6: columns 1 1 2 2 3. The next begin within a column: 2 3 3 4 4.
    EXPECT_EQ(tile(3)[kFirst].computed.x, 3);
    EXPECT_EQ(tile(3)[kSecond].inputs[0].column_padding, (AxisPadding{0, 0, 0}));
    EXPECT_EQ(tile(6)[kFirst].computed.x, 3);
    EXPECT_EQ(tile(6)[kSecond].inputs[0].column_padding, (AxisPadding{0, 0, 1}));
    // The last read positions 8 to 12, of which one is padding.
    EXPECT_EQ(tile(9)[kFirst].computed.x, 2);
    EXPECT_EQ(tile(9)[kSecond].inputs[0].column_padding, (AxisPadding{0, 1, 0}));
    // Where columns are cached, of 1 1 2 2 3 the tile before has made column 1.
    EXPECT_EQ(tile_sizes(net.graph, {3, 12}, {true, false}, {{3, 0}, {}, {}})[kFirst].computed.x, 2);
}

// Tiles of one column. Output 1 reads positions 0 to 2, so columns 0 and 1 of the first layer, which the first tile and this
// make; outputs 2 and 3 read positions 1 to 3 and 2 to 4: no column more, and then column 2.
TEST(TilesOnUpSampledMaps, LeaveWhatIsNeededBehindATileThatNeedsNothing)
{
    const PaddedAndDoubled net{6};
    const auto input = [&](std::int64_t begin) {
        return tile_sizes(net.graph, {1, 12}, {true, false}, {{begin, 0}, {}, {}})[kInput];
    };
    // For column 1 of the first layer, columns 0 to 2 have been fetched. Column 2 needs columns 1 to 3.
    EXPECT_EQ(input(1).computed.x, 1);
    EXPECT_EQ(input(1).left.x, 2);
    EXPECT_EQ(input(2).needed.x, 0);
    EXPECT_EQ(input(2).left.x, 2);
    EXPECT_EQ(input(3).found.x, 2);
    EXPECT_EQ(input(3).computed.x, 1);
}

TEST(TilesOnUpSampledMaps, AreOfOneClassWhereTheyBeginAlike)
{
    const PaddedAndDoubled net{12};
    // Tiles of 4 begin at positions 3, 7, 11, 15: each within a column.
    EXPECT_EQ(net.ranges(24, 4), (std::vector<TileRange>{{0, 1}, {1, 4}, {5, 1}}));
    // Tiles of 3 begin at positions 2, 5, 8, …: with a column and within one, in turn.
    EXPECT_EQ(net.ranges(24, 3).size(), 8U);
}

// Columns 1 to 3, 2 to 4, 4 to 6, 5 to 7, …: tiles 1, 3 and 5 read three whole columns but half of the last, tiles 2, 4 and 6 half of
// the first. The outermost stand for themselves.
TEST(TilesOnUpSampledMaps, AreLikeOthersFurtherAway)
{
    const PaddedAndDoubled net{12};
    std::vector<std::int64_t> first_alike;
    for (const GridClass& each :
         grid_classes_at_edges(net.graph, {24, 3, 0}, {&StackEdge::columns, 1, false, 0, 0, {}, &StackNode::columns}))
        first_alike.push_back(each.first_alike);
    EXPECT_EQ(first_alike, (std::vector<std::int64_t>{0, 1, 2, 1, 2, 1, 2, 7}));
}

// Classes do not grow with the number of tiles.
TEST(TilesAtEdges, AreOfFewClassesHoweverManyThereAre)
{
    const auto classes = [](std::int64_t size) {
        const TwoPadded two{size};
        return grid_classes_at_edges(two.graph, {size, 2, 0},
                                     {&StackEdge::columns, 1, true, 0, 0, {}, &StackNode::columns})
            .size();
    };
    EXPECT_EQ(classes(40), classes(40000));
}

}  // namespace
}  // namespace plumbline::detail
