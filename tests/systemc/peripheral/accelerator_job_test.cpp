// SPDX-License-Identifier: Apache-2.0
// Jobs from end to end: a descriptor in RAM, real data, counters, tile by tile, several in a queue.
#include <gmock/gmock.h>

#include "accelerator_platform.hpp"
#include "plumbline/sim/counters.hpp"
#include "plumbline/sim/machine.hpp"
#include "plumbline/sim/schedule_program.hpp"
#include "plumbline/validate/reference_network.hpp"

namespace plumbline::test {
namespace {

using Fidelity = sim::AcceleratorFidelity;
using Platform = AcceleratorPlatform;

/// What registers say of all accesses, in the order memory, operand, direction, unit; then the cycles.
std::vector<std::uint64_t> counters_of(RegisterHost& host)
{
    std::vector<std::uint64_t> values;
    for (std::uint32_t memory = 0; memory < 4; ++memory) {
        for (std::uint32_t operand = 0; operand < 3; ++operand) {
            for (std::uint32_t direction = 0; direction < 4; ++direction) {
                for (std::uint32_t unit = 0; unit < 3; ++unit) {
                    host.write(PLUMBLINE_REG_COUNTER_SELECT, PLUMBLINE_COUNTER(memory, operand, direction, unit));
                    values.push_back(host.read_pair(PLUMBLINE_REG_COUNTER_LOW));
                }
            }
        }
    }
    values.push_back(host.read_pair(PLUMBLINE_REG_CYCLES_LOW));
    return values;
}

/// The same of a machine that runs the schedule by itself.
std::vector<std::uint64_t> counters_of(const sim::Counters& counters)
{
    const Accelerator accelerator = small::accelerator();
    std::vector<std::uint64_t> values;
    for (MemoryId memory = 0; memory < 4; ++memory) {
        for (MemoryOperand operand : kAllMemoryOperands) {
            for (Direction direction : kAllDirections) {
                const sim::Traffic total = counters.total(memory, operand, direction);
                values.push_back(static_cast<std::uint64_t>(total.granules));
                values.push_back(static_cast<std::uint64_t>(total.bits.count()));
                values.push_back(static_cast<std::uint64_t>(total.words.count() * 1024));
            }
        }
    }
    values.push_back(static_cast<std::uint64_t>(counters.cycles.count()));
    return values;
}

/// A machine beside the platform, with a memory that takes no time.
struct Beside {
    Beside()
    {
        sim::MachineOptions options;
        machine = std::make_unique<sim::Machine>("beside", accelerator, program, options);
        machine->off_chip().bind(dram.socket);
    }
    sim::Counters counters() const { return machine->counters(network.workload()); }

