// SPDX-License-Identifier: Apache-2.0
#include "plumbline/validate/report.hpp"

#include <array>
#include <map>
#include <regex>

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "validate/agreement/hand_made.hpp"

namespace plumbline::validate {
namespace {

using namespace plumbline::test;
using nlohmann::json;
using testing::HasSubstr;
using testing::IsSupersetOf;
using testing::Not;

std::vector<std::string> keys(const json& object)
{
    std::vector<std::string> keys;
    for (const auto& [key, value] : object.items()) keys.push_back(key);
    return keys;
}

class Reports : public testing::Test {
protected:
    Accelerator accelerator = tiny_accelerator();
    Workload workload = tiny_workload();
    Schedule schedule = tiny_schedule();
    Subject subject{accelerator, workload, schedule};
    Tolerances tolerances;
    Comparison comparison = compare(accelerator, hand_made_prediction(), hand_made_counters(), tolerances);
};

TEST_F(Reports, OfAPredictionHaveTheKeysOfTheSchema)
{
    const json report = json::parse(prediction_json(subject, hand_made_prediction()));
    EXPECT_THAT(keys(report), IsSupersetOf({"schema", "accelerator", "workload", "mode", "tile", "cuts", "energy_pj",
                                            "latency_cycles", "latency", "macs", "layers", "copies"}));
    EXPECT_THAT(keys(report["latency"]), IsSupersetOf({"compute", "stall", "loading", "offloading", "copy"}));
    EXPECT_THAT(keys(report["layers"][0]),
                IsSupersetOf({"name", "energy_pj", "mac_energy_pj", "latency_cycles", "temporal_cycles", "stall_cycles",
                              "loading_cycles", "offloading_cycles", "memories"}));
    EXPECT_THAT(keys(report["layers"][0]["memories"][0]),
                IsSupersetOf({"memory", "operand", "read_down", "write_from_down", "read_up", "write_from_up"}));
    EXPECT_THAT(keys(report["copies"][0]), IsSupersetOf({"before_layer", "energy_pj", "latency_cycles"}));
}

TEST_F(Reports, OfAnExactSearchSayWhatIsProven)
{
    EXPECT_FALSE(json::parse(prediction_json(subject, hand_made_prediction())).contains("search"));
    const Subject proven{accelerator, workload, schedule, SearchProof{12, 12, 0}};
    EXPECT_THAT(prediction_text(proven, hand_made_prediction()),
                HasSubstr("exact search: 12 mappings, proven to be the best\n"));
    const Subject given_up{accelerator, workload, schedule, SearchProof{12, 10, 0.0125}};
    EXPECT_THAT(prediction_text(given_up, hand_made_prediction()),
                HasSubstr("2 not proven to be the best (better ones may be up to 1.25 % lower)\n"));
    const json search = json::parse(prediction_json(given_up, hand_made_prediction()))["search"];
    EXPECT_EQ(search, json({{"mappings", 12}, {"proven", 10}, {"gap", 0.0125}}));
}

TEST_F(Reports, OfAPredictionSayWhatItIsAbout)
{
    const json report = json::parse(prediction_json(subject, hand_made_prediction()));
    EXPECT_EQ(report["schema"], "plumbline/evaluate/1");
    EXPECT_EQ(report["accelerator"], "tiny");
    EXPECT_EQ(report["workload"], "pair");
    EXPECT_EQ(report["mode"], "fully-recompute");
    EXPECT_EQ(report["tile"], json::array({4, 4}));
    EXPECT_EQ(report["cuts"], json::array());
    EXPECT_EQ(report["latency_cycles"], 112);
    EXPECT_EQ(report["latency"]["compute"], 80);
    EXPECT_EQ(report["latency"]["copy"], 12);
    EXPECT_TRUE(report["copies"][0]["before_layer"].is_null());
}

TEST_F(Reports, OfAVerdictHaveTheKeysOfTheSchema)
{
    const json report = json::parse(verdict_json(subject, comparison, tolerances));
    EXPECT_EQ(report["schema"], "plumbline/validate/1");
    EXPECT_THAT(keys(report), IsSupersetOf({"schema", "rows", "layers", "copies", "energy_pj", "latency_cycles",
                                            "within_tolerance"}));
    EXPECT_THAT(keys(report["rows"][0]),
                IsSupersetOf({"memory", "operand", "direction", "predicted", "simulated", "deviation"}));
    EXPECT_THAT(keys(report["layers"][0]), IsSupersetOf({"name", "predicted_cycles", "simulated_cycles"}));
    EXPECT_THAT(keys(report["energy_pj"]), IsSupersetOf({"predicted", "simulated"}));
    EXPECT_THAT(keys(report["latency_cycles"]), IsSupersetOf({"predicted", "simulated"}));
}

TEST_F(Reports, OfAVerdictPutRowsOutsideFirst)
{
    const json row = json::parse(verdict_json(subject, comparison, tolerances))["rows"][0];
    EXPECT_EQ(row["memory"], "sram");
    EXPECT_EQ(row["operand"], "I");
    EXPECT_EQ(row["direction"], "read_down");
    EXPECT_EQ(row["predicted"], 50);
    EXPECT_EQ(row["simulated"], 40);
    EXPECT_DOUBLE_EQ(row["deviation"], 0.25);
    EXPECT_EQ(row["within_tolerance"], false);
}

TEST_F(Reports, WriteAnInfiniteDeviationAsNull)
{
    sim::Counters counters = hand_made_counters();
    counters.traffic.erase(counters.traffic.begin());
    comparison = compare(accelerator, hand_made_prediction(), counters, tolerances);
    EXPECT_TRUE(json::parse(verdict_json(subject, comparison, tolerances))["rows"][0]["deviation"].is_null());
    EXPECT_THAT(verdict_text(subject, comparison, tolerances), HasSubstr("n/a  outside"));
}

TEST_F(Reports, OfASimulationUseTheNamesOfTheVerdict)
{
    const json report = json::parse(simulation_json(subject, hand_made_counters()));
    EXPECT_EQ(report["schema"], "plumbline/simulate/1");
    EXPECT_EQ(report["latency_cycles"]["simulated"], 112);
    EXPECT_DOUBLE_EQ(report["energy_pj"]["simulated"], 7159);
    EXPECT_EQ(report["outputs"], 48);
    EXPECT_THAT(keys(report["rows"][0]), IsSupersetOf({"memory", "operand", "direction", "simulated"}));
    EXPECT_EQ(report["layers"][0]["name"], "conv");
    EXPECT_EQ(report["layers"][0]["simulated_cycles"], 100);
    EXPECT_EQ(report["copies"][0]["simulated_cycles"], 12);
    EXPECT_EQ(report["ports"][0]["busy_cycles"], 40);
}

/// The sram's port waits for the dram's, the array for weights in the sram; 48 of 112 cycles of it are busy.
sim::Counters counters_with_stalls()
{
    sim::Counters counters = hand_made_counters();
    const sim::PortStall stall{sim::PortStallCause::other_end, 2, 0, Cycles{30}};
    counters.ports = {{1, 0, Cycles{40}, Cycles{42}, Cycles{30}, {stall}}};
    sim::ArrayWait starved{sim::WaitCause::starved, MemoryId{1}, MemoryOperand::i2, std::nullopt, Cycles{52}};
    sim::ArrayWait copying{sim::WaitCause::copying, std::nullopt, std::nullopt, std::nullopt, Cycles{12}};
    const sim::ArrayActivity while_copying{Cycles{0}, Cycles{0}, Cycles{12}, {copying}};
    const sim::ArrayActivity while_computing{Cycles{48}, Cycles{52}, Cycles{0}, {starved}};
    counters.uses.push_back({kInput, while_copying, counters.ports});
    counters.uses.push_back({kConv, while_computing, counters.ports});
    counters.array = {Cycles{48}, Cycles{52}, Cycles{12}, {starved, copying}};
    counters.peak_held = {Bits{16}, Bits{512}, Bits{0}};
    counters.findings.overcommitments = {{1, kConv, 0, 3, Bits{600}, Bits{512}}};
    return counters;
}

TEST_F(Reports, OfASimulationSayWhereItsTimeWent)
{
    const json report = json::parse(simulation_json(subject, counters_with_stalls()));
    const json& port = report["ports"][0];
    EXPECT_EQ(port["stalled_cycles"], 30);
    EXPECT_EQ(port["stalls"][0]["cause"], "other_end");
    EXPECT_EQ(port["stalls"][0]["memory"], "dram");
    EXPECT_EQ(port["stalls"][0]["cycles"], 30);
    EXPECT_EQ(report["mac_array"]["stalled_cycles"], 52);
    const json& conv = report["layers"][0]["mac_array"];
    EXPECT_EQ(conv["busy_cycles"], 48);
    EXPECT_EQ(conv["waits"], json::parse(R"([{"cause": "starved", "memory": "sram", "operand": "W", "cycles": 52}])"));
    EXPECT_EQ(report["copies"][0]["mac_array"]["idle_cycles"], 12);
    EXPECT_EQ(report["copies"][0]["ports"].size(), 1);
    const std::string text = simulation_text(subject, counters_with_stalls());
    EXPECT_THAT(text, HasSubstr("starved: W in sram"));
    EXPECT_THAT(text, HasSubstr("other_end dram"));
}

TEST_F(Reports, OfASimulationSayHowFullMemoriesWere)
{
    const json report = json::parse(simulation_json(subject, counters_with_stalls()));
    EXPECT_EQ(report["memories"][1]["memory"], "sram");
    EXPECT_EQ(report["memories"][1]["peak_held_bits"], 512);
    EXPECT_EQ(report["findings"]["overcommitments"][0]["step"], "conv");
    EXPECT_EQ(report["findings"]["overcommitments"][0]["needed_bits"], 600);
    EXPECT_THAT(simulation_text(subject, counters_with_stalls()),
                HasSubstr("sram is too small for conv (stack 0, tile class 3): 600 of 512 bit"));
}

TEST_F(Reports, SayTimeAndPowerWhereAPeriodIsKnown)
{
    // 112 cycles of 2 ns and 130 pJ: 224 ns, 1e9 / 224 runs a second, 130 / 224 mW.
    const Subject clocked{accelerator, workload, schedule, {}, sim::Period{2'000'000}};
    EXPECT_THAT(prediction_text(clocked, hand_made_prediction()),
                HasSubstr("at 2 ns a cycle: 0.000224 ms, 4.464e+06 runs a second, 0.5804 mW\n"));
    const json predicted = json::parse(prediction_json(clocked, hand_made_prediction()))["time"];
    EXPECT_EQ(predicted["period_fs"], 2'000'000);
    EXPECT_DOUBLE_EQ(predicted["milliseconds"], 224e-6);
    EXPECT_DOUBLE_EQ(predicted["runs_per_second"], 1e9 / 224);
    EXPECT_DOUBLE_EQ(predicted["milliwatts"], 130.0 / 224);
    const json simulated = json::parse(simulation_json(clocked, hand_made_counters()));
    EXPECT_DOUBLE_EQ(simulated["time"]["simulated"]["milliwatts"],
                     simulated["energy_pj"]["simulated"].get<double>() / 224);
    EXPECT_THAT(verdict_text(clocked, comparison, tolerances), HasSubstr("time [ms]"));
    const json compared = json::parse(verdict_json(clocked, comparison, tolerances))["time"];
    EXPECT_DOUBLE_EQ(compared["predicted"]["milliwatts"], 130.0 / 224);
    EXPECT_DOUBLE_EQ(compared["simulated"]["milliseconds"], 224e-6);
}

TEST_F(Reports, SayNothingOfTimeWhereNoPeriodIsKnown)
{
    EXPECT_THAT(prediction_text(subject, hand_made_prediction()), Not(HasSubstr("a cycle:")));
    EXPECT_THAT(verdict_text(subject, comparison, tolerances), Not(HasSubstr("[ms]")));
    EXPECT_FALSE(json::parse(prediction_json(subject, hand_made_prediction())).contains("time"));
    EXPECT_FALSE(json::parse(simulation_json(subject, hand_made_counters())).contains("time"));
    EXPECT_FALSE(json::parse(verdict_json(subject, comparison, tolerances)).contains("time"));
}

TEST_F(Reports, InTextNameUnitsAndSteps)
{
    EXPECT_THAT(prediction_text(subject, hand_made_prediction()), HasSubstr("energy [pJ]"));
    EXPECT_THAT(simulation_text(subject, hand_made_counters()), HasSubstr("copy of the stack's input"));
    const std::string verdict = verdict_text(subject, comparison, tolerances);
    EXPECT_THAT(verdict, HasSubstr("pair on tiny: fully-recompute, tile 4x4 (2x1 tiles), capacity reserved"));
    EXPECT_THAT(verdict, HasSubstr("+25.00 %  outside"));
    EXPECT_THAT(verdict, HasSubstr("OUTSIDE (1 of 4 access rows, 0 of 1 layers, 0 of 1 copies; total latency 0 %)"));
}

TEST_F(Reports, OfASimulationListTrafficByStepThatAddsUpToTheRows)
{
    const json report = json::parse(simulation_json(subject, hand_made_counters()));
    std::map<std::array<json, 4>, std::int64_t> bits;
    const auto border = [](const json& row) {
        return std::array<json, 4>{row["memory"], row["port"], row["operand"], row["direction"]};
    };
    for (const char* steps : {"layers", "copies"}) {
        for (const json& step : report[steps]) {
            for (const json& row : step["traffic"]) bits[border(row)] += row["bits"].get<std::int64_t>();
        }
    }
    ASSERT_EQ(bits.size(), report["rows"].size());
    for (const json& row : report["rows"]) EXPECT_EQ(row["bits"], bits.at(border(row)));
    EXPECT_EQ(report["copies"][0]["traffic"][1]["memory"], "dram");
    EXPECT_EQ(report["copies"][0]["traffic"][1]["port"], "rw_port_1");
    EXPECT_EQ(report["copies"][0]["traffic"][1]["words"], 10);
}

TEST_F(Reports, OfASimulationListTrafficByStepAsATableWhereAskedTo)
{
    const std::string totals = simulation_text(subject, hand_made_counters());
    const std::string by_step = simulation_text(subject, hand_made_counters(), Detail::by_step);
    const auto copies = [](const std::string& text) {
        const std::regex copy{"copy of the stack's input +(sram|dram) +[rw]+_port_1 +I "};
        return std::distance(std::sregex_iterator(text.begin(), text.end(), copy), {});
    };
    EXPECT_EQ(copies(totals), 0);
    EXPECT_EQ(copies(by_step), 2) << by_step;
}

}  // namespace
}  // namespace plumbline::validate
