// SPDX-License-Identifier: Apache-2.0
#include "plumbline/io/trace_mapping.hpp"

#include <chrono>

#include <gtest/gtest.h>

namespace plumbline::io {
namespace {

bool matches(const std::string& pattern, const std::string& name)
{
    EventMatch match;
    match.fields["name"] = pattern;
    TraceSlice slice;
    slice.name = name;
    return match.matches(slice);
}

TEST(EventMatch, StarsStandForAnything)
{
    EXPECT_TRUE(matches("op", "op"));
    EXPECT_FALSE(matches("op", "opq"));
    EXPECT_TRUE(matches("*", ""));
    EXPECT_TRUE(matches("op *", "op 1"));
    EXPECT_FALSE(matches("op *", "op"));
    EXPECT_TRUE(matches("*a*b", "xaxbb"));
    EXPECT_FALSE(matches("*a*b", "xbxa"));
    // The last star must leave its text to the end: the first "ab" is not it.
    EXPECT_TRUE(matches("*ab", "abab"));
    EXPECT_FALSE(matches("ab*ab", "aba"));
    EXPECT_TRUE(matches("**", "x"));
}

TEST(EventMatch, TakesTimeWithTheLengthOfPatternAndName)
{
    std::string pattern;
    for (int i = 0; i < 5000; ++i) pattern += "*a";
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_FALSE(matches(pattern + "*b", std::string(10000, 'a')));
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds{1});
}

}  // namespace
}  // namespace plumbline::io
