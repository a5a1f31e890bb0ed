// SPDX-License-Identifier: Apache-2.0
#include "mapper/orders/loop_order.hpp"

#include <gmock/gmock.h>

namespace plumbline::detail {
namespace {

using testing::ElementsAre;

LoopSizes uneven_sizes()
{
    LoopSizes sizes = kUnitLoopSizes;
    sizes[LoopDim::k] = 4;
    sizes[LoopDim::c] = 6;
    sizes[LoopDim::ox] = 3;
    return sizes;
}

constexpr TemporalLoop kK2{LoopDim::k, 2};
constexpr TemporalLoop kC2{LoopDim::c, 2};
constexpr TemporalLoop kC3{LoopDim::c, 3};
constexpr TemporalLoop kOx3{LoopDim::ox, 3};

TEST(LoopOrder, IsFreeWithoutAnOrdering)
{
    const LoopOrder order = loop_order({}, uneven_sizes(), 0);
    EXPECT_THAT(order.loops, ElementsAre(kK2, kK2, kC2, kC3, kOx3));
    EXPECT_EQ(order.first_free, 0U);
    EXPECT_EQ(order.end_free, 5U);
}

TEST(LoopOrder, BeginsWithTheLoopsThatAreNamed)
{
    const LoopOrder order = loop_order({{LoopDim::ox, {}}, {LoopDim::c, 3}}, uneven_sizes(), 0);
    EXPECT_THAT(order.loops, ElementsAre(kOx3, kC3, kK2, kK2, kC2));
    EXPECT_EQ(order.first_free, 2U);
    EXPECT_EQ(order.end_free, 5U);
}

TEST(LoopOrder, EndsWithThoseNamedAfterAnyLoops)
{
    const LoopOrder order = loop_order({{LoopDim::ox, {}}, {}, {LoopDim::k, {}}}, uneven_sizes(), 0);
    EXPECT_THAT(order.loops, ElementsAre(kOx3, kC2, kC3, kK2, kK2));
    EXPECT_EQ(order.first_free, 1U);
    EXPECT_EQ(order.end_free, 3U);
}

TEST(LoopOrder, LeavesOutWhatTheTileDoesNotHave)
{
    // 8 of 6 are 6; of FX there is one iteration.
    const LoopOrder order =
        loop_order({{LoopDim::fx, {}}, {LoopDim::c, 8}, {LoopDim::k, {}}, {LoopDim::ox, {}}}, uneven_sizes(), 0);
    EXPECT_THAT(order.loops, ElementsAre(TemporalLoop{LoopDim::c, 6}, kK2, kK2, kOx3));
    EXPECT_EQ(order.first_free, order.end_free);
}

}  // namespace
}  // namespace plumbline::detail
