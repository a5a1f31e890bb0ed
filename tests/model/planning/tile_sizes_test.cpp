// SPDX-License-Identifier: Apache-2.0
#include "planning/geometry/tile_sizes.hpp"

#include <gtest/gtest.h>

#include "model/hand_machine.hpp"
#include "planning/memory/footprint.hpp"
#include "planning/stack_cuts.hpp"

namespace plumbline::detail {
namespace {

/// Two 3x3 convolutions, 2 channels each, on a 10x8 output.
class TwoConvolutions : public ::testing::Test {
protected:
    static constexpr NodeId kInput = 0;
    static constexpr NodeId kFirst = 1;
    static constexpr NodeId kSecond = 2;

    Workload workload{"two",
                      {tiny::convolution(0, {2, 2, 10, 12, 3, 3}), tiny::convolution(1, {2, 2, 8, 10, 3, 3}, 0)}};
    MappingRules rules = tiny::rules();
    StackGraph graph = make_stack_graph(workload, rules, layer_ids(workload));
};

TEST_F(TwoConvolutions, NeedTheirReceptiveField)
{
    const TileSizes tiles = tile_sizes(graph, {4, 4}, {});
    EXPECT_EQ(tiles[kSecond].computed.x, 4);
    EXPECT_EQ(tiles[kFirst].computed.x, 6);  // one column on each side
    EXPECT_EQ(tiles[kInput].computed.x, 8);
    EXPECT_EQ(tiles[kInput].computed.y, 8);
}

TEST_F(TwoConvolutions, ComputeNoOverlapThatIsCached)
{
    const TileSizes tiles = tile_sizes(graph, {4, 4}, {true, false});
    EXPECT_EQ(tiles[kFirst].computed.x, 4);
    EXPECT_EQ(tiles[kFirst].computed.y, 6);
    EXPECT_EQ(tiles[kSecond].inputs[0].size.x, 6);  // it still reads all
    EXPECT_EQ(tiles[kSecond].inputs[0].overlap.x, 2);
    EXPECT_EQ(tiles[kFirst].cached.x, 2);
}

TEST_F(TwoConvolutions, OnTheWholeMapAreTheNetwork)
{
    const TileSizes tiles = tile_sizes(graph, {10, 8}, {});
    EXPECT_EQ(tiles[kFirst].computed.x, 12);
    EXPECT_EQ(tiles[kFirst].computed.y, 10);
}

TEST_F(TwoConvolutions, KeepInputAndOutputOfOneLayerAlive)
{
    // 8x8 inputs, 6x6 and 4x4 outputs of 2 channels of 8 bits: the first layer holds most.
    EXPECT_EQ(peak_alive(graph, tile_sizes(graph, {4, 4}, {})), Bits{(64 + 36) * 2 * 8});
}

TEST_F(TwoConvolutions, KeepCachedColumnsOfReleasedOutputs)
{
    const TileSizes tiles = tile_sizes(graph, {4, 4}, {});
    const std::vector<Bits> kept{Bits{10000}, Bits{0}, Bits{0}};
    // The input is released before the second layer runs, its columns stay: 36 + 16 features beside them.
    EXPECT_EQ(peak_alive(graph, tiles, kept), Bits{10000 + (36 + 16) * 2 * 8});
}

TEST_F(TwoConvolutions, CacheColumnsOfTheTileAndRowsOfTheMap)
{
    const TileSizes tiles = tile_sizes(graph, {4, 4}, {true, true});
    const TileSizes whole = tile_sizes(graph, {10, 8}, {});
    const CacheSizes caches = cache_sizes(graph, tiles, whole);
    const std::int64_t bits = 2 * 8;                         // channels x precision
    EXPECT_EQ(caches.columns, Bits{bits * 2 * 6 * 2});       // both inputs: 2 columns of 6 rows
    EXPECT_EQ(caches.rows, Bits{bits * (14 * 2 + 12 * 2)});  // 2 rows as wide as each map
    EXPECT_EQ(caches.both, Bits{bits * 2 * (2 * 2)});        // corners
}

TEST(TileSizes, PointwiseLayersKeepTheTile)
{
    const Workload workload{"pointwise", {tiny::convolution(0, {2, 2, 8, 8})}};
    const MappingRules rules = tiny::rules();
    const StackGraph graph = make_stack_graph(workload, rules, layer_ids(workload));
    const TileSizes tiles = tile_sizes(graph, {4, 2}, {});
    EXPECT_EQ(tiles[0].computed.x, 4);
    EXPECT_EQ(tiles[0].computed.y, 2);
    EXPECT_EQ(tiles[0].cached.x, 0);
}

TEST(TileSizes, StridesMultiply)
{
    // 3 wide, stride 2: 4 outputs read 9 inputs, of which the next tile shares 1.
    const Workload workload{"strided", {tiny::convolution(0, {2, 2, 4, 8, 3, 3, 2})}};
    const MappingRules rules = tiny::rules();
    const StackGraph graph = make_stack_graph(workload, rules, layer_ids(workload));
    const TileSizes tiles = tile_sizes(graph, {4, 4}, {});
    EXPECT_EQ(tiles[0].computed.x, 9);
    EXPECT_EQ(tiles[1].inputs[0].overlap.x, 1);
}

TEST(TileSizes, ResidualBranchesCacheForTheLaggingReader)
{
    // Layer 0 feeds a 3x3 convolution and, past it, the addition: the skipped map must reach as far as both need.
    const Workload workload{"residual",
                            {tiny::convolution(0, {2, 2, 8, 8}), tiny::convolution(1, {2, 2, 6, 6, 3, 3}, 0),
                             tiny::addition(2, 6, 6, 1, 0)}};
    const MappingRules rules = tiny::rules_with_addition();
    const StackGraph graph = make_stack_graph(workload, rules, layer_ids(workload));
    const TileSizes tiles = tile_sizes(graph, {3, 3}, {});
    EXPECT_EQ(tiles[1].computed.x, 5);  // layer 0: what the convolution needs covers what the addition needs
    // The convolution shares 2 columns; the addition reads one column further left than its share begins: lag 2 - 1.
    EXPECT_EQ(tiles[1].cached.x, 2);
}

TEST(TileSizes, StridesBeyondTheWindowLeaveGaps)
{
    // A pointwise layer of stride 2 reads 3 columns for 2 outputs and steps 4: its neighbour's end one before.
    const Workload workload{
        "gaps", {tiny::convolution(0, {2, 2, 15, 15, 3, 3}), tiny::convolution(1, {2, 2, 8, 8, 1, 1, 2}, 0)}};
    const MappingRules rules = tiny::rules();
    const StackGraph graph = make_stack_graph(workload, rules, layer_ids(workload));
    const TileSizes tiles = tile_sizes(graph, {2, 2}, {true, true});
    EXPECT_EQ(tiles[1].computed.x, 3);
    // Windows of 3 at 3 places cover 5 columns; those of the neighbour, 4 before, end one column behind their begin.
    EXPECT_EQ(tiles[1].inputs[0].size.x, 5);
    EXPECT_EQ(tiles[1].inputs[0].behind.x, 1);
    EXPECT_EQ(tiles[0].computed.x, 4);
    EXPECT_EQ(tiles[0].left.x, 1);
    // DeFiNES takes the 3 computed columns for the step, and finds 2 shared.
    EXPECT_EQ(tiles[1].inputs[0].overlap.x, 2);
}

TEST(TileSizes, GapsThatNoneOfSeveralLayersReadsAreLeft)
{
    const Workload workload{"left",
                            {tiny::convolution(0, {2, 2, 15, 15, 3, 3}), tiny::convolution(1, {2, 2, 8, 8, 1, 1, 2}, 0),
                             tiny::convolution(2, {2, 2, 8, 8, 1, 1, 2}, 0), tiny::addition(3, 8, 8, 1, 2)}};
    const MappingRules rules = tiny::rules_with_addition();
    const StackGraph graph = make_stack_graph(workload, rules, layer_ids(workload));
    EXPECT_EQ(tile_sizes(graph, {2, 2}, {true, true})[1].computed.x, 3);
}

TEST(TileSizes, BranchesOfUnlikeWindowsFindWhatTheOtherLeft)
{
    // Windows of 2 and 3 columns over the same map, 4 wide: the tile of output 1 needs columns 1 to 3, and the one before
    // it had 0 to 2. So column 3 is new, and of the columns 1 and 2 both readers find both made.
    const Workload workload{"branches",
                            {tiny::convolution(0, {2, 2, 1, 4, 1, 1}), tiny::convolution(1, {2, 2, 1, 2, 1, 2}, 0),
                             tiny::convolution(2, {2, 2, 1, 2, 1, 3}, 0), tiny::addition(3, 2, 2, 1, 2)}};
    const MappingRules rules = tiny::rules_with_addition();
    const StackGraph graph = make_stack_graph(workload, rules, layer_ids(workload));
    const TileSizes all = tile_sizes(graph, {1, 1}, {true, false});
    const std::vector<NodeTile> tiles(all.begin() + 1, all.end());  // without the network's input
    EXPECT_EQ(tiles[0].computed.x, 1);
    EXPECT_EQ(tiles[0].needed.x, 3);
    EXPECT_EQ(tiles[0].left.x, 2);
    EXPECT_EQ(tiles[1].inputs[0].size.x, 2);
    EXPECT_EQ(tiles[1].inputs[0].behind.x, 2);
    EXPECT_EQ(tiles[1].inputs[0].ahead.x, 1);
    EXPECT_EQ(tiles[2].inputs[0].behind.x, 2);
    EXPECT_EQ(tiles[2].inputs[0].ahead.x, 0);
}

}  // namespace
}  // namespace plumbline::detail
