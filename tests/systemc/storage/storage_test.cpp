// SPDX-License-Identifier: Apache-2.0
// Schedules as planned read what was written and fit; broken ones are caught, each by name.
#include <gmock/gmock.h>

#include "parity/pair.hpp"
#include "plumbline/error.hpp"
#include "plumbline/sim/capacity_check.hpp"
#include "plumbline/sim/schedule_program.hpp"

namespace plumbline::sim {
namespace {

using parity::Pair;
using ::testing::HasSubstr;

Schedule planned(const Pair& pair, OverlapMode mode, TileSize tile)
{
    PlanOptions options;
    options.stacks = {{tile, mode}};
    options.cuts.kind = plumbline::Cuts::Kind::automatic;
    options.search.factors = 3;
    return *plan_schedule(pair.accelerator, pair.workload, pair.rules, options);
}

/// FSRCNN on a machine whose caches lie elsewhere than the inputs of most layers.
class BrokenSchedule : public ::testing::Test {
protected:
    /// What the machine says of the schedule.
    std::string refusal() const
    {
        try {
            compile(pair.accelerator, pair.workload, schedule);
        } catch (const InputError& error) {
            return error.what();
        }
        return "nothing";
    }

    /// Applies `change` to all copies of one kind; `change` says whether the copy stays.
    template <class Change>
    void change_copies(CopyReason reason, Change change)
    {
        std::size_t changed = 0;
        for (TileClass& tile : schedule.stacks[0].classes) {
            for (Step& step : tile.steps) {
                auto* copies = std::get_if<CopyStep>(&step);
                if (copies == nullptr) continue;
                std::vector<Copy> kept;
                for (Copy copy : copies->copies) {
                    const bool stays = copy.reason != reason || change(copy);
                    if (copy.reason == reason) ++changed;
                    if (stays) kept.push_back(copy);
                }
                copies->copies = std::move(kept);
            }
        }
        ASSERT_GT(changed, 0U);
    }

    Pair pair{"ascend_like_DF", "fsrcnn"};
    Schedule schedule = planned(pair, OverlapMode::fully_cached, {60, 72});
};

/// FSRCNN's layers on maps of 24 x 24 pixels with edges.
Workload with_edges(const Workload& network)
{
    std::vector<Layer> layers = network.layers();
    for (Layer& layer : layers) {
        layer.sizes[LoopDim::ox] = layer.sizes[LoopDim::oy] = 24;
        for (Operand& input : layer.inputs)
            for (SlidingAxis& axis : input.sliding) {
                axis.size = 24;
                axis.padding_before = axis.padding_behind = axis.dilation * (layer.sizes[axis.window] - 1) / 2;
            }
    }
    return {network.name(), layers};
}

class BrokenPadding : public BrokenSchedule {
protected:
    BrokenPadding()
    {
        pair.workload = with_edges(pair.workload);
        schedule = planned(pair, OverlapMode::fully_cached, {8, 8});
    }

