// SPDX-License-Identifier: Apache-2.0
#include "planning/tile_kinds.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace plumbline::detail {
namespace {

using ::testing::ElementsAre;

/// Six tiles: the first, one and another, two neighbours like the first of these, and the last.
std::vector<GridClass> by_turns()
{
    const auto middle = [](std::int64_t first, std::int64_t count, std::int64_t alike) {
        return GridClass{TilePosition::middle, 3, {first, count}, 3 * first, true, alike};
    };
    return {{TilePosition::first, 3, {0, 1}},
            middle(1, 1, 1),
            middle(2, 1, 2),
            middle(3, 2, 1),
            {TilePosition::last, 3, {5, 1}}};
}

TEST(PlannedClasses, CountTheFirstTileByItself)
{
    const auto classes = planned_classes(by_turns(), grid_classes({2, 1}, false));
    ASSERT_EQ(classes.size(), 10U);
    EXPECT_TRUE(classes[0].loads_weights);
    EXPECT_EQ(classes[0].count, 1);
    EXPECT_EQ(classes[3].count, 2);
}

// Of 1 1 2 1 1 columns in each of two rows, which are unlike: columns 1 and 3 together have three tiles.
TEST(AlikeClasses, AreOfOneKindAlongBothAxes)
{
    const auto alike = alike_classes(planned_classes(by_turns(), grid_classes({2, 1}, false)));
    ASSERT_EQ(alike.size(), 8U);
    EXPECT_THAT(alike[1].places, ElementsAre(1, 3));
    EXPECT_EQ(alike[1].tiles, 3);
    EXPECT_THAT(alike[2].places, ElementsAre(2));
    EXPECT_THAT(alike[5].places, ElementsAre(6, 8));
}

TEST(AlikeClasses, KeepTheTileApartThatLoadsWeights)
{
    const GridClass only{TilePosition::only, 3, {0, 1}};
    EXPECT_EQ(alike_classes({{only, only, true, 1}, {only, only, false, 2}}).size(), 2U);
}

TEST(KindsOf, AreTheFirstOfEach)
{
    const auto kinds = kinds_of(by_turns());
    ASSERT_EQ(kinds.size(), 4U);
    EXPECT_EQ(kinds[2].tiles, (TileRange{2, 1}));
    EXPECT_EQ(kinds[3].tiles, (TileRange{5, 1}));
}

}  // namespace
}  // namespace plumbline::detail
