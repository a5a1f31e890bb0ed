// SPDX-License-Identifier: Apache-2.0
// What many schedules come to, against numbers worked out by hand.
#include "plumbline/validate/batch_summary.hpp"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "plumbline/error.hpp"

namespace plumbline::validate::test {
namespace {

using io::ToleratedQuantity;

BatchRow latency(double predicted, double simulated, Estimator estimator = Estimator::refined)
{
    return {estimator, ToleratedQuantity::latency, {}, {}, {}, {}, predicted, simulated};
}

BatchRow words(const std::string& memory, double predicted, double simulated)
{
    return {Estimator::refined, ToleratedQuantity::accesses, {}, memory, "I", "read_down", predicted, simulated};
}

ValidatedSchedule schedule(const std::string& network, const std::string& name, std::vector<BatchRow> rows)
{
    return {"tiny", network, name, {}, {}, std::move(rows)};
}

TEST(BatchSummary, OfLatencyIsWhatAHandWorksOut)
{
    // Deviations +10 %, -20 %, 0.
    const std::vector<ValidatedSchedule> batch{
        schedule("x", "a", {latency(110, 100), latency(1, 100, Estimator::uniform)}),
        schedule("x", "b", {latency(160, 200)}), schedule("x", "c", {latency(50, 50)})};
    const BatchSummary summary = summarise(all_of(batch), Estimator::refined);
    EXPECT_EQ(summary.schedules, 3U);
    EXPECT_EQ(summary.latency.schedules, 3U);
    EXPECT_NEAR(summary.latency.mape, (0.1 + 0.2 + 0) / 3, 1e-12);
    EXPECT_NEAR(summary.latency.bias, (0.1 - 0.2 + 0) / 3, 1e-12);
    EXPECT_NEAR(summary.latency.worst.deviation(), -0.2, 1e-12);
    EXPECT_EQ(summary.latency.worst.schedule->name, "b");
    // The other estimator said something of one schedule alone, which ranks nothing.
    const BatchSummary uniform = summarise(all_of(batch), Estimator::uniform);
    EXPECT_EQ(uniform.latency.schedules, 1U);
    EXPECT_NEAR(uniform.latency.mape, 0.99, 1e-12);
    EXPECT_EQ(uniform.latency.kendall_tau, std::nullopt);
}

TEST(BatchSummary, CountsRowsOfAccessesThatDeviate)
{
    const std::vector<ValidatedSchedule> batch{
        schedule("x", "a", {words("sram", 1e9 + 0.5, 1e9), words("dram", 100, 100)}),  // 5e-10: rounding
        schedule("x", "b", {words("sram", 1e9 + 2, 1e9), words("dram", 90, 100)})};    // 2e-9, -10 %
    const BatchSummary summary = summarise(all_of(batch), Estimator::refined);
    EXPECT_EQ(summary.access_rows, 4U);
    EXPECT_EQ(summary.deviating_rows, 2U);
    EXPECT_NEAR(summary.worst_accesses.deviation(), -0.1, 1e-12);
    EXPECT_EQ(summary.worst_accesses.schedule->name, "b");
    EXPECT_EQ(label(*summary.worst_accesses.row), "dram I read_down");
}

TEST(BatchSummary, RanksSchedulesOfTheSameNetworkAlone)
{
    // x: of three pairs two are in order; y: its only pair is not. Across networks, all six pairs would be in order.
    const std::vector<ValidatedSchedule> batch{
        schedule("x", "a", {latency(1, 1)}), schedule("x", "b", {latency(2, 3)}), schedule("x", "c", {latency(3, 2)}),
        schedule("y", "a", {latency(10, 20)}), schedule("y", "b", {latency(20, 10)})};
    EXPECT_NEAR(*summarise(all_of(batch), Estimator::refined).latency.kendall_tau, (2.0 - 1 + 0 - 1) / 4, 1e-12);
    // A tie in the prediction of y leaves its pair out on that side: (2 - 1) / sqrt(3 * 4).
    std::vector<ValidatedSchedule> tied = batch;
    tied[4].rows = {latency(10, 10)};
    EXPECT_NEAR(*summarise(all_of(tied), Estimator::refined).latency.kendall_tau, 1 / std::sqrt(3.0 * 4), 1e-12);
}

TEST(BatchSummary, LeavesOutWhatWasNotCompared)
{
    ValidatedSchedule infeasible = schedule("x", "b", {});
    infeasible.infeasible = "too large";
    ValidatedSchedule refused = schedule("x", "c", {});
    refused.refused = "does not fit";
    const std::vector<ValidatedSchedule> batch{schedule("x", "a", {latency(3, 2)}), infeasible, refused};
    const BatchSummary summary = summarise(all_of(batch), Estimator::refined);
    EXPECT_EQ(summary.schedules, 1U);
    EXPECT_NEAR(summary.latency.mape, 0.5, 1e-12);
}

TEST(BatchTolerances, TheLastRuleThatAppliesDecides)
{
    std::vector<io::ToleranceRule> rules{{ToleratedQuantity::accesses, 0.1},
                                         {ToleratedQuantity::accesses, 0.5, std::nullopt, "sram", "I"},
                                         {ToleratedQuantity::accesses, 0.01, Estimator::uniform}};
    EXPECT_EQ(allowed(words("dram", 1, 1), rules), 0.1);
    EXPECT_EQ(allowed(words("sram", 1, 1), rules), 0.5);
    BatchRow uniform = words("sram", 1, 1);
    uniform.estimator = Estimator::uniform;
    EXPECT_EQ(allowed(uniform, rules), 0.01);
    BatchRow output = words("sram", 1, 1);
    output.operand = "O";
    EXPECT_EQ(allowed(output, rules), 0.1);
    EXPECT_EQ(allowed(latency(1, 1), rules), std::nullopt);
}

TEST(BatchTolerances, WhatIsAsFarOffAsAllowedIsWithin)
{
    const ValidatedSchedule one = schedule("x", "a", {latency(125, 100), words("sram", 4, 0), words("dram", 7, 1)});
    EXPECT_TRUE(outside(one, {{ToleratedQuantity::latency, 0.25}}).empty());
    const auto beyond = outside(one, {{ToleratedQuantity::latency, 0.24}});
    ASSERT_EQ(beyond.size(), 1U);
    EXPECT_EQ(beyond[0]->predicted, 125);
    // Words that only the prediction knows are infinitely far off, and outside any finite tolerance.
    const auto predicted_alone = outside(one, {{ToleratedQuantity::accesses, 1e6}});
    ASSERT_EQ(predicted_alone.size(), 1U);
    EXPECT_EQ(predicted_alone[0]->memory, "sram");
}

TEST(BatchTolerances, FlagsJudgeOneEstimator)
{
    const auto rules = rules_of({0.2, 0.3}, Estimator::refined);
    EXPECT_EQ(allowed(words("sram", 1, 1), rules), 0.2);
    EXPECT_EQ(allowed(latency(1, 1), rules), 0.3);
    EXPECT_EQ(allowed(latency(1, 1, Estimator::uniform), rules), std::nullopt);
}

TEST(BatchRows, ReadBackWithoutLosingABit)
{
    BatchRow copy = latency(0.1, std::nextafter(1e15, 2e15), Estimator::uniform);
    copy.quantity = ToleratedQuantity::copies;
    copy.step = "conv \"1\"";
    const std::vector<BatchRow> rows{words("sram", 1.0 / 3, std::numeric_limits<double>::denorm_min()), copy};
    const std::vector<BatchRow> read = rows_from_json_line(to_json_line(rows));
    ASSERT_EQ(read.size(), 2U);
    for (std::size_t i = 0; i < 2; ++i) {
        EXPECT_EQ(read[i].estimator, rows[i].estimator);
        EXPECT_EQ(read[i].quantity, rows[i].quantity);
        EXPECT_EQ(label(read[i]), label(rows[i]));
        EXPECT_EQ(read[i].predicted, rows[i].predicted);
        EXPECT_EQ(read[i].simulated, rows[i].simulated);
    }
    EXPECT_THROW(rows_from_json_line("{}}"), InputError);
    EXPECT_THROW(rows_from_json_line(R"([["best","latency","","","","",1,2]])"), InputError);
}

}  // namespace
}  // namespace plumbline::validate::test
