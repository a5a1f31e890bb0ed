// SPDX-License-Identifier: Apache-2.0
// What is drawn for a number of a seed: the same whoever asks, and as rich as it is said to be.
#include "plumbline/validate/generated_plan.hpp"

#include <algorithm>
#include <set>

#include <gtest/gtest.h>

#include "plumbline/validate/description_report.hpp"

namespace plumbline::validate::test {
namespace {

TEST(GeneratedPlan, IsTheSameForTheSameNumber)
{
    const GeneratedPlan once = generated_plan(7, 21);
    const GeneratedPlan again = generated_plan(7, 21);
    EXPECT_EQ(once.accelerator, again.accelerator);
    EXPECT_EQ(description_text(once.workload), description_text(again.workload));
    EXPECT_EQ(described(once), described(again));
    const Outcome<Schedule> schedule = schedule_of(once);
    const Outcome<Schedule> same = schedule_of(again);
    ASSERT_EQ(static_cast<bool>(schedule), static_cast<bool>(same));
    if (schedule) { EXPECT_EQ(*schedule, *same); }
}

TEST(GeneratedPlan, SharesAcceleratorAndNetworkWithItsNeighbours)
{
    const std::int64_t first = 3 * kPlansPerAccelerator;
    const GeneratedPlan plan = generated_plan(1, first);
    for (std::int64_t other = first; other < first + kPlansPerAccelerator; ++other) {
        const GeneratedPlan neighbour = generated_plan(1, other);
        EXPECT_EQ(neighbour.accelerator, plan.accelerator) << other;
        EXPECT_EQ(description_text(neighbour.workload) == description_text(plan.workload),
                  other < first + kPlansPerNetwork)
            << other;
    }
    EXPECT_NE(generated_plan(1, first + kPlansPerAccelerator).accelerator, plan.accelerator);
    EXPECT_NE(generated_plan(2, first).accelerator, plan.accelerator);
}

TEST(GeneratedPlan, DrawsWhatItIsSaidToDraw)
{
    std::set<std::size_t> dimensions;
    std::set<std::size_t> levels;
    std::set<std::size_t> ports;
    std::set<std::string> operators;
    std::set<Cuts::Kind> cuts;
    bool late = false;
    bool replicated = false;
    bool padded = false;
    bool dilated = false;
    bool strided = false;
    for (std::int64_t number = 0; number < 100 * kPlansPerNetwork; number += kPlansPerNetwork) {
        const GeneratedPlan plan = generated_plan(5, number);
        dimensions.insert(plan.accelerator.array().dimensions.size());
        cuts.insert(plan.options.cuts.kind);
        std::size_t of_outputs = 0;
        for (const Memory& memory : plan.accelerator.memories()) {
            ports.insert(memory.ports.size());
            late = late || memory.latency > Cycles{1};
            replicated = replicated || memory.served_dimensions.size() < plan.accelerator.array().dimensions.size();
            of_outputs += memory.serves(MemoryOperand::o) ? 1 : 0;
        }
        levels.insert(of_outputs);
        for (const Layer& layer : plan.workload.layers()) {
            operators.insert(layer.operator_type);
            for (const Operand& input : layer.inputs)
                for (const SlidingAxis& axis : input.sliding) {
                    padded = padded || axis.padding_before > 0 || axis.padding_behind > 0;
                    dilated = dilated || axis.dilation > 1;
                    strided = strided || axis.stride > 1;
                }
        }
    }
    EXPECT_EQ(dimensions, (std::set<std::size_t>{1, 2, 3}));
    EXPECT_EQ(ports, (std::set<std::size_t>{1, 2, 4}));
    EXPECT_LE(*levels.begin(), 2U);
    EXPECT_GE(*levels.rbegin(), 5U);
    EXPECT_EQ(cuts.size(), 3U);
    EXPECT_EQ(operators, (std::set<std::string>{"Add", "Concat", "Conv", "DepthwiseConv", "MatMul", "Pooling"}));
    EXPECT_TRUE(late && replicated && padded && dilated && strided);
}

}  // namespace
}  // namespace plumbline::validate::test
