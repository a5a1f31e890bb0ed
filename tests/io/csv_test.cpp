// SPDX-License-Identifier: Apache-2.0
#include "plumbline/io/csv.hpp"

#include <gmock/gmock.h>

#include "model/input_error.hpp"

namespace plumbline::io {
namespace {

using testing::ElementsAre;

CsvTable parsed(const std::string& text) { return parse_csv(text, "t.csv"); }

void refused(const std::string& text, int line, const std::string& column, const std::string& part)
{
    test::expect_input_error([&] { parsed(text); }, SourceLocation{"t.csv", line, column}, part);
}

TEST(Csv, HasAHeaderAndRowsThatKnowTheirLines)
{
    const CsvTable table = parsed("a,b\n1,2\n3,4\n");
    EXPECT_THAT(table.header.cells, ElementsAre("a", "b"));
    ASSERT_EQ(table.rows.size(), 2U);
    EXPECT_THAT(table.rows[1].cells, ElementsAre("3", "4"));
    EXPECT_EQ(table.rows[1].line, 3);
    EXPECT_EQ(table.column("b"), 1U);
    EXPECT_EQ(table.column("c"), std::nullopt);
}

TEST(Csv, QuotesCommasLineEndsAndQuotes)
{
    const CsvTable table = parsed("a,b\n\"1,2\",\"3\n4\"\n\"say \"\"x\"\"\",\"\"\n");
    EXPECT_THAT(table.rows[0].cells, ElementsAre("1,2", "3\n4"));
    EXPECT_THAT(table.rows[1].cells, ElementsAre("say \"x\"", ""));
    // The row before takes two lines.
    EXPECT_EQ(table.rows[1].line, 4);
}

TEST(Csv, SkipsMarksCommentsAndEmptyLines)
{
    const CsvTable table = parsed("\xEF\xBB\xBF# from a lab\n\na,b\n  \n# more\n1,2\n");
    EXPECT_THAT(table.header.cells, ElementsAre("a", "b"));
    ASSERT_EQ(table.rows.size(), 1U);
    EXPECT_EQ(table.rows[0].line, 6);
}

TEST(Csv, EndsLinesInEitherWayOrNone)
{
    EXPECT_THAT(parsed("a,b\r\n1,2\r\n").rows[0].cells, ElementsAre("1", "2"));
    EXPECT_THAT(parsed("a,b\n1,2").rows[0].cells, ElementsAre("1", "2"));
    EXPECT_THAT(parsed("a,b\n1,").rows[0].cells, ElementsAre("1", ""));
}

TEST(Csv, DropsSpacesAroundCellsAndKeepsQuotedOnes)
{
    EXPECT_THAT(parsed("a,b\n  1 ,\t\" 2 \" \n").rows[0].cells, ElementsAre("1", " 2 "));
}

TEST(Csv, RefusesRowsThatDoNotFitTheHeader)
{
    refused("a,b\n1,2\n3\n", 3, "", "has 1 cells, expected 2");
    refused("a,b\n1,2,3\n", 2, "", "has 3 cells, expected 2");
}

TEST(Csv, RefusesHeadersThatNameNothingOrTwice)
{
    refused("", 1, "", "is empty");
    refused("# only a comment\n", 1, "", "is empty");
    refused("a,,b\n", 1, "", "a column without a name");
    refused("a,b,a\n", 1, "a", "twice");
}

TEST(Csv, RefusesQuotesOutOfPlace)
{
    refused("a\n\"1\n", 2, "", "a quote that is not closed");
    refused("a\n1\"2\"\n", 2, "", "a quote inside a cell");
    refused("a\n\"1\"2\n", 2, "", "text after a closing quote");
    refused("a,b\n1\r2,3\n", 2, "", "a carriage return inside a line");
}

}  // namespace
}  // namespace plumbline::io
