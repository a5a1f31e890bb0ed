// SPDX-License-Identifier: Apache-2.0
#include "plumbline/loops.hpp"

#include <gtest/gtest.h>

namespace plumbline {
namespace {

TEST(LoopDims, AreFoundByTheirNameInEitherCase)
{
    for (LoopDim dim : kAllLoopDims) EXPECT_EQ(loop_dim_named(name_of(dim)), dim);
    EXPECT_EQ(loop_dim_named("ox"), LoopDim::ox);
    EXPECT_EQ(loop_dim_named("Fy"), LoopDim::fy);
    EXPECT_EQ(loop_dim_named("IX"), std::nullopt);
    EXPECT_EQ(loop_dim_named("O"), std::nullopt);
    EXPECT_EQ(loop_dim_named(""), std::nullopt);
}

TEST(Volume, IsTheProductOverAllDimensions)
{
    EXPECT_EQ(volume(kUnitLoopSizes), 1);
    LoopSizes sizes = kUnitLoopSizes;
    sizes[LoopDim::k] = 3;
    sizes[LoopDim::ox] = 5;
    EXPECT_EQ(volume(sizes), 15);
}

TEST(DimSet, HoldsWhatWasInserted)
{
    DimSet set;
    set.insert(LoopDim::fx);
    EXPECT_TRUE(set.contains(LoopDim::fx));
    EXPECT_FALSE(set.contains(LoopDim::b));
}

}  // namespace
}  // namespace plumbline
