// SPDX-License-Identifier: Apache-2.0
// Deviations planted by hand in the run records of two small tiles: each is put down to what was planted, and the rest is other.
#include "plumbline/validate/deviation_causes.hpp"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "plumbline/schedule_cost.hpp"
#include "plumbline/validate/report.hpp"
#include "validate/agreement/hand_made.hpp"

namespace plumbline::validate {
namespace {

using namespace plumbline::test;
using enum Direction;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class Causes : public testing::Test {
protected:
    Comparison compared() const { return compare(accelerator, predicted, simulated, {}); }
    DeviationCauses why() const
    {
        return deviation_causes(accelerator, workload, schedule, compared(), predicted, simulated);
    }

    Accelerator accelerator = tiny_accelerator();
    Workload workload = tiny_workload();
    Schedule schedule = tiny_schedule();
    RunRecord predicted;
    RunRecord simulated;
};

/// As `uniform` predicts the schedule; and a machine that moves what `refined` does, the bits of its copies included.
class CausesOfAccesses : public Causes {
protected:
    CausesOfAccesses()
    {
        const auto record = [&](Estimator estimator) {
            return run_record_of(predict(accelerator, workload, schedule, estimator), std::string{name_of(estimator)});
        };
        predicted = record(Estimator::uniform);
        simulated = record(Estimator::refined);
        simulated.source = {Source::Kind::machine, {}};
        for (AccessEntry& entry : simulated.accesses)
            if (entry.activity->kind == Activity::Kind::copy) entry.bits = kInputBits;
    }

    /// What the copies of the stack's input move at a border.
    AccessEntry& copied(MemoryId memory, Direction direction)
    {
        const auto found = std::find_if(simulated.accesses.begin(), simulated.accesses.end(), [&](const auto& entry) {
            return entry.activity == kInput && entry.memory == memory && entry.direction == direction;
        });
        return *found;
    }

    AccessParts parts(MemoryId memory, MemoryOperand operand, Direction direction) const
    {
        for (const AccessDeviation& row : why().accesses)
            if (row.memory == memory && row.operand == operand && row.direction == direction) return row.parts;
        return {};
    }

