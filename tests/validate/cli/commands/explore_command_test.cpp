// SPDX-License-Identifier: Apache-2.0
// `plumbline explore` called in-process.
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <limits>

#include "execution/progress.hpp"
#include "inputs/explore_space.hpp"
#include "validate/cli/folder.hpp"

namespace plumbline {
namespace {

using namespace plumbline::test;
using nlohmann::json;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

/// 2 x 2 tile sizes x 3 modes x 2 fuse depths.
const std::vector<std::string> kSpace{"--tile-x", "3,8", "--tile-y", "2,8", "--cuts", "none;0", "--factors", "4"};
constexpr std::size_t kPoints = 24;
constexpr std::size_t kReferences = 2;

CommandResult explore(const Folder& folder, std::vector<std::string> more, std::vector<std::string> space = kSpace)
{
    space.insert(space.end(), more.begin(), more.end());
    return on_pair(folder, "explore", std::move(space));
}

json explored(const Folder& folder, std::vector<std::string> more, std::vector<std::string> space = kSpace)
{
    more.insert(more.end(), {"--format", "json"});
    const CommandResult result = explore(folder, std::move(more), std::move(space));
    EXPECT_EQ(result.exit_code, 0) << result.err;
    return json::parse(result.out);
}

std::vector<std::string> lines(const std::string& text)
{
    std::vector<std::string> all;
    std::istringstream stream{text};
    for (std::string line; std::getline(stream, line);) all.push_back(line);
    return all;
}

TEST(ExploreCommand, ListsThePointsInTheOrderOfTheSpace)
{
    const Folder folder;
    const json report = explored(folder, {});
    EXPECT_EQ(report["schema"], "plumbline/explore/1");
    ASSERT_EQ(report["points"].size(), kPoints);
    const auto& points = report["points"];
    EXPECT_EQ(points[0]["tile"], json::array({3, 2}));
    EXPECT_EQ(points[1]["tile"], json::array({3, 8}));
    EXPECT_EQ(points[2]["tile"], json::array({8, 2}));
    EXPECT_EQ(points[0]["mode"], "fully-recompute");
    EXPECT_EQ(points[4]["mode"], "h-cached");
    EXPECT_EQ(points[0]["cuts"], json::array());
    EXPECT_EQ(points[12]["cuts"], json::array({0}));
}

TEST(ExploreCommand, PredictsWhatEvaluatePredicts)
{
    const Folder folder;
    const json points = explored(folder, {})["points"];
    const auto same = std::find_if(points.begin(), points.end(), [](const json& point) {
        return point["tile"] == json::array({3, 8}) && point["mode"] == "h-cached" && point["cuts"] == json::array({0});
    });
    ASSERT_NE(same, points.end());
    const json alone = json::parse(
        on_pair(folder, "evaluate",
                {"--tile", "3x8", "--mode", "h-cached", "--cuts", "0", "--factors", "4", "--format", "json"})
            .out);
    for (const char* key : {"accelerator", "workload", "mode", "tile", "cuts", "capacity", "energy_pj",
                            "latency_cycles", "latency", "macs"})
        EXPECT_EQ((*same)[key], alone[key]) << key;
}

TEST(ExploreCommand, AThreadCountChangesNoCharacter)
{
    const Folder folder;
    EXPECT_EQ(explored(folder, {"--threads", "1"}).dump(), explored(folder, {"--threads", "4"}).dump());
}

TEST(ExploreCommand, APointThatDoesNotFitIsARowThatSaysWhy)
{
    const Folder folder;
    const std::vector<std::string> space{"--tiles", "9x8,full", "--modes", "fully-cached"};
    const json points = explored(folder, {}, space)["points"];
    ASSERT_EQ(points.size(), 2U);
    EXPECT_THAT(points[0]["infeasible"].get<std::string>(), HasSubstr("9x8"));
    EXPECT_FALSE(points[0].contains("energy_pj"));
    EXPECT_EQ(points[1]["tile"], json::array({8, 8}));
    EXPECT_FALSE(points[1].contains("infeasible"));
    const CommandResult table = explore(folder, {}, space);
    EXPECT_THAT(table.out, AllOf(HasSubstr("2 points, 1 infeasible"), HasSubstr("9x8")));
}

TEST(ExploreCommand, ExitsWithThreeWhereNoPointIsFeasible)
{
    const Folder folder;
    const CommandResult result = explore(folder, {"--format", "csv"}, {"--tiles", "9x8"});
    EXPECT_EQ(result.exit_code, 3);
    EXPECT_THAT(result.err, AllOf(HasSubstr("infeasible"), HasSubstr("9x8")));
    EXPECT_EQ(lines(result.out).size(), 1U + 3U) << "the report is written all the same";
}

TEST(ExploreCommand, MarksTheBestAndTheParetoFront)
{
    const Folder folder;
    const json report = explored(folder, {"--objective", "latency"});
    double least_energy = std::numeric_limits<double>::infinity();
    std::int64_t least_latency = std::numeric_limits<std::int64_t>::max();
    for (const json& point : report["points"]) {
        least_energy = std::min(least_energy, point["energy_pj"].get<double>());
        least_latency = std::min(least_latency, point["latency_cycles"].get<std::int64_t>());
    }
    int best = 0;
    bool front_has_least_energy = false;
    for (const json& point : report["points"]) {
        if (point["best"] == true) {
            ++best;
            EXPECT_EQ(point["latency_cycles"], least_latency);
            EXPECT_EQ(point["pareto"], true);
        }
        if (point["pareto"] == true && point["energy_pj"] == least_energy) front_has_least_energy = true;
    }
    EXPECT_EQ(best, 1);
    EXPECT_TRUE(front_has_least_energy);
    EXPECT_EQ(report["summary"][0]["best"]["latency_cycles"], least_latency);
}

TEST(ExploreCommand, PartialViewsAreReportedAtTheirTrueCost)
{
    const Folder folder;
    const json report = explored(folder, {});
    const json& views = report["summary"][0]["views"];
    ASSERT_EQ(views.size(), 3U);
    for (const json& view : views) {
        const json& point = report["points"][view["point"].get<std::size_t>()];
        const std::string name = view["view"];
        for (const json& other : report["points"])
            EXPECT_LE(view["counted_energy_pj"].get<double>(),
                      other["view_energy_pj"][name].get<double>() * (1 + 1e-9));
        EXPECT_EQ(view["counted_energy_pj"], point["view_energy_pj"][name]);
        EXPECT_EQ(view["energy_pj"], point["energy_pj"]);
        EXPECT_DOUBLE_EQ(view["energy_ratio"], point["energy_pj"].get<double>() / views[0]["energy_pj"].get<double>());
        EXPECT_GE(view["energy_ratio"], 1 - 1e-9);
    }
}

TEST(ExploreCommand, AViewDecidesWhatIsBest)
{
    const Folder folder;
    const json summary = explored(folder, {"--view", "dram-only"})["summary"][0];
    EXPECT_EQ(summary["best"]["point"], summary["views"][1]["point"]);
}

TEST(ExploreCommand, ShowsSingleLayerAndLayerByLayerBesideTheBest)
{
    const Folder folder;
    const json both = explored(folder, {})["summary"][0]["references"];
    ASSERT_EQ(both.size(), kReferences);
    EXPECT_EQ(both[0]["name"], "single-layer");
    EXPECT_EQ(both[0]["cuts"], json::array({0}));
    EXPECT_EQ(both[0]["tile"], json::array({8, 8}));
    EXPECT_EQ(both[1]["name"], "layer-by-layer");
    EXPECT_EQ(both[1]["cuts"], json::array());
    EXPECT_TRUE(both[1].contains("energy_ratio"));
    const json none = explored(folder, {"--no-single-layer", "--no-layer-by-layer"});
    EXPECT_TRUE(none["summary"][0]["references"].empty());
}

TEST(ExploreCommand, WritesALinePerPointAsCsv)
{
    const Folder folder;
    const CommandResult result = explore(folder, {"--format", "csv", "-o", folder.path("points.csv")});
    EXPECT_EQ(result.exit_code, 0) << result.err;
    EXPECT_THAT(result.out, IsEmpty());
    const auto rows = lines(read_text(folder.path("points.csv")));
    ASSERT_EQ(rows.size(), 1 + kPoints);
    const auto commas = std::count(rows[0].begin(), rows[0].end(), ',');
    for (const std::string& row : rows) EXPECT_EQ(std::count(row.begin(), row.end(), ','), commas) << row;
}

TEST(ExploreCommand, SaysTimeAndPowerWhereAPeriodIsKnown)
{
    const Folder folder;
    const std::vector<std::string> known{"--period", "2 ns"};
    const json report = explored(folder, known);
    EXPECT_EQ(report["period_fs"], 2'000'000);
    EXPECT_FALSE(explored(folder, {}).contains("period_fs"));
    const json& point = report["points"][0];
    const double milliseconds = point["latency_cycles"].get<double>() * 2e-6;
    const double milliwatts = point["energy_pj"].get<double>() * 1e-6 / milliseconds;
    EXPECT_DOUBLE_EQ(point["time"]["milliseconds"].get<double>(), milliseconds);
    EXPECT_DOUBLE_EQ(point["time"]["milliwatts"].get<double>(), milliwatts);
    EXPECT_THAT(explore(folder, known).out, AllOf(HasSubstr("time [ms]"), HasSubstr("power [mW]")));
    const std::vector<std::string> table = lines(explore(folder, {"--period", "2ns", "--format", "csv"}).out);
    EXPECT_THAT(table[0], testing::EndsWith(",infeasible,time_ms,power_mw"));
    EXPECT_THAT(table[1], testing::EndsWith(',' + point["time"]["milliseconds"].dump() + ',' +
                                            point["time"]["milliwatts"].dump()));
}

TEST(ExploreCommand, ComparesSeveralAcceleratorsAndNetworks)
{
    const Folder folder;
    const std::string other = folder.add("other.yaml", pair_yaml());
    const std::string pair = folder.add("pair.yaml", pair_yaml());
    const CommandResult result = plumbline({"explore", "--accelerator", "meta_prototype_df,meta_prototype",
                                            "--workload", pair + ',' + other, "--tiles", "4x4", "--factors", "3"});
    EXPECT_EQ(result.exit_code, 0) << result.err;
    EXPECT_THAT(result.out, AllOf(HasSubstr("pair on meta_prototype_df"), HasSubstr("other on meta_prototype:"),
                                  HasSubstr("true energy [pJ] when optimised for")));
}

void expect_refused(const std::vector<std::string>& flags, const testing::Matcher<const std::string&>& message)
{
    std::vector<std::string> arguments{"explore", "--accelerator", "meta_prototype_df", "--workload", "fsrcnn"};
    arguments.insert(arguments.end(), flags.begin(), flags.end());
    const CommandResult result = plumbline(std::move(arguments));
    EXPECT_EQ(result.exit_code, 2);
    EXPECT_THAT(result.err, message);
    EXPECT_THAT(result.out, IsEmpty());
}

TEST(ExploreUsage, IsExplainedWhereItIsWrong)
{
    expect_refused({"--tiles", "60by72"}, HasSubstr("60by72"));
    expect_refused({"--tile-x", "4"}, HasSubstr("--tile-y"));
    expect_refused({"--tile-x", "4,0", "--tile-y", "4"}, HasSubstr("'0'"));
    expect_refused({"--tile-x", "4", "--tile-y", "4", "--tiles", "4x4"}, HasSubstr("--tiles"));
    expect_refused({"--modes", "half-cached"}, AllOf(HasSubstr("half-cached"), HasSubstr("fully-cached")));
    expect_refused({"--cuts", "after-lunch"}, AllOf(HasSubstr("after-lunch"), HasSubstr("auto")));
    expect_refused({"--cuts", ";"}, HasSubstr("--cuts"));
    expect_refused({"--view", "sideways"}, HasSubstr("dram-only"));
    expect_refused({"--format", "xml"}, HasSubstr("csv"));
    expect_refused({"--top", "-1"}, HasSubstr("--top"));
    expect_refused({"--threads", "-1"}, HasSubstr("--threads"));
    for (const char* shard : {"0/2", "3/2", "1", "1/", "/2", "1/2/3", "one/two"})
        expect_refused({"--store", "points.db", "--shard", shard}, HasSubstr("such as 2/8"));
    expect_refused({"--shard", "1/2"}, HasSubstr("--store"));
    expect_refused({"--store-only"}, HasSubstr("--store"));
    expect_refused({"--store-only", "--store", "points.db", "--plot", "points.html"}, HasSubstr("--plot"));
}

TEST(ExploreUsage, AnObjectiveIsANameOrTwoExponents)
{
    for (const char* objective :
         {"area", "weighted", "weighted:", "weighted:1", "weighted:0,0", "weighted:-1,2", "weighted:1,nan",
          "weighted:1,2,3", "weighted:9,2", "weighted:1e308,1e308", "energy:1,2"})
        expect_refused({"--tiles", "4x72", "--objective", objective}, HasSubstr("weighted:0.7,0.3"));
    const Folder folder;
    const json report = explored(folder, {"--objective", "weighted:0.5,2"});
    EXPECT_EQ(report["objective"], "weighted");
    EXPECT_EQ(report["exponents"], json::array({0.5, 2.0}));
}

TEST(Ladder, ClimbsToTheWholeMapByFours)
{
    EXPECT_THAT(cli::ladder(960), ElementsAre(1, 4, 15, 60, 240, 960));
    EXPECT_THAT(cli::ladder(8), ElementsAre(1, 2, 8));
    EXPECT_THAT(cli::ladder(1), ElementsAre(1));
}

TEST(ProgressLine, TellsRateAndRemainingTime)
{
    EXPECT_EQ(cli::progress_line("planning", "", 0, 0, 3.7), "planning, 3 s");
    EXPECT_EQ(cli::progress_line("exploring", "point", 0, 108, 2), "exploring, 2 s, point 0 of 108");
    EXPECT_EQ(cli::progress_line("exploring", "point", 40, 108, 10),
              "exploring, 10 s, point 40 of 108, 4.0 a second, 17 s left");
    EXPECT_EQ(cli::progress_line("simulating", "tile", 10, 7210, 10),
              "simulating, 10 s, tile 10 of 7210, 1.0 a second, 2 h 0 min left");
    EXPECT_EQ(cli::progress_line("exploring", "point", 108, 108, 2), "exploring, 2 s, point 108 of 108, 54 a second");
}

}  // namespace
}  // namespace plumbline
