// SPDX-License-Identifier: Apache-2.0
// When searches give up.
#include "mapper/exact/search_limit.hpp"

#include <gtest/gtest.h>

namespace plumbline::detail {
namespace {

/// Steps until the limit is reached; at most so many.
std::int64_t steps_within(SearchLimit limit, std::int64_t most)
{
    std::int64_t steps = 0;
    while (steps < most && !limit.reached()) ++steps;
    return steps;
}

TEST(SearchLimit, IsReachedAfterItsSteps)
{
    EXPECT_EQ(steps_within({100, 0}, 1000), 100);
    EXPECT_EQ(steps_within({0, 0}, 1000), 1000) << "there is none";
}

TEST(SearchLimit, OfMoreTimeThanTheClockCountsIsNotReached)
{
    for (const double seconds : {1e10, 1e18, 1e300}) EXPECT_EQ(steps_within({0, seconds}, 1000), 1000) << seconds;
}

TEST(SearchLimit, OfNoTimeIsReachedWhenTheClockIsLookedAt) { EXPECT_LT(steps_within({0, 1e-9}, 1000), 1000); }

}  // namespace
}  // namespace plumbline::detail
