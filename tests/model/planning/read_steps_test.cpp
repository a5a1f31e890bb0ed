// SPDX-License-Identifier: Apache-2.0
#include "planning/geometry/read_steps.hpp"

#include <gtest/gtest.h>

#include "model/hand_machine.hpp"
#include "planning/geometry/tile_sizes.hpp"
#include "planning/stack_cuts.hpp"

namespace plumbline::detail {
namespace {

StackGraph thinned(const Workload& workload, const MappingRules& rules, const std::vector<LayerId>& layers)
{
    StackGraph graph = make_stack_graph(workload, rules, layers);
    leave_out_unread(graph);
    return graph;
}

class ReadSteps : public ::testing::Test {
protected:
    /// Step of the columns that the only layer reads.
    std::int64_t step_of(std::int64_t window, std::int64_t stride, std::int64_t dilation)
    {
        Layer layer = tiny::convolution(0, {2, 2, 8, 8, window, window, stride});
        for (SlidingAxis& axis : layer.inputs[1].sliding) axis.dilation = dilation;
        const Workload workload{"one", {layer}};
        return thinned(workload, rules, {0}).nodes[0].column_step;
    }

    MappingRules rules = tiny::rules();
};

TEST_F(ReadSteps, AreStridesOfSinglePixels)
{
    EXPECT_EQ(step_of(1, 1, 1), 1);
    EXPECT_EQ(step_of(1, 2, 1), 2);
    EXPECT_EQ(step_of(1, 3, 1), 3);
}

TEST_F(ReadSteps, AreWhatStrideAndDilationHaveInCommon)
{
    EXPECT_EQ(step_of(3, 2, 1), 1);
    EXPECT_EQ(step_of(3, 1, 2), 1);
    EXPECT_EQ(step_of(3, 4, 6), 2);
}

TEST_F(ReadSteps, AreNotTakenOnUpSampledMaps)
{
    // Single positions 4 apart of a map repeated twice: every other column is read, and all are fetched.
    Layer layer = tiny::convolution(0, {2, 2, 4, 4, 1, 1, 4});
    for (SlidingAxis& axis : layer.inputs[1].sliding) axis.upsampling = 2;
    EXPECT_EQ(thinned(Workload{"one", {layer}}, rules, {0}).nodes[0].column_step, 1);
}

TEST_F(ReadSteps, MakeAMapOfWhatIsRead)
{
    // 8 x 8 outputs of stride 2 read 8 x 8 pixels; tiles of 2 x 2 outputs read 2 x 2, and share none.
    const Workload workload{"strided", {tiny::convolution(0, {2, 3, 8, 8, 1, 1, 2})}};
    const StackGraph graph = thinned(workload, rules, {0});
    EXPECT_EQ(tile_sizes(graph, {8, 8}, {})[0].computed.x, 8);
    const TileSizes tiles = tile_sizes(graph, {2, 2}, {true, true});
    EXPECT_EQ(tiles[0].computed.x, 2);
    EXPECT_EQ(tiles[0].left.x, 0);
    EXPECT_EQ(gap_bits(graph, tiles, 1)[0], Bits{0});
}

TEST_F(ReadSteps, KeepWhatWindowsShare)
{
    // Windows of 3 with a dilation of 6, 4 apart: in steps of 2 columns a dilation of 3, 2 apart. 8 outputs reach over
    // 2 * 7 + 3 * 2 + 1 of them, and the windows of neighbours over 7 - 2 of the same.
    Layer layer = tiny::convolution(0, {2, 2, 8, 8, 3, 3, 4});
    for (SlidingAxis& axis : layer.inputs[1].sliding) axis.dilation = 6;
    const Workload workload{"dilated", {layer}};
    const StackGraph graph = thinned(workload, rules, {0});
    EXPECT_EQ(tile_sizes(graph, {8, 8}, {})[0].computed.y, 21);
    EXPECT_EQ(tile_sizes(graph, {2, 2}, {true, true})[1].inputs[0].overlap.y, 5);
}

TEST_F(ReadSteps, AreThoseThatAllReadersHaveInCommon)
{
    // On a map of 9 columns: 2 outputs of stride 4 lie in its centre, on columns 2 and 6; 3 of them on columns 0, 4 and 8.
    MappingRule rule = rules.rules()[0];
    rule.links.push_back({"X", MemoryOperand::i1});
    rule.links.push_back({"Y", MemoryOperand::i1});
    Layer sum = tiny::convolution(3, {2, 1, 2, 2});
    sum.operator_type = "Add";
    sum.operation = Operation::addition;
    const DimSet all = tiny::dims({LoopDim::b, LoopDim::k, LoopDim::oy, LoopDim::ox});
    sum.inputs = {{"X", all, {}, Bits{8}, false, LayerId{1}}, {"Y", all, {}, Bits{8}, false, LayerId{2}}};
    const Workload workload{"branches",
                            {tiny::convolution(0, {2, 2, 9, 9}), tiny::convolution(1, {2, 2, 2, 2, 1, 1, 4}, 0),
                             tiny::convolution(2, {2, 2, 3, 3, 1, 1, 4}, 0), sum}};
    const MappingRules with_sum{{rule}};
    const StackGraph graph = thinned(workload, with_sum, {1, 2, 3});
    EXPECT_EQ(graph.nodes[0].column_step, 2);
    EXPECT_EQ(graph.nodes[graph.node_of(1)].inputs[0].columns.begin, 1);
    EXPECT_EQ(graph.nodes[graph.node_of(2)].inputs[0].columns.begin, 0);
    EXPECT_EQ(graph.nodes[graph.node_of(2)].inputs[0].columns.stride, 2);
}

TEST_F(ReadSteps, AreOneOfWhatTheStackMakes)
{
    const Workload workload{
        "gaps", {tiny::convolution(0, {2, 2, 15, 15, 3, 3}), tiny::convolution(1, {2, 2, 8, 8, 1, 1, 2}, 0)}};
    const StackGraph graph = thinned(workload, rules, {0, 1});
    EXPECT_EQ(graph.nodes[0].column_step, 1);
    EXPECT_EQ(graph.nodes[1].column_step, 1);
    EXPECT_EQ(tile_sizes(graph, {2, 2}, {})[1].computed.x, 3);
}

}  // namespace
}  // namespace plumbline::detail
