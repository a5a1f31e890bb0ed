// SPDX-License-Identifier: Apache-2.0
// What any reader of YAML refuses, told by one of them.
#include <gtest/gtest.h>

#include "model/input_error.hpp"
#include "plumbline/io/tolerances_yaml.hpp"

namespace plumbline::io {
namespace {

void refused(const std::string& text, int line, const std::string& field, const std::string& part)
{
    test::expect_input_error([&] { parse_tolerances(text, "t.yaml"); }, {"t.yaml", line, field}, part);
}

TEST(YamlText, HasAKeyOnce)
{
    refused("latency: 0.5\nlatency: 0.1\n", 2, "latency", "is given twice");
    refused("accesses:\n  - at_most: 1\n    at_most: 2\n", 3, "accesses[0].at_most", "is given twice");
    EXPECT_NO_THROW(parse_tolerances("accesses:\n  - at_most: 1\n  - at_most: 2\n", "t.yaml"));
}

TEST(YamlText, IsOneDocument)
{
    refused("latency: 0.5\n---\nlatency: 0.1\n", 2, "", "a second document");
    EXPECT_NO_THROW(parse_tolerances("---\nlatency: 0.5\n...\n", "t.yaml"));
}

TEST(YamlText, IsNoDeeperThanAnybodyWrites)
{
    refused("latency: " + std::string(100, '[') + std::string(100, ']'), 1, "", "more than 64 deep");
    // The parser itself gives up before it sees these.
    refused("latency: " + std::string(100000, '['), 1, "", "");
}

TEST(YamlText, CountsWhatAliasesStandFor)
{
    // Ten of ten of ten …: a billion values.
    std::string text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
    for (int i = 1; i < 9; ++i) {
        const std::string before = "*a" + std::to_string(i - 1);
        text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + before;
        for (int j = 1; j < 10; ++j) text += ", " + before;
        text += "]\n";
    }
    refused(text, 6, "", "more than 262144 values");
    refused("accesses: &a [*a]\n", 1, "", "an alias");
    EXPECT_NO_THROW(parse_tolerances("latency: &same 0.5\nlayers: *same\n", "t.yaml"));
}

TEST(YamlText, SaysInItsOwnWordsWhatIsWrong)
{
    refused("latency: [1", 1, "", "not valid YAML: ");
    refused("latency: \"x", 1, "", "a quote is not closed");
    refused("latency: 1\n  layers: 2\n", 2, "", "a key is out of place");
    refused("latency: *nothing\n", 1, "", "an alias without an anchor");
    // The parser would take the first for the end of the text.
    refused("latency: 1\n\x04layers: 2\n", 2, "", "has the character \\x04");
    refused("latency: 1 # \xff\n", 1, "", "has the character \\xff");
}

TEST(YamlText, NumbersAreFiniteAndWholeWords)
{
    EXPECT_EQ(parse_tolerances("latency: +1.5e-1\n", "t.yaml").front().at_most, 0.15);
    for (const char* value : {".nan", ".inf", "nan", "inf", "0x1p3", "1.5x", "1,5", "\"1\"", "1e999"})
        refused("latency: " + std::string{value} + "\n", 1, "latency", "expected a number");
    refused("latency: -0.1\n", 1, "latency", "at least 0");
}

}  // namespace
}  // namespace plumbline::io
