// SPDX-License-Identifier: Apache-2.0
#include "planning/geometry/tile_places.hpp"

#include <gtest/gtest.h>

#include "model/hand_machine.hpp"
#include "planning/stack_cuts.hpp"

namespace plumbline::detail {
namespace {

/// Edges of the map that a layer reads, and how often each of its columns is found there.
Layer on_map(Layer layer, std::int64_t size, std::int64_t before, std::int64_t behind, std::int64_t upsampling = 1)
{
    layer.inputs[1].sliding[0].size = 1;
    SlidingAxis& columns = layer.inputs[1].sliding[1];
    columns.size = size;
    columns.padding_before = before;
    columns.padding_behind = behind;
    columns.upsampling = upsampling;
    return layer;
}

TEST(TilePlaces, LeaveOutWhatLiesBetweenThoseThatAreNeeded)
{
    // Of 9 columns, layer 1 reads 0 to 6 and then, beside padding, 8; layer 2 reads 1, 3 and 5. Of 6 outputs, one a tile, three
    // need each output of layer 1, and two each of layer 2.
    MappingRule rule = tiny::rules().rules()[0];
    rule.links.push_back({"J", MemoryOperand::i1});
    const MappingRules rules{{rule}};
    Layer sum = on_map(tiny::convolution(3, {2, 2, 1, 6}, 1), 2, 0, 0, 3);
    sum.inputs[0] = on_map(tiny::convolution(3, {2, 2, 1, 6}, 2), 3, 0, 0, 2).inputs[1];
    sum.inputs[0].name = "J";
    const Workload workload{"two readers",
                            {on_map(tiny::convolution(0, {2, 2, 1, 9}), 9, 0, 0),
                             on_map(tiny::convolution(1, {2, 2, 1, 2, 1, 7, 8}, 0), 9, 0, 6),
                             on_map(tiny::convolution(2, {2, 2, 1, 3, 1, 1, 2}, 0), 9, -1, -3), sum}};
    const StackGraph graph = make_stack_graph(workload, rules, layer_ids(workload));
    const TileAxis columns{&StackEdge::columns, 1, true};
    ASSERT_TRUE(are_placed_together(graph, columns));
    const std::vector<TilePlaces> tiles = places_of_all(graph, columns);
    const NodeId map = graph.node_of(0);
    EXPECT_EQ(tiles[0][map].computed.size(), 7);
    // Tile 3 makes column 8 alone: tile 4 needs column 5, which tile 0 has made.
    EXPECT_EQ(tiles[3][map].computed.begin, 8);
    EXPECT_EQ(tiles[3][map].computed.end, 9);
}

}  // namespace
}  // namespace plumbline::detail
