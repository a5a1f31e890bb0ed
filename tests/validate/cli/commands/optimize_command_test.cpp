// SPDX-License-Identifier: Apache-2.0
// `plumbline optimize` called in-process.
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "plumbline/io/csv.hpp"
#include "validate/cli/folder.hpp"

namespace plumbline {
namespace {

using namespace plumbline::test;
using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;

const std::vector<std::string> kTiles{"--tile-x", "2,8", "--tile-y", "2,8"};
const std::vector<std::string> kGrid{"--tile-x", "2,8", "--tile-y", "2,8", "--factors", "4"};

CommandResult optimized(const Folder& folder, std::vector<std::string> more, std::vector<std::string> space = kGrid)
{
    space.insert(space.end(), more.begin(), more.end());
    return on_pair(folder, "optimize", std::move(space));
}

json optimized_json(const Folder& folder, std::vector<std::string> more, std::vector<std::string> space = kGrid)
{
    more.insert(more.end(), {"--format", "json"});
    const CommandResult result = optimized(folder, std::move(more), std::move(space));
    EXPECT_EQ(result.exit_code, 0) << result.err;
    return json::parse(result.out);
}

TEST(OptimizeCommand, CountsWhatThereIsToChooseFrom)
{
    const Folder folder;
    const json report = optimized_json(folder, {});
    EXPECT_EQ(report["schema"], "plumbline/optimize/1");
    const json& network = report["networks"][0];
    // The first layer, the second, both; each with four tiles in three modes.
    EXPECT_EQ(network["possible_stacks"], 3);
    EXPECT_EQ(network["choices"], 3 * 4 * 3);
    EXPECT_LE(network["planned"].get<int>(), 3 * 4 * 3);
}

TEST(OptimizeCommand, SaysWhetherMappingsOfAnExactSearchAreProven)
{
    const Folder folder;
    EXPECT_FALSE(optimized_json(folder, {})["networks"][0].contains("search"));
    const json exact = optimized_json(folder, {"--factors", "0"}, kTiles)["networks"][0]["search"];
    EXPECT_GT(exact["mappings"], 0);
    EXPECT_EQ(exact["proven"], exact["mappings"]);
    EXPECT_EQ(exact["gap"], 0);
    const json stopped =
        optimized_json(folder, {"--factors", "0", "--search-steps", "1"}, kTiles)["networks"][0]["search"];
    EXPECT_LT(stopped["proven"], stopped["mappings"]);
    EXPECT_GT(stopped["gap"], 0);
    const std::string text = optimized(folder, {"--factors", "0", "--search-steps", "1"}, kTiles).out;
    EXPECT_THAT(text, HasSubstr("not proven to be the best"));
}

TEST(OptimizeCommand, IsNoWorseThanAnyUniformChoice)
{
    const Folder folder;
    const json network = optimized_json(folder, {"--uniform", "--objective", "edp"})["networks"][0];
    const json& best = network["schedules"][0];
    const json& uniform = network["best_uniform"];
    const auto product = [](const json& each) {
        return each["energy_pj"].get<double>() * each["latency_cycles"].get<double>();
    };
    EXPECT_LE(product(best), product(uniform) * (1 + 1e-9));
    // Automatic cuts, each layer on its own, all in one stack.
    EXPECT_EQ(uniform["points"], 3 * 4 * 3);
}

TEST(OptimizeCommand, WritesALineForEachScheduleAsCsv)
{
    const Folder folder;
    const json network = optimized_json(folder, {"--uniform"})["networks"][0];
    const io::CsvTable table = io::parse_csv(optimized(folder, {"--uniform", "--format", "csv"}).out, "csv");
    ASSERT_EQ(table.rows.size(), 1U);
    const auto cell = [&](const char* column) { return table.rows[0].cells[*table.column(column)]; };
    const json& best = network["schedules"][0];
    const json& uniform = network["best_uniform"];
    EXPECT_EQ(cell("stacks"), std::to_string(best["stacks"].size()));
    EXPECT_EQ(json::parse(cell("energy_pj")), best["energy_pj"]);
    EXPECT_EQ(json::parse(cell("latency_cycles")), best["latency_cycles"]);
    EXPECT_EQ(cell("uniform_mode"), uniform["mode"]);
    EXPECT_EQ(json::parse(cell("uniform_energy_pj")), uniform["energy_pj"]);
    EXPECT_EQ(cell("infeasible"), "");
    const json front = optimized_json(folder, {"--front"})["networks"][0]["schedules"];
    EXPECT_EQ(io::parse_csv(optimized(folder, {"--front", "--format", "csv"}).out, "csv").rows.size(), front.size());
}

TEST(OptimizeCommand, SaysTimeAndPowerWhereAPeriodIsKnown)
{
    const Folder folder;
    const json report = optimized_json(folder, {"--period", "833ps"});
    EXPECT_EQ(report["period_fs"], 833'000);
    const json& best = report["networks"][0]["schedules"][0];
    const double milliseconds = best["latency_cycles"].get<double>() * 833e-9;
    EXPECT_DOUBLE_EQ(best["time"]["milliseconds"].get<double>(), milliseconds);
    EXPECT_DOUBLE_EQ(best["time"]["milliwatts"].get<double>(), best["energy_pj"].get<double>() * 1e-6 / milliseconds);
    const std::string csv = optimized(folder, {"--period", "833ps", "--format", "csv"}).out;
    const io::CsvTable table = io::parse_csv(csv, "csv");
    EXPECT_EQ(table.rows[0].cells[*table.column("time_ms")], best["time"]["milliseconds"].dump());
    EXPECT_EQ(table.rows[0].cells[*table.column("power_mw")], best["time"]["milliwatts"].dump());
    for (const char* kind : {"--uniform", "--front"})
        EXPECT_THAT(optimized(folder, {"--period", "833ps", kind}).out,
                    AllOf(HasSubstr("time [ms]"), HasSubstr("power [mW]")));
}

TEST(OptimizeCommand, WritesAScheduleThatSimulateAndEvaluateTake)
{
    const Folder folder;
    const std::string schedule = folder.path("best.json");
    const json best = optimized_json(folder, {"--schedule-out", schedule})["networks"][0]["schedules"][0];
    for (const std::string command : {"evaluate", "simulate"}) {
        const CommandResult result = on_pair(folder, command, {"--schedule", schedule, "--format", "json"});
        ASSERT_EQ(result.exit_code, 0) << result.err;
        const json run = json::parse(result.out);
        const json& energy = run["energy_pj"];
        EXPECT_NEAR((energy.is_object() ? energy["simulated"] : energy).get<double>(), best["energy_pj"].get<double>(),
                    1e-3 * best["energy_pj"].get<double>())
            << command;
    }
}

TEST(OptimizeCommand, AFrontBeginsWithTheLeastEnergyAndGainsLatency)
{
    const Folder folder;
    const json front = optimized_json(folder, {"--front"})["networks"][0]["schedules"];
    const json cheapest = optimized_json(folder, {})["networks"][0]["schedules"][0];
    EXPECT_NEAR(front.front()["energy_pj"].get<double>(), cheapest["energy_pj"].get<double>(), 1e-6);
    EXPECT_LE(front.back()["latency_cycles"], cheapest["latency_cycles"]);
    for (std::size_t i = 1; i < front.size(); ++i) {
        EXPECT_GT(front[i]["energy_pj"], front[i - 1]["energy_pj"]);
        EXPECT_LT(front[i]["latency_cycles"], front[i - 1]["latency_cycles"]);
    }
}

TEST(OptimizeCommand, AThreadCountChangesNoCharacter)
{
    const Folder folder;
    EXPECT_EQ(optimized(folder, {"--threads", "1"}).out, optimized(folder, {"--threads", "3"}).out);
}

/// A network on two accelerators.
CommandResult optimized_on_two(const Folder& folder, const std::string& threads)
{
    const std::string pair = folder.add("pair.yaml", pair_yaml());
    return plumbline({"optimize", "--accelerator", "meta_prototype_df,tpu_like_df", "--workload", pair, "--tiles",
                      "8x8", "--factors", "3", "--uniform", "--threads", threads});
}

TEST(OptimizeCommand, ListsSeveralNetworksInOneTable)
{
    const Folder folder;
    const CommandResult result = optimized_on_two(folder, "2");
    EXPECT_EQ(result.exit_code, 0) << result.err;
    EXPECT_EQ(result.out, optimized_on_two(folder, "1").out);
    EXPECT_THAT(result.out, AllOf(HasSubstr("pair on meta_prototype_df"), HasSubstr("pair on tpu_like_df"),
                                  HasSubstr("uniform energy [pJ]")));
}

TEST(OptimizeCommand, LeavesOutTilesThatAreNoneOfTheMap)
{
    const Folder folder;
    const json network = optimized_json(folder, {"--modes", "h-cached"}, {"--tiles", "8x8,100x100"})["networks"][0];
    EXPECT_EQ(network["choices"], 3) << "100 x 100 is 8 x 8 here";
}

TEST(OptimizeUsage, IsExplainedWhereItIsWrong)
{
    const Folder folder;
    const auto refused = [&](std::vector<std::string> more, const std::string& text) {
        const CommandResult result = optimized(folder, std::move(more));
        EXPECT_EQ(result.exit_code, 2);
        EXPECT_THAT(result.err, HasSubstr(text));
    };
    refused({"--front", "--schedule-out", folder.path("s.json")}, "--front");
    refused({"--objective", "area"}, "area");
    refused({"--cuts", "none"}, "--cuts");
    refused({"--format", "xml"}, "xml");
    const CommandResult two = plumbline({"optimize", "--accelerator", "meta_prototype_df,tpu_like_df", "--workload",
                                         "fsrcnn", "--schedule-out", folder.path("s.json")});
    EXPECT_EQ(two.exit_code, 2);
    EXPECT_THAT(two.err, HasSubstr("--schedule-out"));
}

}  // namespace
}  // namespace plumbline
