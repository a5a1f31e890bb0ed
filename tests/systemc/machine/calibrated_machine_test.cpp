// SPDX-License-Identifier: Apache-2.0
// The machine of a calibrated accelerator: ports that are idle between words, transfers that wait and lose time, steps that
// are dispatched.
#include <gmock/gmock.h>

#include "arbitration/round_robin_arbiter.hpp"
#include "arbitration/transfer_arbiter.hpp"
#include "chunk_timing/chunk_timing_cache.hpp"
#include "plumbline/calibrated_accelerator.hpp"
#include "plumbline/sim/counters.hpp"
#include "plumbline/sim/dram.hpp"
#include "plumbline/sim/machine.hpp"
#include "plumbline/sim/schedule_program.hpp"
#include "systemc/deviation.hpp"
#include "systemc/equal_counters.hpp"
#include "systemc/generated_machine.hpp"
#include "systemc/taker.hpp"
#include "systemc/two_layers.hpp"

namespace plumbline::sim {
namespace {

using namespace plumbline::small;

/// A quarter of a cycle after each word.
const PortIdle kQuarter{250};

TEST(IdlePort, RefusesACycleOnceOneIsDue)
{
    // Four words, an idle cycle, four words, an idle cycle, two words.
    Clock clock;
    RoundRobinArbiter ports{"ports", clock, 1, kQuarter};
    Taker taker{"taker", ports, {{0, 10}}};
    sc_core::sc_start();
    EXPECT_EQ(taker.end(), 12);
}

TEST(IdlePort, OfWhomeverItServes)
{
    // a b a b - a b a b -: both have their last word before the second idle cycle.
    Clock clock;
    RoundRobinArbiter ports{"ports", clock, 1, kQuarter};
    Taker a{"a", ports, {{0, 4}}};
    Taker b{"b", ports, {{0, 4}}};
    sc_core::sc_start();
    EXPECT_EQ(a.end(), 8);
    EXPECT_EQ(b.end(), 9);
}

TEST(IdlePort, IsIdleTransferByTransferToo)
{
    // Four words, an idle cycle, four words.
    Clock clock;
    TransferArbiter ports{"ports", clock, 1, kQuarter};
    Taker taker{"taker", ports, {{0, 8}}};
    sc_core::sc_start();
    EXPECT_EQ(taker.end(), 9);
}

TEST(IdlePort, IsIdleInSimulatedChunksToo)
{
    ChunkPattern pattern;
    pattern.end = 10;
    pattern.iterations.assign(10, 0);
    pattern.demands = std::make_shared<const PortDemands>(PortDemands{PortDemand{{{0, 1}}, 0}});
    ChunkTimingCache cache{kQuarter};
    ChunkRun run;
    run.pattern = &pattern;
    run.state = cache.initial_state(pattern, {0});
    const ChunkTiming first = cache.timing(run);
    EXPECT_EQ(first.cycles, 12);
    // Half an idle cycle was due at the end: two words, an idle cycle, four words, an idle cycle, four words.
    run.state = first.end;
    EXPECT_EQ(cache.timing(run).cycles, 12);
    run.state = cache.timing(run).end;
    EXPECT_EQ(cache.timing(run).cycles, 13);  // which leaves a whole one for the beginning of the next
}

struct Runs {
    Counters before;
    Counters after;
};

/// A machine with off-chip memory.
struct MachineAndDram {
    MachineAndDram(const char* name, const Accelerator& accelerator, const ScheduleProgram& program,
                   const MachineOptions& options = {})
        : machine{name, accelerator, program, options},
          dram{(name + std::string{"_dram"}).c_str(), dram_parameters(accelerator.memory(kDram))}
    {
        machine.off_chip().bind(dram.socket);
    }

