// SPDX-License-Identifier: Apache-2.0
// What generated schedules come to, against numbers worked out by hand.
#include "plumbline/validate/generated_summary.hpp"

#include <gtest/gtest.h>

#include "plumbline/error.hpp"
#include "plumbline/validate/generated_report.hpp"

namespace plumbline::validate::test {
namespace {

using io::ToleratedQuantity;

GeneratedSchedule ran(std::int64_t index, double refined, double simulated, CauseCycles causes = {})
{
    GeneratedSchedule schedule;
    schedule.index = index;
    schedule.validated.accelerator = "accelerator " + std::to_string(index - index % kPlansPerAccelerator);
    schedule.validated.name = std::to_string(index) + ", tile 2x2";
    for (Estimator estimator : {Estimator::uniform, Estimator::refined})
        schedule.validated.rows.push_back({estimator,
                                           ToleratedQuantity::latency,
                                           {},
                                           {},
                                           {},
                                           {},
                                           estimator == Estimator::refined ? refined : 2 * simulated,
                                           simulated});
    schedule.other_cycles = Cycles{static_cast<std::int64_t>(simulated)};
    schedule.computed = Computed::equal;
    schedule.causes = std::move(causes);
    return schedule;
}

TEST(GeneratedSummary, OfPercentilesAreNearestRanks)
{
    // A hundred schedules that are 1 %, 2 %, … 100 % off, every second one too short.
    GeneratedRun run;
    for (std::int64_t i = 1; i <= 100; ++i)
        run.schedules.push_back(ran(i, static_cast<double>(i % 2 == 0 ? 1000 + 10 * i : 1000 - 10 * i), 1000));
    const GeneratedSummary summary = summarise(run);
    const GeneratedLatency& refined = summary.estimators[1];
    EXPECT_NEAR(refined.mape, 0.505, 1e-12);   // 5050 % over a hundred
    EXPECT_NEAR(refined.bias, 0.005, 1e-12);   // fifty times the next even number, which is 1 % more
    EXPECT_NEAR(refined.median, 0.50, 1e-12);  // of the fiftieth
    EXPECT_NEAR(refined.p95, 0.95, 1e-12);
    EXPECT_NEAR(refined.p99, 0.99, 1e-12);
    EXPECT_NEAR(refined.worst, 1.00, 1e-12);
    EXPECT_EQ(refined.worst_index, 100);
    EXPECT_NEAR(summary.estimators[0].mape, 1.0, 1e-12);
    EXPECT_EQ(worst_first(run, 2).front()->index, 100);
    EXPECT_EQ(worst_first(run, 2).back()->index, 99);
}

TEST(GeneratedSummary, RanksWithinAcceleratorsAlone)
{
    // On the first accelerator all pairs are ranked rightly, on the second the only one is not: (1 - 1) / 2. Across them nothing
    // is asked; the third has nothing to rank.
    const GeneratedRun run{
        1,
        sim::Fidelity::transaction,
        {ran(0, 10, 10), ran(1, 21, 20), ran(2, 30, 30), ran(8, 5, 10), ran(9, 4, 20), ran(16, 1, 1)}};
    EXPECT_NEAR(summarise(run).estimators[1].kendall_tau.value(), 0.0, 1e-12);
}

TEST(GeneratedSummary, PutsCyclesDownToCauses)
{
    // The first is 10 cycles of 100 too long: 12 of stalls, 2 missing of loading; the second, which is not far off, 3 missing.
    const GeneratedRun run{1,
                           sim::Fidelity::transaction,
                           {ran(0, 110, 100, {{"stall", 12}, {"loading", -2}}), ran(1, 97, 100, {{"stall", -3}})}};
    const GeneratedSummary summary = summarise(run);
    ASSERT_EQ(summary.causes.size(), 2U);
    const GeneratedCause& stall = summary.causes[0];
    EXPECT_EQ(stall.name, "stall");
    EXPECT_EQ(stall.schedules, 2U);
    EXPECT_EQ(stall.too_many, 12);
    EXPECT_EQ(stall.too_few, 3);
    EXPECT_EQ(stall.beyond, 1U) << "3 % is not far off";
    EXPECT_EQ(summary.causes[1].beyond, 0U) << "most of the first is stalls";
    EXPECT_EQ(summary.simulated_cycles, 200);
}

TEST(GeneratedSummary, IsSoundWhereNothingIsWrong)
{
    GeneratedRun run{1, sim::Fidelity::transaction, {ran(0, 200, 100)}};
    EXPECT_TRUE(summarise(run).sound()) << "latency is measured, not judged";
    run.schedules.push_back({});
    run.schedules.back().validated.infeasible = "no space";
    EXPECT_TRUE(summarise(run).sound());
    EXPECT_EQ(summarise(run).infeasible, 1U);

    GeneratedRun refused = run;
    refused.schedules.back().validated.refused = "a region overlaps";
    EXPECT_FALSE(summarise(refused).sound());
    GeneratedRun different = run;
    different.schedules[0].computed = Computed::different;
    EXPECT_FALSE(summarise(different).sound());
    GeneratedRun deviates = run;
    deviates.schedules[0].validated.rows.push_back(
        {Estimator::refined, ToleratedQuantity::accesses, {}, "dram", "I", "read_down", 9, 10});
    EXPECT_FALSE(summarise(deviates).sound());
}

TEST(GeneratedSummary, ComparesTheFidelities)
{
    // 4 of 100 cycles, and none: 2 % in the mean.
    GeneratedRun run{1, sim::Fidelity::transaction, {ran(0, 1, 100), ran(1, 1, 50)}};
    run.schedules[0].other_cycles = Cycles{96};
    const GeneratedSummary summary = summarise(run);
    EXPECT_NEAR(summary.fidelity_mean, 0.02, 1e-12);
    EXPECT_NEAR(summary.fidelity_worst, -0.04, 1e-12);
    EXPECT_EQ(summary.fidelity_worst_index, 0);
}

TEST(GeneratedSchedule, IsALineAndBack)
{
    GeneratedSchedule schedule = ran(3, 11, 10, {{"stall", 1}});
    schedule.details = "in\nwords";
    GeneratedSchedule read;
    take_from_json_line(read, to_json_line(schedule));
    EXPECT_EQ(read.causes, schedule.causes);
    EXPECT_EQ(read.details, schedule.details);
    EXPECT_EQ(read.other_cycles, schedule.other_cycles);
    EXPECT_EQ(read.computed, Computed::equal);
    EXPECT_EQ(latency_of(read, Estimator::refined).predicted, Cycles{11});
    EXPECT_THROW(take_from_json_line(read, "{"), InputError);
    EXPECT_THROW(take_from_json_line(read, "[]"), InputError);
}

}  // namespace
}  // namespace plumbline::validate::test
