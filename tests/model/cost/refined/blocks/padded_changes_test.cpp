// SPDX-License-Identifier: Apache-2.0
// Blocks that follow each other along an axis of four positions and three taps, with a feature of padding on each side.
#include "cost/refined/blocks/padded_changes.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "sliding_axis.hpp"

namespace plumbline::detail::refined {
namespace {

/// Shares of pairs, in parts of `all`.
std::map<std::pair<int, int>, int> shares_of(const std::vector<BlockPair>& pairs, double all)
{
    std::map<std::pair<int, int>, int> counts;
    for (const BlockPair& pair : pairs)
        counts[{static_cast<int>(pair.before), static_cast<int>(pair.after)}] =
            static_cast<int>(std::lround(pair.share * all));
    return counts;
}

LoopCut cut_of(const std::vector<TemporalLoop>& loops) { return {loops.data(), loops.size(), {}}; }

using Counts = std::map<std::pair<int, int>, int>;

TEST(PaddedChanges, GoFromPositionToPosition)
{
    // Windows reach 2, 3, 3 and 2 features.
    const PaddedAxis axis{kAxis, {1, 1}, {4, 1, 1}, {3, 1, 1}};
    const std::vector<TemporalLoop> loops{{LoopDim::fx, 3}, {LoopDim::ox, 4}};
    EXPECT_EQ(shares_of(pairs_along(kAxis, axis.blocks(1, 3), axis.blocks(1, 3), cut_of(loops), 1, 1), 3),
              (Counts{{{2, 3}, 1}, {{3, 3}, 1}, {{3, 2}, 1}}));
}

TEST(PaddedChanges, GoFromTapToTapAtAnyPosition)
{
    // Of single taps only the first one of the first window and the last one of the last window find nothing.
    const PaddedAxis axis{kAxis, {1, 1}, {4, 1, 1}, {3, 1, 1}};
    const std::vector<TemporalLoop> loops{{LoopDim::fx, 3}, {LoopDim::ox, 4}};
    EXPECT_EQ(shares_of(pairs_along(kAxis, axis.blocks(1, 1), axis.blocks(1, 1), cut_of(loops), 0, 0), 8),
              (Counts{{{0, 1}, 1}, {{1, 1}, 6}, {{1, 0}, 1}}));
    // As the position advances, the last tap gives way to the first.
    EXPECT_EQ(shares_of(pairs_along(kAxis, axis.blocks(1, 1), axis.blocks(1, 1), cut_of(loops), 0, 1), 3),
              (Counts{{{1, 1}, 3}}));
}

TEST(PaddedChanges, StartAgainWhereALoopOfAnotherDimensionAdvances)
{
    const PaddedAxis axis{kAxis, {1, 1}, {4, 1, 1}, {3, 1, 1}};
    const std::vector<TemporalLoop> loops{{LoopDim::fx, 3}, {LoopDim::ox, 4}, {LoopDim::k, 5}};
    // From the last window to the first; from its last tap, which finds nothing, to the first one, which does not either.
    EXPECT_EQ(shares_of(pairs_along(kAxis, axis.blocks(1, 3), axis.blocks(1, 3), cut_of(loops), 1, 2), 1),
              (Counts{{{2, 2}, 1}}));
    EXPECT_EQ(shares_of(pairs_along(kAxis, axis.blocks(1, 1), axis.blocks(1, 1), cut_of(loops), 0, 2), 1),
              (Counts{{{0, 0}, 1}}));
}

TEST(PaddedChanges, KnowWhatAnInstanceAboveHolds)
{
    // Two taps side by side, then the third. Each lane has one below, of which there is no more than a feature; above they are together.
    const PaddedAxis below{kAxis, {1, 1}, {4, 1, 1}, {3, 2, 1}};
    const PaddedAxis above{kAxis, {1, 1}, {4, 1, 1}, {3, 2, 2}};
    const std::vector<TemporalLoop> loops{{LoopDim::fx, 2}, {LoopDim::ox, 4}};
    const auto pairs = [&](std::size_t advancing) {
        return pairs_along(kAxis, below.blocks(1, 1), above.blocks(1, 1), cut_of(loops), 0, advancing);
    };
    for (const BlockPair& pair : pairs(0)) EXPECT_EQ(pair.after_above, pair.after);
    // The first position, of which the first tap finds nothing, is behind none.
    for (const BlockPair& pair : pairs(1)) EXPECT_EQ(pair.after_above, 2 * pair.after);
    EXPECT_EQ(shares_of(pairs(1), 3), (Counts{{{1, 1}, 3}}));
}

}  // namespace
}  // namespace plumbline::detail::refined
