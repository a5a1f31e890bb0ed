// SPDX-License-Identifier: Apache-2.0
// Reset by register and by line, wherever a job is: afterwards the accelerator is as new.
#include <gmock/gmock.h>

#include <random>

#include "accelerator_platform.hpp"
#include "plumbline/validate/reference_network.hpp"

namespace plumbline::test {
namespace {

using Fidelity = sim::AcceleratorFidelity;
using Platform = AcceleratorPlatform;

void expect_as_new(RegisterHost& host)
{
    EXPECT_EQ(host.read(PLUMBLINE_REG_STATUS), PLUMBLINE_STATUS_IDLE);
    for (std::uint32_t offset = PLUMBLINE_REG_JOB_LOW; offset < PLUMBLINE_REG_PROGRAM_TILES; offset += 4) {
        EXPECT_EQ(host.read(offset), 0U) << offset;
    }
    EXPECT_EQ(host.read(PLUMBLINE_REG_PROGRAM_NEXT), 0U);
}

class Reset : public testing::TestWithParam<Fidelity> {};

TEST_P(Reset, AtAnyTimeIsForgottenByACleanRun)
{
    Platform platform{real_data(GetParam())};
    platform.ram.waits = {4, sc_core::SC_NS};  // transfers are under way inside the RAM
    const auto expected = validate::reference_output(platform.network().workload(), platform.data);
    const unsigned seed = 20266;
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random{seed};
    platform.run([&](RegisterHost& host) {
        platform.store(Platform::job());
        const auto run = [&] {
            const sc_core::sc_time begin = sc_core::sc_time_stamp();
            host.enable_interrupts();
            host.start(Platform::kJob);
            host.await_interrupt();
            return sc_core::sc_time_stamp() - begin;
        };
        const double length = run() / sc_core::sc_time{1, sc_core::SC_NS};
        const std::uint64_t cycles = host.read_pair(PLUMBLINE_REG_CYCLES_LOW);
        std::uniform_real_distribution<double> times{0, length};
        for (int i = 0; i < 50; ++i) {
            host.write(PLUMBLINE_REG_CONTROL, PLUMBLINE_CONTROL_RESET);
            host.enable_interrupts();
            host.start(Platform::kJob);
            host.start(Platform::kJob);
            host.ahead += sc_core::sc_time{times(random), sc_core::SC_NS};
            host.write(PLUMBLINE_REG_CONTROL, PLUMBLINE_CONTROL_RESET | PLUMBLINE_CONTROL_START);
            expect_as_new(host);
            const std::int64_t transactions = platform.ram.transactions;
            host.ahead += sc_core::sc_time{length, sc_core::SC_NS};
            host.sync();
            EXPECT_EQ(platform.ram.transactions, transactions) << "something went on after reset";
            platform.forget_output();
            run();
            EXPECT_EQ(platform.output(), expected);
            EXPECT_EQ(host.read_pair(PLUMBLINE_REG_CYCLES_LOW), cycles);
            EXPECT_EQ(host.read(PLUMBLINE_REG_ERROR), PLUMBLINE_ERROR_NONE);
        }
    });
    EXPECT_TRUE(platform.host.done);
    EXPECT_THAT(platform.to_memory.violations(), testing::IsEmpty());
}

TEST_P(Reset, ByItsLineHoldsTheAcceleratorAsLongAsItIsHigh)
{
    Platform platform{real_data(GetParam())};
    platform.run([&](RegisterHost& host) {
        platform.store(Platform::job());
        host.start(Platform::kJob);
        host.ahead += sc_core::sc_time{20, sc_core::SC_NS};
        host.sync();
        platform.reset.write(true);
        sc_core::wait(5, sc_core::SC_NS);
        expect_as_new(host);
        host.start(Platform::kJob);
        EXPECT_EQ(host.read(PLUMBLINE_REG_STATUS), PLUMBLINE_STATUS_IDLE);
        host.sync();
        platform.reset.write(false);
        sc_core::wait(5, sc_core::SC_NS);
        host.start(Platform::kJob);
        host.await_idle();
        EXPECT_EQ(host.read(PLUMBLINE_REG_JOBS_DONE), 1U);
    });
    EXPECT_EQ(platform.output(), validate::reference_output(platform.network().workload(), platform.data));
}

TEST_P(Reset, MayBeFollowedByAJobInTheSameInstant)
{
    sim::AcceleratorOptions options = real_data(GetParam());
    options.register_latency = sim::Nanoseconds{0};
    Platform platform{options};
    platform.run([&](RegisterHost& host) {
        platform.store(Platform::job());
        host.start(Platform::kJob);
        host.ahead = {30, sc_core::SC_NS};
        host.write(PLUMBLINE_REG_CONTROL, PLUMBLINE_CONTROL_RESET);
        platform.forget_output();
        host.start(Platform::kJob);
        host.await_idle();
        EXPECT_EQ(host.read(PLUMBLINE_REG_JOBS_DONE), 1U);
    });
    EXPECT_EQ(platform.output(), validate::reference_output(platform.network().workload(), platform.data));
}

INSTANTIATE_TEST_SUITE_P(AtEveryFidelity, Reset,
                         testing::Values(Fidelity::cycle, Fidelity::transaction, Fidelity::analytical),
                         [](const auto& test) { return std::string{name_of(test.param)}; });

}  // namespace
}  // namespace plumbline::test
