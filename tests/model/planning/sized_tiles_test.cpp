// SPDX-License-Identifier: Apache-2.0
#include "planning/geometry/sized_tiles.hpp"

#include <gtest/gtest.h>

#include "model/hand_machine.hpp"
#include "planning/stack_cuts.hpp"

namespace plumbline::detail {
namespace {

void expect_equal(Extent a, Extent b)
{
    EXPECT_EQ(a.x, b.x);
    EXPECT_EQ(a.y, b.y);
}

/// Two 3x3 convolutions, 2 channels each, on a 10x8 output.
class SizedTilesOfTwo : public ::testing::Test {
protected:
    Workload workload{"two",
                      {tiny::convolution(0, {2, 2, 10, 12, 3, 3}), tiny::convolution(1, {2, 2, 8, 10, 3, 3}, 0)}};
    MappingRules rules = tiny::rules();
    StackGraph graph = make_stack_graph(workload, rules, layer_ids(workload));
    MapPart whole{{0, 10}, {0, 8}};
    SizedTiles tiles{graph, whole, true};
};

TEST_F(SizedTilesOfTwo, AreThoseThatAreWorkedOutOneByOne)
{
    for (const TileSize size : {TileSize{4, 4}, TileSize{1, 8}, TileSize{3, 2}})
        for (const CacheUse use : {CacheUse{}, CacheUse{true, false}, CacheUse{true, true}}) {
            const TileSizes& known = tiles.of(size, use, {});
            const TileSizes expected = tile_sizes(graph, size, use);
            ASSERT_EQ(known.size(), expected.size());
            for (NodeId id = 0; id < expected.size(); ++id) {
                SCOPED_TRACE(id);
                expect_equal(known[id].computed, expected[id].computed);
                expect_equal(known[id].needed, expected[id].needed);
                expect_equal(known[id].cached, expected[id].cached);
                expect_equal(known[id].left, expected[id].left);
            }
        }
}

TEST_F(SizedTilesOfTwo, AreWorkedOutOnce)
{
    const TileSizes& known = tiles.of({4, 4}, {}, {});
    tiles.of({4, 2}, {}, {});
    tiles.of({4, 4}, {true, false}, {});
    EXPECT_EQ(&tiles.of({4, 4}, {}, {}), &known);
}

TEST_F(SizedTilesOfTwo, KnowTheWholeMap)
{
    expect_equal(tiles.whole()[1].computed, {12, 10});
    expect_equal(tiles.whole()[2].computed, {10, 8});
}

TEST_F(SizedTilesOfTwo, NoteOverlapsWhereTheyAreAskedFor)
{
    SizedTiles exact{graph, whole, false};
    EXPECT_EQ(tiles.of({4, 4}, {}, {})[1].cached.x, 2);
    EXPECT_EQ(exact.of({4, 4}, {}, {})[1].cached.x, 0);
}

}  // namespace
}  // namespace plumbline::detail
