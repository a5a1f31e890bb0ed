// SPDX-License-Identifier: Apache-2.0
// A broken \pre ends the program at its assertion. Only builds that have assertions can show it.
#ifndef NDEBUG

#include <gtest/gtest.h>

#include "plumbline/validate/accuracy.hpp"
#include "plumbline/validate/table.hpp"

namespace plumbline::validate {
namespace {

TEST(PreconditionDeathTest, ARowHasACellForEachColumn)
{
    Table table{{"memory"}, {"words"}};
    EXPECT_DEATH(table.add({"dram"}), "columns_");
}

TEST(PreconditionDeathTest, RankedListsAreEquallyLong) { EXPECT_DEATH((void)ranked_pairs({1, 2}, {1, 2, 3}), "size"); }

}  // namespace
}  // namespace plumbline::validate

#endif
