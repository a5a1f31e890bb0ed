// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "imported.hpp"

namespace plumbline::validate {
namespace {

using namespace plumbline::test;
using enum MemoryOperand;
using enum Direction;
using sim::Activity;

/// As `plumbline simulate --trace run.json` writes it: a copy of the input, then a layer.
const std::string kOwnTrace = R"({"displayTimeUnit":"ms","otherData":{"schema":"plumbline/trace/1"},"traceEvents":[
{"ph":"M","name":"process_name","pid":1,"tid":0,"args":{"name":"schedule"}},
{"ph":"M","name":"process_name","pid":2,"tid":0,"args":{"name":"sram"}},
{"ph":"M","name":"thread_name","pid":2,"tid":100,"args":{"name":"w_port_1"}},
{"ph":"X","ts":0,"dur":12,"pid":2,"tid":100,"cat":"copy_0","name":"I","args":{"operand":"I","direction":"write_from_up","before_layer":null,"stack":0,"column":0,"row":0,"bits":320,"granules":40}},
{"ph":"X","ts":0,"dur":12,"pid":1,"tid":50,"name":"copy of the stack's input","cat":"step","args":{"before_layer":null,"stack":0,"column":0,"row":0}},
{"ph":"X","ts":18,"dur":90,"pid":2,"tid":101,"cat":"mac_array","name":"I","args":{"operand":"I","direction":"read_down","layer":"conv","stack":0,"column":0,"row":0,"bits":2500,"granules":320}},
{"ph":"X","ts":18,"dur":90,"pid":3,"tid":102,"name":"iterations","cat":"mac_array","args":{"layer":"conv"}},
{"ph":"X","ts":12,"dur":100.5,"pid":1,"tid":50,"name":"conv","cat":"step","args":{"layer":"conv","stack":0,"column":0,"row":0,"macs":100}},
{"ph":"X","ts":12,"dur":6,"pid":1,"tid":51,"name":"loading","cat":"phase"},
{"ph":"X","ts":18,"dur":90.5,"pid":1,"tid":51,"name":"computing","cat":"phase"},
{"ph":"X","ts":108.5,"dur":4,"pid":1,"tid":51,"name":"offloading","cat":"phase"},
{"ph":"C","ts":0,"pid":2,"name":"held","args":{"bits":320}}
]}
)";

TEST(OwnTrace, IsReadBackWithWordsStepsAndPhases)
{
    // Granules of 8 bits, words of 64: 40 granules are 5 words, 320 are 40.
    const RunRecord found = ImportedFile{"run.json"}.record(kOwnTrace);
    EXPECT_EQ(words(found, 1, i1, write_from_up), 5);
    EXPECT_EQ(words(found, 1, i1, read_down), 40);
    ASSERT_NE(step(found, kInput), nullptr);
    EXPECT_EQ(step(found, kInput)->cycles, Cycles{12});
    const StepEntry* conv = step(found, kConv);
    ASSERT_NE(conv, nullptr);
    EXPECT_EQ(conv->loading, Cycles{6});
    EXPECT_EQ(conv->offloading, Cycles{4});
    // Halves are rounded up.
    EXPECT_EQ(conv->cycles, Cycles{101});
    EXPECT_EQ(found.cycles, Cycles{113});
}

TEST(OwnTrace, SaysForWhichStepItsAccessesWere)
{
    for (const AccessEntry& entry : ImportedFile{"run.json"}.record(kOwnTrace).accesses) {
        EXPECT_EQ(entry.activity, entry.direction == read_down ? kConv : kInput);
    }
}

TEST(OwnTrace, OfAnotherMachineIsRefused)
{
    std::string other = kOwnTrace;
    other.replace(other.find("\"sram\""), 6, "\"l1\"  ");
    ImportedFile{"run.json"}.refused(other, 5, "memory", "'l1' is unknown in tiny");
}

const std::string kMapping = R"(cycle_ns: 0.5
events:
  - match: {category: dma, args: {port: A}}
    memory: sram
    operand: {arg: tensor}
    direction: read_down
    amount: {arg: size, unit: bytes}
    layer: {arg: op}
  - match: {name: "op *", process: core}
    layer: {field: category}
    time: step
  - match: {name: inference}
    time: run
)";

const std::string kForeign = R"([
{"ph":"M","name":"process_name","pid":7,"args":{"name":"core"}},
{"ph":"X","name":"burst","cat":"dma","ts":1,"dur":0.25,"pid":1,"tid":1,"args":{"port":"A","tensor":"W","size":24,"op":"conv"}},
{"ph":"X","name":"burst","cat":"dma","ts":2,"dur":0.25,"pid":1,"tid":1,"args":{"port":"B","tensor":"W","size":99,"op":"conv"}},
{"ph":"B","name":"inference","ts":0.5,"pid":7,"tid":1},
{"ph":"B","name":"op 1","cat":"conv","ts":1,"pid":7,"tid":1},
{"ph":"E","ts":3,"pid":7,"tid":1},
{"ph":"b","name":"op 2","cat":"conv","id":5,"ts":3,"pid":7,"tid":1},
{"ph":"e","name":"op 2","cat":"conv","id":5,"ts":4,"pid":7,"tid":1},
{"ph":"E","ts":5,"pid":7,"tid":1},
{"ph":"i","name":"marker","ts":-1,"pid":7,"tid":1}
]
)";

