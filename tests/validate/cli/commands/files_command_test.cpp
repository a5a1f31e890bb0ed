// SPDX-License-Identifier: Apache-2.0
// `plumbline validate` where a side, or both, are files.
#include <map>
#include <tuple>

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "validate/cli/folder.hpp"

namespace plumbline {
namespace {

using namespace plumbline::test;
using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;

using Border = std::tuple<std::string, std::string, std::string>;

/// Of the rows of a report.
std::map<Border, double> simulated(const json& report)
{
    std::map<Border, double> words;
    for (const json& row : report["rows"]) {
        words[{row["memory"], row["operand"], row["direction"]}] = row["simulated"];
    }
    return words;
}

TEST(ValidateFiles, ReadsATraceOfOursAsWhatWasSimulated)
{
    const Folder folder;
    const std::string trace = folder.path("run.json");
    const CommandResult run = on_pair(folder, "simulate", {"--tile", "4x4", "--trace", trace, "--format", "json"});
    ASSERT_EQ(run.exit_code, 0) << run.err;
    const CommandResult compared =
        on_pair(folder, "validate", {"--tile", "4x4", "--observations", trace, "--format", "json"});
    ASSERT_NE(compared.exit_code, 2) << compared.err;
    const json expected = json::parse(run.out);
    const json found = json::parse(compared.out);
    ASSERT_THAT(simulated(expected), testing::Not(IsEmpty()));
    EXPECT_EQ(simulated(found).size(), simulated(expected).size());
    for (const auto& [border, words] : simulated(expected)) {
        EXPECT_DOUBLE_EQ(simulated(found)[border], words) << std::get<0>(border) << ' ' << std::get<2>(border);
    }
    EXPECT_EQ(found["latency_cycles"]["simulated"], expected["latency_cycles"]["simulated"]);
    ASSERT_EQ(found["layers"].size(), 2U);
    for (std::size_t i = 0; i < 2; ++i) {
        EXPECT_EQ(found["layers"][i]["simulated_cycles"], expected["layers"][i]["simulated_cycles"]);
    }
}

/// Both sides files: nothing is simulated.
CommandResult between(const Folder& folder, const std::string& predictions, const std::string& observations)
{
    return on_pair(folder, "validate",
                   {"--tile", "4x4", "--predictions", folder.add("predicted.csv", predictions), "--observations",
                    folder.add("observed.csv", observations)});
}

TEST(ValidateFiles, JudgesThemByTheTolerances)
{
    const Folder folder;
    // +9 % and +11 %, where 10 % are accepted.
    EXPECT_EQ(between(folder, "time_cycles\n109\n", "time_cycles\n100\n").exit_code, 0);
    const CommandResult outside = between(folder, "time_cycles\n111\n", "time_cycles\n100\n");
    EXPECT_EQ(outside.exit_code, 1);
    EXPECT_THAT(outside.out, AllOf(HasSubstr("predicted.csv"), HasSubstr("observed.csv"), HasSubstr("+11.00 %")));
}

TEST(ValidateFiles, NeedSomethingInCommon)
{
    const Folder folder;
    const CommandResult result = between(folder, "energy_pj\n1\n", "time_cycles\n100\n");
    EXPECT_EQ(result.exit_code, 2);
    EXPECT_THAT(result.err, HasSubstr("nothing is stated by both sides"));
}

TEST(ValidateFiles, TakeTheLengthOfACycle)
{
    const Folder folder;
    const CommandResult result =
        on_pair(folder, "validate",
                {"--tile", "4x4", "--cycle-ns", "0.5", "--predictions", folder.add("p.csv", "time_cycles\n200\n"),
                 "--observations", folder.add("o.csv", "time_ns\n100\n"), "--tolerance-latency", "0"});
    EXPECT_EQ(result.exit_code, 0) << result.out << result.err;
}

TEST(ValidateFiles, AreRefusedWithFileAndLine)
{
    const Folder folder;
    const CommandResult result = between(folder, "layer,time_ns\nconv,-1\n", "time_cycles\n100\n");
    EXPECT_EQ(result.exit_code, 2);
    EXPECT_THAT(result.err, HasSubstr("predicted.csv:2: time_ns: is -1, expected at least 0"));
    EXPECT_THAT(result.out, IsEmpty());
}

TEST(ValidateFiles, ExcludeWhatOnlyASimulationDoes)
{
    const Folder folder;
    const std::string file = folder.add("o.csv", "time_cycles\n100\n");
    const CommandResult result =
        on_pair(folder, "validate", {"--tile", "4x4", "--observations", file, "--fold-classes"});
    EXPECT_EQ(result.exit_code, 2);
    EXPECT_THAT(result.err, AllOf(HasSubstr("--observations"), HasSubstr("--fold-classes")));
}

}  // namespace
}  // namespace plumbline
