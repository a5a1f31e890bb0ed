// SPDX-License-Identifier: Apache-2.0
// What stays in a memory for later tiles and stacks, on plans of networks small enough to follow by hand.
#include <gtest/gtest.h>

#include <algorithm>

#include "model/hand_machine.hpp"
#include "plumbline/plan.hpp"
#include "plumbline/sim/capacity_check.hpp"
#include "storage/stack_storage.hpp"

namespace plumbline::sim {
namespace {

/// One axis of an input of a layer.
SlidingAxis& axis(Layer& layer, LoopDim position)
{
    auto& sliding = layer.inputs.back().sliding;
    return *std::find_if(sliding.begin(), sliding.end(),
                         [position](const SlidingAxis& each) { return each.position == position; });
}

/// The input's map has as many columns and rows as this, and zeros or left-out columns before and behind them.
void set_edges(Layer& layer, LoopDim position, std::int64_t size, std::int64_t before = 0, std::int64_t behind = 0)
{
    SlidingAxis& along = axis(layer, position);
    along.size = size;
    along.padding_before = before;
    along.padding_behind = behind;
}

Schedule planned(const Accelerator& accelerator, const Workload& workload, const PlanOptions& options)
{
    const auto plan = plan_schedule(accelerator, workload, tiny::rules_with_addition(), options);
    EXPECT_TRUE(plan) << (plan ? "" : plan.reason());
    return *plan;
}

TEST(KeptMaps, OfWhichAStackReadsPaddingAloneStayForTheNext)
{
    // Layer 0 makes three columns. Of layer 1 only the first output is needed, and its tap lies two columns before the map:
    // with its stride of 3 the stack knows column 1 of the map alone, which nobody makes. Layer 3 reads column 0.
    Layer makes = tiny::convolution(0, {2, 2, 1, 3});
    set_edges(makes, LoopDim::ox, 3);
    Layer pads = tiny::convolution(1, {2, 2, 1, 2, 1, 1, 3}, 0);
    set_edges(pads, LoopDim::ox, 3, 2, 0);
    Layer crops = tiny::convolution(2, {2, 2, 1, 1}, 1);
    set_edges(crops, LoopDim::ox, 2, 0, -1);
    Layer reads = tiny::convolution(3, {2, 2, 1, 1, 1, 1, 3}, 0);
    set_edges(reads, LoopDim::ox, 3, 0, -2);
    for (Layer* layer : {&makes, &pads, &crops, &reads}) set_edges(*layer, LoopDim::oy, 1);
    const Workload workload{"padded", {makes, pads, crops, reads}};
    PlanOptions options;
    options.stacks = {{TileSize{1, 1}, OverlapMode::fully_recompute}};
    options.cuts.kind = plumbline::Cuts::Kind::each;
    const Accelerator accelerator = tiny::accelerator();
    EXPECT_TRUE(check_capacity(accelerator, workload, planned(accelerator, workload, options)).absent.empty());
}

bool brings_rows_from(const Schedule& schedule, MemoryId memory)
{
    bool brings = false;
    for_each_step(schedule, [&](const ScheduledStep& step) {
        if (step.copies() == nullptr) return;
        for (const Copy& copy : step.copies()->copies)
            brings = brings || (copy.reason == CopyReason::cached_rows && copy.from.memory == memory);
    });
    return brings;
}

TEST(KeptMaps, AreNotRowsAboveForAReaderOfColumnsAlone)
{
    // Of map 0, layer 1 reads two rows of the tile above, and no column of the tile to the left; layer 2 the other way round.
    // Those two rows of those two columns nobody reads after the tile to the left has run.
    Layer makes = tiny::convolution(0, {2, 2, 6, 6});
    Layer down = tiny::convolution(1, {2, 2, 6, 6, 3, 1}, 0);
    Layer across = tiny::convolution(2, {2, 2, 6, 6, 1, 3}, 0);
    for (Layer* layer : {&makes, &down, &across})
        for (LoopDim position : {LoopDim::ox, LoopDim::oy}) set_edges(*layer, position, 6);
    set_edges(down, LoopDim::oy, 6, 2, 0);
    set_edges(across, LoopDim::ox, 6, 2, 0);
    const Workload workload{"cross", {makes, down, across, tiny::addition(3, 6, 6, 1, 2)}};
    PlanOptions options;
    options.stacks = {{TileSize{3, 3}, OverlapMode::fully_cached}};
    const Accelerator accelerator = tiny::accelerator(Bits{512});  // columns and rows are cached off chip
    const Schedule schedule = planned(accelerator, workload, options);
    ASSERT_TRUE(brings_rows_from(schedule, tiny::kDram));
    const StackStorage storage{accelerator, workload, schedule, 0};
    for (const FeatureBox& box : storage.kept(*storage.geometry.find(0), tiny::kSram, {0, 1}))
        EXPECT_TRUE(box.empty()) << box.columns.begin << ' ' << box.rows.begin;
}

}  // namespace
}  // namespace plumbline::sim
