// SPDX-License-Identifier: Apache-2.0
// `plumbline capacity` called in-process: it runs no simulation.
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "folder.hpp"

namespace plumbline {
namespace {

using namespace plumbline::test;
using nlohmann::json;

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

}  // namespace
}  // namespace plumbline
