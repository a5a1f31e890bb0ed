// SPDX-License-Identifier: Apache-2.0
// `plumbline capacity` called in-process: it runs no simulation.
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "test_data.hpp"
#include "validate/cli/folder.hpp"

namespace plumbline {
namespace {

using namespace plumbline::test;
using nlohmann::json;

json capacity_of(const std::string& policy)
{
    const CommandResult result =
        plumbline({"capacity", "--accelerator", "meta_prototype_df", "--workload", "defines/resnet18", "--modes",
                   "h-cached", "--factors", "3", "--capacity", policy, "--format", "json"});
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

TEST(CapacityCommand, TakesRulesForAnAcceleratorOfOnesOwn)
{
    const Folder folder;
    const std::string text = read_text(std::string{kPlatformsFolder} + "/accelerators/meta_prototype_df.yaml");
    const std::string mine = folder.add("mine.yaml", text);
    const auto with = [](std::vector<std::string> more) {
        std::vector<std::string> arguments{"capacity",  "--workload", "defines/resnet18", "--capacity", "optimistic",
                                           "--factors", "3",          "--modes",          "all",        "--format",
                                           "json"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return plumbline(std::move(arguments));
    };
    const CommandResult without = with({"--accelerator", mine});
    EXPECT_EQ(without.exit_code, 2);
    EXPECT_THAT(without.err, testing::HasSubstr("--mapping"));
    // It is the built-in one in everything but its name.
    const CommandResult own = with({"--accelerator", mine, "--mapping", "meta_prototype"});
    ASSERT_EQ(own.exit_code, 0) << own.err;
    EXPECT_EQ(replaced(own.out, json(mine).dump(), R"("meta_prototype_df")"),
              with({"--accelerator", "meta_prototype_df"}).out);
}

TEST(CapacityCommand, PlansForTheEstimatorAndTheProfileThatWereAskedFor)
{
    const Folder folder;
    const auto refusal = [&](const std::string& flag, const std::string& value) {
        return plumbline({"capacity", "--accelerator", "meta_prototype_df", "--workload", "fsrcnn", flag, value});
    };
    EXPECT_THAT(refusal("--estimator", "magic").err, testing::HasSubstr("refined"));
    EXPECT_THAT(refusal("--profile", folder.path("none.yaml")).err, testing::HasSubstr("none.yaml"));
}

}  // namespace
}  // namespace plumbline
