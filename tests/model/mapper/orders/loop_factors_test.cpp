// SPDX-License-Identifier: Apache-2.0
#include "mapper/orders/loop_factors.hpp"

#include <gtest/gtest.h>

namespace plumbline::detail {
namespace {

LoopSizes sizes(std::int64_t k, std::int64_t ox)
{
    LoopSizes all = kUnitLoopSizes;
    all[LoopDim::k] = k;
    all[LoopDim::ox] = ox;
    return all;
}

TEST(LoopFactors, ArePrimeWithoutALimit)
{
    EXPECT_EQ(loop_factors(sizes(12, 5), 0),
              (std::vector<TemporalLoop>{{LoopDim::k, 2}, {LoopDim::k, 2}, {LoopDim::k, 3}, {LoopDim::ox, 5}}));
}

TEST(LoopFactors, MergeTheTwoSmallestOfTheDimensionWithMost)
{
    // K: 2 2 3 -> 3 4 -> 12; OX keeps its one.
    EXPECT_EQ(loop_factors(sizes(12, 5), 3),
              (std::vector<TemporalLoop>{{LoopDim::k, 3}, {LoopDim::k, 4}, {LoopDim::ox, 5}}));
    EXPECT_EQ(loop_factors(sizes(12, 5), 2), (std::vector<TemporalLoop>{{LoopDim::k, 12}, {LoopDim::ox, 5}}));
}

TEST(LoopFactors, StopWhenEveryDimensionHasOne)
{
    EXPECT_EQ(loop_factors(sizes(12, 5), 1), (std::vector<TemporalLoop>{{LoopDim::k, 12}, {LoopDim::ox, 5}}));
}

TEST(LoopFactors, OfNothingAreNone) { EXPECT_TRUE(loop_factors(kUnitLoopSizes, 6).empty()); }

}  // namespace
}  // namespace plumbline::detail
