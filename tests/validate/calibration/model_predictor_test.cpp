// SPDX-License-Identifier: Apache-2.0
// What is timed again for a profile is what predict() says of the accelerator by that profile.
#include "plumbline/validate/model_predictor.hpp"

#include <gtest/gtest.h>

#include "planted.hpp"
#include "plumbline/calibrated_accelerator.hpp"
#include "plumbline/calibration_parameters.hpp"
#include "plumbline/plan.hpp"
#include "plumbline/schedule_cost.hpp"
#include "validate/agreement/platform.hpp"

namespace plumbline::validate {
namespace {

/// Every parameter somewhere in the lower half of what a fit may try.
Calibration drawn(const Accelerator& accelerator, std::uint64_t seed)
{
    test::Random random{seed};
    Calibration profile{accelerator.name(), {}, {}, {}};
    std::vector<ParameterId> all = latency_parameters_of(accelerator);
    for (const ParameterId& id : energy_parameters_of(accelerator)) all.push_back(id);
    for (const ParameterId& id : all) {
        const ParameterFacts& facts = facts_of(id.parameter);
        const double most = std::min(facts.most, 100.0);
        profile = with(profile, id, random.between(std::max(facts.search_least, 0.05 * facts.neutral), most));
    }
    return profile;
}

class AnyTiming : public testing::TestWithParam<Estimator> {
protected:
    AnyTiming()
    {
        PlanOptions options;
        options.search.factors = 3;
        for (OverlapMode mode : {OverlapMode::fully_recompute, OverlapMode::h_cached, OverlapMode::fully_cached}) {
            options.stacks = {{{60, 72}, mode}};
            schedules.push_back(*plan_schedule(platform.accelerator, platform.workload, platform.rules, options));
        }
        for (std::size_t i = 0; i < schedules.size(); ++i)
            predictor.add(std::to_string(i), platform.workload, schedules[i]);
    }

    void expect_as_predicted(const Accelerator& real) const
    {
        const std::vector<Quantities> again = predictor(real, {"2", "0", "1"});
        for (const auto& [at, index] : {std::pair{0, 2}, {1, 0}, {2, 1}}) {
            const Schedule& schedule = schedules[static_cast<std::size_t>(index)];
            const ScheduleCost cost = predict(real, platform.workload, schedule, GetParam());
            const Quantities afresh = quantities_of(run_record_of(cost), real, platform.workload);
            const Quantities& timed = again[static_cast<std::size_t>(at)];
            ASSERT_EQ(timed.size(), afresh.size());
            for (const auto& [name, value] : afresh) {
                if (name == "energy")
                    EXPECT_NEAR(timed.at(name), value, 1e-12 * value);  // another order of summing
                else
                    EXPECT_EQ(timed.at(name), value) << name << " of " << index;
            }
        }
    }

    Platform platform{"meta_prototype_df", "fsrcnn"};
    std::vector<Schedule> schedules;
    ModelPredictor predictor{platform.accelerator, GetParam()};
};

TEST_P(AnyTiming, IsPredictedAsAfresh)
{
    expect_as_predicted(platform.accelerator);
    for (std::uint64_t seed = 0; seed < 5; ++seed)
        expect_as_predicted(calibrated(platform.accelerator, drawn(platform.accelerator, seed)));
}

INSTANTIATE_TEST_SUITE_P(Estimators, AnyTiming, testing::Values(Estimator::uniform, Estimator::refined),
                         [](const auto& test) { return std::string{name_of(test.param)}; });

TEST(TimedSchedules, TimeSharedStepsOnce)
{
    const Platform platform{"meta_prototype_df", "fsrcnn"};
    PlanOptions options;
    options.search.factors = 3;
    options.stacks = {{{60, 72}, OverlapMode::fully_cached}};
    const Schedule schedule = *plan_schedule(platform.accelerator, platform.workload, platform.rules, options);
    TimedSchedules timed{platform.accelerator, Estimator::refined};
    timed.add(platform.workload, schedule);
    const std::size_t distinct = timed.distinct_steps();
    EXPECT_LT(distinct, timed.steps());  // tile classes that differ in their copies alone
    timed.add(platform.workload, schedule);
    EXPECT_EQ(timed.distinct_steps(), distinct);
}

}  // namespace
}  // namespace plumbline::validate
