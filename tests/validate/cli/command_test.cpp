// SPDX-License-Identifier: Apache-2.0
// The command on real input. Each TEST simulates once at most: the SystemC kernel lives once per process.
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "folder.hpp"

namespace plumbline {
namespace {

using namespace plumbline::test;
using nlohmann::json;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const std::string kRecords =
    std::string{PLUMBLINE_TEST_DATA} + "/evaluations/Meta_prototype_DF__fsrcnn__m3_60x72_lpf6.jsonl.gz";

/// One line of the reference: a copy over two hops (provenance as in tests/reference).
constexpr const char* kCopyRecord =
    R"({"kind": "copy", "platform": "Meta_prototype_DF", "layer": "datamovement_b4_InputLayerNode_-1", "actions": )"
    R"([{"bits": 29600, "src": ["I1", 2, "dram"], "dst": ["I1", 0, "sram_64KB"], "energy": 337378.83999999997, )"
    R"("hops": [463, 58]}], "expect": {"energy": 337378.83999999997, "latency": 521}})";

std::string without(std::string text, const std::string& part) { return text.erase(text.find(part), part.size()); }

std::string replaced(std::string text, const std::string& part, const std::string& by)
{
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + by.size())) {
        text.replace(at, part.size(), by);
    }
    return text;
}

CommandResult cost_of(const std::string& records)
{
    return plumbline({"cost", "--accelerator", "meta_prototype_df", "--records", records});
}

TEST(CostCommand, FindsEveryRecordOfTheReferenceWithinRounding)
{
    const CommandResult result = plumbline(
        {"cost", "--accelerator", "meta_prototype_df", "--records", kRecords, "--search", "--format", "json"});
    EXPECT_EQ(result.exit_code, 0) << result.out << result.err;
    const json report = json::parse(result.out);
    EXPECT_EQ(report["records"]["mapping"], 140);
    EXPECT_EQ(report["records"]["best"], 72);
    EXPECT_EQ(report["records"]["copy"], 59);
    EXPECT_TRUE(report["within_tolerance"]);
}

TEST(CostCommand, TakesAcceleratorAndNetworkFromTheRecords)
{
    // Ascend_like_DF and ResNet18, whose mapping rules go by the names of layers that the records call by their ids.
    const std::string records =
        std::string{PLUMBLINE_TEST_DATA} + "/evaluations/Ascend_like_DF__resnet18__m3_14x14_lpf6.jsonl.gz";
    const CommandResult result = plumbline({"cost", "--records", records, "--search", "--format", "json"});
    EXPECT_EQ(result.exit_code, 0) << result.out << result.err;
    EXPECT_EQ(json::parse(result.out)["records"]["best"], 80);
}

TEST(CostCommand, ExitsWithOneWhereARecordExpectsAnotherCost)
{
    const Folder folder;
    EXPECT_EQ(cost_of(folder.add("right.jsonl", kCopyRecord)).exit_code, 0);
    const CommandResult wrong = cost_of(folder.add("wrong.jsonl", replaced(kCopyRecord, "521", "522")));
    EXPECT_EQ(wrong.exit_code, 1);
    EXPECT_THAT(wrong.out, HasSubstr("copy latency"));
    EXPECT_THAT(wrong.out, HasSubstr("OUTSIDE"));
}

TEST(CostCommand, PrintsTheCostOfARecordThatExpectsNothing)
{
    const Folder folder;
    const std::string record = without(kCopyRecord, R"(, "expect": {"energy": 337378.83999999997, "latency": 521})");
    const CommandResult result = cost_of(folder.add("plain.jsonl", record));
    EXPECT_EQ(result.exit_code, 0) << result.err;
    EXPECT_THAT(result.out, HasSubstr("337,379"));
    EXPECT_THAT(result.out, HasSubstr("521"));
}

TEST(EvaluateCommand, WritesItsReportAndTheScheduleToFiles)
{
    const Folder folder;
    const CommandResult result = on_pair(folder, "evaluate",
                                         {"--tile", "4x4", "--format", "json", "-o", folder.path("report.json"),
                                          "--schedule-out", folder.path("schedule.json")});
    EXPECT_EQ(result.exit_code, 0) << result.err;
    EXPECT_THAT(result.out, IsEmpty());
    EXPECT_EQ(json::parse(read_text(folder.path("report.json")))["tile"], json::array({4, 4}));
    EXPECT_EQ(folder.files(), 3U) << "the network, the report, the schedule and nothing temporary";

    const CommandResult again =
        on_pair(folder, "evaluate", {"--schedule", folder.path("schedule.json"), "--format", "json"});
    EXPECT_EQ(again.out, read_text(folder.path("report.json")));
}

TEST(EvaluateCommand, FindsTheEnergyOfTheReference)
{
    // The public DeFiNES, repaired: schedules/Meta_prototype_DF__fsrcnn__m3_60x72_lpf6.json, energy_total.
    const CommandResult result = plumbline({"evaluate", "--accelerator", "meta_prototype_df", "--workload", "fsrcnn",
                                            "--tile", "60x72", "--capacity", "optimistic", "--format", "json"});
    const json report = json::parse(result.out);
    EXPECT_NEAR(report["energy_pj"], 2154699943.145, 2154699943.145e-9);
}