/// A trace beside its mapping.
class ForeignTrace : public testing::Test {
protected:
    RunRecord record(const std::string& trace, const std::string& mapping = kMapping) const
    {
        return file_.record(trace, {file_.folder.add("mapping.yaml", mapping), {}});
    }
    void refused(const std::string& trace, int line, const std::string& field, const std::string& part,
                 const std::string& mapping = kMapping) const
    {
        file_.refused(trace, line, field, part, {file_.folder.add("mapping.yaml", mapping), {}});
    }
    void mapping_refused(const std::string& mapping, int line, const std::string& field, const std::string& part) const
    {
        const std::string trace = file_.folder.add("foreign.json", kForeign);
        const std::string path = file_.folder.add("mapping.yaml", mapping);
        expect_input_error([&] { imported({trace}, {path, {}}); }, SourceLocation{path, line, field}, part);
    }

private:
    ImportedFile file_{"foreign.json"};
};

TEST_F(ForeignTrace, MeansWhatItsMappingSays)
{
    const RunRecord found = record(kForeign);
    // 24 bytes through a port of 8 bytes; the burst of port B is nobody's.
    EXPECT_EQ(words(found, 1, i2, read_down), 3);
    ASSERT_EQ(found.accesses.size(), 1U);
    EXPECT_EQ(found.accesses.front().activity, kConv);
    // Cycles of 0.5 ns, 2000 a microsecond: 0.25, 2 + 1, and 4.5 us.
    EXPECT_EQ(found.accesses.front().time, Cycles{500});
    EXPECT_EQ(step(found, kConv)->cycles, Cycles{6000});
    EXPECT_EQ(found.cycles, Cycles{9000});
}

TEST_F(ForeignTrace, NeedsAMapping) { ImportedFile{"foreign.json"}.refused(kForeign, 0, "", "needs a mapping"); }

TEST_F(ForeignTrace, IsRefusedWithNegativeOrMissingTimes)
{
    refused("[\n{\"ph\":\"X\",\"name\":\"inference\",\"ts\":-1,\"dur\":1}]", 2, "ts", "of 'inference' is -1");
    refused("[\n{\"ph\":\"X\",\"name\":\"inference\",\"ts\":1,\"dur\":-2}]", 2, "dur", "of 'inference' is -2");
    refused("[\n{\"ph\":\"X\",\"name\":\"inference\",\"ts\":1}]", 2, "dur", "is missing or no number");
    refused("[\n{\"ph\":\"B\",\"name\":\"a\",\"ts\":2},\n{\"ph\":\"E\",\"ts\":1}]", 3, "ts", "ends before it begins");
}

TEST_F(ForeignTrace, IsRefusedWithEventsThatDoNotPair)
{
    refused("[\n{\"ph\":\"B\",\"name\":\"a\",\"ts\":2}]", 2, "a", "begins and does not end");
    refused("[\n\n{\"ph\":\"E\",\"name\":\"a\",\"ts\":2}]", 3, "a", "ends and did not begin");
}

TEST_F(ForeignTrace, IsRefusedWithUnknownNamesAndAmounts)
{
    const auto burst = [](const std::string& arguments) {
        return R"([{"ph":"X","name":"burst","cat":"dma","ts":1,"dur":0,)" +
               ("\n\"args\":{\"port\":\"A\"," + arguments) + "}}]";
    };
    refused(burst(R"("tensor":"Q","size":1,"op":"conv")"), 2, "operand", "'Q' is unknown");
    refused(burst(R"("tensor":"W","size":1,"op":"relu")"), 2, "layer", "'relu' is unknown");
    refused(burst(R"("tensor":"W","size":1)"), 2, "layer", "does not say which");
    refused(burst(R"("tensor":"W","size":-1,"op":"conv")"), 2, "args.size", "is -1, expected at least 0");
    refused(burst(R"("tensor":"W","size":"big","op":"conv")"), 2, "args.size", "is missing or no number");
}

TEST_F(ForeignTrace, IsRefusedWhereItIsNoTrace)
{
    refused("[\n{\"ph\": ]", 2, "", "not valid JSON");
    refused("{\"ph\": 1}", 1, "traceEvents", "is missing");
}

TEST_F(ForeignTrace, IsRefusedWhereARuleMatchesNothing)
{
    mapping_refused("events:\n  - match: {name: inferrence}\n    time: run\n", 2, "", "matches no event");
}

