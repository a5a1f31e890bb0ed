// SPDX-License-Identifier: Apache-2.0
// What the analytical peripheral takes for a tile is what the refined model says of its steps.
#include "peripheral/prediction.hpp"

#include <gtest/gtest.h>

#include "model/tiny.hpp"
#include "plumbline/schedule_cost.hpp"

namespace plumbline::sim {
namespace {

constexpr MemoryId kRegister = 0;
constexpr MemoryId kSram = 1;

/// Registers of two words, which leave slowly.
plumbline::Accelerator machine()
{
    std::vector<plumbline::Memory> memories{test::register_file(), test::shared_sram(), test::off_chip()};
    memories[kRegister].size = Bits{32};
    memories[kSram].ports[1].width = Bits{2};
    memories[kSram].ports[1].granule = Bits{1};
    return {"tiny", test::two_macs(), memories};
}

Cycles sum_of(const std::vector<ClassTimes>& times, const Schedule& schedule)
{
    Cycles total{};
    for (std::size_t stack = 0; stack < schedule.stacks.size(); ++stack)
        for (std::size_t each = 0; each < schedule.stacks[stack].classes.size(); ++each)
            total += schedule.stacks[stack].classes[each].count * sum(times[stack][each]);
    return total;
}

TEST(PredictedTimes, AddUpToThePredictionOfTheSchedule)
{
    // The registers have room for a second word in one of the tiles alone.
    const plumbline::Accelerator accelerator = machine();
    const Workload workload = test::tiny_workload();
    Schedule schedule = test::tiny_schedule();
    for (Step& step : schedule.stacks[0].classes[0].steps)
        if (auto* compute = std::get_if<ComputeStep>(&step))
            compute->residents = {{ResidentKind::feature_map, kRegister, Bits{16}}};
    const auto times = predicted_times(accelerator, workload, schedule);
    EXPECT_EQ(sum_of(times, schedule), predict(accelerator, workload, schedule, Estimator::refined).latency());
    EXPECT_LT(sum_of(predicted_times(accelerator, workload, test::tiny_schedule()), schedule), sum_of(times, schedule));
}

}  // namespace
}  // namespace plumbline::sim
