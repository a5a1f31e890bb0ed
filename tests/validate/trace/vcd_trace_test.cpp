// SPDX-License-Identifier: Apache-2.0
// Waveforms of runs made up by hand, and of the small machine's, followed by hand. What other programs read in them is
// checked by trace_test.py.
#include "plumbline/validate/vcd_trace.hpp"

#include <map>
#include <sstream>

#include <gmock/gmock.h>

#include "plumbline/sim/simulate.hpp"
#include "systemc/small_machine.hpp"
#include "transfer_events.hpp"

namespace plumbline::validate {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;

/// Values of a signal and the cycles from which on it has them.
using Wave = std::vector<std::pair<double, std::string>>;
/// By scope and name: "sram.r_port_1.busy".
using Waves = std::map<std::string, Wave>;

class VcdReader {
public:
    explicit VcdReader(const std::string& text) : in_{text}
    {
        for (std::string line; std::getline(in_, line);) read(line);
    }
    Waves waves() const
    {
        Waves waves;
        for (const auto& [name, code] : codes_) waves[name] = wave_of_.at(code);
        return waves;
    }
    double end() const { return time_; }

private:
    void read(const std::string& line)
    {
        std::istringstream words{line};
        std::string word;
        words >> word;
        if (std::string kind, name; word == "$scope" && words >> kind >> name) scopes_.push_back(name);
        if (word == "$upscope") scopes_.pop_back();
        if (word == "$var") declare(words);
        if (word.empty() || word[0] == '$') return;
        if (word[0] == '#') time_ = std::stod(word.substr(1)) / 1000;
        if (std::string code; word[0] == 'b' && words >> code) change(word.substr(1), code);
        if (word[0] == '0' || word[0] == '1' || word[0] == 'x') change(word.substr(0, 1), word.substr(1));
    }
    void declare(std::istringstream& words)
    {
        std::string kind, bits, code, name;
        words >> kind >> bits >> code >> name;
        std::string path;
        for (const std::string& scope : scopes_) path += scope + '.';
        codes_[path + name] = code;
    }
    void change(const std::string& value, const std::string& code) { wave_of_[code].emplace_back(time_, value); }

    std::istringstream in_;
    std::vector<std::string> scopes_;
    std::map<std::string, std::string> codes_;
    std::map<std::string, Wave> wave_of_;
    double time_ = 0;
};

using namespace plumbline::test;

class TracedWaves {
public:
    explicit TracedWaves(TraceOptions options = {}) : options_{std::move(options)} {}
    TracedWaves(const TracedWaves&) = delete;
    TracedWaves& operator=(const TracedWaves&) = delete;

