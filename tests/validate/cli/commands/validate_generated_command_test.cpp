// SPDX-License-Identifier: Apache-2.0
// `plumbline validate --generated`, called in-process: it plans and simulates in processes of its own.
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "validate/cli/folder.hpp"

namespace plumbline {
namespace {

using namespace plumbline::test;
using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;

CommandResult generated(std::vector<std::string> more)
{
    more.insert(more.begin(), {"validate", "--generated"});
    return plumbline(std::move(more));
}

TEST(ValidateGenerated, DoesNotDependOnProcessesOrAStore)
{
    const Folder folder;
    const std::string store = folder.path("runs.jsonl");
    const CommandResult one = generated({"6", "--seed", "3", "--processes", "1", "--store", store});
    ASSERT_EQ(one.exit_code, 0) << one.err << one.out;
    EXPECT_THAT(one.out, HasSubstr("6 schedules of seed 3"));
    EXPECT_EQ(generated({"6", "--seed", "3", "--processes", "2"}).out, one.out);
    const std::size_t lines = read_text(store).size();
    EXPECT_EQ(generated({"6", "--seed", "3", "--store", store}).out, one.out);
    EXPECT_EQ(read_text(store).size(), lines) << "nothing was simulated again";
}

TEST(ValidateGenerated, OfMergedShardsIsThatOfOneRun)
{
    const Folder folder;
    const std::string merged = folder.path("all.jsonl");
    for (const char* shard : {"1/3", "2/3", "3/3"}) {
        const std::string store = folder.path("part.jsonl");
        const CommandResult part = generated({"5", "--seed", "3", "--store", store, "--shard", shard});
        EXPECT_EQ(part.exit_code, 0) << part.err;
        EXPECT_THAT(part.out, HasSubstr(std::string{"of shard "} + shard));
        EXPECT_EQ(plumbline({"merge", merged, store}).exit_code, 0);
    }
    const std::string before = read_text(merged);
    EXPECT_EQ(generated({"5", "--seed", "3", "--store", merged}).out, generated({"5", "--seed", "3"}).out);
    EXPECT_EQ(read_text(merged), before) << "nothing was simulated again";
}

TEST(ValidateGenerated, RunsASingleNumberAgain)
{
    const CommandResult all = generated({"4", "--seed", "3", "--format", "json"});
    const CommandResult third = generated({"1", "--seed", "3", "--first", "2", "--format", "json"});
    ASSERT_EQ(all.exit_code, 0) << all.err;
    ASSERT_EQ(third.exit_code, 0) << third.err;
    EXPECT_EQ(json::parse(third.out)["schedules"][0], json::parse(all.out)["schedules"][2]);
    // One alone is shown in words.
    EXPECT_THAT(generated({"1", "--seed", "3", "--first", "2"}).out, AllOf(HasSubstr("dram"), HasSubstr("layer 0")));
}

TEST(ValidateGenerated, SaysWhatItIsJudgedBy)
{
    const json run = json::parse(generated({"4", "--seed", "3", "--format", "json"}).out);
    EXPECT_EQ(run["schema"], "plumbline/validate-generated/1");
    EXPECT_EQ(run["compared"].get<int>() + run["infeasible"].get<int>(), 4);
    EXPECT_EQ(run["refined"]["deviating"], 0);
    EXPECT_GT(run["refined"]["access_rows"], 0);
    EXPECT_GT(run["uniform"]["mape"], run["refined"]["mape"]);
    EXPECT_EQ(run["sound"], true);
    std::size_t met = 0;
    for (const json& goal : run["goals"])
        met += goal["of"] == "access rows that deviate" && goal["met"] == true ? 1 : 0;
    EXPECT_EQ(met, 1U);
}

TEST(ValidateGenerated, TakesNoDescriptionsBesides)
{
    EXPECT_EQ(generated({"4", "--accelerator", "tpu_like"}).exit_code, 2);
    EXPECT_EQ(generated({"4", "--tile", "2x2"}).exit_code, 2);
    EXPECT_EQ(generated({"4", "--tiles", "2x2"}).exit_code, 2);
    EXPECT_EQ(generated({"0"}).exit_code, 2);
    EXPECT_EQ(generated({"-1"}).exit_code, 2);
    // And what is generated is asked for.
    EXPECT_EQ(plumbline({"validate", "--first", "3"}).exit_code, 2);
    EXPECT_EQ(plumbline({"validate", "--seed", "3"}).exit_code, 2);
}

}  // namespace
}  // namespace plumbline
