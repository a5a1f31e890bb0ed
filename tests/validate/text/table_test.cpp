// SPDX-License-Identifier: Apache-2.0
#include "plumbline/validate/table.hpp"

#include <limits>
#include <sstream>

#include <gtest/gtest.h>

namespace plumbline::validate {
namespace {

std::string text_of(const Table& table)
{
    std::ostringstream out;
    out << table;
    return out.str();
}

TEST(Table, AlignsNumbersRightAndTextLeft)
{
    Table table{{"layer", Align::left}, {"cycles"}};
    table.add({"a", "1,000,000"});
    table.add({"longer", "2"});
    EXPECT_EQ(text_of(table),
              "layer      cycles\n"
              "-----------------\n"
              "a       1,000,000\n"
              "longer          2\n");
}

TEST(Table, DrawsARuleBetweenRows)
{
    Table table{{"x"}};
    table.add({"1"});
    table.add_rule();
    table.add({"2"});
    EXPECT_EQ(text_of(table), "x\n-\n1\n-\n2\n");
}

TEST(Table, LeavesNoBlanksAtTheEndOfALine)
{
    Table table{{"x"}, {"note", Align::left}};
    table.add({"1", ""});
    EXPECT_EQ(text_of(table), "x  note\n-------\n1\n");
}

TEST(Table, CountsCharactersNotBytes)
{
    Table table{{"x", Align::left}, {"y", Align::left}};
    table.add({"µ", "1"});
    EXPECT_EQ(text_of(table), "x  y\n----\nµ  1\n");
}

TEST(Grouped, SeparatesThousands)
{
    EXPECT_EQ(grouped(0), "0");
    EXPECT_EQ(grouped(999), "999");
    EXPECT_EQ(grouped(1000), "1,000");
    EXPECT_EQ(grouped(-1234567), "-1,234,567");
    EXPECT_EQ(grouped(-123), "-123");
}

TEST(Grouped, KeepsTheDigitsAskedFor)
{
    EXPECT_EQ(grouped(1234.56, 1), "1,234.6");
    EXPECT_EQ(grouped(10.9375, 0), "11");
    EXPECT_EQ(grouped(std::numeric_limits<double>::infinity(), 1), "n/a");
}

TEST(Percent, TellsNoDeviationFromOneTooSmallToShow)
{
    EXPECT_EQ(percent(0.0125), "+1.25 %");
    EXPECT_EQ(percent(-0.5), "-50.00 %");
    EXPECT_EQ(percent(0), "0 %");
    EXPECT_EQ(percent(1e-15), "0 %");
    EXPECT_EQ(percent(-1e-9), "-0.00 %");
    EXPECT_EQ(percent(std::numeric_limits<double>::infinity()), "n/a");
}

TEST(Counted, KnowsOneFromMany)
{
    EXPECT_EQ(counted(0, "point"), "0 points");
    EXPECT_EQ(counted(1, "point"), "1 point");
    EXPECT_EQ(counted(1296, "point"), "1,296 points");
}

}  // namespace
}  // namespace plumbline::validate
