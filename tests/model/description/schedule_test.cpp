// SPDX-License-Identifier: Apache-2.0
#include "plumbline/schedule.hpp"

#include <gtest/gtest.h>

#include "model/input_error.hpp"
#include "model/tiny.hpp"

namespace plumbline::test {
namespace {

template <class Change>
void expect_schedule_refused(Change change, const std::string& field, const std::string& part)
{
    Schedule schedule = tiny_schedule();
    change(schedule);
    expect_input_error([&] { check(schedule, tiny_accelerator(), tiny_workload()); }, field, part);
}

Stack& stack_of(Schedule& schedule) { return schedule.stacks[0]; }
TileClass& tile_of(Schedule& schedule, std::size_t index) { return schedule.stacks[0].classes[index]; }

TEST(Schedule, ThatFitsPasses) { EXPECT_NO_THROW(check(tiny_schedule(), tiny_accelerator(), tiny_workload())); }

TEST(Schedule, NamesItsEnumerators)
{
    for (OverlapMode mode : kAllOverlapModes) EXPECT_EQ(overlap_mode_named(name_of(mode)), mode);
    EXPECT_EQ(name_of(OverlapMode::h_cached), "h-cached");
    EXPECT_EQ(capacity_policy_named("optimistic"), CapacityPolicy::optimistic);
    EXPECT_EQ(tile_position_named("only"), TilePosition::only);
    EXPECT_EQ(copy_reason_named(name_of(CopyReason::rows_to_cache)), CopyReason::rows_to_cache);
    EXPECT_EQ(overlap_mode_named("half-cached"), std::nullopt);
}

TEST(ForEachStep, VisitsEachStepOnceAndSaysWhereItStands)
{
    Schedule schedule = tiny_schedule();
    schedule.stacks.push_back(schedule.stacks[0]);
    schedule.stacks[1].classes.pop_back();
    std::vector<const Step*> expected;
    for (const Stack& stack : schedule.stacks)
        for (const TileClass& tiles : stack.classes)
            for (const Step& step : tiles.steps) expected.push_back(&step);
    std::vector<const Step*> visited;
    for_each_step(schedule, [&](const ScheduledStep& step) {
        visited.push_back(&step.what);
        const TileClass& tiles = schedule.stacks[step.stack].classes[step.tile_class];
        EXPECT_EQ(&step.tiles, &tiles);
        EXPECT_EQ(&step.what, &tiles.steps[step.step]);
    });
    EXPECT_EQ(visited, expected);
}

TEST(ForEachStep, TellsCopiesFromLayers)
{
    std::vector<LayerId> computed;
    std::size_t copies = 0;
    for_each_step(tiny_schedule().stacks[0], [&](const ScheduledStep& step) {
        EXPECT_NE(step.compute() == nullptr, step.copies() == nullptr);
        if (step.compute() != nullptr) computed.push_back(step.compute()->layer);
        if (step.copies() != nullptr) ++copies;
    });
    EXPECT_EQ(computed, (std::vector<LayerId>{0, 1, 0, 1}));
    EXPECT_EQ(copies, 4U);
}

TEST(TileSize, IsReadAsItIsNamed)
{
    EXPECT_EQ(name_of(TileSize{60, 72}), "60x72");
    EXPECT_EQ(tile_size_named("60x72"), (TileSize{60, 72}));
    for (const char* text : {"", "60", "x72", "60x", "0x72", "-4x4", "60x72x3", "6e1x72", "99999999999999999999x1"})
        EXPECT_EQ(tile_size_named(text), std::nullopt) << text;
}

TEST(PositionOf, ATileAlongAnAxis)
{
    EXPECT_EQ(position_of(0, 1), TilePosition::only);
    EXPECT_EQ(position_of(0, 2), TilePosition::first);
    EXPECT_EQ(position_of(1, 2), TilePosition::last);
    EXPECT_EQ(position_of(1, 3), TilePosition::middle);
}

TEST(ClassOfTile, GivesTheFirstTileItsOwn)
{
    // Weights are loaded once: the other tiles of the first column are of a class of their own.
    Stack stack{{0}, OverlapMode::fully_cached, {4, 2}, {2, 3}, {}};
    stack.classes = {{{2, 2}, TilePosition::first, TilePosition::first, true, 1, {}},
                     {{2, 2}, TilePosition::first, TilePosition::middle, false, 1, {}},
                     {{4, 2}, TilePosition::last, TilePosition::first, false, 1, {}}};
    EXPECT_EQ(&class_of_tile(stack, 0, 0), &stack.classes[0]);
    EXPECT_EQ(&class_of_tile(stack, 0, 1), &stack.classes[1]);
    EXPECT_EQ(&class_of_tile(stack, 1, 0), &stack.classes[2]);
}

TEST(ClassOfTile, TakesAClassForTheSecondTileWhereThereIsOne)
{
    Stack stack{{0}, OverlapMode::fully_cached, {4, 2}, {4, 1}, {}};
    stack.classes = {{{2, 2}, TilePosition::first, TilePosition::only, false, 1, {}},
                     {{4, 2}, TilePosition::middle, TilePosition::only, false, 2, {}},
                     {{4, 2}, TilePosition::last, TilePosition::only, false, 1, {}}};
    EXPECT_EQ(&class_of_tile(stack, 1, 0), &stack.classes[1]);
    stack.classes.push_back({{4, 2}, TilePosition::second, TilePosition::only, false, 1, {}});
    EXPECT_EQ(&class_of_tile(stack, 1, 0), &stack.classes[3]);
    EXPECT_EQ(&class_of_tile(stack, 2, 0), &stack.classes[1]);
    EXPECT_EQ(find_class_of_tile(stack, 1, 0), &stack.classes[3]);
}

TEST(ClassOfTile, TakesTheRangeThatHoldsIt)
{
    Stack stack{{0}, OverlapMode::fully_cached, {4, 2}, {6, 1}, {}};
    const auto middle = [](TileRange columns) {
        return TileClass{{4, 2}, TilePosition::middle, TilePosition::only, false, columns.count, {}, columns, {}};
    };
    stack.classes = {{{2, 2}, TilePosition::first, TilePosition::only, false, 1, {}, {}, {}},
                     middle({1, 1}),
                     middle({2, 2}),
                     middle({4, 1}),
                     {{4, 2}, TilePosition::last, TilePosition::only, false, 1, {}, {}, {}}};
    for (const auto& [column, index] :
         std::vector<std::pair<std::int64_t, std::size_t>>{{0, 0}, {1, 1}, {2, 2}, {3, 2}, {4, 3}, {5, 4}})
        EXPECT_EQ(&class_of_tile(stack, column, 0), &stack.classes[index]) << column;
    stack.classes.erase(stack.classes.begin() + 2);
    EXPECT_EQ(find_class_of_tile(stack, 3, 0), nullptr);
}

TEST(ClassOfTile, NeedsNoClassThatLoadsWeights)
{
    Stack stack{{0}, OverlapMode::fully_cached, {4, 4}, {1, 1}, {}};
    stack.classes.push_back({{4, 4}, TilePosition::only, TilePosition::only, false, 1, {}});
    EXPECT_EQ(&class_of_tile(stack, 0, 0), &stack.classes[0]);
}

TEST(Schedule, IsForOneAcceleratorAndOneWorkload)
{
    expect_schedule_refused([](Schedule& s) { s.accelerator = "huge"; }, "accelerator", "'huge', not for 'tiny'");
    expect_schedule_refused([](Schedule& s) { s.workload = "trio"; }, "workload", "'trio', not for 'pair'");
}

TEST(Schedule, ComputesEachLayerOnceAfterItsSources)
{
    expect_schedule_refused(
        [](Schedule& s) {
            stack_of(s).layers = {1, 0};
        },
        "stacks[0].layers[0]", "layer 'pointwise' comes before its source, layer 'conv'");
    expect_schedule_refused([](Schedule& s) { stack_of(s).layers = {0, 7}; }, "stacks[0].layers[1]", "no layer 7");
    expect_schedule_refused([](Schedule& s) { stack_of(s).layers = {0, 0}; }, "stacks[0].layers[1]", "occurs twice");
    expect_schedule_refused([](Schedule& s) { stack_of(s).layers = {0}; }, "stacks",
                            "layer 'pointwise' is in no stack");
    expect_schedule_refused([](Schedule& s) { tile_of(s, 0).steps.pop_back(); }, "stacks[0].classes[0].steps",
                            "never computed");
    expect_schedule_refused([](Schedule& s) { std::swap(tile_of(s, 0).steps[1], tile_of(s, 0).steps[3]); },
                            "stacks[0].classes[0].steps[1].layer", "computes layer 'pointwise', expected layer 'conv'");
}

TEST(Schedule, FillsItsGrid)
{
    expect_schedule_refused([](Schedule& s) { stack_of(s).grid.columns = 3; }, "stacks[0].grid.columns",
                            "cover a map of 6 in 2");
    expect_schedule_refused([](Schedule& s) { tile_of(s, 1).count = 2; }, "stacks[0].classes[1].count",
                            "is 2, but the grid has 1 tiles of this class");
    expect_schedule_refused([](Schedule& s) { stack_of(s).classes.pop_back(); }, "stacks[0].classes",
                            "no class for the tile in column 1, row 0");
    expect_schedule_refused([](Schedule& s) { tile_of(s, 1).count = 0; }, "stacks[0].classes[1].count", "is 0");
    expect_schedule_refused([](Schedule& s) { tile_of(s, 0).size.x = 4; }, "stacks[0].classes[0].size",
                            "4 x 4, expected 2 x 4");
    expect_schedule_refused([](Schedule& s) { tile_of(s, 1).loads_weights = true; },
                            "stacks[0].classes[1].loads_weights", "first");
    expect_schedule_refused([](Schedule& s) { stack_of(s).tile.y = 0; }, "stacks[0].tile.y", "is 0");
}

TEST(Schedule, CopiesBetweenMemoriesThatServe)
{
    const auto copy = [](Schedule& s) -> Copy& { return std::get<CopyStep>(tile_of(s, 1).steps[2]).copies[0]; };
    expect_schedule_refused(
        [&](Schedule& s) {
            copy(s).from = {MemoryOperand::i1, 0};
        },
        "stacks[0].classes[1].steps[2].copies[0].from",
        "copies before layer 'pointwise' on a tile of 4x4: reg_o does not serve I1");
    expect_schedule_refused([&](Schedule& s) { copy(s).to.memory = 9; }, "stacks[0].classes[1].steps[2].copies[0].to",
                            "9");
    expect_schedule_refused([&](Schedule& s) { copy(s).region.rows = -4; },
                            "stacks[0].classes[1].steps[2].copies[0].region.rows", "is -4");
    expect_schedule_refused([&](Schedule& s) { copy(s).region.rows = std::int64_t{1} << 62; },
                            "stacks[0].classes[1].steps[2].copies[0].region", "more than 2^53 bits");
    expect_schedule_refused([&](Schedule& s) { copy(s).region.producer = 5; },
                            "stacks[0].classes[1].steps[2].copies[0].region.producer", "no layer 5");
    expect_schedule_refused([](Schedule& s) { std::get<CopyStep>(tile_of(s, 1).steps[2]).before_layer = 4; },
                            "stacks[0].classes[1].steps[2].before_layer", "layer 4 is not in this stack");
}

TEST(Schedule, MapsItsLayers)
{
    const auto mapping = [](Schedule& s) -> LayerMapping& {
        return std::get<ComputeStep>(tile_of(s, 0).steps[1]).mapping;
    };
    expect_schedule_refused([&](Schedule& s) { mapping(s).operands[1].levels = {2}; },
                            "stacks[0].classes[0].steps[1].mapping.operands[1].levels[0]", "expected sram");
    expect_schedule_refused([&](Schedule& s) { mapping(s).sizes[LoopDim::k] = 1; },
                            "stacks[0].classes[0].steps[1].mapping.sizes.K", "expected all of layer 'conv': 2");
}

TEST(BitsHeldBy, AreSumsByMemory)
{
    const Accelerator accelerator = test::tiny_accelerator();
    std::vector<Bits> held(accelerator.memories().size());
    EXPECT_EQ(bits_held_by({}, accelerator), held);
    held[0] = Bits{8 + 32};
    held[1] = Bits{16};
    EXPECT_EQ(bits_held_by({{ResidentKind::weights, 0, Bits{8}},
                            {ResidentKind::feature_map, 1, Bits{16}},
                            {ResidentKind::row_cache, 0, Bits{32}}},
                           accelerator),
              held);
}

FeatureRegion& region_of(Schedule& schedule, std::size_t step)
{
    return std::get<CopyStep>(tile_of(schedule, 1).steps[step]).copies[0].region;
}

TEST(Schedule, LeavesOutNothingThatIsRead)
{
    expect_schedule_refused([](Schedule& s) { region_of(s, 0).row_step = 2; },
                            "stacks[0].classes[1].steps[0].copies[0].region.row_step",
                            "is 2, but layer 'conv' reads rows between");
    expect_schedule_refused([](Schedule& s) { region_of(s, 0).column_step = 0; },
                            "stacks[0].classes[1].steps[0].copies[0].region.column_step", "is 0, expected at least 1");
    expect_schedule_refused([](Schedule& s) { region_of(s, 2).column_step = 2; },
                            "stacks[0].classes[1].steps[2].copies[0].region.column_step",
                            "is 2, expected 1: the stack makes all of the output of layer 'conv'");
}

TEST(Schedule, LeavesOutTheSameInAllCopiesOfAMap)
{
    Layer strided = pointwise();
    strided.id = 0;
    strided.sizes[LoopDim::ox] = 4;
    strided.sizes[LoopDim::c] = 1;
    strided.inputs[1].source.reset();
    strided.inputs[1].relevant = dims({LoopDim::b, LoopDim::c});
    strided.inputs[1].sliding = {{"IY", LoopDim::oy, 2, LoopDim::fy, 1}, {"IX", LoopDim::ox, 2, LoopDim::fx, 1}};
    const Workload workload{"pair", {strided}};
    Schedule schedule = tiny_schedule();
    Stack& stack = stack_of(schedule);
    stack.layers = {0};
    stack.grid = {1, 1};
    Copy input{CopyReason::stack_input,
               {std::nullopt, 1, 4, 4, Bits{8}, 0, 2, 2},
               {MemoryOperand::i1, 2},
               {MemoryOperand::i1, 1}};
    TileClass tile{{4, 4}, TilePosition::only, TilePosition::only, true, 1, {}};
    tile.steps = {CopyStep{std::nullopt, {input, input}}, ComputeStep{0, tiny_mapping(strided, 4)}};
    stack.classes = {tile};
    EXPECT_NO_THROW(check(schedule, tiny_accelerator(), workload));
    std::get<CopyStep>(stack.classes[0].steps[0]).copies[1].region.row_step = 1;
    expect_input_error([&] { check(schedule, tiny_accelerator(), workload); },
                       "stacks[0].classes[0].steps[0].copies[1].region.row_step",
                       "is 1, expected 2 as in other copies of the same map in this stack");
}

}  // namespace
}  // namespace plumbline::test
