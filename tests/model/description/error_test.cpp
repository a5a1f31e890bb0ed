// SPDX-License-Identifier: Apache-2.0
#include "plumbline/error.hpp"

#include <gtest/gtest.h>

namespace plumbline {
namespace {

TEST(InputError, ReadsFileLineFieldProblem)
{
    const InputError error{SourceLocation{"chip.yaml", 7, "memories.dram.size"}, "is -1, expected more"};
    EXPECT_STREQ(error.what(), "chip.yaml:7: memories.dram.size: is -1, expected more");
    EXPECT_EQ(error.problem(), "is -1, expected more");
    EXPECT_EQ(error.where().line, 7);
}

TEST(InputError, LeavesOutWhatIsUnknown)
{
    EXPECT_STREQ((InputError{SourceLocation{"a.yaml", 0, ""}, "cannot be read"}.what()), "a.yaml: cannot be read");
    EXPECT_STREQ((InputError{SourceLocation{"a.yaml", 3, ""}, "not valid"}.what()), "a.yaml:3: not valid");
    EXPECT_STREQ((InputError{SourceLocation{"", 0, ""}, "no"}.what()), "no");
    EXPECT_STREQ((InputError{"layers[0].id", "is taken"}.what()), "layers[0].id: is taken");
}

TEST(Outcome, HoldsAValueOrTheReasonWhyThereIsNone)
{
    const Outcome<int> some{3};
    ASSERT_TRUE(some.feasible());
    EXPECT_EQ(*some, 3);
    const Outcome<int> none{Infeasible{"4 into 3 does not fit"}};
    ASSERT_FALSE(none);
    EXPECT_EQ(none.reason(), "4 into 3 does not fit");
}

}  // namespace
}  // namespace plumbline