TEST_F(ForeignTrace, IsRefusedWithAMappingToThingsThatAreNot)
{
    const std::string begin = "events:\n  - match: {name: burst}\n";
    const auto accesses = [&](const std::string& memory, const std::string& unit) {
        return begin + "    memory: " + memory +
               "\n    operand: W\n    direction: read_down\n    amount: {count: 1, unit: " + unit + "}\n";
    };
    mapping_refused(accesses("l1", "words"), 2, "memory", "'l1' is unknown in tiny");
    mapping_refused(accesses("reg_o", "words"), 2, "memory", "reg_o has no port for I2");
    mapping_refused(accesses("sram", "lines"), 6, "events[0].amount.unit", "'lines' is unknown");
    mapping_refused(begin + "    amount: {count: 1, unit: words}\n", 2, "events[0].memory", "is missing");
    mapping_refused(begin, 2, "events[0]", "has no effect");
    mapping_refused(begin + "    time: forever\n", 3, "events[0].time", "'forever' is unknown");
    mapping_refused(begin + "    time: step\n", 2, "events[0].layer", "is missing");
    mapping_refused("events:\n  - match: {}\n    time: run\n", 2, "events[0].match", "is empty");
    mapping_refused("event: []\n", 1, "event", "is not a known key");
}

const std::string kWaves = R"($date today $end
$timescale 1 ns $end
$scope module top $end
$scope module sram $end
$var wire 1 ! rd_en $end
$var wire 1 " busy $end
$upscope $end
$var reg 4 # layer [3:0] $end
$upscope $end
$enddefinitions $end
#10
$dumpvars
0!
x"
b0 #
$end
#20
1!
1"
#30
0!
b1 #
#34
1!
bx #
#40
0"
#50
)";

const std::string kSignals = R"(cycle_ns: 2
signals:
  - signal: top.sram.rd_en
    memory: sram
    operand: W
    direction: read_down
    amount: {per_cycle: 32, unit: bits}
  - signal: top.sram.busy
    memory: sram
    port: r_port_1
  - signal: top.layer
    active: 1
    layer: pointwise
    time: step
  - signal: top.sram.busy
    time: run
)";

class Waveform : public testing::Test {
protected:
    RunRecord record(const std::string& waves, const std::string& mapping = kSignals) const
    {
        return file_.record(waves, {file_.folder.add("mapping.yaml", mapping), {}});
    }
    void refused(const std::string& waves, int line, const std::string& part) const
    {
        file_.refused(waves, line, "", part, {file_.folder.add("mapping.yaml", kSignals), {}});
    }
    static std::string with(const std::string& old_text, const std::string& new_text)
    {
        std::string waves = kWaves;
        return waves.replace(waves.find(old_text), old_text.size(), new_text);
    }

private:
    ImportedFile file_{"run.vcd"};
};

TEST_F(Waveform, CountsCyclesInWhichSignalsAreActive)
{
    const RunRecord found = record(kWaves);
    // rd_en: 20 to 30 and 34 to 50 ns, 13 cycles of 32 bits through a port of 64.
    EXPECT_EQ(words(found, 1, i2, read_down), 6.5);
    // busy: 20 to 40 ns.
    ASSERT_EQ(found.ports.size(), 1U);
    EXPECT_EQ(found.ports.front().busy, Cycles{10});
    EXPECT_EQ(found.cycles, Cycles{10});
    // The number of the layer is 1 from 30 ns until it is unknown, from 34 ns.
    EXPECT_EQ(step(found, {Activity::Kind::compute, LayerId{1}})->cycles, Cycles{2});
}

TEST_F(Waveform, TakesTheLengthOfACycleFromTheCaller)
{
    const ImportedFile file{"run.vcd"};
    const ImportOptions options{file.folder.add("mapping.yaml", kSignals), 1.0};
    EXPECT_EQ(file.record(kWaves, options).cycles, Cycles{20});
}

TEST_F(Waveform, NeedsSignalsInItsMapping)
{
    const ImportedFile file{"run.vcd"};
    const std::string mapping = file.folder.add("mapping.yaml", "cycle_ns: 1\n");
    const std::string waves = file.folder.add("run.vcd", kWaves);
    expect_input_error([&] { imported({waves}, {mapping, {}}); }, SourceLocation{mapping, 0, "signals"}, "is missing");
    file.refused(kWaves, 0, "", "needs a mapping");
}

TEST_F(Waveform, IsRefusedWithoutTheSignalsOfTheMapping)
{
    refused(with("rd_en", "rden"), 10, "no signal is called 'top.sram.rd_en'");
}

TEST_F(Waveform, IsRefusedWhereTimeIsNegativeOrGoesBack)
{
    refused(with("#10", "#-10"), 11, "the time is negative: -10");
    refused(with("#34", "#29"), 23, "the time goes back from 30");
    refused(with("#34", "#soon"), 23, "'#soon' is no time");
}

TEST_F(Waveform, IsRefusedWhereItIsNoVcd)
{
    refused(with("$timescale 1 ns $end\n", ""), 9, "$timescale is missing");
    refused(with("1 ns", "7 ns"), 2, "'7ns' is no timescale");
    refused(with("bx #", "bx %"), 25, "nothing is declared as '%'");
    refused(with("bx #", "hello"), 25, "'hello' is neither a time nor a value");
    refused("$date today\n$end $comment\nforever\n", 2, "a section without $end");
    refused("$timescale 1 ns $end\n", 2, "ends before $enddefinitions");
}

}  // namespace
}  // namespace plumbline::validate
