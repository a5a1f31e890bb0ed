// SPDX-License-Identifier: Apache-2.0
#include "planning/memory/occupancy.hpp"

#include <gtest/gtest.h>

#include "model/hand_machine.hpp"
#include "planning/stack_cuts.hpp"

namespace plumbline::detail {
namespace {

/// Windows of a layer's input on a map of some columns and 7 rows, with zeros before and behind the columns.
Layer with_edges(Layer layer, std::int64_t columns, std::int64_t before, std::int64_t behind)
{
    SlidingAxis& rows = layer.inputs.back().sliding[0];
    SlidingAxis& along = layer.inputs.back().sliding[1];
    rows.size = 7;
    along.size = columns;
    along.padding_before = before;
    along.padding_behind = behind;
    return layer;
}

Bits total(const std::vector<Resident>& residents, MemoryId memory)
{
    Bits total{};
    for (const Resident& each : residents)
        if (each.memory == memory) total += each.size;
    return total;
}

TEST(Residents, AreColumnsBeforeThoseThatTheLayerReads)
{
    // Tiles of two outputs; in the second of three, layer 1 reads columns 4 to 6 of map 0, layer 2 columns 3 to 6, and all of
    // these the tile makes. All of it has 2 channels of 8 bits and 7 rows.
    const Workload workload{
        "gap",
        {with_edges(tiny::convolution(0, {2, 2, 7, 11, 1, 3}), 11, 1, 1),
         with_edges(tiny::convolution(1, {2, 2, 4, 6, 1, 1, 2}, 0), 11, 0, 0),
         with_edges(tiny::convolution(2, {2, 2, 4, 6, 1, 2, 2}, 0), 11, 1, 0), tiny::addition(3, 4, 6, 1, 2)}};
    const MappingRules rules = tiny::rules();
    const StackGraph graph = make_stack_graph(workload, rules, layer_ids(workload));
    constexpr NodeId kMap = 1;
    constexpr NodeId kReader = 2;
    const MapPart outputs{{0, 6}, {0, 4}};
    SizedTiles tiles{graph, outputs, false};
    MappingCache mappings;
    SearchProof proof;
    const Accelerator machine = tiny::accelerator();
    const StackPlan stack{machine, graph,    tiles, CapacityPolicy::reserved, {}, std::nullopt, Bits{},
                          true,    mappings, proof};
    const TilePlan tile{
        {{2, 4}, false, true, {{2, 0}, {2, 4}, outputs}}, false, {tiny::kSram, tiny::kSram, {}, {}}, nullptr};
    TileState state{stack, tile, {}};
    state.held[kMap] = tiny::kSram;
    ASSERT_EQ(state.sizes[kMap].computed.x, 4);
    ASSERT_EQ(state.sizes[kReader].inputs[0].size.x, 3);
    const Bits column{2 * 8 * 7};
    // Layer 1 reads 2 x 4 of 3 x 7 pixels, and those between lie there, too.
    const Bits between{2 * 8 * (3 * 7 - 2 * 4)};
    // Two columns of the input, for the next tile, and the column of map 0 that layer 1 does not read.
    EXPECT_EQ(total(residents_during(state, kReader, {tiny::kSram}), tiny::kSram), between + 2 * column + column);
}

}  // namespace
}  // namespace plumbline::detail