    /// Calls `change` for the padding of all inputs.
    template <class Change>
    void change_padding(Change change)
    {
        for (TileClass& tile : schedule.stacks[0].classes)
            for (Step& step : tile.steps)
                if (auto* compute = std::get_if<ComputeStep>(&step))
                    for (OperandMapping& operand : compute->mapping.operands)
                        for (AxisPadding& padding : operand.padding) change(padding);
    }
};

TEST_F(BrokenPadding, IsNotHowPlannedOnesAre) { EXPECT_EQ(refusal(), "nothing"); }

TEST_F(BrokenPadding, IsNamed)
{
    change_padding([](AxisPadding& padding) { padding.before = 0; });
    EXPECT_THAT(refusal(), HasSubstr("tile (0, 0)"));
    EXPECT_THAT(refusal(), HasSubstr("the schedule has a padding of 0 before and "));
}

constexpr auto kAbsent = "where it is not";

TEST_F(BrokenSchedule, IsNotHowPlannedOnesAre) { EXPECT_EQ(refusal(), "nothing"); }

TEST_F(BrokenSchedule, CachedColumnsOneShortAreMissed)
{
    change_copies(CopyReason::cached_columns, [](Copy& copy) { return --copy.region.columns > 0; });
    EXPECT_THAT(refusal(), HasSubstr(kAbsent));
}

TEST_F(BrokenSchedule, ColumnsLeftOneShortAreMissed)
{
    change_copies(CopyReason::columns_to_cache, [](Copy& copy) { return --copy.region.columns > 0; });
    EXPECT_THAT(refusal(), HasSubstr(kAbsent));
}

TEST_F(BrokenSchedule, CachedRowsOneShortAreMissed)
{
    change_copies(CopyReason::cached_rows, [](Copy& copy) { return --copy.region.rows > 0; });
    EXPECT_THAT(refusal(), HasSubstr(kAbsent));
}

TEST_F(BrokenSchedule, RowsLeftOneShortAreMissed)
{
    change_copies(CopyReason::rows_to_cache, [](Copy& copy) { return --copy.region.rows > 0; });
    EXPECT_THAT(refusal(), HasSubstr(kAbsent));
}

TEST_F(BrokenSchedule, AnOutputThatIsNotBroughtToItsReaderIsMissed)
{
    change_copies(CopyReason::previous_output, [](Copy&) { return false; });
    EXPECT_THAT(refusal(), HasSubstr(kAbsent));
}

TEST_F(BrokenSchedule, AnInputThatIsNotFetchedIsMissed)
{
    change_copies(CopyReason::stack_input, [](Copy&) { return false; });
    EXPECT_THAT(refusal(), HasSubstr("network's input"));
}

TEST_F(BrokenSchedule, AnInputFetchedOneRowShortIsMissed)
{
    change_copies(CopyReason::stack_input, [](Copy& copy) { return --copy.region.rows > 0; });
    EXPECT_THAT(refusal(), HasSubstr("network's input"));
}

TEST_F(BrokenSchedule, CachedColumnsFromAnotherMemoryAreMissed)
{
    const MemoryId top = pair.accelerator.top();
    change_copies(CopyReason::cached_columns, [top](Copy& copy) {
        copy.from.memory = top;
        return true;
    });
    EXPECT_THAT(refusal(), HasSubstr(kAbsent));
}

TEST_F(BrokenSchedule, CopiesThatRunAfterTheirLayerAreMissed)
{
    for (TileClass& tile : schedule.stacks[0].classes) {
        for (std::size_t i = 1; i + 1 < tile.steps.size(); ++i) {
            if (!std::holds_alternative<CopyStep>(tile.steps[i])) continue;
            std::swap(tile.steps[i], tile.steps[i + 1]);
            ++i;
        }
    }
    EXPECT_THAT(refusal(), HasSubstr(kAbsent));
}

TEST_F(BrokenSchedule, ATileThatMakesLessThanIsNeededIsNamed)
{
    auto& steps = schedule.stacks[0].classes[0].steps;
    const auto first = std::find_if(steps.begin(), steps.end(),
                                    [](const Step& step) { return std::holds_alternative<ComputeStep>(step); });
    --std::get<ComputeStep>(*first).mapping.sizes[LoopDim::ox];
    EXPECT_THAT(refusal(), HasSubstr("layer '0', tile (0, 0): the schedule computes 69 columns, but needs 70"));
    EXPECT_THAT(refusal(), HasSubstr("tile (0, 0)"));
}

TEST_F(BrokenSchedule, WeightsThatTheFirstTileLeavesOffChipAreMissed)
{
    // The top level's loops go to the level below.
    for (Step& step : schedule.stacks[0].classes[0].steps) {
        auto* compute = std::get_if<ComputeStep>(&step);
        if (compute == nullptr) continue;
        OperandMapping& weights = compute->mapping.operands[1];
        ASSERT_EQ(weights.memory_operand, MemoryOperand::i2);
        const auto loops = weights.temporal.back();
        const auto lanes = weights.spatial.back();
        weights.levels.pop_back();
        weights.temporal.pop_back();
        weights.spatial.pop_back();
        weights.temporal.back().insert(weights.temporal.back().end(), loops.begin(), loops.end());
        weights.spatial.back().insert(weights.spatial.back().end(), lanes.begin(), lanes.end());
    }
    EXPECT_THAT(refusal(), HasSubstr("weights"));
}

TEST_F(BrokenSchedule, AMemoryOfHalfTheSizeIsTooSmall)
{
    std::vector<plumbline::Memory> memories = pair.accelerator.memories();
    const std::vector<Bits> peak = compile(pair.accelerator, pair.workload, schedule).peak_held();
    const MemoryId cache =
        pair.accelerator.levels(MemoryOperand::o)[pair.accelerator.levels(MemoryOperand::o).size() - 2];
    memories[cache].size = Bits{peak[cache].count() / 2};
    const Accelerator smaller{pair.accelerator.name(), pair.accelerator.array(), memories};
    const Findings findings = check_capacity(smaller, pair.workload, schedule);
    ASSERT_FALSE(findings.overcommitments.empty());
    EXPECT_TRUE(findings.absent.empty());
    for (const Overcommitment& each : findings.overcommitments) {
        EXPECT_EQ(each.memory, cache);
        EXPECT_GT(each.over(), Bits{0});
    }
    EXPECT_THROW(compile(smaller, pair.workload, schedule), InputError);
}

/// Plans whose tiles are narrower than what neighbours share.
class NarrowTiles : public ::testing::Test {
protected:
    static void expect_fit(const Pair& pair, const Schedule& schedule)
    {
        const Findings findings = check_capacity(pair.accelerator, pair.workload, schedule);
        EXPECT_TRUE(findings.overcommitments.empty());
        EXPECT_TRUE(findings.absent.empty());
    }

