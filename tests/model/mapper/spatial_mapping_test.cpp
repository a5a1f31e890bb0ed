// SPDX-License-Identifier: Apache-2.0
#include "mapper/spatial_mapping.hpp"

#include <gtest/gtest.h>

namespace plumbline::detail {
namespace {

const MacArray kArray{{{"D1", 16}, {"D2", 4}}, Picojoules{1}};

LoopSizes layer_sizes(std::int64_t c, std::int64_t fx, std::int64_t ox)
{
    LoopSizes sizes = kUnitLoopSizes;
    sizes[LoopDim::c] = c;
    sizes[LoopDim::fx] = fx;
    sizes[LoopDim::ox] = ox;
    return sizes;
}

std::vector<SpatialLoop> fitted(const std::vector<Unrolling>& unrollings, const LoopSizes& sizes)
{
    std::vector<SpatialLoop> loops;
    for (const FittedUnrolling& each : fit_unrollings({"default", unrollings, {}}, sizes, kArray))
        loops.push_back(each.loop);
    return loops;
}

TEST(Unrollings, OverOneArrayDimensionShareItsLanes)
{
    // 5 channels take 5 of 16 lanes; three times that is 15, so all 3 filter columns fit, but not 4 of them.
    const std::vector<Unrolling> both{{"D1", LoopDim::c, 100}, {"D1", LoopDim::fx, 100}};
    EXPECT_EQ(fitted(both, layer_sizes(5, 3, 1)), (std::vector<SpatialLoop>{{LoopDim::c, 5}, {LoopDim::fx, 3}}));
    EXPECT_EQ(fitted(both, layer_sizes(5, 4, 1)), (std::vector<SpatialLoop>{{LoopDim::c, 5}, {LoopDim::fx, 2}}));
    EXPECT_EQ(fitted(both, layer_sizes(32, 3, 1)), (std::vector<SpatialLoop>{{LoopDim::c, 16}, {LoopDim::fx, 1}}));
}

TEST(Unrollings, OfOneLoopDimensionShareItsIterations)
{
    // 10 columns on 2 lanes are 5 iterations, those on 2 lanes 3 of 1.67: 2 x 1.67 x 3 columns, not 2 x 2 x 3.
    const std::vector<Unrolling> twice{{"D1", LoopDim::ox, 2}, {"D2", LoopDim::ox, 2}};
    const LoopSizes sizes = layer_sizes(1, 1, 10);
    EXPECT_EQ(fitted(twice, sizes), (std::vector<SpatialLoop>{{LoopDim::ox, 2}, {LoopDim::ox, 5.0 / 3}}));
    EXPECT_EQ(temporal_sizes(sizes, fit_unrollings({"default", twice, {}}, sizes, kArray))[LoopDim::ox], 3);
}

TEST(Unrollings, LeaveWholeIterationsThoughQuotientsAreRounded)
{
    // 34 / (34 / 7.0) is a little more than 7 in binary fractions.
    const LoopSizes sizes = layer_sizes(34, 1, 1);
    EXPECT_EQ(
        temporal_sizes(sizes, fit_unrollings({"default", {{"D1", LoopDim::c, 5}}, {}}, sizes, kArray))[LoopDim::c], 7);
}

}  // namespace
}  // namespace plumbline::detail