TEST(EvaluateCommand, ExitsWithThreeWhereNothingFits)
{
    const Folder folder;
    std::string accelerator = read_text(std::string{PLUMBLINE_PLATFORMS} + "/accelerators/meta_prototype_df.yaml");
    for (const char* size : {"262144", "8388608", "524288", "10000000000"}) {
        accelerator = replaced(accelerator, std::string{"size: "} + size, "size: 1024");
    }
    const CommandResult result = plumbline({"evaluate", "--accelerator", folder.add("small.yaml", accelerator),
                                            "--mapping", "meta_prototype", "--workload", "fsrcnn", "--tile", "60x72"});
    EXPECT_EQ(result.exit_code, 3);
    EXPECT_THAT(result.err, HasSubstr("infeasible"));
    EXPECT_THAT(result.out, IsEmpty());
}

TEST(SimulateCommand, CountsMacsAndOutputsOfTheNetwork)
{
    const Folder folder;
    const CommandResult result =
        on_pair(folder, "simulate", {"--tile", "4x4", "--mode", "fully-cached", "--format", "json"});
    ASSERT_EQ(result.exit_code, 0) << result.err;
    const json report = json::parse(result.out);
    // 4 x 2 x 8 x 8 x 3 x 3 and 2 x 4 x 8 x 8: fully cached, nothing is computed twice.
    EXPECT_EQ(report["macs"], 4608 + 512);
    EXPECT_EQ(report["outputs"], 2 * 8 * 8);
}

json capacity_of(const std::string& policy)
{
    const CommandResult result =
        plumbline({"capacity", "--accelerator", "meta_prototype_df", "--workload", "resnet18", "--modes", "h-cached",
                   "--factors", "3", "--capacity", policy, "--format", "json"});
    EXPECT_EQ(result.exit_code, 0) << result.err;
    return json::parse(result.out).at("schedules").at(0);
}

TEST(CapacityCommand, NamesWhatDoesNotFitWhereNoSpaceIsReserved)
{
    EXPECT_TRUE(capacity_of("reserved").at("over").empty());
    const json over = capacity_of("optimistic").at("over").at(0);
    EXPECT_GT(over.at("needed_bits"), over.at("size_bits"));
    EXPECT_EQ(over.at("memory"), "sram_64KB");
}

TEST(CapacityCommand, ChecksEveryTileSizeCutToTheMap)
{
    const CommandResult result =
        plumbline({"capacity", "--accelerator", "meta_prototype_df", "--workload", "fsrcnn", "--modes", "h-cached",
                   "--factors", "3", "--tile", "60x72,2000x10,full", "--format", "json"});
    ASSERT_EQ(result.exit_code, 0) << result.err;
    const json report = json::parse(result.out);
    EXPECT_EQ(report.at("schema"), "plumbline/capacity/1");
    std::vector<json> tiles;
    for (const json& schedule : report.at("schedules")) tiles.push_back(schedule.at("tile"));
    EXPECT_EQ(tiles, (std::vector<json>{{60, 72}, {960, 10}, {960, 540}}));
}

TEST(ValidateCommand, ExitsWithOneAndPutsRowsOutsideFirst)
{
    const Folder folder;
    const CommandResult result =
        on_pair(folder, "validate",
                {"--tile", "4x4", "--tolerance-accesses", "0", "--tolerance-latency", "0", "--format", "json"});
    ASSERT_EQ(result.exit_code, 1) << result.err;
    const json report = json::parse(result.out);
    EXPECT_FALSE(report["within_tolerance"]);
    bool before = false;
    for (const json& row : report["rows"]) {
        const bool within = row["within_tolerance"];
        EXPECT_TRUE(within || !before) << "a row outside follows one within";
        before = within;
    }
    EXPECT_FALSE(report["rows"][0]["within_tolerance"]);
}

TEST(ValidateCommand, ExitsWithZeroWithinTolerance)
{
    const Folder folder;
    const CommandResult result =
        on_pair(folder, "validate", {"--tile", "4x4", "--tolerance-accesses", "1e9", "--tolerance-latency", "1e9"});
    EXPECT_EQ(result.exit_code, 0) << result.out << result.err;
    EXPECT_THAT(result.out, Not(HasSubstr("OUTSIDE")));
}

TEST(ValidateCommand, FindsNoAccessOutsideARefinedPrediction)
{
    const Folder folder;
    const CommandResult result = on_pair(
        folder, "validate",
        {"--tile", "3x3", "--estimator", "refined", "--tolerance-accesses", "1e-9", "--tolerance-latency", "1e9"});
    EXPECT_EQ(result.exit_code, 0) << result.out << result.err;
}

TEST(SimulateCommand, CountsFoldedClassesAsTheTilesTheyStandFor)
{
    const Folder folder;
    const CommandResult result = on_pair(
        folder, "simulate", {"--tile", "2x2", "--mode", "fully-recompute", "--fold-classes", "--format", "json"});
    ASSERT_EQ(result.exit_code, 0) << result.err;
    EXPECT_EQ(json::parse(result.out)["outputs"], 2 * 8 * 8);
}

}  // namespace
}  // namespace plumbline
