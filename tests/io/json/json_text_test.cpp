// SPDX-License-Identifier: Apache-2.0
#include "plumbline/io/json_text.hpp"

#include <gmock/gmock.h>

#include "model/input_error.hpp"

namespace plumbline::io {
namespace {

void refused(const std::string& text, int line, const std::string& field, const std::string& part)
{
    test::expect_input_error([&] { check_json(text, {"a.json", 5, {}}); }, {"a.json", line, field}, part);
}

TEST(JsonText, SaysWhereElementsBegin)
{
    EXPECT_THAT(check_json("[1,\n {\"a\": [2]},\n\n \"x\"]", {"a.json", 5, {}}), testing::ElementsAre(5, 6, 8));
    EXPECT_THAT(check_json("{\"a\": [1, 2]}", {"a.json", 1, {}}), testing::IsEmpty());
}

TEST(JsonText, HasAKeyOnce)
{
    refused("{\"a\": 1,\n \"a\": 2}", 6, "a", "is given twice");
    refused("{\"b\": [0, {\"c\": {\"d\": 1, \"d\": 1}}]}", 5, "b[1].c.d", "is given twice");
    EXPECT_NO_THROW(check_json("[{\"a\": 1}, {\"a\": 1}]", {"a.json", 1, {}}));
}

TEST(JsonText, IsNoDeeperThanAnybodyWrites)
{
    const std::string deep(100000, '[');
    refused(deep + std::string(100000, ']'), 5, "", "more than 64 deep");
    EXPECT_NO_THROW(check_json(std::string(64, '[') + std::string(64, ']'), {"a.json", 1, {}}));
}

TEST(JsonText, SaysInItsOwnWordsWhatIsWrong)
{
    refused("{\"a\": ", 5, "", "not valid JSON: it ends too early");
    refused("{\n \"a\": x}", 6, "", "not valid JSON: unexpected 'x' at column 7");
    refused("[1e999]", 5, "", "beyond the largest that there is");
    refused(std::string{"[\"a\0b\"]", 7}, 5, "", "has the character \\x00");
}

}  // namespace
}  // namespace plumbline::io
