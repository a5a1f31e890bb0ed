// SPDX-License-Identifier: Apache-2.0
#include "plumbline/printable.hpp"

#include <gtest/gtest.h>

#include "plumbline/error.hpp"

namespace plumbline {
namespace {

TEST(Printable, LeavesTextAlone)
{
    EXPECT_EQ(printable("conv 3x3, größer als 2 µs – 層"), "conv 3x3, größer als 2 µs – 層");
}

TEST(Printable, WritesOutWhatATerminalObeys)
{
    EXPECT_EQ(printable("a\nb\tc\r"), "a\\nb\\tc\\r");
    EXPECT_EQ(printable("\x1b[2J"), "\\x1b[2J");
    EXPECT_EQ(printable(std::string{"a\0b\x7f", 4}), "a\\x00b\\x7f");
    // U+009B is a control sequence introducer of one character.
    EXPECT_EQ(printable("\xc2\x9b"), "\\x9b");
    EXPECT_EQ(printable("\xe2\x80\xae"), "\\u202e");
}

TEST(Printable, WritesOutBytesThatAreNoUtf8)
{
    // A byte that follows nothing, an overlong slash, half of a surrogate pair, a cut character.
    EXPECT_EQ(printable("\x80"), "\\x80");
    EXPECT_EQ(printable("\xc0\xaf"), "\\xc0\\xaf");
    EXPECT_EQ(printable("\xed\xa0\x80"), "\\xed\\xa0\\x80");
    EXPECT_EQ(printable("\xe2\x82"), "\\xe2\\x82");
}

TEST(Printable, IsHowErrorsSpeak)
{
    const InputError error{SourceLocation{"a\nb.yaml", 3, "name"}, "is 'x\x1b[31m'"};
    EXPECT_STREQ(error.what(), "a\\nb.yaml:3: name: is 'x\\x1b[31m'");
}

TEST(Printable, ErrorsAreNoLongerThanAScreen)
{
    const InputError error{"name", std::string(100000, 'x')};
    EXPECT_LT(std::string{error.what()}.size(), 2100U);
}

}  // namespace
}  // namespace plumbline
