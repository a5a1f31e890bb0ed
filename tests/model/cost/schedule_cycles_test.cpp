// SPDX-License-Identifier: Apache-2.0
// Steps that are timed once for many schedules take what predict() says that they take.
#include "plumbline/schedule_cycles.hpp"

#include <gtest/gtest.h>

#include "model/hand_machine.hpp"
#include "model/tiny.hpp"
#include "plumbline/schedule_cost.hpp"

namespace plumbline {
namespace {

using tiny::kRegister;
using tiny::kSram;

/// Registers of two words, which leave slowly.
Accelerator machine()
{
    std::vector<Memory> memories{test::register_file(), test::shared_sram(), test::off_chip()};
    memories[kRegister].size = Bits{32};
    memories[kSram].ports[1].width = Bits{2};
    memories[kSram].ports[1].granule = Bits{1};
    return {"tiny", test::two_macs(), memories};
}

/// The same, but for what else is in the registers while layers run.
Schedule with_resident(Schedule schedule, Bits size)
{
    for (Stack& stack : schedule.stacks)
        for (TileClass& tiles : stack.classes)
            for (Step& step : tiles.steps)
                if (auto* compute = std::get_if<ComputeStep>(&step))
                    compute->residents = {{ResidentKind::feature_map, kRegister, size}};
    return schedule;
}

TEST(TimedSchedules, TellStepsApartByWhatElseIsInTheirMemories)
{
    const Accelerator accelerator = machine();
    const Workload workload = test::tiny_workload();
    const Schedule alone = test::tiny_schedule();
    const Schedule crowded = with_resident(alone, Bits{16});
    TimedSchedules timed{accelerator, Estimator::refined};
    timed.add(workload, alone);
    timed.add(workload, crowded);
    const std::vector<ScheduleCycles> cycles = timed.cycles(accelerator, {0, 1});
    EXPECT_EQ(cycles[0].total(), predict(accelerator, workload, alone, Estimator::refined).latency());
    EXPECT_EQ(cycles[1].total(), predict(accelerator, workload, crowded, Estimator::refined).latency());
    EXPECT_LT(cycles[0].total(), cycles[1].total());  // a second word hides the first one's way out
}

TEST(TimedSchedules, TimeAStepOnceHoweverManySchedulesHaveIt)
{
    const Accelerator accelerator = machine();
    const Workload workload = test::tiny_workload();
    const Schedule schedule = test::tiny_schedule();
    TimedSchedules timed{accelerator, Estimator::refined};
    timed.add(workload, schedule);
    const std::size_t distinct = timed.distinct_steps();
    timed.add(workload, schedule);
    EXPECT_EQ(timed.distinct_steps(), distinct);
    EXPECT_EQ(timed.steps(), 2 * distinct);  // two tiles of different sizes share none of their steps
}

}  // namespace
}  // namespace plumbline