    Machine machine;
    Dram dram;
};

/// The network of two layers, without and with a profile, at once.
Runs with_profile(const Calibration& profile)
{
    const TwoLayers network;
    const Accelerator described = small::accelerator();
    const Accelerator real = calibrated(described, profile);
    const ScheduleProgram plain = compile(described, network.workload(), network.schedule());
    const ScheduleProgram changed = compile(real, network.workload(), network.schedule());
    const MachineAndDram usual{"usual", described, plain};
    const MachineAndDram other{"other", real, changed};
    sc_core::sc_start();
    return {usual.machine.counters(network.workload()), other.machine.counters(network.workload())};
}

MemoryCalibration profile_of(const char* name)
{
    MemoryCalibration memory;
    memory.memory = name;
    return memory;
}

TEST(CalibratedMachine, IsTheSameByANeutralProfile)
{
    const Runs run = with_profile({"small", {profile_of("dram")}, {}, {}});
    expect_equal(run.after, run.before);
}

TEST(CalibratedMachine, DispatchesEveryStep)
{
    // Three steps in each of six tiles.
    const Runs run = with_profile({"small", {}, {}, {25}});
    EXPECT_EQ(run.after.cycles, run.before.cycles + Cycles{6 * 3 * 25});
}

/// The copy of the input: 2 channels of `columns` + 2 bytes in each tile, for two tiles of 1 column and four of 3.
Cycles copying(const Counters& counters) { return counters.times.front().cycles; }

TEST(CalibratedMachine, CopiesWaitForTheirSource)
{
    MemoryCalibration dram = profile_of("dram");
    dram.access_latency = 9;
    const Runs run = with_profile({"small", {dram}, {}, {}});
    EXPECT_EQ(copying(run.before), Cycles{2 * 3 + 4 * 5});
    EXPECT_EQ(copying(run.after), Cycles{2 * 3 + 4 * 5 + 6 * 9});
}

TEST(CalibratedMachine, CopiesLoseTimeInBursts)
{
    // 48 and 80 bits are two and three bursts of 32 bits.
    MemoryCalibration dram = profile_of("dram");
    dram.burst_overhead = 3;
    dram.burst = Bits{32};
    const Runs run = with_profile({"small", {dram}, {}, {}});
    EXPECT_EQ(copying(run.after), Cycles{2 * (3 + 2 * 3) + 4 * (5 + 3 * 3)});
}

TEST(CalibratedMachine, CopiesTakeTheSameTimeAtBothFidelitiesWhereAPortIsIdle)
{
    const TwoLayers network;
    const Accelerator real = calibrated(small::accelerator(), {"small", {}, {1, 0.2}, {}});
    const auto program_at = [&](Fidelity fidelity) {
        return compile(real, network.workload(), network.schedule(), Overcommit::refuse, fidelity);
    };
    const ScheduleProgram by_cycles = program_at(Fidelity::cycle);
    const ScheduleProgram by_transfers = program_at(Fidelity::transaction);
    MachineOptions options;
    options.fidelity = Fidelity::cycle;
    const MachineAndDram referee{"referee", real, by_cycles, options};
    const MachineAndDram usual{"usual", real, by_transfers};
    sc_core::sc_start();
    EXPECT_EQ(copying(usual.machine.counters(network.workload())),
              copying(referee.machine.counters(network.workload())));
}

TEST(CalibratedMachine, CopiesTakeTheTimeThatAPortIsIdle)
{
    // A quarter of a cycle is due for each word. So 3 words wait for an idle cycle at most, and 5 for one or two.
    const Runs run = with_profile({"small", {}, {1, 0.2}, {}});
    EXPECT_GE(copying(run.after), Cycles{2 * 3 + 4 * 6});
    EXPECT_LE(copying(run.after), Cycles{2 * 4 + 4 * 7});
    EXPECT_GT(copying(run.after), copying(run.before));
    const auto same_traffic = [](const Traffic& a, const Traffic& b) { return a.bits == b.bits; };
    EXPECT_TRUE(
        std::equal(run.before.traffic.begin(), run.before.traffic.end(), run.after.traffic.begin(), same_traffic));
}

/// A profile of any accelerator, the same for the same seed.
Calibration any_profile(const Accelerator& accelerator, unsigned seed)
{
    std::mt19937 bits{seed};
    const auto between = [&](double least, double most) {
        return least + (most - least) * static_cast<double>(bits() % 1024) / 1024;
    };
    std::vector<MemoryCalibration> memories;
    for (const plumbline::Memory& memory : accelerator.memories()) {
        memories.push_back(profile_of(memory.name.c_str()));
        const bool top = &memory == &accelerator.memories().back();
        if (!top) memories.back().bandwidth = between(0.6, 1);
        memories.back().access_latency = std::floor(between(0, 12));
        memories.back().burst_overhead = between(0, 3);
        memories.back().burst = Bits{128};
    }
    return {accelerator.name(), memories, {between(0.6, 1), between(0, 0.2)}, {std::floor(between(0, 40))}};
}

TEST(CalibratedMachine, HardlyDependsOnFidelity)
{
    // Where two ports of an iteration are idle in different cycles it takes longer than where they are in the same, so each
    // word that a drain moves through one of them matters long after it.
    constexpr double kWorst = 0.01;
    constexpr double kOnAverage = 0.001;
    std::deque<generated::GeneratedMachine> machines;
    std::deque<Accelerator> accelerators;
    Deviations deviations;
    for (unsigned seed = 0; seed < 100; ++seed) {
        machines.push_back(generated::generated_machine(seed));
        const auto& [accelerator, workload, schedule] = machines.back();
        accelerators.push_back(calibrated(accelerator, any_profile(accelerator, seed)));
        deviations.add(accelerators.back(), workload, schedule);
    }
    const std::vector<Deviation> all = deviations.run();
    double sum = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
        EXPECT_TRUE(all[i].equal_counters) << "seed " << i;
        EXPECT_LE(std::abs(all[i].relative()), kWorst)
            << "seed " << i << ": " << all[i].transaction.count() << " cycles instead of " << all[i].cycle.count();
        sum += std::abs(all[i].relative());
    }
    EXPECT_LE(sum / static_cast<double>(all.size()), kOnAverage);
}

}  // namespace
}  // namespace plumbline::sim
