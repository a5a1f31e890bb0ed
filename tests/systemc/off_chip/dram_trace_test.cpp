// SPDX-License-Identifier: Apache-2.0
// Traces for DRAM simulators: their lines, and that recording a run changes nothing of it.
#include "plumbline/sim/dram_trace.hpp"

#include <gmock/gmock.h>

#include <sstream>

#include "plumbline/sim/counters.hpp"
#include "plumbline/sim/dram.hpp"
#include "plumbline/sim/machine.hpp"
#include "plumbline/sim/schedule_program.hpp"
#include "plumbline/sim/traffic_recorder.hpp"
#include "systemc/equal_counters.hpp"
#include "systemc/two_layers.hpp"

namespace plumbline::sim {
namespace {

using namespace plumbline::small;

std::string lines(const OffChipTransaction& transaction, DramTraceFormat format)
{
    std::ostringstream out;
    write(out, transaction, {format, 64});
    return out.str();
}

// Two bytes on each side of a border between two blocks.
constexpr OffChipTransaction kRead{Cycles{31}, true, 0x13e, 4};
constexpr OffChipTransaction kWrite{Cycles{32}, false, 0x100, 64};

TEST(DramTrace, IsCutIntoAlignedBlocks)
{
    EXPECT_EQ(lines(kRead, DramTraceFormat::dramsys), "31: (64) read 0x100\n31: (64) read 0x140\n");
    EXPECT_EQ(lines(kWrite, DramTraceFormat::dramsys), "32: (64) write 0x100\n");
}

TEST(DramTrace, HasTheFormsOfBothVersionsOfRamulator)
{
    EXPECT_EQ(lines(kRead, DramTraceFormat::ramulator2), "LD 0x100\nLD 0x140\n");
    EXPECT_EQ(lines(kWrite, DramTraceFormat::ramulator2), "ST 0x100\n");
    EXPECT_EQ(lines(kRead, DramTraceFormat::ramulator1), "0x100 R\n0x140 R\n");
    EXPECT_EQ(lines(kWrite, DramTraceFormat::ramulator1), "0x100 W\n");
}

TEST(TrafficRecorder, TellsOfEveryByteThatTheMachineCountsAndChangesNothing)
{
    const TwoLayers network;
    const Accelerator accelerator = small::accelerator();
    const ScheduleProgram program = compile(accelerator, network.workload(), network.schedule());
    Machine recorded{"recorded", accelerator, program};
    Machine unrecorded{"unrecorded", accelerator, program};
    Dram dram{"dram", dram_parameters(accelerator.memory(kDram))};
    Dram other{"other", dram_parameters(accelerator.memory(kDram))};
    TrafficRecorder recorder{"recorder"};
    recorded.off_chip().bind(recorder.in);
    recorder.out.bind(dram.socket);
    unrecorded.off_chip().bind(other.socket);
    std::uint64_t told = 0;
    Cycles last{};
    recorder.listener = [&](const OffChipTransaction& each) {
        told += each.length;
        EXPECT_GE(each.time, last);
        last = each.time;
    };
    sc_core::sc_start();
    const Counters counters = recorded.counters(network.workload());
    expect_equal(counters, unrecorded.counters(network.workload()));
    std::int64_t counted = 0;
    for (const Traffic& traffic : counters.traffic) {
        if (traffic.memory == kDram) counted += traffic.bits.count() / 8;
    }
    EXPECT_EQ(told, static_cast<std::uint64_t>(counted));
}

/// Transactions begin in the same cycles, however long these are.
TEST(TrafficRecorder, TellsCyclesOfItsPeriod)
{
    const TwoLayers network;
    const Accelerator accelerator = small::accelerator();
    const ScheduleProgram program = compile(accelerator, network.workload(), network.schedule());
    MachineOptions slower;
    slower.period = Period::picoseconds(2500);
    Machine machine{"machine", accelerator, program};
    Machine slow{"slow", accelerator, program, slower};
    Dram dram{"dram", dram_parameters(accelerator.memory(kDram))};
    Dram other{"other", dram_parameters(accelerator.memory(kDram))};
    TrafficRecorder recorder{"recorder"};
    TrafficRecorder slow_recorder{"slow_recorder", slower.period};
    machine.off_chip().bind(recorder.in);
    recorder.out.bind(dram.socket);
    slow.off_chip().bind(slow_recorder.in);
    slow_recorder.out.bind(other.socket);
    std::vector<std::int64_t> begins;
    std::vector<std::int64_t> slow_begins;
    recorder.listener = [&](const OffChipTransaction& each) { begins.push_back(each.time.count()); };
    slow_recorder.listener = [&](const OffChipTransaction& each) { slow_begins.push_back(each.time.count()); };
    sc_core::sc_start();
    EXPECT_FALSE(begins.empty());
    EXPECT_EQ(slow_begins, begins);
}

}  // namespace
}  // namespace plumbline::sim
