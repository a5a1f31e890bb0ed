// SPDX-License-Identifier: Apache-2.0
// Which part of each map a tile makes and reads, on networks small enough to follow by hand.
#include "storage/geometry/tile_geometry.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "plumbline/error.hpp"
#include "systemc/small_machine.hpp"

namespace plumbline::sim {
namespace {

using namespace plumbline::small;

Layer reading(Layer layer, LayerId source)
{
    layer.inputs[1].source = source;
    return layer;
}

Layer row_of(LayerId id, std::int64_t columns, std::int64_t window, std::int64_t stride = 1)
{
    return convolution({{LoopDim::ox, columns}, {LoopDim::fx, window}}, id, stride);
}

/// Tiles of `tile` columns; the left-over one comes first.
Stack columns_of(std::vector<LayerId> layers, std::int64_t map, std::int64_t tile, OverlapMode mode)
{
    Stack stack;
    stack.layers = std::move(layers);
    stack.mode = mode;
    stack.tile = {tile, 1};
    stack.grid = {divide_up(map, tile), 1};
    for (std::int64_t i = 0; i < stack.grid.columns; ++i) {
        TileClass kind;
        kind.size = {i == 0 ? map - (stack.grid.columns - 1) * tile : tile, 1};
        kind.column = position_of(i, stack.grid.columns);
        stack.classes.push_back(kind);
    }
    return stack;
}

std::vector<Interval> computed(const StackGeometry& geometry, MapId map)
{
    return geometry.maps()[*geometry.find(map)].columns.computed;
}

// Two windows of 3, one after the other, on a map of 5: tiles of 1, 2 and 2 columns.
const Workload kChain{"small", {row_of(0, 7, 3), reading(row_of(1, 5, 3), 0)}};

TEST(StackGeometry, CachedColumnsAreMadeOnce)
{
    const StackGeometry geometry{kChain, columns_of({0, 1}, 5, 2, OverlapMode::h_cached)};
    EXPECT_EQ(computed(geometry, 1), (std::vector<Interval>{{0, 1}, {1, 3}, {3, 5}}));
    // The first tile makes the whole window of 3, the others two columns more.
    EXPECT_EQ(computed(geometry, 0), (std::vector<Interval>{{0, 3}, {3, 5}, {5, 7}}));
    EXPECT_EQ(computed(geometry, MapId{}), (std::vector<Interval>{{0, 5}, {5, 7}, {7, 9}}));
    EXPECT_EQ(geometry.layer(1).reads[0].columns[1], (Interval{1, 5}));
}

TEST(StackGeometry, RecomputedColumnsAreMadeByEveryTileThatNeedsThem)
{
    const StackGeometry geometry{kChain, columns_of({0, 1}, 5, 2, OverlapMode::fully_recompute)};
    EXPECT_EQ(computed(geometry, 0), (std::vector<Interval>{{0, 3}, {1, 5}, {3, 7}}));
    EXPECT_EQ(computed(geometry, MapId{}), (std::vector<Interval>{{0, 5}, {1, 7}, {3, 9}}));
}

/// A window of 3 with a column of padding on each side.
Layer padded_row(LayerId id, std::int64_t columns)
{
    Layer layer = row_of(id, columns, 3);
    for (SlidingAxis& axis : layer.inputs[1].sliding)
        if (axis.position == LoopDim::ox) axis.padding_before = axis.padding_behind = 1;
    return layer;
}

// Two of them on a map of 4: tiles of 2 and 2 columns.
const Workload kPadded{"small", {padded_row(0, 4), reading(padded_row(1, 4), 0)}};

TEST(StackGeometry, MapsEndAtTheirEdges)
{
    const StackGeometry geometry{kPadded, columns_of({0, 1}, 4, 2, OverlapMode::fully_recompute)};
    EXPECT_EQ(computed(geometry, 0), (std::vector<Interval>{{0, 3}, {1, 4}}));
    EXPECT_EQ(computed(geometry, MapId{}), (std::vector<Interval>{{0, 4}, {0, 4}}));
    EXPECT_EQ(geometry.layer(1).reads[0].columns[0], (Interval{-1, 3}));  // its window reaches into the padding
}

TEST(StackGeometry, NothingIsMadeThatIsCachedUpToTheEdge)
{
    const StackGeometry geometry{kPadded, columns_of({0, 1}, 4, 2, OverlapMode::h_cached)};
    EXPECT_EQ(computed(geometry, 0), (std::vector<Interval>{{0, 3}, {3, 4}}));
    EXPECT_TRUE(computed(geometry, MapId{})[1].empty());
    EXPECT_EQ(geometry.maps()[0].columns.reached, (std::vector<std::int64_t>{4, 4}));
}

/// A window of 3 with padding on a map of 6 of which each column is found twice: tiles of 3 of 12 columns.
Workload doubled()
{
    Layer wide = reading(padded_row(1, 12), 0);
    for (SlidingAxis& axis : wide.inputs[1].sliding)
        if (axis.position == LoopDim::ox) axis.upsampling = 2;
    return {"small", {row_of(0, 6, 1), wide}};
}

TEST(StackGeometry, UpSampledColumnsAreMadeOnce)
{
    const StackGeometry geometry{doubled(), columns_of({0, 1}, 12, 3, OverlapMode::h_cached)};
    // Outputs 3 to 5 read places 2 to 6: columns 1 1 2 2 3, of which the tile before has made column 1.
    EXPECT_EQ(computed(geometry, 0), (std::vector<Interval>{{0, 2}, {2, 4}, {4, 5}, {5, 6}}));
    const ReadGeometry& read = geometry.layer(1).reads[0];
    EXPECT_EQ(read.columns, (std::vector<Interval>{{-1, 2}, {1, 4}, {2, 5}, {4, 7}}));
    EXPECT_EQ(read.column_places, (std::vector<Interval>{{-1, 4}, {2, 7}, {5, 10}, {8, 13}}));
    const StackGeometry again{doubled(), columns_of({0, 1}, 12, 3, OverlapMode::fully_recompute)};
    EXPECT_EQ(computed(again, 0), (std::vector<Interval>{{0, 2}, {1, 4}, {2, 5}, {4, 6}}));
}

/// Columns of the map that a layer reads.
SlidingAxis& read_columns(Layer& layer)
{
    auto& sliding = layer.inputs[1].sliding;
    return *std::find_if(sliding.begin(), sliding.end(),
                         [](const SlidingAxis& each) { return each.position == LoopDim::ox; });
}

TEST(StackGeometry, WhatOthersHaveMadeIsNoReasonToMakeWhatLiesBetween)
{
    // Of 9 columns, layer 1 reads 0 to 6 and then, beside padding, 8; layer 2 reads 1, 3 and 5. Of 6 outputs, one a tile, three
    // need each output of layer 1, and two each of layer 2.
    Layer wide = reading(row_of(1, 2, 7, 8), 0);
    read_columns(wide).size = 9;
    read_columns(wide).padding_behind = 6;
    Layer odd = reading(row_of(2, 3, 1, 2), 0);
    read_columns(odd).size = 9;
    read_columns(odd).padding_before = -1;
    read_columns(odd).padding_behind = -3;
    Layer sum = reading(row_of(3, 6, 1), 1);
    Layer other = reading(row_of(3, 6, 1), 2);
    read_columns(sum).size = 2;
    read_columns(sum).upsampling = 3;
    read_columns(other).size = 3;
    read_columns(other).upsampling = 2;
    other.inputs[1].name = "J";
    sum.inputs = {sum.inputs[1], other.inputs[1]};
    const Workload workload{"small", {row_of(0, 9, 1), wide, odd, sum}};
    const StackGeometry geometry{workload, columns_of({0, 1, 2, 3}, 6, 1, OverlapMode::h_cached)};
    // Tile 3 makes column 8 alone: tile 4 needs column 5, which tile 0 has made.
    EXPECT_EQ(computed(geometry, 0)[0], (Interval{0, 7}));
    EXPECT_EQ(computed(geometry, 0)[3], (Interval{8, 9}));
}

TEST(StackGeometry, AMapThatIsTooSmallLiesInTheCentreOfZeros)
{
    // Windows of 3 at 5 places reach over 7 columns, of a map of 5: one of zeros on either side.
    const Workload padded{"small", {row_of(0, 5, 1), reading(row_of(1, 5, 3), 0)}};
    const StackGeometry geometry{padded, columns_of({0, 1}, 5, 5, OverlapMode::h_cached)};
    EXPECT_EQ(geometry.layer(1).reads[0].columns[0], (Interval{-1, 6}));
    EXPECT_EQ(computed(geometry, 0), (std::vector<Interval>{{0, 5}}));
}

TEST(StackGeometry, AMapThatIsTooLargeIsReadInItsCentre)
{
    // One window of 3 at one place, of a map of 6: one column before it, two after it are read by nobody.
    const Workload cropped{"small", {row_of(0, 6, 1), reading(row_of(1, 1, 3), 0)}};
    const StackGeometry geometry{cropped, columns_of({0, 1}, 1, 1, OverlapMode::h_cached)};
    EXPECT_EQ(computed(geometry, 0), (std::vector<Interval>{{1, 4}}));
}

TEST(StackGeometry, StridesAndWindowsSayWhereATileReads)
{
    // Outputs 0, 1 | 2, 3 at stride 2, window 3: columns 0 … 4 and 4 … 8, of which column 4 is cached.
    const Workload strided{"small", {row_of(0, 4, 3, 2)}};
    const StackGeometry geometry{strided, columns_of({0}, 4, 2, OverlapMode::h_cached)};
    EXPECT_EQ(computed(geometry, MapId{}), (std::vector<Interval>{{0, 5}, {5, 9}}));
    EXPECT_EQ(geometry.layer(0).reads[0].columns[1], (Interval{4, 9}));
}

/// A map of 7 (layer 0), two windows of 3 after each other on it (1, 2), and a layer that reads layer 2 (3 columns) and
/// layer 0, of which it takes the 3 columns in the centre.
Workload residual()
{
    Layer join = reading(row_of(3, 3, 1), 2);
    Operand skip = join.inputs[1];
    skip.name = "S";
    skip.source = 0;
    join.inputs.push_back(skip);
    return {"small", {row_of(0, 7, 1), reading(row_of(1, 5, 3), 0), reading(row_of(2, 3, 3), 1), join}};
}

TEST(StackGeometry, ABranchThatLagsReadsBehindWhatTheTileMakes)
{
    const StackGeometry geometry{residual(), columns_of({0, 1, 2, 3}, 3, 1, OverlapMode::h_cached)};
    // Both windows make the first tile 5 columns wide, and each later one adds one. The skip is two behind.
    EXPECT_EQ(computed(geometry, 0), (std::vector<Interval>{{0, 5}, {5, 6}, {6, 7}}));
    const std::vector<ReadGeometry>& reads = geometry.layer(3).reads;
    EXPECT_EQ(reads[1].columns, (std::vector<Interval>{{2, 3}, {3, 4}, {4, 5}}));
    // What is needed of it begins with whoever is furthest behind.
    EXPECT_EQ(geometry.maps()[*geometry.find(0)].columns.needed[1], (Interval{3, 6}));
}

/// Copies that bring one column in `step` of the network's input.
Stack brought_in_steps(Stack stack, std::int64_t step)
{
    Copy copy;
    copy.region.column_step = step;
    stack.classes[0].steps = {CopyStep{std::nullopt, {copy}}};
    return stack;
}

TEST(StackGeometry, OfWhatIsLeftOutCountsWhatIsRead)
{
    // Single pixels 2 apart: outputs 0 | 1, 2 | 3, 4 read columns 0 | 2, 4 | 6, 8 of 9, the first five even ones.
    const Workload strided{"small", {row_of(0, 5, 1, 2)}};
    const Stack stack = brought_in_steps(columns_of({0}, 5, 2, OverlapMode::h_cached), 2);
    const StackGeometry geometry{strided, stack};
    EXPECT_EQ(geometry.maps()[0].whole.columns, (Interval{0, 5}));
    EXPECT_EQ(computed(geometry, MapId{}), (std::vector<Interval>{{0, 1}, {1, 3}, {3, 5}}));
    EXPECT_EQ(geometry.maps()[0].samples.columns.span({1, 3}), (Interval{2, 5}));
    EXPECT_EQ(geometry.maps()[0].samples.rows.step, 1);
}

TEST(StackGeometry, RefusesCopiesOfColumnsBesideThoseThatAreRead)
{
    // On a map of 9 columns, 2 outputs of stride 4 read columns 2 and 6, and 3 of them columns 0, 4 and 8.
    Layer join = reading(row_of(3, 2, 1), 1);
    join.inputs.push_back(join.inputs[1]);
    join.inputs[2].name = "S";
    join.inputs[2].source = 2;
    const Workload workload{"small",
                            {row_of(0, 9, 1), reading(row_of(1, 2, 1, 4), 0), reading(row_of(2, 3, 1, 4), 0), join}};
    Stack stack = brought_in_steps(columns_of({1, 2, 3}, 2, 2, OverlapMode::h_cached), 4);
    auto& region = std::get<CopyStep>(stack.classes[0].steps[0]).copies[0].region;
    region.producer = 0;
    try {
        const StackGeometry geometry{workload, stack};
        ADD_FAILURE() << "accepts them";
    } catch (const InputError& error) {
        EXPECT_STREQ(
            error.what(),
            "layer 'layer 2': reads column 0 of a map of which copies bring one column in 4, the first of them 2");
    }
    region.column_step = 2;
    EXPECT_EQ(computed(StackGeometry{workload, stack}, 0), (std::vector<Interval>{{0, 4}}));
}

}  // namespace
}  // namespace plumbline::sim
