// SPDX-License-Identifier: Apache-2.0
// Traces of runs made up by hand, read back as JSON. What whole runs write is checked by trace_test.py.
#include "plumbline/validate/perfetto_trace.hpp"

#include <map>

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "transfer_events.hpp"

namespace plumbline::validate {
namespace {

using namespace plumbline::test;
using nlohmann::json;
using testing::ElementsAre;

/// Events by row, in order: "dram / rw_port_1".
using Rows = std::map<std::string, std::vector<json>>;

class TracedEvents {
public:
    explicit TracedEvents(Workload workload = tiny_workload(), TraceOptions options = {})
        : workload_{std::move(workload)},
          options_{std::move(options)}
    {}
    TracedEvents(const TracedEvents&) = delete;
    TracedEvents& operator=(const TracedEvents&) = delete;

    Told& machine() { return told_; }
    /// Ends the trace.
    Rows rows()
    {
        trace_.finish();
        const json events = json::parse(text_).at("traceEvents");
        Rows rows;
        for (const json& event : events) {
            if (event["ph"] != "M") rows[row_of(events, event)].push_back(event);
        }
        return rows;
    }

private:
    static std::string row_of(const json& events, const json& event)
    {
        std::string process;
        std::string thread;
        for (const json& each : events) {
            if (each["pid"] != event["pid"]) continue;
            if (each["name"] == "process_name") process = each["args"]["name"];
            if (each["name"] == "thread_name" && each["tid"] == event.value("tid", 0)) thread = each["args"]["name"];
        }
        return process + " / " + thread;
    }