    template <class Predicate>
    static std::vector<Copy> copies(const Schedule& schedule, std::size_t stack, Predicate wanted)
    {
        std::vector<Copy> found;
        for_each_step(schedule.stacks[stack], [&](const ScheduledStep& step) {
            if (step.copies() == nullptr) return;
            const std::vector<Copy>& copies = step.copies()->copies;
            std::copy_if(copies.begin(), copies.end(), std::back_inserter(found), wanted);
        });
        return found;
    }
};

TEST_F(NarrowTiles, FindColumnsThatPassedTheirNeighbourInOneCache)
{
    // The first tile alone would cache its columns elsewhere; the third still reads of them.
    const Pair pair{"ascend_like_DF", "mobilenetv1"};
    expect_fit(pair, planned(pair, OverlapMode::h_cached, {1, 18}));
}

TEST_F(NarrowTiles, FindColumnsOfEnteringMapsInCachesBelowThem)
{
    const Pair pair{"meta_prototype_DF", "resnet18"};
    const Schedule schedule = planned(pair, OverlapMode::h_cached, {1, 18});
    expect_fit(pair, schedule);
    const LayerId entering = schedule.stacks[0].layers.back();
    EXPECT_FALSE(copies(schedule, 1, [&](const Copy& copy) {
                     return copy.reason == CopyReason::columns_to_cache && copy.region.producer == entering;
                 }).empty());
}

TEST_F(NarrowTiles, KeepWhatIsReadAfterTilesBeyondTheEdge)
{
    // The outputs of two tiles in a row lie beyond the map; the first fetches a column that only the third one reads.
    const Pair pair{"edge_tpu_like", "dmcnnvd"};
    expect_fit(pair, planned(pair, OverlapMode::fully_cached, {1, 18}));
}

TEST_F(NarrowTiles, DoNotKeepRowsThatComeWithColumns)
{
    // On a tile of one pixel all that some layers read comes as cached columns, and no cached rows are copied.
    const Pair pair{"ascend_like", "resnet18"};
    expect_fit(pair, planned(pair, OverlapMode::fully_cached, {1, 1}));
}

TEST_F(NarrowTiles, DoNotKeepColumnsThatAreBroughtAgain)
{
    const Pair pair{"ascend_like", "resnet18"};
    expect_fit(pair, planned(pair, OverlapMode::h_cached, {2, 2}));
}

struct Case {
    const char* accelerator;
    OverlapMode mode;
    friend std::ostream& operator<<(std::ostream& out, const Case& each)
    {
        return out << each.accelerator << ", " << name_of(each.mode);
    }
};

class PlannedSchedules : public ::testing::TestWithParam<Case> {};

TEST_P(PlannedSchedules, FitAndReadWhatWasWritten)
{
    for (const char* network : {"fsrcnn", "mccnn", "dmcnnvd", "mobilenetv1", "resnet18"}) {
        const Pair pair{GetParam().accelerator, network};
        const Schedule schedule = planned(pair, GetParam().mode, {16, 18});
        const Findings findings = check_capacity(pair.accelerator, pair.workload, schedule);
        EXPECT_TRUE(findings.overcommitments.empty()) << network;
        EXPECT_TRUE(findings.absent.empty()) << network;
    }
}

std::vector<Case> all_cases()
{
    std::vector<Case> cases;
    for (const char* accelerator :
         {"meta_prototype", "meta_prototype_DF", "tpu_like", "tpu_like_DF", "edge_tpu_like", "edge_tpu_like_DF",
          "ascend_like", "ascend_like_DF", "tesla_npu_like", "tesla_npu_like_DF"}) {
        for (OverlapMode mode : {OverlapMode::fully_recompute, OverlapMode::h_cached, OverlapMode::fully_cached})
            cases.push_back({accelerator, mode});
    }
    return cases;
}

INSTANTIATE_TEST_SUITE_P(Reserved, PlannedSchedules, ::testing::ValuesIn(all_cases()), [](const auto& each) {
    std::string name = each.param.accelerator + ("_" + std::string{name_of(each.param.mode)});
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
});

}  // namespace
}  // namespace plumbline::sim
