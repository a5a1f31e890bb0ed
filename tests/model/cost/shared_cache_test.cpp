// SPDX-License-Identifier: Apache-2.0
// A cache that replaces lines at random, by its fixed point: of lines that are used again after D others were touched, in a
// cache of C lines, a share m misses, and the rest is still there after D m misses: 1 - m = exp(-m D / C).
#include "plumbline/shared_cache.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace plumbline {
namespace {

constexpr SharedCache kThousandLines{Bits{512 * 1000}, Bits{512}};
constexpr double kOften = 1e6;

/// An operand that a loop reads again and again.
CachedOperand reread(double lines, double sets_share = 1) { return {{lines, lines}, {sets_share, sets_share}}; }

double misses_per_line(const std::vector<CachedOperand>& operands)
{
    return expected_misses(kThousandLines, {kOften}, operands, CacheState::cold).front() /
           (kOften * operands.front().lines.front());
}

TEST(SharedCache, MissesByItsFixedPointWhatDoesNotFit)
{
    const double share = misses_per_line({reread(2000)});
    EXPECT_NEAR(1 - share, std::exp(-2 * share), 1e-5);
    EXPECT_NEAR(share, 0.7968, 1e-4);  // the root of that
}

TEST(SharedCache, KeepsWhatFits) { EXPECT_NEAR(misses_per_line({reread(300)}), 0, 1e-5); }

TEST(SharedCache, FetchesOnceWhatALoopReadsAnew)
{
    // Ten tiles, 50 lines each, all different.
    const CachedOperand streamed{{50, 500}, {1, 1}};
    EXPECT_DOUBLE_EQ(expected_misses(kThousandLines, {10}, {streamed}, CacheState::cold).front(), 500);
}

TEST(SharedCache, IsSmallerForRowsThatShareSets)
{
    // 500 lines in a quarter of the sets are as 2,000 lines in all of them.
    EXPECT_NEAR(misses_per_line({reread(500, 0.25)}), 0.7968, 1e-4);
}

TEST(SharedCache, LosesLinesToOtherOperands)
{
    // The stream of 1,900 lines a round replaces lines besides: 1 - m = exp(-(1900 + 100 m) / 1000).
    const CachedOperand stream{{1900, 1900 * kOften}, {1, 1}};
    const double share = misses_per_line({reread(100), stream});
    EXPECT_NEAR(1 - share, std::exp(-1.9 - 0.1 * share), 1e-5);
}

TEST(SharedCache, FindsWhatTheRunBeforeLeft)
{
    const std::vector<CachedOperand> small{{{100}, {1}}};
    EXPECT_DOUBLE_EQ(expected_misses(kThousandLines, {}, small, CacheState::cold).front(), 100);
    EXPECT_NEAR(expected_misses(kThousandLines, {}, small, CacheState::repeated).front(), 0, 1e-3);
}

}  // namespace
}  // namespace plumbline
