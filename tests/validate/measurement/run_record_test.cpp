// SPDX-License-Identifier: Apache-2.0
// Comparisons of which a side, or both, are files.
#include "plumbline/validate/run_record.hpp"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "imported.hpp"
#include "plumbline/sim/observations.hpp"
#include "plumbline/validate/comparison.hpp"
#include "plumbline/validate/report.hpp"
#include "validate/agreement/hand_made.hpp"

namespace plumbline::validate {
namespace {

using namespace plumbline::test;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

RunRecord model() { return run_record_of(hand_made_prediction(), "uniform"); }
RunRecord machine() { return run_record_of(tiny_accelerator(), hand_made_counters()); }

RunRecord file(const std::string& csv) { return ImportedFile{"others.csv"}.record(csv); }

Comparison compared(const RunRecord& predicted, const RunRecord& simulated)
{
    return compare(tiny_accelerator(), predicted, simulated, {});
}

std::string text(const Comparison& comparison)
{
    const Accelerator accelerator = tiny_accelerator();
    const Workload workload = tiny_workload();
    const Schedule schedule = tiny_schedule();
    return verdict_text({accelerator, workload, schedule}, comparison, {});
}

TEST(RunRecord, OfModelAndMachineCompareAsTheyDoThemselves)
{
    const Comparison comparison = compared(model(), machine());
    ASSERT_THAT(comparison.accesses, SizeIs(4));
    EXPECT_EQ(comparison.accesses.front().accesses.predicted, Accesses{50});
    EXPECT_EQ(comparison.accesses.front().accesses.simulated, Accesses{40});
    EXPECT_EQ(comparison.layers.front().computing.predicted, Cycles{90});
    EXPECT_EQ(comparison.latency->simulated, Cycles{112});
    EXPECT_THAT(comparison.one_sided, IsEmpty());
}

TEST(RunRecord, OfTheObservationsOfAMachineIsThatOfItsCounters)
{
    const Comparison comparison =
        compared(machine(), file(sim::observations(tiny_accelerator(), tiny_workload(), hand_made_counters())));
    ASSERT_THAT(comparison.accesses, SizeIs(machine().accesses.size()));
    for (const auto& each : comparison.accesses) EXPECT_EQ(each.accesses.deviation(), 0);
    for (const auto& each : comparison.layers) {
        EXPECT_EQ(each.loading.deviation(), 0);
        EXPECT_EQ(each.computing.deviation(), 0);
        EXPECT_EQ(each.offloading.deviation(), 0);
    }
    EXPECT_EQ(comparison.latency->deviation(), 0);
    EXPECT_EQ(comparison.energy->deviation(), 0);
}

TEST(RunRecord, OfAFileIsComparedInWhatItSays)
{
    const RunRecord observed = file(
        "layer,memory,operand,direction,words,time_cycles\n"
        ",sram,I1,read_down,50,\n"
        "conv,,,,,80\n");
    const Comparison comparison = compared(model(), observed);
    ASSERT_THAT(comparison.accesses, SizeIs(1));
    EXPECT_EQ(comparison.accesses.front().accesses.deviation(), 0);
    ASSERT_THAT(comparison.layers, SizeIs(1));
    EXPECT_FALSE(comparison.layers.front().phased);
    // 100 predicted, 80 observed.
    EXPECT_DOUBLE_EQ(comparison.layers.front().cycles().deviation(), 0.25);
    EXPECT_THAT(comparison.copies, IsEmpty());
    EXPECT_EQ(comparison.latency, std::nullopt);
    EXPECT_FALSE(comparison.within_tolerance);
}

TEST(RunRecord, OfAFileLeavesTheRestOneSided)
{
    const Comparison comparison = compared(model(), file("memory,operand,direction,words\nsram,I1,read_down,50\n"));
    EXPECT_TRUE(comparison.within_tolerance);
    std::vector<std::string> whats;
    for (const OneSided& row : comparison.one_sided) {
        EXPECT_EQ(row.side, OneSided::Side::predicted);
        whats.push_back(row.what);
    }
    EXPECT_THAT(whats,
                testing::UnorderedElementsAre("sram I1 write_from_up", "sram O write_from_down", "dram I1 read_down",
                                              "layer conv", "copy of the stack's input", "energy", "latency"));
}

TEST(RunRecord, OfAFileMayDenyWhatARunSays)
{
    // A run says everything: what it does not list did not happen, so 5 words are 5 too many.
    const RunRecord predictions = file("memory,operand,direction,words\nsram,I2,read_down,5\n");
    const Comparison comparison = compared(predictions, machine());
    ASSERT_THAT(comparison.accesses, SizeIs(1));
    EXPECT_EQ(comparison.accesses.front().accesses.deviation(), std::numeric_limits<double>::infinity());
    EXPECT_FALSE(comparison.within_tolerance);
}

TEST(RunRecord, OfTheMachineNamesItsLayers)
{
    const Workload workload = tiny_workload();
    const RunRecord named = run_record_of(tiny_accelerator(), hand_made_counters(), &workload);
    std::vector<std::string> whats;
    for (const OneSided& row : compared(file("time_cycles\n112\n"), named).one_sided) whats.push_back(row.what);
    EXPECT_THAT(whats, testing::Contains("layer conv"));
}

TEST(RunRecord, OfTwoFilesNeedsNoRun)
{
    const std::string head = "layer,phase,time_cycles\n";
    const Comparison comparison = compared(file(head + "conv,computing,90\nconv,loading,10\n"),
                                           file(head + "conv,computing,80\nconv,loading,20\n"));
    ASSERT_THAT(comparison.layers, SizeIs(1));
    EXPECT_TRUE(comparison.layers.front().phased);
    EXPECT_EQ(comparison.layers.front().loading.predicted, Cycles{10});
    EXPECT_EQ(comparison.layers.front().loading.simulated, Cycles{20});
    EXPECT_TRUE(comparison.within_tolerance);
}

TEST(RunRecord, WithNothingInCommonComparesNothing)
{
    EXPECT_FALSE(compared(file("energy_pj\n5\n"), file("time_cycles\n5\n")).anything());
    EXPECT_TRUE(compared(file("time_cycles\n5\n"), file("time_cycles\n5\n")).anything());
}

TEST(RunRecord, JudgesPortsOfWhichBothSidesKnowTheBusyTime)
{
    // The machine's port 0 of the sram was busy for 40 cycles.
    const std::string head = "memory,port,time_cycles\n";
    const Comparison close = compared(machine(), file(head + "sram,r_port_1,40\n"));
    ASSERT_THAT(close.ports, SizeIs(1));
    EXPECT_TRUE(close.within_tolerance);
    EXPECT_FALSE(compared(machine(), file(head + "sram,r_port_1,80\n")).within_tolerance);
    EXPECT_THAT(compared(machine(), file(head + "sram,w_port_1,40\n")).ports, IsEmpty());
}

TEST(RunRecord, OfAFileIsNamedInReports)
{
    const RunRecord observed = file("memory,operand,direction,words\nsram,I1,read_down,40\n");
    const std::string report = text(compared(model(), observed));
    EXPECT_THAT(report, HasSubstr("observations: "));
    EXPECT_THAT(report, HasSubstr("others.csv"));
    EXPECT_THAT(report, HasSubstr("observed [words]"));
    EXPECT_THAT(report, HasSubstr("layer conv"));
    EXPECT_THAT(report, Not(HasSubstr("simulated")));
    EXPECT_THAT(text(compared(model(), machine())), Not(HasSubstr("observ")));
}

TEST(RunRecord, OfAFileIsNamedInJson)
{
    const Accelerator accelerator = tiny_accelerator();
    const Workload workload = tiny_workload();
    const Schedule schedule = tiny_schedule();
    const RunRecord observed = file("memory,operand,direction,words\nsram,I1,read_down,40\n");
    const auto report =
        nlohmann::json::parse(verdict_json({accelerator, workload, schedule}, compared(model(), observed), {}));
    EXPECT_EQ(report["sources"]["predicted"]["kind"], "model");
    EXPECT_EQ(report["sources"]["predicted"]["name"], "uniform");
    EXPECT_EQ(report["sources"]["simulated"]["kind"], "file");
    EXPECT_TRUE(report["latency_cycles"].is_null());
    EXPECT_EQ(report["rows"].size(), 1U);
    EXPECT_EQ(report["one_sided"].size(), 7U);
}

}  // namespace
}  // namespace plumbline::validate