    /// Columns of 6 features of 8 bits: 2 + 2 for the first tile, 4 + 2 for the other.
    static constexpr Bits kInputBits{(4 + 6) * 6 * 8};
    static constexpr MemoryId kRegister = 0;
    static constexpr MemoryId kSram = 1;
    static constexpr MemoryId kDram = 2;
};

TEST_F(CausesOfAccesses, AddUpAndLeaveNothingOfWhatUniformAssumes)
{
    const DeviationCauses why = this->why();
    ASSERT_THAT(why.accesses, testing::Not(IsEmpty()));
    for (const AccessDeviation& row : why.accesses) {
        const double difference = (row.accesses.predicted - row.accesses.simulated).count();
        EXPECT_NEAR(row.parts.sum().count(), difference, 1e-9 * row.accesses.predicted.count());
        EXPECT_EQ(row.parts[Cause::other], Accesses{});
    }
    EXPECT_EQ(explained_accesses(why).named_share(), 1);
    // Each of the 2 x 4 x 6 outputs of both layers is the first of its sums once.
    EXPECT_EQ(parts(kRegister, MemoryOperand::o, read_down)[Cause::first_partial_sum], Accesses{2 * 48});
}

TEST_F(CausesOfAccesses, AreThoseOfLayersTogether)
{
    simulated.accesses.push_back({kConv, kRegister, MemoryOperand::o, read_down, Accesses{5}, {}, {}});
    const DeviationCauses why = this->why();
    for (const AccessDeviation& row : why.accesses) {
        AccessParts sum;
        for (const LayerAccesses& layer : row.layers) sum += layer.parts;
        EXPECT_EQ(sum, row.parts) << name_of(row.direction);  // small numbers, and no copy deviates
    }
    // The convolution and the layer after it have as many outputs; one of them reads 5 words too many.
    const std::vector<LayerAccesses>& layers = why.accesses.front().layers;
    ASSERT_THAT(layers, SizeIs(2));
    EXPECT_EQ(layers[0].parts[Cause::first_partial_sum], Accesses{48});
    EXPECT_EQ(layers[0].parts[Cause::other], Accesses{-5});
    EXPECT_EQ(layers[1].parts[Cause::other], Accesses{0});
}

TEST_F(CausesOfAccesses, CallOtherWhatNothingExplains)
{
    const Accesses before = parts(kRegister, MemoryOperand::o, read_down)[Cause::first_partial_sum];
    simulated.accesses.push_back({kConv, kRegister, MemoryOperand::o, read_down, Accesses{5}, {}, {}});
    const AccessParts after = parts(kRegister, MemoryOperand::o, read_down);
    EXPECT_EQ(after[Cause::other], Accesses{-5});
    EXPECT_EQ(after[Cause::first_partial_sum], before);
    EXPECT_EQ(explained_accesses(why()).other, 5);
    EXPECT_LT(explained_accesses(why()).named_share(), 1);
}

TEST_F(CausesOfAccesses, OfPredictionsThatAreNotUniformAreOther)
{
    for (const Source& source : {Source{Source::Kind::model, "refined"}, Source{Source::Kind::file, "uniform"}}) {
        predicted.source = source;
        const AccessParts all = parts(kRegister, MemoryOperand::o, read_down);
        EXPECT_EQ(all[Cause::other], Accesses{2 * 48});
        EXPECT_EQ(all.sum(), all[Cause::other]);
    }
}

TEST_F(CausesOfAccesses, OfAPredictionThatIsRightAreNone)
{
    predicted = simulated;
    EXPECT_THAT(why().accesses, IsEmpty());
    EXPECT_EQ(explained_accesses(why()).named_share(), 1);
}

TEST_F(CausesOfAccesses, CallACopyOfLessThanItsRegionClipped)
{
    // A word of the sram less, of 64 bits: two of the dram.
    for (AccessEntry* entry : {&copied(kDram, read_down), &copied(kSram, write_from_up)}) {
        entry->bits = kInputBits - Bits{64};
        entry->words -= Accesses{entry->memory == kDram ? 2.0 : 1.0};
    }
    EXPECT_EQ(parts(kDram, MemoryOperand::i1, read_down)[Cause::clipping], Accesses{2});
    EXPECT_EQ(parts(kSram, MemoryOperand::i1, write_from_up)[Cause::clipping], Accesses{1});
    EXPECT_EQ(explained_accesses(why()).other, 0);
    simulated.overcommitted = true;
    EXPECT_EQ(parts(kDram, MemoryOperand::i1, read_down)[Cause::capacity], Accesses{2});
    EXPECT_EQ(parts(kDram, MemoryOperand::i1, read_down)[Cause::clipping], Accesses{0});
}

TEST_F(CausesOfAccesses, CallACopyInPartsGranuleRounding)
{
    copied(kDram, read_down).words += Accesses{3};
    const AccessParts all = parts(kDram, MemoryOperand::i1, read_down);
    EXPECT_EQ(all[Cause::granule_rounding], Accesses{-3});
    EXPECT_EQ(all.sum(), Accesses{-3});
}

TEST_F(CausesOfAccesses, CallACopyOfMoreThanItsRegionOther)
{
    copied(kDram, read_down).words += Accesses{3};
    copied(kDram, read_down).bits = kInputBits + Bits{96};
    EXPECT_EQ(parts(kDram, MemoryOperand::i1, read_down)[Cause::other], Accesses{-3});
}

/// A layer of 80 iterations, 10 cycles of stalls, 6 and 4 before and after them, and a copy of 12 cycles.
class CausesOfCycles : public Causes {
protected:
    CausesOfCycles()
    {
        predicted = run_record_of(hand_made_prediction(), "uniform");
        simulated = predicted;
        simulated.source = {Source::Kind::machine, {}};
    }

