// SPDX-License-Identifier: Apache-2.0
#include "planning/geometry/axis_work.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "model/hand_machine.hpp"
#include "planning/geometry/read_steps.hpp"
#include "planning/stack_cuts.hpp"

namespace plumbline::detail {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

Layer with_padding(LayerId id, std::optional<LayerId> source = std::nullopt)
{
    Layer layer = tiny::convolution(id, {2, 2, 4, 4, 3, 3}, source);
    for (SlidingAxis& axis : layer.inputs[1].sliding) axis.padding_before = axis.padding_behind = 1;
    return layer;
}

/// Columns of two 3x3 convolutions with padding on a map of 4 x 4, in tiles of two.
struct PaddedColumns {
    static constexpr NodeId input = 0;
    static constexpr NodeId first = 1;
    static constexpr NodeId second = 2;

    AxisWork work(bool cached) const
    {
        return {graph, {4, 2, 0}, {&StackEdge::columns, 1, cached, 0, 0, {}, &StackNode::columns, LoopDim::ox}};
    }

    Workload workload{"two", {with_padding(0), with_padding(1, 0)}};
    MappingRules rules = tiny::rules();
    StackGraph graph = make_stack_graph(workload, rules, layer_ids(workload));
};

// The left tile makes columns 0 and 1 from columns -1 to 2, of which -1 is padding: two and three taps. Those three columns are
// made from 0 to 3: two, three and three taps. The right tile is its mirror image.
TEST(AxisWork, CountsWhatTilesComputeAgain)
{
    const AxisWork work = PaddedColumns{}.work(false);
    EXPECT_THAT(work.node(PaddedColumns::second).shares, ElementsAre(Pair(NodeShare{2, {{3, 5}}}, 2)));
    EXPECT_THAT(work.node(PaddedColumns::first).shares, ElementsAre(Pair(NodeShare{3, {{4, 8}}}, 2)));
    EXPECT_EQ(work.node(PaddedColumns::first).made, 6);
    EXPECT_EQ(work.node(PaddedColumns::input).made, 8);
    EXPECT_EQ(work.node(PaddedColumns::input).read, 8);
    EXPECT_EQ(work.share(PaddedColumns::first, 0), work.share(PaddedColumns::first, 1));
}

// Of the first layer column 3 is left to the right tile, from columns 2 and 3.
TEST(AxisWork, LeavesOutWhatNeighboursCache)
{
    const AxisWork work = PaddedColumns{}.work(true);
    EXPECT_THAT(work.node(PaddedColumns::second).shares, ElementsAre(Pair(NodeShare{2, {{3, 5}}}, 2)));
    EXPECT_EQ(work.share(PaddedColumns::first, 0), (NodeShare{3, {{4, 8}}}));
    EXPECT_EQ(work.share(PaddedColumns::first, 1), (NodeShare{1, {{2, 2}}}));
    EXPECT_EQ(work.node(PaddedColumns::first).made, 4);
    EXPECT_EQ(work.node(PaddedColumns::input).made, 4);
    EXPECT_EQ(work.node(PaddedColumns::input).tiles, 1);
    EXPECT_EQ(work.share(PaddedColumns::input, 0).read, 4);
    EXPECT_EQ(work.share(PaddedColumns::input, 1).read, 0);
}

/// A window of three taps, two columns apart, that moves by two columns over a map of seven: columns 1, 3 and 5 are left out.
Layer dilated()
{
    Layer layer = tiny::convolution(0, {2, 2, 4, 4, 3, 3, 2});
    for (SlidingAxis& axis : layer.inputs[1].sliding) {
        axis.dilation = 2;
        axis.padding_before = axis.padding_behind = 2;
    }
    return layer;
}

// Outputs begin at columns -2, 0, 2 and 4: two taps (0 2), three (0 2 4), three (2 4 6) and two (4 6).
TEST(AxisWork, CountsTapsOfColumnsThatAreKept)
{
    const Workload workload{"one", {dilated()}};
    const MappingRules rules = tiny::rules();
    StackGraph graph = make_stack_graph(workload, rules, layer_ids(workload));
    leave_out_unread(graph);
    EXPECT_EQ(graph.nodes[0].column_step, 2);
    EXPECT_EQ(graph.nodes[0].columns, 4);
    const AxisWork work{graph, {4, 2, 0}, {&StackEdge::columns, 1, false, 0, 0, {}, &StackNode::columns, LoopDim::ox}};
    EXPECT_THAT(work.node(1).shares, ElementsAre(Pair(NodeShare{2, {{3, 5}}}, 2)));
}

}  // namespace
}  // namespace plumbline::detail