    small::TwoLayers network;
    Accelerator accelerator = small::accelerator();
    sim::ScheduleProgram program = sim::compile(accelerator, network.workload(), network.schedule());
    std::unique_ptr<sim::Machine> machine;
    Ram dram{"beside_dram", 0, 0x1000};
};

class Job : public testing::TestWithParam<Fidelity> {};

TEST_P(Job, ComputesTheNetworkInSystemMemoryBitForBit)
{
    Platform platform{real_data(GetParam())};
    platform.forget_output();
    platform.store(Platform::job());
    platform.run([&](RegisterHost& host) {
        host.enable_interrupts();
        host.start(Platform::kJob);
        host.await_interrupt();
        EXPECT_EQ(host.read(PLUMBLINE_REG_ERROR), PLUMBLINE_ERROR_NONE);
        EXPECT_EQ(host.read(PLUMBLINE_REG_JOBS_DONE), 1U);
    });
    ASSERT_TRUE(platform.host.done);
    EXPECT_EQ(platform.output(), validate::reference_output(platform.network().workload(), platform.data));
    EXPECT_EQ(platform.record().status, PLUMBLINE_COMPLETION_DONE);
    EXPECT_EQ(platform.record().next_tile, 0U);
}

TEST_P(Job, ComputesTileByTileWhatItComputesAtOnce)
{
    Platform platform{real_data(GetParam())};
    std::vector<std::uint64_t> at_once;
    std::vector<std::uint64_t> in_parts;
    platform.run([&](RegisterHost& host) {
        host.start(platform.store(Platform::job()));
        host.await_idle();
        at_once = counters_of(host);
        host.write(PLUMBLINE_REG_CONTROL, PLUMBLINE_CONTROL_CLEAR);
        platform.forget_output();
        for (const auto& [first, tiles] : {std::pair{0U, 1U}, {1U, 2U}, {3U, 1U}, {4U, 0U}}) {
            host.start(platform.store(Platform::job(first, tiles)));
            host.await_idle();
            EXPECT_EQ(platform.record().status, PLUMBLINE_COMPLETION_DONE) << first;
            EXPECT_EQ(platform.record().next_tile, (first + (tiles == 0 ? 2 : tiles)) % 6);
            EXPECT_EQ(host.read(PLUMBLINE_REG_PROGRAM_NEXT), platform.record().next_tile);
        }
        in_parts = counters_of(host);
        EXPECT_EQ(host.read(PLUMBLINE_REG_JOBS_DONE), 4U);
    });
    ASSERT_TRUE(platform.host.done);
    EXPECT_EQ(in_parts, at_once);
    EXPECT_EQ(platform.output(), validate::reference_output(platform.network().workload(), platform.data));
}

TEST_P(Job, TakesWhatIsInMemoryWhenItRuns)
{
    Platform platform{real_data(GetParam())};
    platform.run([&](RegisterHost& host) {
        host.start(platform.store(Platform::job()));
        host.await_idle();
        platform.put_data(2);
        host.start(Platform::kJob);
        host.await_idle();
    });
    EXPECT_EQ(platform.output(), validate::reference_output(platform.network().workload(), platform.data));
}

TEST_P(Job, WritesNothingButItsOutputAndItsRecord)
{
    Platform platform{real_data(GetParam())};
    platform.store(Platform::job());
    const std::vector<unsigned char> before(platform.ram.at(Platform::kBase),
                                            platform.ram.at(Platform::kBase) + Platform::kSize);
    platform.run([&](RegisterHost& host) {
        host.start(Platform::kJob);
        host.await_idle();
    });
    const std::uint64_t output_end = Platform::kOutput + platform.accelerator.layout(0).size(sim::JobGroup::output);
    for (std::uint64_t address = Platform::kBase; address < Platform::kBase + Platform::kSize; ++address) {
        const bool output = address >= Platform::kOutput && address < output_end;
        const bool record = address >= Platform::kRecord && address < Platform::kRecord + sizeof(plumbline_completion);
        if (output || record) continue;
        ASSERT_EQ(*platform.ram.at(address), before[address - Platform::kBase]) << std::hex << address;
    }
    EXPECT_EQ(platform.ram.outside, 0);
}

TEST(JobTransfers, ReadAndWriteFeaturesWhereTheyLie)
{
    Platform platform{real_data()};
    std::map<std::uint64_t, int> reads;
    std::map<std::uint64_t, int> writes;
    platform.ram.listener = [&](const tlm::tlm_generic_payload& payload) {
        std::map<std::uint64_t, int>& touched = payload.is_read() ? reads : writes;
        for (unsigned i = 0; i < payload.get_data_length(); ++i) ++touched[payload.get_address() + i];
    };
    platform.run([&](RegisterHost& host) {
        host.start(platform.store(Platform::job()));
        host.await_idle();
    });
    // Tiles make columns 0, 1 to 3 and 4 to 6 of a row, and read those up to two further right.
    for (std::uint64_t feature = 0; feature < 2 * 2 * 9; ++feature) {
        const std::uint64_t column = feature % 9;
        const int tiles = (column <= 2) + (column >= 1 && column <= 5) + (column >= 4);
        EXPECT_EQ(reads[Platform::kInput + feature], tiles) << feature;
    }
    for (std::uint64_t feature = 0; feature < 2 * 2 * 7; ++feature) {
        EXPECT_EQ(writes[Platform::kOutput + feature], 1) << feature;
    }
    EXPECT_EQ(writes.size(), 2 * 2 * 7 + sizeof(plumbline_completion));
}

TEST_P(Job, KeepsToTheBaseProtocolOnBothSockets)
{
    Platform platform{real_data(GetParam())};
    platform.ram.waits = {3, sc_core::SC_NS};
    platform.ram.annotates = {2, sc_core::SC_NS};
    platform.store(Platform::job());
    platform.run([&](RegisterHost& host) {
        host.start(Platform::kJob);
        host.await_idle();
    });
    EXPECT_EQ(platform.output(), validate::reference_output(platform.network().workload(), platform.data));
    EXPECT_GT(platform.to_memory.transactions(), 0);
    EXPECT_THAT(platform.to_memory.violations(), testing::IsEmpty());
    EXPECT_THAT(platform.to_registers.violations(), testing::IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(AtEveryFidelity, Job,
                         testing::Values(Fidelity::cycle, Fidelity::transaction, Fidelity::analytical),
                         [](const auto& test) { return std::string{name_of(test.param)}; });

TEST(JobCounters, AreThoseOfTheMachine)
{
    Platform platform{real_data()};
    const Beside beside;
    std::vector<std::uint64_t> read;
    platform.run([&](RegisterHost& host) {
        host.start(platform.store(Platform::job()));
        host.await_idle();
        read = counters_of(host);
        EXPECT_EQ(platform.record().cycles, read.back());
    });
    EXPECT_EQ(read, counters_of(beside.counters()));
    EXPECT_GT(read.back(), 0U);
}

TEST(JobCounters, AreTheSameWithoutDataAndAddUpOverJobs)
{
    Platform platform;
    const Beside beside;
    std::vector<std::uint64_t> read;
    platform.run([&](RegisterHost& host) {
        for (int i = 0; i < 3; ++i) {
            host.start(platform.store(Platform::job()));
            host.await_idle();
        }
        read = counters_of(host);
    });
    std::vector<std::uint64_t> thrice = counters_of(beside.counters());
    for (std::uint64_t& each : thrice) each *= 3;
    EXPECT_EQ(read, thrice);
}

TEST(JobCounters, AtAnalyticalAreThoseOfTheMachineButForTime)
{
    Platform platform{real_data(Fidelity::analytical)};
    const Beside beside;
    std::vector<std::uint64_t> read;
    platform.run([&](RegisterHost& host) {
        host.start(platform.store(Platform::job()));
        host.await_idle();
        read = counters_of(host);
    });
    std::vector<std::uint64_t> simulated = counters_of(beside.counters());
    EXPECT_NEAR(static_cast<double>(read.back()), static_cast<double>(simulated.back()),
                0.05 * static_cast<double>(simulated.back()));
    read.pop_back();
    simulated.pop_back();
    EXPECT_EQ(read, simulated);
}

TEST(JobCounters, MayBeReadAndClearedWhileAJobRuns)
{
    Platform platform;
    std::uint64_t whole = 0;
    std::uint64_t before = 0;
    std::uint64_t after = 0;
    platform.run([&](RegisterHost& host) {
        host.start(platform.store(Platform::job()));
        host.await_idle();
        whole = host.read_pair(PLUMBLINE_REG_CYCLES_LOW);
        host.write(PLUMBLINE_REG_CONTROL, PLUMBLINE_CONTROL_CLEAR);
        host.start(Platform::kJob);
        host.ahead += sc_core::sc_time{static_cast<double>(whole) / 2, sc_core::SC_NS};
        before = host.read_pair(PLUMBLINE_REG_CYCLES_LOW);
        host.write(PLUMBLINE_REG_CONTROL, PLUMBLINE_CONTROL_CLEAR);
        host.await_idle();
        after = host.read_pair(PLUMBLINE_REG_CYCLES_LOW);
    });
    EXPECT_GT(before, 0U);
    EXPECT_LT(before, whole);
    EXPECT_GT(after, 0U);
    EXPECT_LE(before + after, whole);
}

TEST(JobQueue, RunsJobsInTheOrderInWhichTheyCame)
{
    Platform platform{real_data()};
    constexpr std::uint64_t kRecords = Platform::kBase + 0x8000;
    platform.run([&](RegisterHost& host) {
        for (std::uint32_t i = 0; i < 3; ++i) {
            plumbline_job job = Platform::job(2 * i, 2);
            job.completion = kRecords + 64 * i;
            host.start(platform.store(job, Platform::kBase + 0x100 + 64 * i));
        }
        EXPECT_EQ(PLUMBLINE_STATUS_WAITING(host.read(PLUMBLINE_REG_STATUS)), 2U);
        host.await_idle();
        EXPECT_EQ(host.read(PLUMBLINE_REG_JOBS_DONE), 3U);
    });
    for (std::uint32_t i = 0; i < 3; ++i) EXPECT_EQ(platform.record(kRecords + 64 * i).next_tile, (2 * i + 2) % 6);
    EXPECT_EQ(platform.output(), validate::reference_output(platform.network().workload(), platform.data));
}

TEST(JobQueue, GivesUpAnUnfinishedNetworkForAnother)
{
    Platform platform{real_data()};
    platform.run([&](RegisterHost& host) {
        host.start(platform.store(Platform::job(0, 3)));
        host.await_idle();
        EXPECT_EQ(host.read(PLUMBLINE_REG_PROGRAM_NEXT), 3U);
        plumbline_job other = Platform::job();
        other.program = 1;
        host.start(platform.store(other));
        host.await_idle();
        EXPECT_EQ(host.read(PLUMBLINE_REG_ERROR), PLUMBLINE_ERROR_NONE);
        EXPECT_EQ(host.read(PLUMBLINE_REG_PROGRAM_NEXT), 0U);
        platform.forget_output();
        host.start(platform.store(Platform::job()));
        host.await_idle();
    });
    EXPECT_EQ(platform.output(), validate::reference_output(platform.network().workload(), platform.data));
}

TEST(TwoAccelerators, RunSideBySide)
{
    Platform one{real_data(), Platform::two_programs(), "one_"};
    Platform other{real_data(Fidelity::analytical), Platform::two_programs(), "other_"};
    other.put_data(7);
    const auto script = [](Platform& platform) {
        return [&platform](RegisterHost& host) {
            host.start(platform.store(Platform::job()));
            host.await_idle();
        };
    };
    one.host.stops = other.host.stops = false;
    one.host.script = script(one);
    other.run(script(other));
    ASSERT_TRUE(one.host.done && other.host.done);
    EXPECT_EQ(one.output(), validate::reference_output(one.network().workload(), one.data));
    EXPECT_EQ(other.output(), validate::reference_output(other.network().workload(), other.data));
    EXPECT_NE(one.output(), other.output());
}

TEST(JobLayout, SaysWhereTensorsLieFromTheAddressesOfAJob)
{
    Platform platform;
    const sim::JobLayout& layout = platform.accelerator.layout(0);
    // Input of 2 x 2 x 9, weights of 3 x 2 and 2 x 3 x 3, output of 2 x 2 x 7; the map between stays in the sram.
    using sim::JobGroup;
    EXPECT_EQ(layout.size(JobGroup::input), 36U);
    EXPECT_EQ(layout.size(JobGroup::weights), 64U + 18U);
    EXPECT_EQ(layout.size(JobGroup::output), 28U);
    EXPECT_EQ(layout.size(JobGroup::scratch), 0U);
    EXPECT_THAT(layout.addresses({0x1000, 0x2000, 0x3000, 0x4000}),
                testing::ElementsAre(0x1000, 0x2000, 0x2040, 0x3000));
}

}  // namespace
}  // namespace plumbline::test
