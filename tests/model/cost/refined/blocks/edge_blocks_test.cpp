// SPDX-License-Identifier: Apache-2.0
// Blocks that follow each other, counted in closed form and one by one.
#include "cost/refined/blocks/edge_blocks.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

namespace plumbline::detail::refined {
namespace {

using Changes = std::map<std::pair<EdgeSet, EdgeSet>, double>;

/// 7 columns on 4 lanes, 5 rows and 3 channels.
struct Tile {
    LoopSizes sizes = kUnitLoopSizes;
    PerLoopDim<DimLanes> lanes{};

    Tile()
    {
        sizes[LoopDim::ox] = 7;
        sizes[LoopDim::oy] = 5;
        sizes[LoopDim::k] = 3;
        for (LoopDim dim : kAllLoopDims) lanes[dim] = {sizes[dim], dim == LoopDim::ox ? 4 : 1, 1};
    }
};

Changes in_closed_form(const Tile& tile, const std::vector<TemporalLoop>& loops, std::size_t position)
{
    const LoopCut cut{loops.data(), loops.size(), {}};
    Changes changes;
    EdgeBlocks{tile.sizes, tile.lanes, cut, position}.for_each_change([&](EdgeSet before, EdgeSet after, double share) {
        changes[{before, after}] += share;
    });
    return changes;
}

/// Edges of the block that the loops from `position` on have come to: rows are bit 0, columns bit 1 where both have edges.
EdgeSet edges_at(const Tile& tile, const std::vector<TemporalLoop>& loops, std::size_t position, std::int64_t visit)
{
    LoopSizes steps = kUnitLoopSizes;
    LoopSizes first = kUnitLoopSizes;
    for (LoopDim dim : kAllLoopDims) first[dim] = 0;
    for (std::size_t i = 0; i < loops.size(); ++i) {
        if (i >= position) {
            first[loops[i].dim] += steps[loops[i].dim] * (visit % loops[i].size);
            visit /= loops[i].size;
        }
        steps[loops[i].dim] *= loops[i].size;
    }
    LoopSizes block = kUnitLoopSizes;
    for (std::size_t i = 0; i < position; ++i) block[loops[i].dim] *= loops[i].size;
    EdgeSet edges = 0;
    EdgeSet bit = 1;
    for (LoopDim dim : kAllLoopDims) {
        const std::int64_t all = tile.lanes[dim].lanes;
        if (tile.sizes[dim] % std::min(block[dim] * all, tile.sizes[dim]) == 0) continue;
        if ((first[dim] + block[dim]) * all > tile.sizes[dim]) edges |= bit;
        bit <<= 1;
    }
    return edges;
}

Changes one_by_one(const Tile& tile, const std::vector<TemporalLoop>& loops, std::size_t position)
{
    std::int64_t visits = 1;
    for (std::size_t i = position; i < loops.size(); ++i) visits *= loops[i].size;
    Changes changes;
    for (std::int64_t visit = 1; visit < visits; ++visit)
        changes[{edges_at(tile, loops, position, visit - 1), edges_at(tile, loops, position, visit)}] +=
            1 / static_cast<double>(visits - 1);
    return changes;
}

TEST(EdgeBlocks, FollowEachOtherAsLoopsAdvance)
{
    const Tile tile;
    const std::vector<std::vector<TemporalLoop>> orders{
        {{LoopDim::ox, 2}, {LoopDim::oy, 5}, {LoopDim::k, 3}},
        {{LoopDim::oy, 2}, {LoopDim::k, 3}, {LoopDim::ox, 2}, {LoopDim::oy, 3}},
        {{LoopDim::k, 3}, {LoopDim::oy, 3}, {LoopDim::ox, 2}, {LoopDim::oy, 2}},
    };
    for (const auto& loops : orders)
        for (std::size_t position = 0; position < loops.size(); ++position) {
            const Changes expected = one_by_one(tile, loops, position);
            const Changes counted = in_closed_form(tile, loops, position);
            ASSERT_EQ(counted.size(), expected.size()) << position;
            for (const auto& [edges, share] : expected) EXPECT_NEAR(counted.at(edges), share, 1e-12);
        }
}

TEST(EdgeBlocks, HaveTheSizesOfTheTilesRest)
{
    const Tile tile;
    const std::vector<TemporalLoop> loops{{LoopDim::oy, 2}, {LoopDim::ox, 2}, {LoopDim::oy, 3}, {LoopDim::k, 3}};
    const LoopCut cut{loops.data(), loops.size(), {}};
    const EdgeBlocks blocks{tile.sizes, tile.lanes, cut, 1};
    ASSERT_EQ(blocks.sets(), 4U);
    EXPECT_EQ(blocks.sizes(0)[LoopDim::oy], 2);
    EXPECT_EQ(blocks.sizes(0)[LoopDim::ox], 4);
    EXPECT_EQ(blocks.sizes(1)[LoopDim::oy], 5 - 2 * 2);
    EXPECT_EQ(blocks.sizes(2)[LoopDim::ox], 7 - 4);
}

}  // namespace
}  // namespace plumbline::detail::refined
