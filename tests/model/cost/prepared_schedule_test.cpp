// SPDX-License-Identifier: Apache-2.0
// A prepared schedule costs what predict() says, on the accelerator it was prepared for and on others that differ in rates alone.
#include "plumbline/prepared_schedule.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "model/tiny.hpp"
#include "plumbline/schedule_cost.hpp"

namespace plumbline {
namespace {

void expect_same(const PredictedCost& prepared, const ScheduleCost& predicted)
{
    EXPECT_NEAR(prepared.energy.count(), predicted.energy().count(), 1e-12 * predicted.energy().count());
    EXPECT_EQ(prepared.latency, predicted.latency());
}

/// The tiny machine with other energies, and a dispatch.
Accelerator other_machine()
{
    std::vector<Memory> memories{test::register_file(), test::shared_sram(), test::off_chip()};
    double energy = 5;
    for (Memory& memory : memories) {
        memory.read_energy = Picojoules{energy += 0.7};
        memory.write_energy = Picojoules{energy += 1.1};
    }
    MacArray array = test::two_macs();
    array.mac_energy = Picojoules{0.3};
    return {"tiny", array, memories, Cycles{17}};
}

TEST(PreparedSchedule, CostsWhatIsPredicted)
{
    const Accelerator accelerator = test::tiny_accelerator();
    const Workload workload = test::tiny_workload();
    const Schedule schedule = test::tiny_schedule();
    for (Estimator estimator : {Estimator::uniform, Estimator::refined}) {
        const PreparedSchedule prepared{accelerator, workload, schedule, estimator};
        expect_same(prepared.predict(rates_of(accelerator)), predict(accelerator, workload, schedule, estimator));
    }
}

TEST(PreparedSchedule, CostsWhatIsPredictedForOtherRates)
{
    const Workload workload = test::tiny_workload();
    const Schedule schedule = test::tiny_schedule();
    for (Estimator estimator : {Estimator::uniform, Estimator::refined}) {
        const PreparedSchedule prepared{test::tiny_accelerator(), workload, schedule, estimator};
        const PreparedSchedule back{other_machine(), workload, schedule, estimator};
        expect_same(prepared.predict(rates_of(other_machine())),
                    predict(other_machine(), workload, schedule, estimator));
        expect_same(back.predict(rates_of(test::tiny_accelerator())),
                    predict(test::tiny_accelerator(), workload, schedule, estimator));
    }
}

TEST(PreparedSchedule, IsTheSumOfItsParts)
{
    const Rates rates = rates_of(other_machine());
    const PreparedSchedule prepared{other_machine(), test::tiny_workload(), test::tiny_schedule()};
    PredictedCost sum;
    std::int64_t steps = 0;
    for (const PreparedPart& part : prepared.parts()) {
        sum.energy += part.predict(rates).energy;
        sum.latency += part.predict(rates).latency;
        steps += part.steps;
    }
    const PredictedCost all = prepared.predict(rates);
    EXPECT_NEAR(all.energy.count(), sum.energy.count(), 1e-12 * sum.energy.count());
    EXPECT_EQ(all.latency, sum.latency);
    std::int64_t scheduled = 0;
    for_each_step(test::tiny_schedule(), [&](const ScheduledStep& step) { scheduled += step.tiles.count; });
    EXPECT_EQ(steps, scheduled);
}

TEST(PreparedSchedule, IsSharedByThreads)
{
    const Accelerator accelerator = test::tiny_accelerator();
    const PreparedSchedule prepared{accelerator, test::tiny_workload(), test::tiny_schedule()};
    const auto sum = [&] {
        Rates rates = rates_of(accelerator);
        double energies = 0;
        for (int i = 0; i < 1000; ++i) {
            rates.mac += Picojoules{1};
            energies += prepared.predict(rates).energy.count();
        }
        return energies;
    };
    const double expected = sum();
    double other = 0;
    std::thread thread{[&] { other = sum(); }};
    const double here = sum();
    thread.join();
    EXPECT_EQ(here, expected);
    EXPECT_EQ(other, expected);
}

}  // namespace
}  // namespace plumbline
