// SPDX-License-Identifier: Apache-2.0
// `plumbline cost` on records of the reference, called in-process.
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "folder.hpp"
#include "test_data.hpp"

namespace plumbline {
namespace {

using namespace plumbline::test;
using nlohmann::json;
using testing::HasSubstr;

const std::string kRecords =
    std::string{kReferenceFolder} + "/evaluations/Meta_prototype_DF__fsrcnn__m3_60x72_lpf6.jsonl.gz";

/// One line of the reference: a copy over two hops (provenance as in tests/reference).
constexpr const char* kCopyRecord =
    R"({"kind": "copy", "platform": "Meta_prototype_DF", "layer": "datamovement_b4_InputLayerNode_-1", "actions": )"
    R"([{"bits": 29600, "src": ["I1", 2, "dram"], "dst": ["I1", 0, "sram_64KB"], "energy": 337378.83999999997, )"
    R"("hops": [463, 58]}], "expect": {"energy": 337378.83999999997, "latency": 521}})";

std::string without(std::string text, const std::string& part) { return text.erase(text.find(part), part.size()); }

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
        std::string{kReferenceFolder} + "/evaluations/Ascend_like_DF__resnet18__m3_14x14_lpf6.jsonl.gz";
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

}  // namespace
}  // namespace plumbline
