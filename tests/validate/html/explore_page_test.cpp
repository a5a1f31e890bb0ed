// SPDX-License-Identifier: Apache-2.0
// The page of an exploration as text; tests/browser opens it.
#include "plumbline/validate/explore_page.hpp"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <sstream>

#include "model/tiny.hpp"
#include "plumbline/error.hpp"
#include "validate/cli/folder.hpp"

namespace plumbline::validate {
namespace {

using namespace plumbline::test;
using nlohmann::json;
using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;
using testing::StartsWith;

const ExplorePageAssets kSkeletons{
    "<h1>{{title}}</h1>{{version}}{{facts}}{{overview}}{{spaces}}{{style}}<script>{{vega}}{{script}}</script>",
    "{{id}}{{heading}}{{best}}{{counts}}{{references}}{{charts}}{{points}}{{views}}{{infeasible}}",
    {"the style", "the script", "the library"}};
constexpr MemoryId kSram = 1;
constexpr MemoryId kDram = 2;

CostSummary cost(double energy, std::int64_t latency)
{
    CostSummary cost;
    cost.energy_by_view = {Picojoules{energy}, Picojoules{energy / 2}, Picojoules{energy / 4}};
    cost.mac_energy = Picojoules{energy / 4};
    cost.phases.compute = Cycles{latency};
    cost.places = {{{MemoryOperand::i1, kSram}, {}, Picojoules{energy / 4}},
                   {{MemoryOperand::i1, kDram}, {}, Picojoules{energy / 4}},
                   {{MemoryOperand::o, kDram}, {}, Picojoules{energy / 4}}};
    return cost;
}

ExploredPoint point(std::int64_t columns, OverlapMode mode, Outcome<CostSummary> outcome)
{
    return {{{columns, 4}, mode, {}}, {}, std::move(outcome)};
}

/// Two tiles in two modes, of which one is infeasible, and a reference.
Exploration exploration(const std::string& reason = "a tile of 6x4 is too large")
{
    ExploredSpace space{tiny_accelerator(), tiny_workload(), {}, {}};
    space.points = {point(2, OverlapMode::h_cached, cost(4e6, 2000)), point(6, OverlapMode::h_cached, cost(8e6, 3000)),
                    point(2, OverlapMode::fully_cached, cost(2e6, 4000)),
                    point(6, OverlapMode::fully_cached, Infeasible{reason})};
    space.references = {{"single-layer", point(6, OverlapMode::fully_cached, cost(16e6, 5000))}};
    return {{}, CapacityPolicy::reserved, 4, {space}};
}

std::string page(const Exploration& exploration) { return explore_html(exploration, {"1.2.3", {}}, kSkeletons); }

/// The specification of a chart, as the browser reads it.
json spec(const std::string& html, const std::string& chart)
{
    const std::string opening = "<script type=\"application/json\" id=\"space-0-" + chart + "-spec\">";
    const std::size_t begin = html.find(opening);
    if (begin == std::string::npos) return {};
    const std::size_t from = begin + opening.size();
    return json::parse(html.substr(from, html.find("</script>", from) - from));
}

json data(const std::string& chart) { return spec(page(exploration()), chart)["data"][0]["values"]; }

TEST(ExplorePage, HasACellForEachPointOfTheSpace)
{
    for (const char* chart : {"energy", "latency"}) {
        const json cells = data(chart);
        ASSERT_EQ(cells.size(), 4U) << chart;
        EXPECT_EQ(cells[0]["map"], "h-cached");
        EXPECT_EQ(cells[0]["x"], 2);
        EXPECT_EQ(cells[0]["y"], 4);
    }
    EXPECT_EQ(data("energy")[0]["value"], 4.0) << "in microjoules";
    EXPECT_EQ(data("energy")[0]["label"], "4.00");
    EXPECT_EQ(data("latency")[2]["label"], "4.00") << "in thousand cycles";
}

TEST(ExplorePage, MarksTheBestAndWhatIsInfeasible)
{
    const json cells = data("energy");
    EXPECT_EQ(cells[0]["best"], false);
    EXPECT_EQ(cells[2]["best"], true);
    EXPECT_FALSE(cells[3].contains("value"));
    EXPECT_THAT(cells[3]["tip"].get<std::string>(), HasSubstr("infeasible: a tile of 6x4 is too large"));
}

TEST(ExplorePage, SharesOneLogarithmicColourScaleAmongMaps)
{
    const json scales = spec(page(exploration()), "energy")["scales"];
    ASSERT_EQ(scales.size(), 1U);
    EXPECT_EQ(scales[0]["type"], "log");
    EXPECT_EQ(scales[0]["domain"], json::array({2.0, 8.0}));
}

TEST(ExplorePage, ScalesAreLinearWhereSomethingIsFree)
{
    Exploration free = exploration();
    free.spaces[0].points[0].cost = cost(0, 2000);
    EXPECT_EQ(spec(page(free), "energy")["scales"][0]["type"], "linear");
}

TEST(ExplorePage, NamesTheCutsOfMapsThatDifferInThem)
{
    Exploration cut = exploration();
    cut.spaces[0].points[0].point.cuts = {Cuts::Kind::given, {0}};
    EXPECT_EQ(spec(page(cut), "energy")["data"][0]["values"][0]["map"], "h-cached, cuts 0");
}

TEST(ExplorePage, ComparesFeasiblePointsAndReferences)
{
    const json dots = data("pareto");
    ASSERT_EQ(dots.size(), 4U);
    EXPECT_EQ(dots[0]["front"], true);
    EXPECT_EQ(dots[1]["front"], false) << "more energy and more latency than another";
    EXPECT_EQ(dots[2]["front"], true);
    EXPECT_EQ(dots[3]["series"], "single-layer");
}

TEST(ExplorePage, StacksEnergyByMemoryAndOperand)
{
    const json parts = data("breakdown");
    ASSERT_EQ(parts.size(), 8U) << "four parts of the best, four of the reference";
    std::map<std::string, double> ends;
    for (const json& part : parts) {
        std::string bar = part["panel"];
        bar += part["memory"];
        EXPECT_DOUBLE_EQ(part["from"], ends[bar]);
        ends[bar] = part["to"];
    }
    EXPECT_THAT(ends, SizeIs(6)) << "MACs, sram and dram, twice";
    EXPECT_DOUBLE_EQ(ends.at("best: 2,000 nJdram"), 1000) << "half of all";
}

TEST(ExplorePage, WhateverANameContainsStaysText)
{
    const std::string evil = "</script><script>alert('&')</script>";
    const std::string html = page(exploration(evil));
    EXPECT_THAT(html, Not(HasSubstr("<script>alert")));
    EXPECT_THAT(html, HasSubstr("&lt;script&gt;alert(&#39;&amp;&#39;)"));
    EXPECT_THAT(spec(html, "energy")["data"][0]["values"][3]["tip"].get<std::string>(), EndsWith(evil));
    EXPECT_THAT(page(exploration("{{vega}}")), HasSubstr("<td class=\"left\">{{vega}}</td>"));
}

TEST(ExplorePage, SaysInWordsWhatTheChartsShow)
{
    const std::string html = page(exploration());
    EXPECT_THAT(html,
                HasSubstr("Best by energy: fully-cached, tile 2x4, cuts auto (none), with 2.00 µJ and 4.00 thousand"));
    EXPECT_THAT(html, HasSubstr("4 points, 1 infeasible; 2 on the Pareto front."));
    EXPECT_THAT(html, AllOf(HasSubstr("pair on tiny"), HasSubstr("1.2.3"), HasSubstr("the library"),
                            HasSubstr("the style"), HasSubstr("the script")));
}

TEST(ExplorePage, HasNoChartsWhereNothingIsFeasible)
{
    Exploration none = exploration();
    none.spaces[0].points.erase(none.spaces[0].points.begin(), none.spaces[0].points.begin() + 3);
    const std::string html = page(none);
    EXPECT_THAT(html, AllOf(HasSubstr("No point is feasible."), HasSubstr("a tile of 6x4 is too large")));
    EXPECT_THAT(html, Not(HasSubstr("<figure>")));
}

TEST(ExplorePage, RefusesASkeletonOfAnotherVersion)
{
    ExplorePageAssets assets = kSkeletons;
    assets.page += "{{novelty}}";
    EXPECT_THROW(explore_html(exploration(), {}, assets), InputError);
    assets.page = "{{title";
    EXPECT_THROW(explore_html(exploration(), {}, assets), InputError);
}

TEST(ExplorePage, IsACompleteFileThatChangesNothingElse)
{
    const Folder folder;
    const std::vector<std::string> space{"--tile-x", "4,8", "--tile-y", "8", "--factors", "4"};
    const CommandResult without = on_pair(folder, "explore", space);
    std::vector<std::string> more = space;
    more.insert(more.end(), {"--plot", folder.path("plot.html")});
    const CommandResult with = on_pair(folder, "explore", more);
    EXPECT_EQ(with.exit_code, 0) << with.err;
    EXPECT_EQ(with.out, without.out);
    std::ostringstream html;
    html << std::ifstream{folder.path("plot.html")}.rdbuf();
    EXPECT_THAT(html.str(), AllOf(StartsWith("<!doctype html>"), EndsWith("</html>\n")));
    EXPECT_THAT(html.str(), HasSubstr("vega.View"));
    EXPECT_EQ(folder.files(), 2U) << "the network and the page";
}

TEST(ExplorePage, IsAbsentWhereItCannotBeWritten)
{
    const Folder folder;
    const CommandResult result = on_pair(folder, "explore", {"--tiles", "8x8", "--plot", folder.path("no/plot.html")});
    EXPECT_EQ(result.exit_code, 2);
    EXPECT_THAT(result.err, HasSubstr("no/plot.html"));
    EXPECT_EQ(folder.files(), 1U);
}

}  // namespace
}  // namespace plumbline::validate
