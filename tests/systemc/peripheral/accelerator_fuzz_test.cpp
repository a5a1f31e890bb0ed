// SPDX-License-Identifier: Apache-2.0
// Hostile firmware: seeded register writes and descriptors. Nothing crashes, hangs, or touches what is not in the window.
//
// How many writes come from PLUMBLINE_HOSTILE_WRITES, 10,000 where it does not say; ctest runs 100,000 under the label fuzz.
#include <gmock/gmock.h>

#include <cstdlib>
#include <iostream>
#include <random>

#include "accelerator_platform.hpp"
#include "plumbline/validate/reference_network.hpp"

namespace plumbline::test {
namespace {

using Fidelity = sim::AcceleratorFidelity;
using Platform = AcceleratorPlatform;

/// Guard zones of the RAM, before and behind what the window allows.
constexpr std::uint64_t kGuard = 0x1000;
constexpr unsigned char kPattern = 0xa5;

int writes_wanted()
{
    const char* text = std::getenv("PLUMBLINE_HOSTILE_WRITES");
    return text == nullptr ? 10'000 : std::atoi(text);
}

/// Mostly something that nearly makes sense: nonsense is refused too early to do harm.
class Hostile {
public:
    explicit Hostile(unsigned seed) : random_{seed} {}

    std::uint32_t below(std::uint32_t limit) { return static_cast<std::uint32_t>(random_() % limit); }
    bool once_in(std::uint32_t times) { return below(times) == 0; }

    std::uint64_t address()
    {
        switch (below(8)) {
            case 0: return random_();
            case 1: return ~std::uint64_t{0} - below(256);
            case 2: return below(256);
            case 3: return Platform::kBase + below(Platform::kSize);
            default: return Platform::kBase + std::uint64_t{64} * below(Platform::kSize / 64);
        }
    }

    plumbline_job job(std::uint32_t next_tile)
    {
        plumbline_job job = Platform::job(next_tile, below(3));
        job.program = below(2);
        for (std::uint64_t* field : {&job.input, &job.weights, &job.output, &job.completion}) {
            if (once_in(4)) *field = address();
        }
        for (std::uint32_t* field : {&job.magic, &job.version, &job.program, &job.flags, &job.first_tile, &job.tiles}) {
            if (once_in(20)) *field = once_in(2) ? static_cast<std::uint32_t>(random_()) : below(8);
        }
        return job;
    }

private:
    std::mt19937_64 random_;
};

/// Returns how many jobs were done without an error all the same.
std::int64_t attack(Platform& platform, RegisterHost& host, Hostile& hostile, int writes)
{
    std::int64_t jobs = 0;
    for (int i = 0; i < writes; ++i) {
        if (hostile.once_in(20)) {
            jobs += host.read(PLUMBLINE_REG_JOBS_DONE);
            host.write(PLUMBLINE_REG_CONTROL, PLUMBLINE_CONTROL_CLEAR);
        }
        if (hostile.once_in(4)) {
            const std::uint64_t place = Platform::kBase + kGuard + 64 * hostile.below(8);
            host.write(PLUMBLINE_REG_PROGRAM_SELECT, hostile.below(3));
            platform.store(hostile.job(host.read(PLUMBLINE_REG_PROGRAM_NEXT)), place);
            host.start(hostile.once_in(10) ? hostile.address() : place);
        } else {
            const std::uint32_t offset = hostile.once_in(8) ? hostile.below(~0U) : 4 * hostile.below(24);
            const bool resets = offset == PLUMBLINE_REG_CONTROL && !hostile.once_in(10);
            host.write(offset, resets ? PLUMBLINE_CONTROL_CLEAR : hostile.below(~0U));
        }
        if (hostile.once_in(3)) host.ahead += sc_core::sc_time{hostile.below(300) * 1.0, sc_core::SC_NS};
        if (hostile.once_in(50)) platform.ram.refused_from = hostile.once_in(4) ? hostile.address() : ~std::uint64_t{0};
        if (hostile.once_in(platform.reset.read() ? 10 : 500)) platform.reset.write(!platform.reset.read());
    }
    return jobs;
}

void recover(Platform& platform, RegisterHost& host)
{
    platform.ram.refused_from = ~std::uint64_t{0};
    platform.reset.write(false);
    host.write(PLUMBLINE_REG_CONTROL, PLUMBLINE_CONTROL_RESET);
    platform.put_data(3);
    platform.forget_output();
    host.enable_interrupts();
    host.start(platform.store(Platform::job(), Platform::kBase + kGuard + 0x40));
    host.await_interrupt();
    EXPECT_EQ(host.read(PLUMBLINE_REG_JOBS_DONE), 1U);
    EXPECT_EQ(host.read(PLUMBLINE_REG_ERROR), PLUMBLINE_ERROR_NONE);
}

class HostileFirmware : public testing::TestWithParam<Fidelity> {};

TEST_P(HostileFirmware, NeverLeavesItsWindowNorKeepsTheAcceleratorFromWorking)
{
    sim::AcceleratorOptions options = real_data(GetParam());
    options.window = {Platform::kBase + kGuard, Platform::kBase + Platform::kSize - kGuard - 1};
    Platform platform{options};
    const std::uint64_t behind = Platform::kBase + Platform::kSize - kGuard;
    std::memset(platform.ram.at(Platform::kBase), kPattern, kGuard);
    std::memset(platform.ram.at(behind), kPattern, kGuard);
    const unsigned seed = 3141;
    SCOPED_TRACE("seed " + std::to_string(seed));
    Hostile hostile{seed};
    std::int64_t jobs = 0;
    platform.run([&](RegisterHost& host) {
        jobs = attack(platform, host, hostile, writes_wanted());
        for (std::uint64_t i = 0; i < kGuard; ++i) {
            ASSERT_EQ(*platform.ram.at(Platform::kBase + i), kPattern) << i;
            ASSERT_EQ(*platform.ram.at(behind + i), kPattern) << i;
        }
        recover(platform, host);
    });
    ASSERT_TRUE(platform.host.done);
    std::cout << jobs << " jobs were done all the same\n";
    EXPECT_GT(jobs, writes_wanted() / 100) << "nothing was attacked";
    EXPECT_EQ(platform.ram.outside, 0);
    EXPECT_EQ(platform.output(), validate::reference_output(platform.network().workload(), platform.data));
    EXPECT_THAT(platform.to_memory.violations(), testing::IsEmpty());
    EXPECT_THAT(platform.to_registers.violations(), testing::IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(AtEveryFidelity, HostileFirmware,
                         testing::Values(Fidelity::cycle, Fidelity::transaction, Fidelity::analytical),
                         [](const auto& test) { return std::string{name_of(test.param)}; });

}  // namespace
}  // namespace plumbline::test
