// SPDX-License-Identifier: Apache-2.0
#include "plumbline/validate/text_buffer.hpp"

#include <gmock/gmock.h>

namespace plumbline::validate {
namespace {

struct Written {
    std::vector<std::string> pieces;
    TextBuffer buffer{[this](std::string_view piece) { pieces.emplace_back(piece); }};

    std::string text() const
    {
        std::string all;
        for (const std::string& piece : pieces) all += piece;
        return all;
    }
};

TEST(TextBuffer, HandsOnNothingBeforeItHasTo)
{
    Written written;
    written.buffer << "bits " << std::int64_t{-1234} << "\n";
    EXPECT_TRUE(written.pieces.empty());
    written.buffer.flush();
    written.buffer.flush();
    EXPECT_THAT(written.pieces, testing::ElementsAre("bits -1234\n"));
}

TEST(TextBuffer, WritesThousandthsAsDecimalsWithoutZerosAtTheEnd)
{
    Written written;
    for (std::int64_t number : {0, 1, 20, 300, 1000, 1500, 12345, 10010}) {
        written.buffer.add_thousandths(number) << " ";
    }
    written.buffer.flush();
    EXPECT_EQ(written.text(), "0 0.001 0.02 0.3 1 1.5 12.345 10.01 ");
}

TEST(TextBuffer, KeepsTheOrderOfALongText)
{
    // Longer than any buffer of the kind, in pieces of odd lengths; one of them longer than the buffer, too.
    Written written;
    std::string expected;
    for (std::int64_t i = 0; i < 100'000; ++i) {
        written.buffer << "number " << i << ";";
        expected += "number " + std::to_string(i) + ";";
    }
    const std::string huge(1'000'000, 'x');
    written.buffer << huge << "end";
    written.buffer.flush();
    EXPECT_TRUE(written.text() == expected + huge + "end");
    EXPECT_GT(written.pieces.size(), 3U);
}

}  // namespace
}  // namespace plumbline::validate
