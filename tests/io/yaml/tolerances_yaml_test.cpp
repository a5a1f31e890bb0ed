// SPDX-License-Identifier: Apache-2.0
#include "plumbline/io/tolerances_yaml.hpp"

#include <gtest/gtest.h>

#include "io/edited_text.hpp"
#include "model/input_error.hpp"

namespace plumbline::test {
namespace {

using io::ToleratedQuantity;

const std::string kTolerances = R"(accesses:
  - {estimator: refined, at_most: 1e-9}
  - {memory: rf_2B, operand: O, at_most: 0.5}
latency: 0.05
layers:
  - at_most: 0.2
)";

void expect_tolerances_refused(const std::string& from, const std::string& to, int line, const std::string& field,
                               const std::string& part)
{
    const std::string text = edited(kTolerances, from, to);
    expect_input_error([&] { io::parse_tolerances(text, "tolerances.yaml"); }, {"tolerances.yaml", line, field}, part);
}

TEST(TolerancesYaml, IsRulesInOrder)
{
    const auto rules = io::parse_tolerances(kTolerances, "tolerances.yaml");
    ASSERT_EQ(rules.size(), 4U);
    EXPECT_EQ(rules[0].quantity, ToleratedQuantity::accesses);
    EXPECT_EQ(rules[0].estimator, Estimator::refined);
    EXPECT_EQ(rules[0].at_most, 1e-9);
    EXPECT_EQ(rules[0].memory, "");
    EXPECT_EQ(rules[1].estimator, std::nullopt);
    EXPECT_EQ(rules[1].memory, "rf_2B");
    EXPECT_EQ(rules[1].operand, "O");
    EXPECT_EQ(rules[1].memory_at.line, 3);
    EXPECT_EQ(rules[2].quantity, ToleratedQuantity::latency);
    EXPECT_EQ(rules[2].at_most, 0.05);
    EXPECT_EQ(rules[3].quantity, ToleratedQuantity::layers);
    EXPECT_EQ(rules[3].at_most, 0.2);
}

TEST(TolerancesYaml, NamesWhatItDoesNotKnow)
{
    expect_tolerances_refused("latency:", "latencies:", 4, "latencies", "latency");
    expect_tolerances_refused("estimator: refined", "estimater: refined", 2, "accesses[0].estimater", "estimator");
    expect_tolerances_refused("estimator: refined", "estimator: best", 2, "accesses[0].estimator",
                              "uniform or refined");
    expect_tolerances_refused("operand: O", "operand: o", 3, "accesses[1].operand", "I, W or O");
    // Only accesses are of a memory.
    expect_tolerances_refused("- at_most: 0.2", "- {at_most: 0.2, memory: rf_2B}", 6, "layers[0].memory",
                              "not a known key");
}

TEST(TolerancesYaml, RefusesWhatIsNoFraction)
{
    expect_tolerances_refused("latency: 0.05", "latency: -0.05", 4, "latency", "at least 0");
    expect_tolerances_refused("latency: 0.05", "latency: .nan", 4, "latency", "expected a number");
    expect_tolerances_refused("latency: 0.05", "latency: 5 %", 4, "latency", "number");
    expect_tolerances_refused("- {estimator: refined, at_most: 1e-9}", "- {estimator: refined}", 2,
                              "accesses[0].at_most", "missing");
}

TEST(TolerancesYaml, RefusesToSayNothing)
{
    expect_input_error([] { io::parse_tolerances("{}", "none.yaml"); }, {"none.yaml", 1, ""}, "says nothing");
    expect_input_error([] { io::parse_tolerances("accesses: []", "none.yaml"); }, {"none.yaml", 1, ""}, "says nothing");
}

}  // namespace
}  // namespace plumbline::test
