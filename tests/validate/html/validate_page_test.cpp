// SPDX-License-Identifier: Apache-2.0
// The page of a verdict as text; tests/browser opens it.
#include "plumbline/validate/validate_page.hpp"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <map>

#include "html/charts/histogram_chart.hpp"
#include "plumbline/error.hpp"
#include "validate/agreement/hand_made.hpp"
#include "validate/cli/folder.hpp"

namespace plumbline::validate {
namespace {

using namespace plumbline::test;
using nlohmann::json;
using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

const ValidatePageAssets kSkeleton{
    "<h1>{{title}}</h1>{{version}}{{schedule}}{{verdict_class}}{{verdict}}{{facts}}{{totals}}{{navigation}}{{sections}}"
    "{{style}}<script>{{vega}}{{script}}</script>",
    {"the style", "the script", "the library"}};

/// The tiny schedule, with numbers made up by hand on both sides.
class ValidatePage : public testing::Test {
protected:
    ValidatePage()
    {
        predicted = run_record_of(hand_made_prediction(), "uniform");
        simulated = run_record_of(accelerator, counters, &workload);
    }

    std::string page(const Comparison* uncalibrated = nullptr, const PortTimeline* timeline = nullptr) const
    {
        const Comparison comparison = compare(accelerator, predicted, simulated, tolerances);
        const DeviationCauses why = deviation_causes(accelerator, workload, schedule, comparison, predicted, simulated);
        const ValidatedRun run{comparison, tolerances, why,   predicted,   simulated,
                               &counters,  timeline,   false, uncalibrated};
        return validate_html({accelerator, workload, schedule}, run,
                             {"1.2.3", {{"cuts", "auto"}}, {{"accelerator", "tiny.yaml", "5f2b"}}}, kSkeleton);
    }

    /// The specification of a chart, as the browser reads it.
    static json spec(const std::string& html, const std::string& chart)
    {
        const std::string opening = "<script type=\"application/json\" id=\"run-" + chart + "-spec\">";
        const std::size_t begin = html.find(opening);
        if (begin == std::string::npos) return {};
        const std::size_t from = begin + opening.size();
        return json::parse(html.substr(from, html.find("</script>", from) - from));
    }
    json data(const std::string& chart) const { return spec(page(), chart)["data"][0]["values"]; }

