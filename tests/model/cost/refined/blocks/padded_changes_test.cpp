// SPDX-License-Identifier: Apache-2.0
// Blocks that follow each other along an axis of four positions and three taps, with a feature of padding on each side.
#include "cost/refined/blocks/padded_changes.hpp"

#include <gtest/gtest.h>

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
            static_cast<int>(pair.share * all + 0.5);
    return counts;
}

LoopCut cut_of(const std::vector<TemporalLoop>& loops) { return {loops.data(), loops.size(), {}}; }

using Counts = std::map<std::pair<int, int>, int>;

TEST(PaddedChanges, GoFromPositionToPosition)
{
    // Windows reach 2, 3, 3 and 2 features.
    const PaddedAxis axis{kAxis, {1, 1}, {4, 1, 1}, {3, 1, 1}};
    const std::vector<TemporalLoop> loops{{LoopDim::fx, 3}, {LoopDim::ox, 4}};
    EXPECT_EQ(shares_of(pairs_along(kAxis, axis.blocks(1, 3), cut_of(loops), 1, 1), 3),
              (Counts{{{2, 3}, 1}, {{3, 3}, 1}, {{3, 2}, 1}}));
}

TEST(PaddedChanges, GoFromTapToTapAtAnyPosition)
{
    // Of single taps only the first one of the first window and the last one of the last window find nothing.
    const PaddedAxis axis{kAxis, {1, 1}, {4, 1, 1}, {3, 1, 1}};
    const std::vector<TemporalLoop> loops{{LoopDim::fx, 3}, {LoopDim::ox, 4}};
    EXPECT_EQ(shares_of(pairs_along(kAxis, axis.blocks(1, 1), cut_of(loops), 0, 0), 8),
              (Counts{{{0, 1}, 1}, {{1, 1}, 6}, {{1, 0}, 1}}));
    // As the position advances, the last tap gives way to the first.
    EXPECT_EQ(shares_of(pairs_along(kAxis, axis.blocks(1, 1), cut_of(loops), 0, 1), 3), (Counts{{{1, 1}, 3}}));
}

TEST(PaddedChanges, StartAgainWhereALoopOfAnotherDimensionAdvances)
{
    const PaddedAxis axis{kAxis, {1, 1}, {4, 1, 1}, {3, 1, 1}};
    const std::vector<TemporalLoop> loops{{LoopDim::fx, 3}, {LoopDim::ox, 4}, {LoopDim::k, 5}};
    // From the last window to the first; from its last tap, which finds nothing, to the first one, which does not either.
    EXPECT_EQ(shares_of(pairs_along(kAxis, axis.blocks(1, 3), cut_of(loops), 1, 2), 1), (Counts{{{2, 2}, 1}}));
    EXPECT_EQ(shares_of(pairs_along(kAxis, axis.blocks(1, 1), cut_of(loops), 0, 2), 1), (Counts{{{0, 0}, 1}}));
}

}  // namespace
}  // namespace plumbline::detail::refined
