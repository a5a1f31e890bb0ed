// SPDX-License-Identifier: Apache-2.0
// `plumbline cost` on records of the reference, called in-process.
#include <gmock/gmock.h>
#include <zlib.h>
#include <nlohmann/json.hpp>

#include "test_data.hpp"
#include "validate/cli/folder.hpp"

namespace plumbline {
namespace {

using namespace plumbline::test;
using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

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

TEST(CostCommand, OpensNothingThatRecordsName)
{
    const Folder folder;
    for (const char* name : {"/etc/passwd", "../../../../../../etc/passwd", "a\\u001b[2Jb"}) {
        const std::string records =
            folder.add("path.jsonl", '\n' + replaced(kCopyRecord, "Meta_prototype_DF", name) + '\n');
        const CommandResult result = plumbline({"cost", "--records", records});
        EXPECT_EQ(result.exit_code, 2);
        EXPECT_THAT(result.err, AllOf(HasSubstr(records + ":2: platform: "),
                                      HasSubstr("is not built in, expected one of"), HasSubstr("meta_prototype_df")));
        EXPECT_THAT(result.err, AllOf(Not(HasSubstr("root:")), Not(HasSubstr("\x1b"))));
    }
}

TEST(CostCommand, RefusesPrecisionsThatNoLayerHas)
{
    const Folder folder;
    std::string record;
    // The reference's first record, one weight of which has 8 bits.
    const gzFile file = gzopen(kRecords.c_str(), "rb");
    for (int c = gzgetc(file); c != '\n'; c = gzgetc(file)) record += static_cast<char>(c);
    gzclose(file);
    const CommandResult result = cost_of(folder.add("r.jsonl", replaced(record, "\"W\": 8", "\"W\": -8") + '\n'));
    EXPECT_EQ(result.exit_code, 2);
    EXPECT_THAT(result.err, HasSubstr("r.jsonl:1: operand_precision.W: is -8, expected a positive number of bits"));
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
