// SPDX-License-Identifier: Apache-2.0
#include "cost/refined/blocks/padded_axis.hpp"

#include <gtest/gtest.h>

#include <map>

#include "sliding_axis.hpp"

namespace plumbline::detail::refined {
namespace {

std::map<int, int> counted(const PaddedBlocks& blocks)
{
    std::map<int, int> counts;
    for (const GranuleSum::Share& share : blocks.shares)
        counts[static_cast<int>(share.elements)] = static_cast<int>(share.count);
    return counts;
}

// Eight positions, three taps, one feature of padding on each side.
TEST(PaddedAxis, TakesPaddingFromTheFirstAndTheLastBlock)
{
    const PaddedAxis axis{kAxis, {1, 1}, {8, 1, 1}, {3, 1, 1}};
    // Four positions reach six features; each half lacks one.
    const PaddedBlocks& halves = axis.blocks(4, 3);
    EXPECT_EQ(counted(halves), (std::map<int, int>{{5, 2}}));
    EXPECT_EQ(halves.most(), 5);
    // Two positions reach four; the two in the middle lack none.
    EXPECT_EQ(counted(axis.blocks(2, 3)), (std::map<int, int>{{3, 2}, {4, 2}}));
    const PaddedBlocks& pairs = axis.blocks(2, 3);
    ASSERT_EQ(pairs.sizes.size(), 2U);
    EXPECT_EQ(pairs.most(), 4);
    EXPECT_DOUBLE_EQ(pairs.sizes[1].count, 0.5);
}

TEST(PaddedAxis, LeavesOutTapsThatLieInThePadding)
{
    const PaddedAxis axis{kAxis, {1, 1}, {8, 1, 1}, {3, 1, 1}};
    // One position and one tap: 24 pairs, of which the first and the last reach padding.
    EXPECT_EQ(counted(axis.blocks(1, 1)), (std::map<int, int>{{1, 22}}));
}

// Lanes 0, 4 of positions share an instance with nobody: four instances of two positions each.
TEST(PaddedAxis, SeesInstancesApart)
{
    const PaddedAxis axis{kAxis, {1, 0}, {8, 4, 1}, {3, 1, 1}};
    // Instance l holds positions l and l + 4, three features each. Position 0 lacks one.
    EXPECT_EQ(counted(axis.blocks(2, 3)), (std::map<int, int>{{5, 1}, {6, 3}}));
}

// Eight positions, one tap, each element twice.
TEST(PaddedAxis, CountsElementsOfUpSampledMapsOnce)
{
    SlidingAxis doubled = kAxis;
    doubled.upsampling = 2;
    const PaddedAxis axis{doubled, {}, {8, 1, 1}, {1, 1, 1}};
    EXPECT_EQ(counted(axis.blocks(1, 1)), (std::map<int, int>{{1, 8}}));
    EXPECT_EQ(counted(axis.blocks(2, 1)), (std::map<int, int>{{1, 4}}));
    // Positions 0 to 2, 3 to 5 and 6 to 7: elements 0 0 1, 1 2 2, 3 3.
    EXPECT_EQ(counted(axis.blocks(3, 1)), (std::map<int, int>{{1, 1}, {2, 2}}));
    // Where the tile begins within an element, pairs meet two.
    const PaddedAxis within{doubled, {0, 0, 1}, {8, 1, 1}, {1, 1, 1}};
    EXPECT_EQ(counted(within.blocks(2, 1)), (std::map<int, int>{{2, 4}}));
    // Two lanes with a memory each: positions 0, 2, 4, 6 and 1, 3, 5, 7 of elements 0 0 1 1 2 2 3 3.
    const PaddedAxis lanes{doubled, {}, {8, 2, 1}, {1, 1, 1}};
    EXPECT_EQ(counted(lanes.blocks(4, 1)), (std::map<int, int>{{4, 2}}));
}

// Taps inside, then positions: when positions advance by one and taps start again, nothing stays but where a block of all taps
// moves on by as many positions as it spans. Here tap 1 of position 0 is tap 0 of position 1.
TEST(PaddedAxis, CountsBlocksThatStay)
{
    const PaddedAxis axis{kAxis, {1, 1}, {4, 1, 1}, {2, 1, 1}};
    const Advance advance{{{4, 1, 1}, 1}, 1, 1, 4, {{2, 1, 1}, 1}, 1, 2};
    EXPECT_EQ(stays(advance), 3);
    // Features 0 to 4, of which 0 and 4 are padding: those that stay are 1, 2, 3.
    EXPECT_EQ(counted(axis.staying(advance, true)), (std::map<int, int>{{1, 3}}));
    const PaddedAxis half{kAxis, {2, 0}, {4, 1, 1}, {2, 1, 1}};
    EXPECT_EQ(counted(half.staying(advance, true)), (std::map<int, int>{{1, 2}}));
}

}  // namespace
}  // namespace plumbline::detail::refined
