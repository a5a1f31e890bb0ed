// SPDX-License-Identifier: Apache-2.0
// The refined estimator's latency, uncalibrated, against the machine: on platforms within 2 %, on machines that nobody
// would build within bounds that are stated here, and there too closer than the uniform one.
#include <cmath>
#include <deque>
#include <tuple>

#include <gtest/gtest.h>

#include "../systemc/deviation.hpp"
#include "../systemc/generated_machine.hpp"
#include "platform.hpp"
#include "plumbline/plan.hpp"
#include "plumbline/schedule_cost.hpp"
#include "plumbline/sim/simulate.hpp"

namespace plumbline::validate {
namespace {

Schedule planned(const Platform& platform, TileSize tile, Objective objective, Estimator estimator)
{
    PlanOptions options;
    options.stacks = {{tile, OverlapMode::fully_cached}};
    options.search.factors = 3;
    options.search.objective = objective;
    options.search.estimator = estimator;
    return *plan_schedule(platform.accelerator, platform.workload, platform.rules, options);
}

Cycles simulated(const Platform& platform, const Schedule& schedule)
{
    sim::SimulationOptions folded;
    folded.fold_classes = true;
    return sim::simulate(platform.accelerator, platform.workload, schedule, folded).cycles;
}

double deviation(const Platform& platform, const Schedule& schedule, Estimator estimator, Cycles truth)
{
    return predict(platform.accelerator, platform.workload, schedule, estimator).latency() / truth - 1;
}

class AnyAccelerator : public ::testing::TestWithParam<std::tuple<const char*, const char*>> {
protected:
    Platform platform{std::get<0>(GetParam()), std::get<1>(GetParam())};

    void expect_close(const Schedule& schedule) const
    {
        EXPECT_NEAR(deviation(platform, schedule, Estimator::refined, simulated(platform, schedule)), 0, 0.02);
    }
};

TEST_P(AnyAccelerator, TakesAsLongAsPredicted)
{
    expect_close(planned(platform, {16, 18}, Objective::energy, Estimator::uniform));
}

/// What a search has chosen for being fast in the eyes of the estimator is so.
TEST_P(AnyAccelerator, TakesAsLongAsPredictedWhereTheSearchMinimisedThePrediction)
{
    expect_close(planned(platform, {32, 24}, Objective::latency, Estimator::refined));
}

std::string both_names(const ::testing::TestParamInfo<std::tuple<const char*, const char*>>& test)
{
    return std::string{std::get<0>(test.param)} + "__" + std::get<1>(test.param);
}

INSTANTIATE_TEST_SUITE_P(All, AnyAccelerator,
                         ::testing::Combine(::testing::Values("ascend_like", "ascend_like_df", "edge_tpu_like",
                                                              "edge_tpu_like_df", "meta_prototype", "meta_prototype_df",
                                                              "tesla_npu_like", "tesla_npu_like_df", "tpu_like",
                                                              "tpu_like_df"),
                                            ::testing::Values("fsrcnn", "mccnn")),
                         both_names);

TEST(RefinedLatency, KnowsThatARegisterOfOneWordMustDrainBeforeItIsUsedAgain)
{
    const Platform platform{"meta_prototype_df", "fsrcnn"};
    const Schedule schedule = planned(platform, {60, 72}, Objective::energy, Estimator::uniform);
    const Cycles truth = simulated(platform, schedule);
    EXPECT_LT(deviation(platform, schedule, Estimator::uniform, truth), -0.04);
    EXPECT_NEAR(deviation(platform, schedule, Estimator::refined, truth), 0, 0.01);
}

TEST(RefinedLatency, IsCloseForMachinesAndMappingsThatNobodyChose)
{
    constexpr unsigned kMachines = 60;
    std::deque<generated::GeneratedMachine> machines;
    sim::Deviations runs;
    for (unsigned seed = 0; seed < kMachines; ++seed) {
        machines.push_back(generated::generated_machine(seed));
        runs.add(machines.back().accelerator, machines.back().workload, machines.back().schedule);
    }
    const std::vector<sim::Deviation> all = runs.run();
    double uniform = 0;
    double refined = 0;
    for (unsigned seed = 0; seed < kMachines; ++seed) {
        const auto& [accelerator, workload, schedule] = machines[seed];
        const auto off = [&, &accelerator = accelerator, &workload = workload,
                          &schedule = schedule](Estimator estimator) {
            return std::abs(predict(accelerator, workload, schedule, estimator).latency() / all[seed].transaction - 1);
        };
        const bool has_latencies = seed % 2 == 1;  // of up to eight cycles, before each of many small transfers
        EXPECT_LT(off(Estimator::refined), has_latencies ? 0.4 : 0.3) << "seed " << seed;
        uniform += off(Estimator::uniform) / kMachines;
        refined += off(Estimator::refined) / kMachines;
    }
    EXPECT_LT(refined, 0.03);
    EXPECT_LT(refined, uniform / 2);
}

}  // namespace
}  // namespace plumbline::validate
