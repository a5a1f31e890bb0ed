// SPDX-License-Identifier: Apache-2.0
// What a host sees of the accelerator beside its registers: counters, energy and power, and what observers are told.
#include <gmock/gmock.h>

#include <optional>

#include "accelerator_platform.hpp"
#include "plumbline/sim/counters.hpp"
#include "plumbline/sim/energy.hpp"
#include "plumbline/sim/machine.hpp"
#include "plumbline/sim/run_events.hpp"
#include "plumbline/sim/schedule_program.hpp"
#include "systemc/equal_counters.hpp"

namespace plumbline::test {
namespace {

using Fidelity = sim::AcceleratorFidelity;
using Platform = AcceleratorPlatform;

// The second layer has 2 x 3 x 7 x 2 x 3 MACs. The first computes two columns more for each of the three tiles of a row,
// 13 in all, so 3 x 2 x 13 x 2. The output of 2 x 7 x 2 bytes leaves in words of two.
constexpr std::int64_t kMacs = 252 + 156;
constexpr std::int64_t kOutputs = 28;
constexpr double kPicojoules = 0.5 * kMacs + 10.0 * (kOutputs / 2.0);

/// A MAC costs 0.5 pJ, a word written off chip 10, and nothing else anything.
Accelerator costly(Bits sram_size = Bits{4096})
{
    const Accelerator free = small::accelerator(sram_size);
    MacArray array = free.array();
    array.mac_energy = Picojoules{0.5};
    std::vector<Memory> memories = free.memories();
    memories[small::kDram].write_energy = Picojoules{10};
    return {free.name(), array, memories};
}

struct CostlyPlatform : Platform {
    explicit CostlyPlatform(const sim::AcceleratorOptions& options)
        : Platform{options, two_programs(), "", Memory::loosely_timed, costly()}
    {
        store(job());
    }
};

sim::AcceleratorOptions observed_options(Fidelity fidelity)
{
    sim::AcceleratorOptions options;
    options.fidelity = fidelity;
    options.register_latency = sim::Nanoseconds{0};
    options.period = sim::Period::picoseconds(2000);
    return options;
}

void run_observed_job(RegisterHost& host)
{
    host.enable_interrupts();
    host.start(Platform::kJob);
    host.await_interrupt();
    EXPECT_EQ(host.read(PLUMBLINE_REG_ERROR), PLUMBLINE_ERROR_NONE);
    host.acknowledge();
    sc_core::wait(1, sc_core::SC_NS);  // until the line is low
}

class ObservationAt : public testing::TestWithParam<Fidelity> {};

TEST_P(ObservationAt, CountsTheEnergyOfWordsAndMacs)
{
    CostlyPlatform platform{observed_options(GetParam())};
    platform.run([&](RegisterHost& host) {
        run_observed_job(host);
        EXPECT_DOUBLE_EQ(platform.accelerator.energy().energy.count(), kPicojoules);
        EXPECT_EQ(host.read_pair(PLUMBLINE_REG_ENERGY_LOW), 344U);
        EXPECT_EQ(host.read_pair(PLUMBLINE_REG_CYCLES_LOW),
                  static_cast<std::uint64_t>(platform.accelerator.cycles().count()));
        host.write(PLUMBLINE_REG_CONTROL, PLUMBLINE_CONTROL_CLEAR);
        EXPECT_EQ(host.read_pair(PLUMBLINE_REG_ENERGY_LOW), 0U);
        run_observed_job(host);
        EXPECT_EQ(host.read_pair(PLUMBLINE_REG_ENERGY_LOW), 344U);
        host.write(PLUMBLINE_REG_CONTROL, PLUMBLINE_CONTROL_RESET);
        EXPECT_EQ(host.read_pair(PLUMBLINE_REG_ENERGY_LOW), 0U);
    });
    EXPECT_DOUBLE_EQ(platform.accelerator.energy().energy.count(), 2 * kPicojoules) << "nothing sets it back";
    EXPECT_TRUE(platform.host.done);
}

TEST_P(ObservationAt, SpendsEnergyWhileAJobRuns)
{
    CostlyPlatform platform{observed_options(GetParam())};
    platform.run([&](RegisterHost& host) {
        run_observed_job(host);
        const auto cycles = static_cast<double>(platform.accelerator.cycles().count());
        host.start(Platform::kJob);
        sc_core::wait(cycles, sc_core::SC_NS);  // half of its time
        const double half = platform.accelerator.energy().energy.count() - kPicojoules;
        EXPECT_GT(half, 0.3 * kPicojoules);
        EXPECT_LT(half, 0.7 * kPicojoules);
        host.write(PLUMBLINE_REG_CONTROL, PLUMBLINE_CONTROL_RESET);
        sc_core::wait(1, sc_core::SC_NS);
        EXPECT_DOUBLE_EQ(platform.accelerator.energy().energy.count(), kPicojoules + half) << "spent all the same";
    });
    EXPECT_TRUE(platform.host.done);
}

TEST_P(ObservationAt, KnowsThePowerOfAWindow)
{
    CostlyPlatform platform{observed_options(GetParam())};
    platform.run([&](RegisterHost& host) {
        sc_core::wait(50, sc_core::SC_NS);
        EXPECT_EQ(host.read(PLUMBLINE_REG_POWER), 0U) << "of 50 ns of nothing";
        const sim::EnergySample begin = platform.accelerator.energy();
        run_observed_job(host);
        sc_core::wait(1000, sc_core::SC_NS);
        const sim::EnergySample end = platform.accelerator.energy();
        const double nanoseconds = sc_core::sc_time_stamp().to_seconds() * 1e9 - 50;
        EXPECT_NEAR(milliwatts(begin, end), kPicojoules / nanoseconds, 1e-9);
        EXPECT_EQ(host.read(PLUMBLINE_REG_POWER), std::lround(1000 * kPicojoules / nanoseconds));
        sc_core::wait(10, sc_core::SC_NS);
        EXPECT_EQ(host.read(PLUMBLINE_REG_POWER), 0U) << "of the time since it was read";
    });
    EXPECT_TRUE(platform.host.done);
}

TEST_P(ObservationAt, HasTheCountersOfTheNetworkOverItsJobs)
{
    CostlyPlatform platform{observed_options(GetParam())};
    const small::TwoLayers network;
    const Accelerator accelerator = costly();
    const sim::ScheduleProgram program = sim::compile(accelerator, network.workload(), network.schedule());
    sim::Machine beside{"beside", accelerator, program};
    Ram dram{"beside_dram", 0, 0x1000};
    beside.off_chip().bind(dram.socket);
    platform.run([&](RegisterHost& host) {
        for (const auto& [first, tiles] : {std::pair{0U, 2U}, {2U, 4U}}) {
            platform.store(Platform::job(first, tiles));
            run_observed_job(host);
        }
    });
    const sim::Counters counted = platform.accelerator.counters(0);
    sim::Counters expected = beside.counters(network.workload());
    if (GetParam() == Fidelity::analytical) {
        expected.array = {};
        expected.ports.clear();
    }
    expect_equal_work(counted, expected);
    EXPECT_EQ(counted.macs(), kMacs);
    EXPECT_EQ(counted.outputs, kOutputs);
    EXPECT_EQ(counted.cycles, platform.accelerator.cycles());
    Cycles sum{};
    for (const sim::ActivityTime& time : counted.times) sum += time.cycles;
    EXPECT_EQ(sum, counted.cycles);
    EXPECT_EQ(platform.accelerator.counters(1).macs(), 0) << "the other program did not run";
}

/// A layer whose inputs come and whose outputs go block by block, at the same time. A block takes 1,024 iterations: at `transaction`,
/// too, it is moved by itself.
sim::AcceleratorProgram streamed()
{
    const Layer layer = small::convolution({{LoopDim::k, 4}, {LoopDim::c, 256}, {LoopDim::ox, 16}});
    const small::Loops loops{{LoopDim::c, 128}, {LoopDim::k, 2}, {LoopDim::ox, 4}, {LoopDim::ox, 4}};
    const small::Cuts cuts{{1, 3, 4}, {0, 4, 4}, {3, 4}};
    return {{"small", {layer}}, small::schedule(layer, small::mapping(layer, loops, cuts, 2, 2))};
}

TEST_P(ObservationAt, KeepsWhatAJobCountedThatEndedInAnError)
{
    // Output may not be written, which is answered after 100 ns, 50 cycles. Meanwhile the machine has the next block of inputs under
    // way, which takes longer: it is given up and forgets everything before the job is over.
    sim::AcceleratorOptions chosen = observed_options(GetParam());
    const bool analytical = GetParam() == Fidelity::analytical;
    if (analytical) chosen.data = sim::AcceleratorData::real;  // else it writes nothing
    Platform platform{chosen, {streamed()}, "", Platform::Memory::loosely_timed, costly(kibibytes(64))};
    std::optional<std::int64_t> asked;
    double spent = 0;
    platform.ram.refused_from = Platform::kOutput;
    platform.ram.listener = [&](const tlm::tlm_generic_payload& payload) {
        const bool refused = payload.get_address() >= Platform::kOutput;
        platform.ram.waits = {refused ? 100.0 : 1000.0, sc_core::SC_NS};
        if (!refused || asked) return;
        asked = platform.accelerator.cycles().count();
        spent = platform.accelerator.energy().energy.count();
    };
    platform.run([&](RegisterHost& host) {
        host.start(platform.store(Platform::job()));
        host.await_idle();
        host.sync();
        EXPECT_EQ(host.read(PLUMBLINE_REG_ERROR), PLUMBLINE_ERROR_BUS_WRITE);
    });
    ASSERT_TRUE(asked);
    EXPECT_EQ(platform.accelerator.cycles(), Cycles{*asked + 50});
    EXPECT_EQ(platform.record().cycles, static_cast<std::uint64_t>(*asked + 50));
    EXPECT_GT(spent, 0);
    EXPECT_GE(platform.accelerator.energy().energy.count(), spent);
}

INSTANTIATE_TEST_SUITE_P(AtEveryFidelity, ObservationAt,
                         testing::Values(Fidelity::cycle, Fidelity::transaction, Fidelity::analytical),
                         [](const auto& test) { return std::string{name_of(test.param)}; });

class ObserverAt : public testing::TestWithParam<Fidelity> {};

TEST_P(ObserverAt, IsToldOfItsProgramInTimeOfTheSimulation)
{
    // A cycle takes 2 ns; the job begins after 100.
    std::vector<double> begins;
    std::vector<double> ends;
    Cycles cycles{};
    sim::AcceleratorOptions observed = observed_options(GetParam());
    observed.observer = [&](std::size_t program) {
        sim::Observer observer;
        if (program != 0) return observer;
        observer.stepped = [&](const sim::StepSpan& step) {
            begins.push_back(step.span.begin);
            ends.push_back(step.span.end);
            cycles += step.cycles;
        };
        return observer;
    };
    CostlyPlatform platform{observed};
    platform.run([&](RegisterHost& host) {
        sc_core::wait(100, sc_core::SC_NS);
        run_observed_job(host);
        EXPECT_EQ(begins.front(), 100);
        EXPECT_EQ(ends.back(), 100 + 2 * static_cast<double>(platform.accelerator.cycles().count()));
        EXPECT_EQ(cycles, platform.accelerator.cycles());
        const std::size_t steps = begins.size();
        plumbline_job other = Platform::job();
        other.program = 1;
        platform.store(other);
        run_observed_job(host);
        EXPECT_EQ(begins.size(), steps) << "of another program";
    });
    EXPECT_TRUE(platform.host.done);
}

TEST_P(ObserverAt, IsToldThatARunIsGivenUp)
{
    std::vector<double> abandoned;
    sim::AcceleratorOptions observed = observed_options(GetParam());
    observed.observer = [&](std::size_t) {
        sim::Observer observer;
        observer.abandoned = [&](double time) { abandoned.push_back(time); };
        return observer;
    };
    CostlyPlatform platform{observed};
    platform.run([&](RegisterHost& host) {
        run_observed_job(host);
        EXPECT_THAT(abandoned, testing::IsEmpty());
        host.start(Platform::kJob);
        const double begin = sc_core::sc_time_stamp().to_seconds() * 1e9;
        sc_core::wait(17, sc_core::SC_NS);
        host.write(PLUMBLINE_REG_CONTROL, PLUMBLINE_CONTROL_RESET);
        sc_core::wait(1, sc_core::SC_NS);
        ASSERT_EQ(abandoned.size(), 1U);
        EXPECT_NEAR(abandoned.front(), begin + 17, 1e-6);
    });
    EXPECT_TRUE(platform.host.done);
}

INSTANTIATE_TEST_SUITE_P(AtFidelitiesOfTheMachine, ObserverAt, testing::Values(Fidelity::cycle, Fidelity::transaction),
                         [](const auto& test) { return std::string{name_of(test.param)}; });

}  // namespace
}  // namespace plumbline::test