    Accelerator accelerator = tiny_accelerator();
    Workload workload = tiny_workload();
    Schedule schedule = tiny_schedule();
    sim::Counters counters = hand_made_counters();
    Tolerances tolerances;
    RunRecord predicted;
    RunRecord simulated;
};

TEST_F(ValidatePage, HasAPointForEachBorderThatAnythingCrossed)
{
    const json dots = data("access-scatter");
    ASSERT_EQ(dots.size(), 4U) << "of the hand-made traffic";
    std::map<std::string, json> by_tip;
    for (const json& dot : dots) by_tip[dot["tip"].get<std::string>()] = dot;
    const json read = by_tip.at("sram I read_down\npredicted 50.0 words\nsimulated 40.0 words\ndeviation +25.00 %");
    EXPECT_EQ(read["x"], 40.0);
    EXPECT_EQ(read["y"], 50.0);
    EXPECT_EQ(read["within"], false) << "the tolerance is 10 %";
    EXPECT_EQ(read["series"], "I: features in");
}

TEST_F(ValidatePage, DrawsTheIdentityAcrossTheWholeScale)
{
    const json chart = spec(page(), "access-scatter");
    const json domain = chart["scales"][0]["domain"];
    const json line = chart["data"][1]["values"];
    ASSERT_EQ(line.size(), 2U);
    for (const json& end : line) EXPECT_EQ(end["x"], end["y"]);
    EXPECT_LE(line[0]["x"], domain[0]);
    EXPECT_GE(line[1]["x"], domain[1]);
    EXPECT_EQ(chart["scales"][1]["domain"], domain) << "both axes have one scale";
}

TEST_F(ValidatePage, PutsWhatIsNoneAtAllAtTheEdge)
{
    predicted.accesses.clear();
    const json chart = spec(page(), "access-scatter");
    for (const json& dot : chart["data"][0]["values"]) EXPECT_EQ(dot["y"], chart["scales"][1]["domain"][0]);
}

TEST_F(ValidatePage, DrawsDeviationsFromTheMacsUp)
{
    const json bars = data("access-deviations");
    ASSERT_EQ(bars.size(), 4U);
    EXPECT_EQ(bars[0]["row"], "sram I read_down");
    EXPECT_EQ(bars[0]["to"], 0.25);
    EXPECT_EQ(bars[0]["label"], "+25.00 %");
    EXPECT_EQ(bars[3]["row"], "dram I read_down");
    EXPECT_EQ(bars[3]["to"], 0.0);
}

TEST_F(ValidatePage, LetsADeviationFromNothingReachTheEdge)
{
    counters.traffic.erase(counters.traffic.begin() + 2);
    simulated = run_record_of(accelerator, counters, &workload);
    const json chart = spec(page(), "access-deviations");
    const json bar = chart["data"][0]["values"][0];
    EXPECT_EQ(bar["row"], "sram I read_down");
    EXPECT_EQ(bar["label"], "n/a");
    EXPECT_EQ(bar["to"], chart["scales"][0]["domain"][1]);
}

TEST_F(ValidatePage, LaysPhasesEndToEndOnBothSides)
{
    // Predicted: 80 iterations, 10 stalled, 6 loading, 4 offloading; simulated the same but for the name of iterations.
    std::map<std::string, double> ends;
    for (const json& part : data("phases")) {
        std::string bar = part["step"];
        bar += ' ';
        bar += part["side"];
        EXPECT_DOUBLE_EQ(part["from"], ends[bar]);
        ends[bar] = part["to"];
    }
    const std::map<std::string, double> expected{{"conv predicted", 100},
                                                 {"conv simulated", 100},
                                                 {"copy of the stack's input predicted", 12},
                                                 {"copy of the stack's input simulated", 12}};
    EXPECT_EQ(ends, expected);
    EXPECT_EQ(data("phases")[2]["tip"], "conv, predicted, iterations\n80 of 100 cycles");
}

TEST_F(ValidatePage, CountsResidualsBeforeAndAfterCalibration)
{
    RunRecord slow = predicted;
    for (StepEntry& step : slow.steps) step.cycles = Cycles{step.cycles.count() * 3 / 2};
    const Comparison before = compare(accelerator, slow, simulated, tolerances);
    const std::string html = page(&before);
    EXPECT_THAT(html, HasSubstr("2 steps before calibration deviate by 50.00 % on average. 2 steps after calibration "
                                "deviate by 0.00 % on average."));
    std::map<std::string, std::size_t> counted;
    const json bars = spec(html, "residuals")["data"][0]["values"];
    for (const json& bar : bars) counted[bar["series"].get<std::string>()] += bar["count"].get<std::size_t>();
    EXPECT_EQ(counted, (std::map<std::string, std::size_t>{{"before calibration", 2}, {"after calibration", 2}}));
}

TEST_F(ValidatePage, SaysInTablesWhatTheChartsShow)
{
    const std::string html = page();
    EXPECT_THAT(html, HasSubstr("<td>50.0</td><td>40.0</td><td>+25.00 %</td><td class=\"left\">outside</td>"));
    EXPECT_THAT(html, HasSubstr("<td class=\"left\">conv</td><td>100</td><td>100</td><td>0 %</td>"));
    EXPECT_THAT(html, HasSubstr("What ports do and wait for"));
    EXPECT_THAT(html, HasSubstr("Accesses by cause"));
    EXPECT_THAT(html, AllOf(HasSubstr("OUTSIDE (1 of 4 access rows"), HasSubstr("beyond"), Not(HasSubstr("within<"))));
}

TEST_F(ValidatePage, NamesInputsAndVersions)
{
    const std::string html = page();
    EXPECT_THAT(html,
                AllOf(HasSubstr("1.2.3"), HasSubstr("<td class=\"left\">tiny.yaml</td><td class=\"left\">5f2b</td>"),
                      HasSubstr("<dt>cuts</dt><dd>auto</dd>"), HasSubstr("the model, uniform")));
}

TEST_F(ValidatePage, ShowsPortsOverTimeWhereSomethingListened)
{
    EXPECT_TRUE(spec(page(), "run-timeline").empty());
    PortTimeline timeline{accelerator};
    const sim::Observer observer = timeline.observer();
    const std::vector<sim::Access> reads{
        sim::access_through(accelerator, 1, MemoryOperand::i1, Direction::read_down, {{64, 1}})};
    observer.stepping({kConv, {}, {0, 0}, {}, {}, 0});
    observer.moved({"mac_array", reads, kConv, {}, {0, 4}});
    observer.stepped({kConv, {}, {0, 4}, {}, {}, 0});
    const std::string html = page(nullptr, &timeline);
    // One word of 64 bits in four cycles: a quarter of each.
    const json bins = spec(html, "run-timeline")["data"][0]["values"];
    ASSERT_EQ(bins.size(), 5U) << "four cycles, and their end";
    for (const json& bin : bins) {
        EXPECT_EQ(bin["row"], "sram r_port_1");
        EXPECT_EQ(bin["share"], 0.25);
    }
    EXPECT_EQ(spec(html, "tile-timeline")["data"][1]["values"][0]["name"], "conv");
}

TEST_F(ValidatePage, ShowsWhatFilesSay)
{
    predicted = RunRecord{};
    predicted.source = {Source::Kind::file, "theirs.csv"};
    predicted.steps = {{kConv, "conv", Cycles{120}, false, {}, {}, {}, {}}};
    const std::string html = page();
    EXPECT_THAT(html, AllOf(HasSubstr("theirs.csv"), HasSubstr("Said by one side only")));
    EXPECT_TRUE(spec(html, "access-scatter").empty());
    EXPECT_EQ(data("phases")[0]["phase"], "phase unknown");
}

TEST_F(ValidatePage, WhateverANameContainsStaysText)
{
    predicted.source.name = "</script><script>alert('&')</script>{{vega}}";
    EXPECT_THAT(page(),
                AllOf(Not(HasSubstr("<script>alert")), HasSubstr("alert(&#39;&amp;&#39;)&lt;/script&gt;{{vega}}")));
}

TEST_F(ValidatePage, RefusesASkeletonOfAnotherVersion)
{
    const Comparison comparison = compare(accelerator, predicted, simulated, tolerances);
    const DeviationCauses why;
    EXPECT_THROW(validate_html({accelerator, workload, schedule}, {comparison, tolerances, why, predicted, simulated},
                               {}, {"{{novelty}}", {}}),
                 InputError);
}

TEST(Histogram, HasOneClassForEachDeviationWithinIt)
{
    const Histogram histogram = histogram_of({{"before", {-0.031, 0.0, 0.012, 0.2, INFINITY}}, {"after", {0.011}}});
    std::size_t all = 0;
    for (std::size_t i = 0; i < histogram.classes(); ++i) {
        all += histogram.counts[0][i];
        const bool has_after = histogram.edge(i) <= 0.011 && 0.011 < histogram.edge(i + 1);
        EXPECT_EQ(histogram.counts[1][i], has_after ? 1U : 0U) << i;
    }
    EXPECT_EQ(all, 4U);
    EXPECT_EQ(histogram.infinite, 1U);
    EXPECT_LE(histogram.classes(), 24U);
    EXPECT_DOUBLE_EQ(histogram.width, 0.02) << "in classes of 0.01, from -0.04 to 0.21, there would be 25";
}

TEST(ValidateCommand, WritesACompletePageThatChangesNothingElse)
{
    const Folder folder;
    const CommandResult with = on_pair(folder, "validate",
                                       {"--tile", "4x4", "--factors", "4", "--report", folder.path("run.html"),
                                        "--schedule-out", folder.path("s.json")});
    EXPECT_LE(with.exit_code, 1) << with.err;
    EXPECT_THAT(with.out, HasSubstr("tolerances: "));
    const std::string html = read_text(folder.path("run.html"));
    EXPECT_THAT(html, AllOf(StartsWith("<!doctype html>"), EndsWith("</html>\n")));
    EXPECT_THAT(html, AllOf(HasSubstr("id=\"run-tile-timeline\""), HasSubstr("vega.View"), HasSubstr("pair.yaml")));
    EXPECT_LT(html.size(), 2U << 20U);
    EXPECT_EQ(folder.files(), 3U) << "the network, the schedule and the page";
}

TEST(ValidateCommand, WritesNoPageWhereItFails)
{
    const Folder folder;
    EXPECT_EQ(
        on_pair(folder, "validate", {"--tile", "4x4", "--report", "/nowhere/run.html", "--factors", "4"}).exit_code, 2);
    EXPECT_EQ(folder.files(), 1U);
}

}  // namespace
}  // namespace plumbline::validate
