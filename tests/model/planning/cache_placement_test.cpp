// SPDX-License-Identifier: Apache-2.0
#include "planning/memory/cache_placement.hpp"

#include <gtest/gtest.h>

#include "model/hand_machine.hpp"
#include "planning/stack_cuts.hpp"

namespace plumbline::detail {
namespace {

using tiny::kDram;
using tiny::kSram;

/// Two 3x3 convolutions of 2 channels, 10x8 outputs, tiles of 4x4 somewhere in the middle.
class CacheLevels : public ::testing::Test {
protected:
    TileDemand demand(Bits sram, OverlapMode mode) const
    {
        const Accelerator machine = tiny::accelerator(sram);
        SizedTiles tiles{graph, {{0, 10}, {0, 8}}, true};
        return tile_demand({machine, tiles, CapacityPolicy::optimistic}, mode, {{4, 4}, false, false});
    }

    Workload workload{"two",
                      {tiny::convolution(0, {2, 2, 10, 12, 3, 3}), tiny::convolution(1, {2, 2, 8, 10, 3, 3}, 0)}};
    MappingRules rules = tiny::rules();
    StackGraph graph = make_stack_graph(workload, rules, layer_ids(workload));

    // 8 bits of 2 channels each. Fully cached, a layer reads 6x6 and computes 4x4, of either layer; columns: 2 of 6 rows,
    // twice; rows: 2 as wide as maps of 14 and 12 columns; corners: 2x2, twice.
    const Bits features = 16 * Bits{36 + 16};
    const Bits columns = 16 * Bits{2 * 2 * 6};
    const Bits rows = 16 * Bits{2 * (14 + 12)};
    const Bits corners = 16 * Bits{2 * 2 * 2};
};

TEST_F(CacheLevels, ColumnsLieBesideTheFeatures)
{
    EXPECT_EQ(demand(features + columns, OverlapMode::fully_cached).column_cache, kSram);
    EXPECT_EQ(demand(features + columns - Bits{1}, OverlapMode::fully_cached).column_cache, kDram);
}

TEST_F(CacheLevels, RowsLieBesideColumnsAndShareTheirCorners)
{
    const Bits all = features + columns + rows - corners;
    EXPECT_EQ(demand(all, OverlapMode::fully_cached).row_cache, kSram);
    EXPECT_EQ(demand(all - Bits{1}, OverlapMode::fully_cached).row_cache, kDram);
}

TEST_F(CacheLevels, WeightsLieWhereTheFeaturesAndCachesLeaveRoom)
{
    const Bits weights{8 * 2 * 36};
    const Bits all = features + columns + rows - corners + weights;
    EXPECT_EQ(demand(all, OverlapMode::fully_cached).weights, kSram);
    EXPECT_EQ(demand(all - Bits{1}, OverlapMode::fully_cached).weights, kDram);
}

TEST_F(CacheLevels, ModesCacheWhatTheirNamesSay)
{
    EXPECT_FALSE(demand(kibibytes(1), OverlapMode::fully_recompute).column_cache);
    EXPECT_TRUE(demand(kibibytes(1), OverlapMode::h_cached).column_cache);
    EXPECT_FALSE(demand(kibibytes(1), OverlapMode::h_cached).row_cache);
    EXPECT_TRUE(demand(kibibytes(1), OverlapMode::fully_cached).row_cache);
}

}  // namespace
}  // namespace plumbline::detail