    Accelerator accelerator_ = tiny_accelerator();
    Workload workload_;
    TraceOptions options_;
    std::string text_;
    PerfettoTrace trace_{accelerator_, workload_, [this](std::string_view piece) { text_ += piece; }, options_};
    Told told_{trace_.observer()};
};

/// One member of each event.
std::vector<json> each(const std::vector<json>& events, const char* member)
{
    std::vector<json> values;
    for (const json& event : events) values.push_back(event.at(member));
    return values;
}

TEST(PerfettoTrace, ShowsATransferAtBothOfItsPorts)
{
    TracedEvents traced;
    traced.machine().begin_step(kCopyIn, {0, 1, 0}, 8);
    traced.machine().move("copy_0", {input_from_dram(320), input_to_sram(320)}, {8, 18});
    traced.machine().end_step(18);
    const std::vector<json> read = traced.rows()["dram / rw_port_1"];
    ASSERT_EQ(read.size(), 1U);
    EXPECT_EQ(read[0]["ts"], 8);
    EXPECT_EQ(read[0]["dur"], 10);
    EXPECT_EQ(read[0]["cat"], "copy_0");
    // The dram is accessed in words of 32 bits.
    EXPECT_EQ(read[0]["args"], json::parse(R"({"operand": "I", "direction": "read_down", "before_layer": null,
        "stack": 0, "column": 1, "row": 0, "bits": 320, "granules": 10})"));
}

TEST(PerfettoTrace, HasTheTimeOfTheSimulationWhereItIsTold)
{
    // 1250 cycles of 0.8 ns from 1250 ns on, of which 125 load: 100 ns.
    TracedEvents traced{tiny_workload(), {sim::ObservedTime::simulation, "npu0", 1000}};
    traced.machine().begin_step(kConvolution, {0, 0, 0}, 1250);
    traced.machine().move("fill_I1_0", {input_from_dram(64)}, {1250, 1300.8});
    traced.machine().end_step(2250, Cycles{125}, {}, 10, Cycles{1250});
    Rows rows = traced.rows();
    EXPECT_THAT(each(rows["npu0 schedule / phases"], "name"), ElementsAre("loading", "computing"));
    EXPECT_THAT(each(rows["npu0 schedule / phases"], "ts"), ElementsAre(1.25, 1.35));
    const json& read = rows["npu0 dram / rw_port_1"].at(0);
    EXPECT_EQ(read["ts"], 1.25);
    EXPECT_EQ(read["dur"], 0.051) << "in nanoseconds";
    EXPECT_GE(read["pid"], 1000);
    EXPECT_GE(read["tid"], 1000);
}

TEST(PerfettoTrace, NamesTheLayerThatIsComputed)
{
    TracedEvents traced;
    traced.machine().begin_step(kPointwise, {0, 0, 0}, 0);
    traced.machine().move("fill_I1_0", {input_from_dram(64), input_to_sram(64)}, {0, 2});
    const std::vector<json> written = traced.rows()["sram / w_port_1"];
    ASSERT_EQ(written.size(), 1U);
    EXPECT_EQ(written[0]["args"]["layer"], "pointwise");
    EXPECT_EQ(written[0]["args"]["direction"], "write_from_up");
    EXPECT_EQ(written[0]["args"]["granules"], 8) << "of 8 bits";
}

TEST(PerfettoTrace, EscapesNames)
{
    Layer layer = conv3x3();
    layer.name = "a \"b\"\\c";
    TracedEvents traced{Workload{"pair", {layer}}};
    traced.machine().begin_step(kConvolution, {0, 0, 0}, 0);
    traced.machine().end_step(1);
    EXPECT_EQ(traced.rows()["schedule / steps"][0]["name"], "a \"b\"\\c");
}

TEST(PerfettoTrace, KeepsFractionsOfCycles)
{
    TracedEvents traced;
    traced.machine().begin_step(kCopyIn, {0, 0, 0}, 0);
    traced.machine().move("copy_0", {input_from_dram(32)}, {1.5, 3.125});
    const std::vector<json> slices = traced.rows()["dram / rw_port_1"];
    EXPECT_EQ(slices[0]["ts"], 1.5);
    EXPECT_EQ(slices[0]["dur"], 1.625);
}

TEST(PerfettoTrace, GivesTransfersThatShareAPortLanesOfTheirOwn)
{
    TracedEvents traced;
    traced.machine().begin_step(kCopyIn, {0, 0, 0}, 0);
    traced.machine().end("copy_0", {input_from_dram(32)}, {0, 4});
    traced.machine().end("copy_1", {input_from_dram(32)}, {2, 6});  // while the first goes on
    traced.machine().end("copy_2", {input_from_dram(32)}, {4, 8});  // when the first is over
    traced.machine().end("copy_1", {input_from_dram(32)}, {6, 9});
    Rows rows = traced.rows();
    EXPECT_THAT(each(rows["dram / rw_port_1"], "cat"), ElementsAre("copy_0", "copy_2"));
    EXPECT_THAT(each(rows["dram / rw_port_1 (2)"], "cat"), ElementsAre("copy_1", "copy_1"));
}

TEST(PerfettoTrace, JoinsChunksOfTheArrayThatFollowEachOther)
{
    TracedEvents traced;
    traced.machine().begin_step(kConvolution, {0, 0, 0}, 0);
    traced.machine().move("mac_array", {input_to_array(8, 10)}, {0, 10});
    traced.machine().move("mac_array", {input_to_array(8, 5)}, {10, 15});
    traced.machine().move("mac_array", {input_to_array(8, 5)}, {18, 23});  // after a wait
    traced.machine().move("mac_array", {}, {23, 24});                      // the port rests
    traced.machine().move("mac_array", {input_to_array(8, 1)}, {24, 25});
    traced.machine().end_step(25);
    Rows rows = traced.rows();
    EXPECT_THAT(each(rows["MAC array / iterations"], "ts"), ElementsAre(0, 18));
    EXPECT_THAT(each(rows["MAC array / iterations"], "dur"), ElementsAre(15, 7));
    const std::vector<json> reads = rows["sram / r_port_1"];
    EXPECT_THAT(each(reads, "ts"), ElementsAre(0, 18, 24));
    EXPECT_THAT(each(reads, "dur"), ElementsAre(15, 5, 1));
    EXPECT_EQ(reads[0]["args"]["bits"], 8 * 15);
    EXPECT_EQ(reads[1]["args"]["bits"], 8 * 5);
    EXPECT_EQ(reads[2]["args"]["granules"], 1);
}

TEST(PerfettoTrace, AddsUpWhatTheArrayDoesTwiceInAChunk)
{
    TracedEvents traced;
    traced.machine().begin_step(kConvolution, {0, 0, 0}, 0);
    traced.machine().move("mac_array", {input_to_array(8, 10), input_to_array(16, 1)}, {0, 10});
    const std::vector<json> reads = traced.rows()["sram / r_port_1"];
    ASSERT_EQ(reads.size(), 1U);
    EXPECT_EQ(reads[0]["args"]["bits"], 8 * 10 + 16);
    EXPECT_EQ(reads[0]["args"]["granules"], 10 + 2);
}

TEST(PerfettoTrace, JoinsNoChunksOfDifferentTiles)
{
    TracedEvents traced;
    for (std::int64_t column : {0, 1}) {
        const double begin = 10.0 * static_cast<double>(column);
        traced.machine().begin_step(kConvolution, {0, column, 0}, begin);
        traced.machine().move("mac_array", {input_to_array(8, 10)}, {begin, begin + 10});
        traced.machine().end_step(begin + 10);
    }
    const std::vector<json> reads = traced.rows()["sram / r_port_1"];
    ASSERT_EQ(reads.size(), 2U);
    EXPECT_EQ(reads[0]["args"]["column"], 0);
    EXPECT_EQ(reads[1]["args"]["column"], 1);
}

TEST(PerfettoTrace, PutsATransferBesideTheArrayThatUsesItsPort)
{
    TracedEvents traced;
    traced.machine().begin_step(kConvolution, {0, 0, 0}, 0);
    const Access drain{kSram, 0, MemoryOperand::o, Direction::read_up, {{64, 1}}, 1, 0};
    traced.machine().end("mac_array", {input_to_array(8, 4)}, {0, 4});
    traced.machine().end("drain_O_1", {drain}, {3, 5});
    traced.machine().end("mac_array", {input_to_array(8, 4)}, {4, 8});
    traced.machine().end_step(8);
    Rows rows = traced.rows();
    EXPECT_THAT(each(rows["sram / r_port_1"], "dur"), ElementsAre(8));
    EXPECT_THAT(each(rows["sram / r_port_1 (2)"], "name"), ElementsAre("O"));
}

TEST(PerfettoTrace, ShowsTilesTheirStepsAndPhases)
{
    TracedEvents traced;
    traced.machine().begin_step(kCopyIn, {0, 0, 0}, 0);
    traced.machine().end_step(10);
    traced.machine().begin_step(kConvolution, {0, 0, 0}, 10);
    traced.machine().end_step(60, Cycles{5}, Cycles{3}, 1234);
    traced.machine().begin_step(kCopyBetween, {0, 1, 0}, 60);
    traced.machine().end_step(70);
    Rows rows = traced.rows();
    EXPECT_THAT(each(rows["schedule / tiles"], "name"), ElementsAre("tile 0,0", "tile 1,0"));
    EXPECT_THAT(each(rows["schedule / tiles"], "dur"), ElementsAre(60, 10));
    EXPECT_THAT(each(rows["schedule / steps"], "name"),
                ElementsAre("copy of the stack's input", "conv", "copy before pointwise"));
    EXPECT_EQ(rows["schedule / steps"][1]["args"]["macs"], 1234);
    EXPECT_THAT(each(rows["schedule / phases"], "name"), ElementsAre("loading", "computing", "offloading"));
    EXPECT_THAT(each(rows["schedule / phases"], "ts"), ElementsAre(10, 15, 57));
    EXPECT_THAT(each(rows["schedule / phases"], "dur"), ElementsAre(5, 42, 3));
}

TEST(PerfettoTrace, CountsWhatAMemoryHoldsWhenAMomentIsOver)
{
    TracedEvents traced;
    traced.machine().hold(kSram, 100, 3);
    traced.machine().hold(kSram, 80, 3);
    traced.machine().hold(kDram, 7, 4);
    traced.machine().hold(kSram, 80, 4);  // as before
    traced.machine().hold(kSram, 120, 5);
    Rows rows = traced.rows();
    EXPECT_THAT(each(rows["sram / "], "ts"), ElementsAre(3, 5));
    EXPECT_EQ(rows["sram / "][0]["args"]["bits"], 80);
    EXPECT_EQ(rows["sram / "][1]["args"]["bits"], 120);
    EXPECT_EQ(rows["dram / "].size(), 1U);
}

}  // namespace
}  // namespace plumbline::validate
