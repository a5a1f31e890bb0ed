// SPDX-License-Identifier: Apache-2.0
// `plumbline evaluate` called in-process.
#include <algorithm>
#include <limits>

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "test_data.hpp"
#include "validate/cli/folder.hpp"

namespace plumbline {
namespace {

using namespace plumbline::test;
using nlohmann::json;
using testing::HasSubstr;
using testing::IsEmpty;

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

TEST(EvaluateCommand, SaysTimeWhereItIsToldHowLongACycleLasts)
{
    const Folder folder;
    const auto period = [&](const std::string& text) {
        return on_pair(folder, "evaluate", {"--tile", "4x4", "--format", "json", "--period", text});
    };
    const json report = json::parse(period("1.25 ns").out);
    EXPECT_EQ(report["time"]["period_fs"], 1'250'000);
    EXPECT_DOUBLE_EQ(report["time"]["milliseconds"], report["latency_cycles"].get<double>() * 1.25e-6);
    EXPECT_EQ(json::parse(period("833ps").out)["time"]["period_fs"], 833'000);
    EXPECT_EQ(json::parse(period("1000us").out)["time"]["period_fs"], 1'000'000'000'000);
    for (const char* none : {"1", "ns", "0ns", "-1ns", "1 s", "1nss", "nan ns", "1e300ns", "1001us", "0.4fs", ""}) {
        const CommandResult refused = period(none);
        EXPECT_EQ(refused.exit_code, 2) << none;
        EXPECT_THAT(refused.err, HasSubstr("is no period, expected a time such as 1ns or 833ps")) << none;
    }
}

TEST(EvaluateCommand, RefusesAScheduleThatReadsWhatNobodyBrings)
{
    const Folder folder;
    on_pair(folder, "evaluate", {"--tile", "4x4", "--schedule-out", folder.path("schedule.json")});
    json schedule = json::parse(read_text(folder.path("schedule.json")));
    for (json& tile : schedule["stacks"][0]["classes"]) {
        json steps = json::array();
        for (const json& step : tile["steps"])
            if (step["step"] != "copy") steps.push_back(step);
        tile["steps"] = steps;
    }
    const std::string path = folder.add("without.json", schedule.dump());
    const CommandResult evaluated = on_pair(folder, "evaluate", {"--schedule", path});
    EXPECT_EQ(evaluated.exit_code, 2);
    EXPECT_THAT(evaluated.err, HasSubstr("without.json: layer 'conv', tile (0, 0): reads channel 0, row 0, column 0 "
                                         "of the network's input in"));
    const CommandResult simulated = on_pair(folder, "simulate", {"--schedule", path});
    EXPECT_EQ(simulated.exit_code, 2);
    EXPECT_THAT(simulated.err, HasSubstr("reads channel 0, row 0, column 0 of the network's input"));
}

TEST(EvaluateCommand, RefusesCopiesOfMoreThanAMap)
{
    const Folder folder;
    on_pair(folder, "evaluate", {"--tile", "4x4", "--schedule-out", folder.path("schedule.json")});
    json schedule = json::parse(read_text(folder.path("schedule.json")));
    for (json& step : schedule["stacks"][0]["classes"][0]["steps"])
        if (step["step"] == "copy") step["copies"][0]["region"]["rows"] = 100000;
    const CommandResult result =
        on_pair(folder, "simulate", {"--schedule", folder.add("large.json", schedule.dump(1))});
    EXPECT_EQ(result.exit_code, 2);
    // A 3x3 window on 8 x 8 outputs reads 10 rows.
    EXPECT_THAT(result.err, HasSubstr("is 100000, expected at most 10, which are read of the network's input"));
    EXPECT_THAT(result.err, HasSubstr("large.json:"));
}

TEST(EvaluateCommand, FindsTheEnergyOfTheReference)
{
    // The public DeFiNES, repaired: schedules/Meta_prototype_DF__fsrcnn__m3_60x72_lpf6.json, energy_total.
    const CommandResult result =
        plumbline({"evaluate", "--accelerator", "meta_prototype_df", "--workload", "fsrcnn", "--tile", "60x72",
                   "--capacity", "optimistic", "--estimator", "uniform", "--format", "json"});
    const json report = json::parse(result.out);
    EXPECT_NEAR(report["energy_pj"], 2154699943.145, 2154699943.145e-9);
}

TEST(EvaluateCommand, ExitsWithThreeWhereNothingFits)
{
    const Folder folder;
    std::string accelerator = read_text(std::string{kPlatformsFolder} + "/accelerators/meta_prototype_df.yaml");
    for (const char* size : {"262144", "8388608", "524288", "10000000000"}) {
        accelerator = replaced(accelerator, std::string{"size: "} + size, "size: 1024");
    }
    const CommandResult result = plumbline({"evaluate", "--accelerator", folder.add("small.yaml", accelerator),
                                            "--mapping", "meta_prototype", "--workload", "fsrcnn", "--tile", "60x72"});
    EXPECT_EQ(result.exit_code, 3);
    EXPECT_THAT(result.err, HasSubstr("infeasible"));
    EXPECT_THAT(result.out, IsEmpty());
}

/// 8 x 8 pixels: tiles of 8, 2 and 1 columns and rows. The best of the nine by hand is the best without being told.
TEST(EvaluateCommand, TakesTheBestOfAFewTilesWhereItIsToldNone)
{
    const Folder folder;
    double least = std::numeric_limits<double>::infinity();
    std::string best;
    for (const char* x : {"1", "2", "8"})
        for (const char* y : {"1", "2", "8"}) {
            const std::string tile = std::string{x} + 'x' + y;
            const CommandResult result =
                on_pair(folder, "evaluate", {"--tile", tile, "--factors", "3", "--format", "json"});
            if (result.exit_code != 0) continue;
            const double energy = json::parse(result.out)["energy_pj"];
            if (energy < least) best = tile;
            least = std::min(least, energy);
        }
    const CommandResult result = on_pair(folder, "evaluate", {"--factors", "3", "--format", "json"});
    EXPECT_EQ(json::parse(result.out)["energy_pj"], least);
    EXPECT_THAT(result.err, HasSubstr("no --tile: " + best + " is the best of 9 tried (energy)"));
}

TEST(EvaluateCommand, TakesTheWholeMapAsATile)
{
    // The pair's map has 8 x 8 pixels.
    const Folder folder;
    for (const char* cuts : {"auto", "none", "each"}) {
        const auto with = [&](const std::string& tile) {
            return on_pair(folder, "evaluate", {"--tile", tile, "--cuts", cuts, "--factors", "3", "--format", "json"});
        };
        EXPECT_EQ(with("full").out, with("8x8").out);
        EXPECT_EQ(with("full").exit_code, 0);
    }
}

}  // namespace
}  // namespace plumbline
