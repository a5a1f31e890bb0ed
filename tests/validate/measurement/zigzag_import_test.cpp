// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "imported.hpp"

namespace plumbline::validate {
namespace {

using namespace plumbline::test;
using enum MemoryOperand;
using enum Direction;

const std::string kNothing = R"({"rd_out_to_low": 0, "wr_in_by_low": 0, "rd_out_to_high": 0, "wr_in_by_high": 0})";

/// As CompleteSaveStage of ZigZag v3 writes a result, but for keys that matter to nobody here.
std::string result(const std::string& layer, const std::string& accesses)
{
    return R"({"outputs": {
  "memory": {"utilization": null, "word_accesses": )" +
           accesses + R"(},
  "energy": {"energy_total": 130.5, "operational_energy": 4.0},
  "latency": {"data_onloading": 6, "computation": 90.0, "data_offloading": 4}},
 "inputs": {"accelerator": {"name": "tiny"}, "layer": )" +
           layer + "}}\n";
}

std::string layer(const std::string& name)
{
    return R"({"name": ")" + name + R"(", "memory_operand_links": {"O": "O", "W": "I2", "I": "I1"}})";
}

const std::string kInputAccesses = R"({"I": [{"rd_out_to_low": 50, "wr_in_by_low": 0, "rd_out_to_high": 0,
  "wr_in_by_high": 5}, {"rd_out_to_low": 10, "wr_in_by_low": 0, "rd_out_to_high": 0, "wr_in_by_high": 0}]})";

TEST(ZigzagImport, TakesLevelsOfAnOperandAsItsMemories)
{
    // The inputs' level 0 is the sram, level 1 the dram.
    const RunRecord found = ImportedFile{"conv_complete.json"}.record(result(layer("conv"), kInputAccesses));
    EXPECT_EQ(words(found, 1, i1, read_down), 50);
    EXPECT_EQ(words(found, 1, i1, write_from_up), 5);
    EXPECT_EQ(words(found, 2, i1, read_down), 10);
    EXPECT_EQ(words(found, 2, i1, write_from_up), std::nullopt);
    EXPECT_EQ(found.accesses.front().activity, kConv);
}

TEST(ZigzagImport, TakesOnloadingComputationAndOffloadingAsPhases)
{
    const RunRecord found = ImportedFile{"conv_complete.json"}.record(result(layer("conv"), kInputAccesses));
    const StepEntry* conv = step(found, kConv);
    ASSERT_NE(conv, nullptr);
    EXPECT_EQ(conv->loading, Cycles{6});
    EXPECT_EQ(conv->computing(), Cycles{90});
    EXPECT_EQ(conv->offloading, Cycles{4});
    // One layer of two: nobody knows the whole run.
    EXPECT_EQ(found.cycles, std::nullopt);
}

TEST(ZigzagImport, AddsUpResultsOfAllLayersAsTheRun)
{
    const Folder folder;
    const RunRecord found = imported({folder.add("a.json", result(layer("conv"), kInputAccesses)),
                                      folder.add("b.json", result(layer("pointwise"), kInputAccesses))});
    EXPECT_EQ(found.cycles, Cycles{200});
    EXPECT_EQ(words(found, 1, i1, read_down), 100);
}

TEST(ZigzagImport, TakesASumOverLayersAsTheRun)
{
    const RunRecord found = ImportedFile{"overall_complete.json"}.record(result("[0, 1]", kInputAccesses));
    EXPECT_EQ(found.cycles, Cycles{100});
    EXPECT_EQ(found.energy, Picojoules{130.5});
    EXPECT_EQ(words(found, 1, i1, read_down), 50);
    EXPECT_TRUE(found.steps.empty());
    EXPECT_EQ(found.accesses.front().activity, std::nullopt);
}

TEST(ZigzagImport, UnderstandsDirectionsWrittenOutAsOlderVersionsDo)
{
    const std::string accesses = R"json({"O": [{"rd_out_to_low": 1, "wr_in_by_low": 2, "rd_out_to_high": 3,
 "wr_in_by_high": 4}, "4waydatamoving (rd ^: 3, wr v: 0, rd v: 5, wr ^: 7.5)"]})json";
    const RunRecord found = ImportedFile{"conv.json"}.record(result(layer("conv"), accesses));
    EXPECT_EQ(words(found, 1, o, read_up), 3);
    EXPECT_EQ(words(found, 1, o, read_down), 5);
    EXPECT_EQ(words(found, 1, o, write_from_down), 7.5);
    EXPECT_EQ(words(found, 0, o, write_from_up), 4);
}

TEST(ZigzagImport, ReadsAListOfResults)
{
    const std::string both =
        "[" + result(layer("conv"), kInputAccesses) + "," + result(layer("pointwise"), kInputAccesses) + "]";
    EXPECT_EQ(ImportedFile{"all.json"}.record(both).cycles, Cycles{200});
}

TEST(ZigzagImport, RefusesASecondResultOfALayer)
{
    const std::string one = result(layer("conv"), kInputAccesses);
    const ImportedFile file{"all.json"};
    // Results take six lines, and the end of the first is on that of the comma.
    const std::string path = file.folder.path("all.json");
    file.refused("[" + one + "," + one + "]", 7, "layer", "a result of conv says again what " + path + ":1 said");
}

TEST(ZigzagImport, RefusesMoreLevelsThanThereAreMemories)
{
    const std::string accesses = R"({"I": [)" + kNothing + "," + kNothing + "," + kNothing + "]}";
    ImportedFile{"conv.json"}.refused(result(layer("conv"), accesses), 1, "outputs.memory.word_accesses.I",
                                      "has 3 levels, but only 2 memories are in tiny for I1");
}

TEST(ZigzagImport, KeepsTrafficWhereNoPortIs)
{
    // The tiny dram is never written with inputs: what is stated all the same deviates from the machine's nothing.
    const std::string accesses =
        R"({"I": [)" + kNothing +
        R"(, {"rd_out_to_low": 0, "wr_in_by_low": 1, "rd_out_to_high": 0, "wr_in_by_high": 0}]})";
    const auto found = ImportedFile{"conv.json"}.record(result(layer("conv"), accesses));
    EXPECT_EQ(words(found, 2, i1, write_from_down), 1);
}

TEST(ZigzagImport, RefusesLayersOfOtherNetworks)
{
    ImportedFile{"c.json"}.refused(result(layer("Conv_7"), kInputAccesses), 1, "layer", "'Conv_7' is unknown in pair");
}

TEST(ZigzagImport, RefusesOperandsWithoutALink)
{
    ImportedFile{"c.json"}.refused(result("[0, 1]", R"({"X": []})"), 2, "outputs.memory.word_accesses.X",
                                   "nothing says which memory operand 'X' is");
}

TEST(ZigzagImport, RefusesNegativeAmountsAndWhatIsMissing)
{
    const ImportedFile file{"c.json"};
    const std::string negative =
        R"({"I": [{"rd_out_to_low": -1, "wr_in_by_low": 0, "rd_out_to_high": 0, "wr_in_by_high": 0}]})";
    file.refused(result(layer("conv"), negative), 2, "outputs.memory.word_accesses.I[0].rd_out_to_low", "is negative");
    const std::string incomplete = R"json({"I": ["(rd ^: 3)"]})json";
    file.refused(result(layer("conv"), incomplete), 2, "outputs.memory.word_accesses.I[0]", "expected four amounts");
    file.refused(R"({"outputs": {}})", 1, "outputs.latency", "is missing");
    file.refused(R"({"outputs": )", 1, "", "not valid JSON");
}

}  // namespace
}  // namespace plumbline::validate
