// SPDX-License-Identifier: Apache-2.0
#include "plumbline/suggestion.hpp"

#include <gtest/gtest.h>

namespace plumbline {
namespace {

const std::vector<std::string_view> kAccelerators{"tpu_like", "tpu_like_df", "edge_tpu_like"};

TEST(NearestName, IsReachedByTheFewestEdits)
{
    EXPECT_EQ(nearest_name("tpu_lik_df", kAccelerators), "tpu_like_df");  // a letter is missing
    EXPECT_EQ(nearest_name("tpu-like", kAccelerators), "tpu_like");       // one is another
    EXPECT_EQ(nearest_name("edge_ttpu_like", kAccelerators), "edge_tpu_like");
}

TEST(NearestName, MayBeginWithWhatWasTyped) { EXPECT_EQ(nearest_name("edge", kAccelerators), "edge_tpu_like"); }

TEST(NearestName, IsNoneWhereMostLettersDiffer)
{
    EXPECT_EQ(nearest_name("eniac", kAccelerators), "");
    EXPECT_EQ(nearest_name("x", {}), "");
    EXPECT_EQ(nearest_name(std::string(65, 't'), {std::string_view{"t"}}), "");
}

TEST(Suggestion, NamesOneOrAll)
{
    EXPECT_EQ(suggestion("tpulike", kAccelerators), ", did you mean 'tpu_like'?");
    EXPECT_EQ(suggestion("eniac", {"a1234567", "b"}), ", expected one of a1234567, b");
    EXPECT_EQ(suggestion("eniac", {}), ", expected one of none");
}

}  // namespace
}  // namespace plumbline
