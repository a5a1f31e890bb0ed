// SPDX-License-Identifier: Apache-2.0
// Schedules broken on purpose: the machine says what is wrong, and where.
#include <gmock/gmock.h>

#include <algorithm>

#include "functional/data_plane.hpp"
#include "networks.hpp"
#include "plumbline/error.hpp"
#include "plumbline/sim/simulate.hpp"

namespace plumbline::test {
namespace {

using testing::HasSubstr;

Setting intact() { return planned("meta_prototype_df", network_named("fsrcnn"), OverlapMode::fully_cached, {60, 72}); }

/// Of every class of the only stack.
template <class Change>
void for_each_step(Schedule& schedule, Change change)
{
    for (TileClass& tile : schedule.stacks.front().classes) {
        for (Step& step : tile.steps) change(tile, step);
    }
}

template <class Change>
void for_each_copy(Schedule& schedule, CopyReason reason, Change change)
{
    for_each_step(schedule, [&](TileClass&, Step& step) {
        auto* copies = std::get_if<CopyStep>(&step);
        if (copies == nullptr) return;
        for (Copy& copy : copies->copies) {
            if (copy.reason == reason) change(copy);
        }
    });
}

void remove_copies(Schedule& schedule, CopyReason reason)
{
    for_each_step(schedule, [&](TileClass&, Step& step) {
        auto* copies = std::get_if<CopyStep>(&step);
        if (copies == nullptr) return;
        auto& all = copies->copies;
        all.erase(std::remove_if(all.begin(), all.end(), [&](const Copy& copy) { return copy.reason == reason; }),
                  all.end());
    });
}

/// What the machine says to a schedule; empty if nothing.
std::string complaint(const Setting& setting)
{
    try {
        sim::simulate(setting.accelerator, setting.workload, setting.schedule, sim::random_data(setting.workload, 1));
    } catch (const InputError& error) {
        return error.what();
    }
    return {};
}

/// A row of tiles starts with tile (0, …), a column with tile (…, 0); layers of FSRCNN are called by their numbers.
void expect_complaint(const Setting& setting, const std::vector<std::string>& names)
{
    const std::string said = complaint(setting);
    for (const std::string& name : names) EXPECT_THAT(said, HasSubstr(name));
}

TEST(ABrokenSchedule, WithAColumnLessFromTheCacheIsCaught)
{
    Setting setting = intact();
    for_each_copy(setting.schedule, CopyReason::cached_columns, [](Copy& copy) { --copy.region.columns; });
    expect_complaint(setting, {"tile (1, 0)", "layer '0'", "column", "the network's input", "sram_64KB"});
}

TEST(ABrokenSchedule, WithARowLessFromTheCacheIsCaught)
{
    Setting setting = intact();
    for_each_copy(setting.schedule, CopyReason::cached_rows, [](Copy& copy) { --copy.region.rows; });
    expect_complaint(setting, {"tile (0, 1)", "layer '0'", "row", "the network's input", "sram_64KB"});
}

TEST(ABrokenSchedule, WithAColumnLessLeftInTheCacheIsCaught)
{
    Setting setting = intact();
    for_each_copy(setting.schedule, CopyReason::columns_to_cache, [](Copy& copy) { --copy.region.columns; });
    expect_complaint(setting, {"tile (1, 0)", "layer '2'", "output of layer '1'", "sram_64KB"});
}

TEST(ABrokenSchedule, WithARowLessLeftInTheCacheIsCaught)
{
    Setting setting = intact();
    for_each_copy(setting.schedule, CopyReason::rows_to_cache, [](Copy& copy) { --copy.region.rows; });
    expect_complaint(setting, {"layer '2'", "output of layer '1'", "sram_64KB"});
}

TEST(ABrokenSchedule, ThatLeavesNoRowsIsCaught)
{
    Setting setting = intact();
    remove_copies(setting.schedule, CopyReason::rows_to_cache);
    expect_complaint(setting, {"layer '2'", "output of layer '1'", "sram_64KB"});
}

TEST(ABrokenSchedule, ThatFetchesNoInputIsCaught)
{
    Setting setting = intact();
    remove_copies(setting.schedule, CopyReason::stack_input);
    expect_complaint(setting, {"tile (0, 0)", "layer '0'", "row 0, column 0", "the network's input", "sram_64KB"});
}

TEST(ABrokenSchedule, ThatFetchesARowLessOfTheInputIsCaught)
{
    Setting setting = intact();
    for_each_copy(setting.schedule, CopyReason::stack_input, [](Copy& copy) { --copy.region.rows; });
    // 36 rows of outputs at the first row of tiles need 36 + 14 of the input, as many as all windows reach over.
    expect_complaint(setting, {"tile (0, 0)", "layer '0'", "row 49", "the network's input"});
}

TEST(ABrokenSchedule, ThatTakesColumnsFromTheWrongMemoryIsCaught)
{
    Setting setting = intact();
    const MemoryId top = setting.accelerator.top();
    for_each_copy(setting.schedule, CopyReason::cached_columns, [top](Copy& copy) { copy.from.memory = top; });
    // Of the network's input that would do: it lies there.
    expect_complaint(setting, {"tile (1, 0)", "layer '2'", "output of layer '1'", "sram_64KB"});
}

TEST(ABrokenSchedule, ThatTakesRowsFromTheWrongMemoryIsCaught)
{
    Setting setting = intact();
    const MemoryId top = setting.accelerator.top();
    for_each_copy(setting.schedule, CopyReason::cached_rows, [top](Copy& copy) { copy.from.memory = top; });
    expect_complaint(setting, {"tile (0, 1)", "layer '2'", "output of layer '1'", "sram_64KB"});
}

TEST(ABrokenSchedule, ThatCachesAnotherMapIsCaught)
{
    Setting setting = intact();
    for_each_copy(setting.schedule, CopyReason::columns_to_cache, [](Copy& copy) { copy.region.producer = 3; });
    expect_complaint(setting, {"tile (1, 0)", "layer '2'", "output of layer '1'"});
}

TEST(ABrokenSchedule, ThatMovesNoChannelsIsCaught)
{
    Setting setting = intact();
    for_each_copy(setting.schedule, CopyReason::cached_columns, [](Copy& copy) { copy.region.channels = 0; });
    expect_complaint(setting, {"classes[1].steps[1]", "region.channels", "expected at least 1"});
}

TEST(ABrokenSchedule, WithLayersInTheWrongOrderIsCaught)
{
    Setting setting = intact();
    for (TileClass& tile : setting.schedule.stacks.front().classes) {
        std::vector<Step*> layers;
        for (Step& step : tile.steps) {
            if (std::holds_alternative<ComputeStep>(step)) layers.push_back(&step);
        }
        std::swap(*layers[2], *layers[3]);
    }
    expect_complaint(setting, {"computes layer '3'", "expected layer '2'"});
}

TEST(ABrokenSchedule, ThatCopiesAfterTheLayerIsCaught)
{
    Setting setting = intact();
    for (TileClass& tile : setting.schedule.stacks.front().classes) {
        for (std::size_t i = 1; i < tile.steps.size(); ++i) {
            const auto* layer = std::get_if<ComputeStep>(&tile.steps[i]);
            if (layer == nullptr || layer->layer != 4) continue;
            std::swap(tile.steps[i - 1], tile.steps[i]);
            break;
        }
    }
    expect_complaint(setting, {"tile (0, 0)", "layer '4'", "row 0, column 0", "output of layer '3'", "sram_64KB"});
}

TEST(ABrokenSchedule, WithATileOfTheWrongSizeIsCaught)
{
    Setting setting = intact();
    --setting.schedule.stacks.front().classes[1].size.x;
    expect_complaint(setting, {"classes[1].size", "is 59 x 36", "expected 60 x 36"});
}

TEST(ABrokenSchedule, ThatComputesAColumnLessIsCaught)
{
    Setting setting = intact();
    for_each_step(setting.schedule, [](TileClass&, Step& step) {
        auto* layer = std::get_if<ComputeStep>(&step);
        if (layer != nullptr && layer->layer == 5) --layer->mapping.sizes[LoopDim::ox];
    });
    // Layer 7 reads 3 columns a pixel, layer 6 one: 60 of its outputs need 62 of layer 5.
    expect_complaint(setting, {"tile (0, 0)", "layer '5', tile (0, 0): the schedule computes 61 columns", "needs 62"});
}

TEST(ABrokenSchedule, ThatNeverLoadsWeightsIsCaught)
{
    Setting setting = intact();
    const auto forget_top = [](OperandMapping& weights) {
        weights.levels.pop_back();
        const auto top = weights.temporal.back();
        weights.temporal.pop_back();
        weights.temporal.back().insert(weights.temporal.back().end(), top.begin(), top.end());
        const auto lanes = weights.spatial.back();
        weights.spatial.pop_back();
        weights.spatial.back().insert(weights.spatial.back().end(), lanes.begin(), lanes.end());
    };
    for_each_step(setting.schedule, [&](TileClass& tile, Step& step) {
        auto* layer = std::get_if<ComputeStep>(&step);
        if (!tile.loads_weights || layer == nullptr || layer->layer != 2) return;
        for (OperandMapping& operand : layer->mapping.operands) {
            if (operand.operand == "W") forget_top(operand);
        }
    });
    expect_complaint(setting, {"layer '2'", "weights", "first tile"});
}

TEST(ABrokenSchedule, OnAMachineWithASmallerMemoryIsCaught)
{
    Setting setting = intact();
    std::vector<Memory> memories = setting.accelerator.memories();
    Memory& buffer = memories[*setting.accelerator.memory_named("sram_64KB")];
    buffer.size = Bits{buffer.size.count() * 3 / 4};
    setting.accelerator = {setting.accelerator.name(), setting.accelerator.array(), memories};
    expect_complaint(setting, {"layer", "sram_64KB", "which has 393216 bit"});
}

/// Without the check before a run: the bytes of memories themselves.
std::string complaint_of_plane(const Setting& setting)
{
    const sim::NetworkData data = sim::random_data(setting.workload, 1);
    sim::DataPlane plane{setting.accelerator, setting.workload, setting.schedule, data};
    plane.begin_stack(0);
    plane.begin_tile({0, 0, 0});
    try {
        plane.compute(1);  // step 0 would fetch the input
    } catch (const InputError& error) {
        return error.what();
    }
    return {};
}

TEST(TheDataPlane, NamesFeaturesThatNobodyWrote)
{
    EXPECT_THAT(complaint_of_plane(intact()),
                testing::AllOf(HasSubstr("layer '0', tile (0, 0)"), HasSubstr("channels 0 to 0"),
                               HasSubstr("row 0, column 0"), HasSubstr("the network's input"),
                               HasSubstr("from sram_64KB, where nobody wrote it or it has been overwritten")));
}

TEST(TheDataPlane, NamesOutputsThatNeverLeftTheChip)
{
    const Setting setting = intact();
    const sim::NetworkData data = sim::random_data(setting.workload, 1);
    const sim::DataPlane plane{setting.accelerator, setting.workload, setting.schedule, data};
    try {
        plane.outputs();
        FAIL() << "nothing was computed";
    } catch (const InputError& error) {
        EXPECT_THAT(error.what(), HasSubstr("row 0, column 0 of the output of layer '7' never came to dram"));
    }
}

TEST(AnIntactSchedule, RunsWithoutComplaint) { EXPECT_EQ(complaint(intact()), ""); }

}  // namespace
}  // namespace plumbline::test
