// SPDX-License-Identifier: Apache-2.0
// A batch that was seen on a machine with a profile, which calibration on a part of it has to find.
#include "plumbline/validate/batch_calibration.hpp"

#include <deque>

#include <gmock/gmock.h>

#include "plumbline/calibrated_accelerator.hpp"
#include "plumbline/plan.hpp"
#include "plumbline/schedule_cost.hpp"
#include "plumbline/validate/batch_summary.hpp"
#include "validate/agreement/platform.hpp"

namespace plumbline::validate {
namespace {

using testing::Contains;

/// FSRCNN in tiles of some sizes, the whole map among them, in two modes.
class BatchCalibrationTest : public testing::Test {
protected:
    BatchCalibrationTest()
    {
        for (OverlapMode mode : {OverlapMode::h_cached, OverlapMode::fully_cached})
            for (TileSize tile : {TileSize{60, 72}, {120, 72}, {60, 108}, {240, 135}, {960, 540}}) add(mode, tile);
    }

    void add(OverlapMode mode, TileSize tile)
    {
        PlanOptions options;
        options.search.factors = 3;
        options.stacks = {{tile, mode}};
        schedules.push_back(*plan_schedule(platform.accelerator, platform.workload, platform.rules, options));
        ValidatedSchedule one{"meta", "fsrcnn", std::string{name_of(mode)} + ' ' + std::to_string(tile.x), {}, {}, {}};
        one.name += 'x' + std::to_string(tile.y);
        const Accelerator real = calibrated(platform.accelerator, truth);
        const ScheduleCost cost = predict(real, platform.workload, schedules.back(), Estimator::refined);
        one.seen = quantities_of(run_record_of(cost), real, platform.workload);
        validated.push_back(std::move(one));
    }

    CalibrationResult calibrate(std::uint64_t seed = 1)
    {
        std::vector<CalibrationSubject> subjects;
        for (std::size_t i = 0; i < schedules.size(); ++i)
            subjects.push_back({&validated[i], &platform.workload, &schedules[i]});
        CalibrateOptions options;
        options.parameters = {{CalibrationParameter::efficiency, {}}, {CalibrationParameter::dispatch, {}}};
        options.hold_out.seed = seed;
        return calibrate_batch(platform.accelerator, subjects, options);
    }

    Platform platform{"meta_prototype_df", "fsrcnn"};
    Calibration truth{"meta_prototype_df", {}, {0.7, 0}, {60}};
    std::deque<Schedule> schedules;
    std::vector<ValidatedSchedule> validated;
};

TEST_F(BatchCalibrationTest, PredictsSchedulesThatItWasNotFittedTo)
{
    const CalibrationResult result = calibrate();
    EXPECT_NEAR(result.profile.top().efficiency, 0.7, 0.7 * 0.01);
    EXPECT_EQ(result.profile.steps().dispatch, 60);
    std::size_t held_out = 0;
    for (const ValidatedSchedule& each : validated) {
        EXPECT_EQ(each.calibrated.has_value(), each.part == Part::held_out) << each.name;
        if (each.part == Part::fitted) { EXPECT_THAT(result.profile.fitted_to(), Contains("fsrcnn " + each.name)); }
        if (!each.calibrated) continue;
        ++held_out;
        EXPECT_EQ(each.calibrated->simulated, each.seen.at("total"));
        EXPECT_NEAR(each.calibrated->deviation(), 0, 0.001) << each.name;
    }
    EXPECT_GE(held_out, 6U);
}

TEST_F(BatchCalibrationTest, NeverJudgesByWhatDoesTheSameAsSomethingFitted)
{
    ASSERT_TRUE(same_steps(schedules[4], schedules[9]));  // the whole map has no neighbours to share with
    ASSERT_FALSE(same_steps(schedules[0], schedules[5]));
    bool fitted = false;
    bool held_out = false;
    for (std::uint64_t seed = 0; seed < 8; ++seed) {
        const CalibrationResult result = calibrate(seed);
        EXPECT_EQ(validated[4].part, validated[9].part) << seed;
        EXPECT_EQ(result.schedules, 9U);  // one of the two is nothing new
        fitted = fitted || validated[9].part == Part::fitted;
        held_out = held_out || validated[9].part == Part::held_out;
        for (ValidatedSchedule& each : validated) each.calibrated.reset();
    }
    EXPECT_TRUE(fitted && held_out) << "either must have occurred";
}

BatchRow latency_of(Estimator estimator, double predicted)
{
    return {estimator, io::ToleratedQuantity::latency, {}, {}, {}, {}, predicted, 100};
}

TEST(HeldOutSummary, IsOfSchedulesThatNothingWasFittedTo)
{
    ValidatedSchedule fitted{"tiny", "x", "a", {}, {}, {latency_of(Estimator::refined, 500)}};
    fitted.part = Part::fitted;
    ValidatedSchedule held_out{"tiny", "x", "b",
                               {},     {},  {latency_of(Estimator::uniform, 130), latency_of(Estimator::refined, 90)}};
    held_out.part = Part::held_out;
    held_out.calibrated = latency_of(Estimator::refined, 95);
    const std::vector<ValidatedSchedule> batch{fitted, held_out};
    const HeldOutSummary summary = summarise_held_out(all_of(batch));
    EXPECT_EQ(summary.fitted, 1U);
    for (const LatencySummary* each : {&summary.uniform, &summary.refined, &summary.calibrated})
        EXPECT_EQ(each->schedules, 1U);
    EXPECT_NEAR(summary.uniform.mape, 0.3, 1e-12);
    EXPECT_NEAR(summary.refined.bias, -0.1, 1e-12);
    EXPECT_NEAR(summary.calibrated.worst.deviation(), -0.05, 1e-12);
    // It is judged as refined is.
    EXPECT_EQ(outside(held_out, {{io::ToleratedQuantity::latency, 0.04, Estimator::refined}}).size(), 2U);
    EXPECT_EQ(outside(held_out, {{io::ToleratedQuantity::latency, 0.06, Estimator::refined}}).size(), 1U);
}

TEST(BatchSummary, HasNoLatencyOfWhatTheProfileWasFittedTo)
{
    ValidatedSchedule known{"tiny", "x", "a", {}, {}, {latency_of(Estimator::refined, 100)}};
    known.in_profile = true;
    const ValidatedSchedule unknown{"tiny", "x", "b", {}, {}, {latency_of(Estimator::refined, 110)}};
    const std::vector<ValidatedSchedule> batch{known, unknown};
    const BatchSummary summary = summarise(all_of(batch), Estimator::refined);
    EXPECT_EQ(summary.schedules, 2U);
    EXPECT_EQ(summary.latency.schedules, 1U);
    EXPECT_NEAR(summary.latency.mape, 0.1, 1e-12);
}

}  // namespace
}  // namespace plumbline::validate