    Told& machine() { return told_; }
    Waves waves()
    {
        trace_.finish();
        return VcdReader{text_}.waves();
    }

private:
    TraceOptions options_;
    std::string text_;
    VcdTrace trace_{tiny_accelerator(), tiny_workload(), [this](std::string_view piece) { text_ += piece; }, options_};
    Told told_{trace_.observer()};
};

TEST(VcdTrace, ShowsWhichOperandKeepsAPortBusy)
{
    TracedWaves traced;
    traced.machine().begin_step(kCopyIn, {0, 0, 0}, 0);
    traced.machine().move("copy_0", {input_from_dram(320), input_to_sram(320)}, {2, 12});
    Waves waves = traced.waves();
    EXPECT_THAT(waves["dram.rw_port_1.busy"], ElementsAre(Pair(0, "0"), Pair(2, "1"), Pair(12, "0")));
    EXPECT_THAT(waves["dram.rw_port_1.I"], ElementsAre(Pair(0, "0"), Pair(2, "1"), Pair(12, "0")));
    EXPECT_THAT(waves["dram.rw_port_1.W"], ElementsAre(Pair(0, "0")));
    EXPECT_THAT(waves["sram.w_port_1.I"], ElementsAre(Pair(0, "0"), Pair(2, "1"), Pair(12, "0")));
    EXPECT_EQ(waves.count("reg_o.r_port_1.I"), 0U) << "the register serves outputs alone";
}

TEST(VcdTrace, KeepsAPortBusyWhileAnyOfItsUsersIsThere)
{
    TracedWaves traced;
    traced.machine().begin_step(kCopyIn, {0, 0, 0}, 0);
    traced.machine().begin("copy_0", {input_from_dram(32)}, 1);
    traced.machine().begin("copy_1", {input_from_dram(32)}, 2);
    traced.machine().end("copy_0", {input_from_dram(32)}, {1, 3.5});
    traced.machine().end("copy_1", {input_from_dram(32)}, {2, 5.25});
    EXPECT_THAT(traced.waves()["dram.rw_port_1.busy"], ElementsAre(Pair(0, "0"), Pair(1, "1"), Pair(5.25, "0")));
}

TEST(VcdTrace, HasTheTimeOfTheSimulationAndAScopeOfItsOwn)
{
    TracedWaves traced{{sim::ObservedTime::simulation, "npu0", 1}};
    traced.machine().begin_step(kCopyIn, {0, 0, 0}, 1250);
    traced.machine().move("copy_0", {input_from_dram(32)}, {1250, 1300.8});
    EXPECT_THAT(traced.waves()["npu0.dram.rw_port_1.busy"],
                ElementsAre(Pair(0, "0"), Pair(1250, "1"), Pair(1300.8, "0")));
}

TEST(VcdTrace, EndsWhatARunThatIsGivenUpHadBegun)
{
    TracedWaves traced;
    traced.machine().begin_step(kCopyIn, {0, 0, 0}, 0);
    traced.machine().begin("copy_0", {input_from_dram(32)}, 2);
    traced.machine().abandon(5);
    traced.machine().begin_step(kCopyIn, {0, 0, 0}, 9);
    traced.machine().move("copy_0", {input_from_dram(32)}, {10, 11});
    EXPECT_THAT(traced.waves()["dram.rw_port_1.busy"],
                ElementsAre(Pair(0, "0"), Pair(2, "1"), Pair(5, "0"), Pair(10, "1"), Pair(11, "0")));
}

TEST(VcdTrace, ShowsNoGapWhereOneFollowsTheOther)
{
    TracedWaves traced;
    traced.machine().begin_step(kCopyIn, {0, 0, 0}, 0);
    traced.machine().move("copy_0", {input_from_dram(32)}, {1, 4});
    traced.machine().move("copy_0", {input_from_dram(32)}, {4, 6});
    EXPECT_THAT(traced.waves()["dram.rw_port_1.busy"], ElementsAre(Pair(0, "0"), Pair(1, "1"), Pair(6, "0")));
}

TEST(VcdTrace, ShowsWhereInTheScheduleTheRunIs)
{
    TracedWaves traced;
    traced.machine().begin_step(kCopyIn, {0, 0, 0}, 0);
    traced.machine().end_step(10);
    traced.machine().begin_step(kPointwise, {0, 2, 3}, 10);
    traced.machine().end_step(20);
    Waves waves = traced.waves();
    EXPECT_THAT(waves["schedule.layer"], ElementsAre(Pair(0, "x"), Pair(10, "1")));
    EXPECT_THAT(waves["schedule.copying"], ElementsAre(Pair(0, "1"), Pair(10, "0")));
    EXPECT_THAT(waves["schedule.column"], ElementsAre(Pair(0, "0"), Pair(10, "10")));
    EXPECT_THAT(waves["schedule.row"], ElementsAre(Pair(0, "0"), Pair(10, "11")));
}

TEST(VcdTrace, ShowsWhatAMemoryHoldsInBinaryAndUnknownBefore)
{
    TracedWaves traced;
    traced.machine().hold(kSram, 5, 1);
    traced.machine().hold(kSram, 6, 1);
    traced.machine().hold(kSram, 0, 2);
    Waves waves = traced.waves();
    EXPECT_THAT(waves["sram.held"], ElementsAre(Pair(0, "x"), Pair(1, "110"), Pair(2, "0")));
    EXPECT_THAT(waves["dram.held"], ElementsAre(Pair(0, "x")));
}

TEST(VcdTrace, FollowsTheSmallMachine)
{
    // One fill of two weights in the first cycle, then 4 iterations of which each reads an input; the outputs of each
    // leave as the next goes on, the last ones after all. So the run takes 6 cycles (tests/systemc/simulate_test.cpp).
    const Layer layer = small::convolution({{LoopDim::k, 2}, {LoopDim::ox, 4}});
    const Workload workload{"small", {layer}};
    const Accelerator accelerator = small::accelerator();
    std::string text;
    VcdTrace trace{accelerator, workload, [&](std::string_view piece) { text += piece; }};
    sim::SimulationOptions options;
    options.machine.observer = trace.observer();
    options.overcommit = sim::Overcommit::report;  // as if somebody had brought the inputs to the sram before
    const LayerMapping mapping = small::mapping(layer, {{LoopDim::ox, 4}}, {{0, 1}, {0, 1}, {1}}, 2);
    sim::simulate(accelerator, workload, small::schedule(layer, mapping), options);
    trace.finish();
    const VcdReader reader{text};
    Waves waves = reader.waves();
    EXPECT_THAT(waves["mac_array.busy"], ElementsAre(Pair(0, "0"), Pair(1, "1"), Pair(5, "0")));
    EXPECT_THAT(waves["reg_w.w.W"], ElementsAre(Pair(0, "1"), Pair(1, "0")));
    EXPECT_THAT(waves["sram.r.busy"], ElementsAre(Pair(0, "1"), Pair(5, "0")));
    EXPECT_THAT(waves["sram.r.W"], ElementsAre(Pair(0, "1"), Pair(1, "0")));
    EXPECT_THAT(waves["sram.r.I"], ElementsAre(Pair(0, "0"), Pair(1, "1"), Pair(5, "0")));
    EXPECT_EQ(waves["sram.w.O"].back(), (std::pair<double, std::string>{6, "0"}));
    EXPECT_EQ(reader.end(), 6);
    EXPECT_THAT(text, HasSubstr("$comment small on small; 1 ns is 1 cycle $end"));
}

}  // namespace
}  // namespace plumbline::validate