    StepEntry& step(RunRecord& record, const Activity& activity)
    {
        return *std::find_if(record.steps.begin(), record.steps.end(),
                             [&](const StepEntry& entry) { return entry.activity == activity; });
    }
};

TEST_F(CausesOfCycles, AreSplitByPhaseAndAddUpToTheRun)
{
    StepEntry& conv = step(simulated, kConv);
    conv.cycles = Cycles{120};
    conv.loading = Cycles{8};
    conv.offloading = Cycles{2};
    conv.iterations = Cycles{81};
    step(simulated, kInput).cycles = Cycles{15};
    simulated.cycles = Cycles{120 + 15 - 5};  // they overlap
    const DeviationCauses why = this->why();
    ASSERT_THAT(why.steps, SizeIs(2));
    EXPECT_EQ(why.steps[0].parts[Phase::copying], Cycles{12 - 15});
    EXPECT_EQ(why.steps[1].parts[Phase::computing], Cycles{80 - 81});
    EXPECT_EQ(why.steps[1].parts[Phase::stall], Cycles{10 - (120 - 81 - 8 - 2)});
    EXPECT_EQ(why.steps[1].parts[Phase::loading], Cycles{6 - 8});
    EXPECT_EQ(why.steps[1].parts[Phase::offloading], Cycles{4 - 2});
    EXPECT_EQ(why.steps[1].parts.sum(), Cycles{100 - 120});
    EXPECT_EQ(why.run[Phase::overlap], Cycles{5});
    EXPECT_EQ(why.run.sum(), Cycles{112 - 130});
    EXPECT_EQ(explained_cycles(why).other, 0);
}

TEST_F(CausesOfCycles, TakeTheIterationsOfTheScheduleWhereASideStatesNone)
{
    // 9 offsets, 4 rows, columns 2 and 4.
    constexpr Cycles kIterations{9 * 4 * (2 + 4)};
    StepEntry& conv = step(predicted, kConv);
    conv.cycles = kIterations + Cycles{10};
    conv.iterations = kIterations;
    step(simulated, kConv).cycles = conv.cycles + Cycles{7};
    step(simulated, kConv).iterations = {};
    const DeviationCauses why = this->why();
    ASSERT_THAT(why.steps, SizeIs(1));
    EXPECT_EQ(why.steps[0].parts[Phase::computing], Cycles{0});
    EXPECT_EQ(why.steps[0].parts[Phase::stall], Cycles{-7});
}

TEST_F(CausesOfCycles, WithoutPhasesAreOther)
{
    step(simulated, kConv).phased = false;
    step(simulated, kConv).cycles = Cycles{90};
    simulated.cycles = Cycles{90 + 12};
    const DeviationCauses why = this->why();
    ASSERT_THAT(why.steps, SizeIs(1));
    EXPECT_EQ(why.steps[0].parts[Phase::other], Cycles{10});
    EXPECT_EQ(explained_cycles(why).named_share(), 0);
}

TEST_F(CausesOfCycles, OfStepsThatAFileDoesNotListAreOther)
{
    simulated.source.kind = Source::Kind::file;
    simulated.complete = false;
    simulated.steps.clear();
    simulated.cycles = Cycles{100};
    EXPECT_THAT(why().steps, IsEmpty());
    EXPECT_EQ(why().run[Phase::other], Cycles{12});
    EXPECT_EQ(why().run[Phase::overlap], Cycles{0});
    EXPECT_EQ(explained_cycles(why()).other, 12);
}

TEST_F(CausesOfAccesses, AreReportedWithWhatIsOther)
{
    simulated.accesses.push_back({kConv, kRegister, MemoryOperand::o, read_down, Accesses{5}, {}, {}});
    const DeviationCauses why = this->why();
    const Subject subject{accelerator, workload, schedule};
    const std::string text = verdict_text(subject, compared(), {}, &why);
    EXPECT_THAT(text, testing::ContainsRegex("reg_o +O +read_down +first partial sum +\\+96\\.0 "));
    EXPECT_THAT(text, testing::ContainsRegex("reg_o +O +read_down +other +-5\\.0 "));
    EXPECT_THAT(text, HasSubstr("other: 5.0 words"));
    const auto json = nlohmann::json::parse(verdict_json(subject, compared(), {}, &why))["attribution"]["accesses"];
    EXPECT_EQ(json["explained"]["other"], 5);
    EXPECT_EQ(json["rows"][0]["causes"]["first_partial_sum"], 96);
    EXPECT_EQ(json["rows"][0]["causes"]["other"], -5);
    EXPECT_EQ(json["rows"][0]["difference"], 91);
    EXPECT_EQ(json["rows"][0]["layers"][0]["name"], "conv");
    EXPECT_EQ(json["rows"][0]["layers"][0]["causes"]["other"], -5);
}

TEST_F(CausesOfCycles, AreReportedByPhase)
{
    step(simulated, kConv).cycles = Cycles{130};
    simulated.cycles = Cycles{142};
    const DeviationCauses why = this->why();
    const Subject subject{accelerator, workload, schedule};
    const std::string text = verdict_text(subject, compared(), {}, &why);
    EXPECT_THAT(text, testing::ContainsRegex("\nconv +-30 +-30 *\n"));
    EXPECT_THAT(text, testing::ContainsRegex("\nthe run +-30 +-30 *\n"));
    const auto json = nlohmann::json::parse(verdict_json(subject, compared(), {}, &why))["attribution"]["cycles"];
    EXPECT_EQ(json["steps"][0]["phases"]["stall"], -30);
    EXPECT_EQ(json["run"]["stall"], -30);
    EXPECT_EQ(json["explained"]["named_share"], 1);
}

TEST_F(CausesOfCycles, SayWhatTheMachineStallsForWhereStallsDeviate)
{
    constexpr MemoryId kSram = 1;
    StepEntry& conv = step(simulated, kConv);
    conv.cycles = Cycles{130};
    conv.waits = {{sim::WaitCause::loading, kSram, MemoryOperand::i1, {}, Cycles{4}},
                  {sim::WaitCause::starved, kSram, MemoryOperand::i1, {}, Cycles{20}},
                  {sim::WaitCause::contended_port, kSram, {}, PortId{1}, Cycles{10}}};
    simulated.cycles = Cycles{142};
    const DeviationCauses why = this->why();
    const Subject subject{accelerator, workload, schedule};
    const std::string text = verdict_text(subject, compared(), {}, &why);
    EXPECT_THAT(text, testing::ContainsRegex("\nconv +starved: I in sram +20\n"));
    EXPECT_THAT(text, testing::ContainsRegex("\nconv +contended_port: sram w_port_1 +10\n"));
    EXPECT_THAT(text, Not(HasSubstr("loading: I")));
    const auto json = nlohmann::json::parse(verdict_json(subject, compared(), {}, &why))["attribution"]["cycles"];
    EXPECT_THAT(json["steps"][0]["stalls"], SizeIs(2));
    EXPECT_EQ(json["steps"][0]["stalls"][0]["cycles"], 20);
}

}  // namespace
}  // namespace plumbline::validate
