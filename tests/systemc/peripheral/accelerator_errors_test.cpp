// SPDX-License-Identifier: Apache-2.0
// What a guest can do wrong: each mistake has a code, an interrupt, and no other consequence.
#include <gmock/gmock.h>

#include <stdexcept>

#include "accelerator_platform.hpp"
#include "plumbline/error.hpp"
#include "plumbline/sim/counters.hpp"
#include "plumbline/validate/reference_network.hpp"

namespace plumbline::test {
namespace {

using Platform = AcceleratorPlatform;

struct Mistake {
    std::string name;
    std::uint32_t code;
    std::uint64_t detail;
    std::function<void(plumbline_job&)> make;
};

void PrintTo(const Mistake& mistake, std::ostream* out) { *out << mistake.name; }

class WrongDescriptor : public testing::TestWithParam<Mistake> {};

TEST_P(WrongDescriptor, IsRefusedByCodeAndHurtsNoLaterJob)
{
    sim::AcceleratorOptions options = real_data();
    options.window = {Platform::kBase, Platform::kBase + Platform::kSize - 1};
    Platform platform{options};
    platform.forget_output();
    platform.run([&](RegisterHost& host) {
        plumbline_job job = Platform::job();
        GetParam().make(job);
        host.enable_interrupts();
        host.start(platform.store(job));
        host.await_interrupt();
        EXPECT_EQ(host.read(PLUMBLINE_REG_ERROR), GetParam().code);
        EXPECT_EQ(host.read_pair(PLUMBLINE_REG_ERROR_DETAIL_LOW), GetParam().detail);
        EXPECT_NE(host.read(PLUMBLINE_REG_STATUS) & PLUMBLINE_STATUS_ERROR, 0U);
        EXPECT_EQ(host.read(PLUMBLINE_REG_JOBS_DONE), 0U);
        host.acknowledge();
        EXPECT_EQ(host.read(PLUMBLINE_REG_STATUS), PLUMBLINE_STATUS_IDLE);
        host.start(platform.store(Platform::job()));
        host.await_interrupt();
        EXPECT_EQ(host.read(PLUMBLINE_REG_JOBS_DONE), 1U);
    });
    EXPECT_EQ(platform.output(), validate::reference_output(platform.network().workload(), platform.data));
    EXPECT_EQ(platform.ram.outside, 0) << "nothing leaves the window";
}

constexpr std::uint64_t kEnd = Platform::kBase + Platform::kSize;

INSTANTIATE_TEST_SUITE_P(
    All, WrongDescriptor,
    testing::Values(
        Mistake{"Magic", PLUMBLINE_ERROR_MAGIC, 7, [](plumbline_job& job) { job.magic = 7; }},
        Mistake{"Version", PLUMBLINE_ERROR_FORMAT, 2, [](plumbline_job& job) { job.version = 2; }},
        Mistake{"Flags", PLUMBLINE_ERROR_FLAGS, 5, [](plumbline_job& job) { job.flags = 5; }},
        Mistake{"Program", PLUMBLINE_ERROR_PROGRAM, 2, [](plumbline_job& job) { job.program = 2; }},
        Mistake{"LastProgram", PLUMBLINE_ERROR_PROGRAM, ~0U, [](plumbline_job& job) { job.program = ~0U; }},
        Mistake{"FirstTile", PLUMBLINE_ERROR_TILE, 0, [](plumbline_job& job) { job.first_tile = 1; }},
        Mistake{"Tiles", PLUMBLINE_ERROR_TILES, 6, [](plumbline_job& job) { job.tiles = 7; }},
        Mistake{"AllTiles", PLUMBLINE_ERROR_TILES, 6, [](plumbline_job& job) { job.tiles = ~0U; }},
        Mistake{"UnalignedInput", PLUMBLINE_ERROR_ALIGNMENT, Platform::kInput + 4,
                [](plumbline_job& job) { job.input += 4; }},
        Mistake{"UnalignedRecord", PLUMBLINE_ERROR_ALIGNMENT, Platform::kRecord + 32,
                [](plumbline_job& job) { job.completion += 32; }},
        Mistake{"InputBefore", PLUMBLINE_ERROR_WINDOW, 0, [](plumbline_job& job) { job.input = 0; }},
        Mistake{"WeightsBehind", PLUMBLINE_ERROR_WINDOW, kEnd, [](plumbline_job& job) { job.weights = kEnd; }},
        Mistake{"WeightsHalfBehind", PLUMBLINE_ERROR_WINDOW, kEnd - 64,
                [](plumbline_job& job) { job.weights = kEnd - 64; }},
        Mistake{"OutputAround", PLUMBLINE_ERROR_WINDOW, ~std::uint64_t{63},
                [](plumbline_job& job) { job.output = ~std::uint64_t{63}; }},
        Mistake{"RecordBehind", PLUMBLINE_ERROR_WINDOW, kEnd, [](plumbline_job& job) { job.completion = kEnd; }}),
    [](const auto& test) { return test.param.name; });

TEST(WrongJob, WhoseDescriptorIsNotWhereItSays)
{
    sim::AcceleratorOptions options;
    options.window = {Platform::kBase, Platform::kBase + Platform::kSize - 1};
    Platform platform{options};
    platform.run([&](RegisterHost& host) {
        const auto error_of = [&](std::uint64_t descriptor) {
            host.start(descriptor);
            host.await_idle();
            const auto code = host.read(PLUMBLINE_REG_ERROR);
            EXPECT_EQ(host.read_pair(PLUMBLINE_REG_ERROR_DETAIL_LOW), descriptor);
            host.acknowledge();
            return code;
        };
        EXPECT_EQ(error_of(Platform::kJob + 8), PLUMBLINE_ERROR_ALIGNMENT);
        EXPECT_EQ(error_of(0), PLUMBLINE_ERROR_WINDOW);
        EXPECT_EQ(error_of(kEnd), PLUMBLINE_ERROR_WINDOW);
        platform.ram.refused_from = 0;
        EXPECT_EQ(error_of(Platform::kJob), PLUMBLINE_ERROR_BUS_READ);
    });
    EXPECT_EQ(platform.ram.outside, 0);
}

TEST(WrongJob, ThatFindsTheQueueFull)
{
    sim::AcceleratorOptions options;
    options.queue_depth = 2;
    Platform platform{options};
    platform.run([&](RegisterHost& host) {
        platform.store(Platform::job());
        for (int i = 0; i < 3; ++i) host.start(Platform::kJob);  // one runs, two wait
        EXPECT_NE(host.read(PLUMBLINE_REG_STATUS) & PLUMBLINE_STATUS_QUEUE_FULL, 0U);
        EXPECT_EQ(host.read(PLUMBLINE_REG_ERROR), PLUMBLINE_ERROR_NONE);
        host.start(Platform::kJob);
        EXPECT_EQ(host.read(PLUMBLINE_REG_ERROR), PLUMBLINE_ERROR_QUEUE_FULL);
        EXPECT_EQ(host.read_pair(PLUMBLINE_REG_ERROR_DETAIL_LOW), Platform::kJob);
        host.await_idle();
        EXPECT_EQ(host.read(PLUMBLINE_REG_JOBS_DONE), 3U);
    });
}

class RefusingBus : public testing::TestWithParam<sim::AcceleratorFidelity> {};

TEST_P(RefusingBus, EndsTheJobAndNoLaterOne)
{
    Platform platform{real_data(GetParam())};
    platform.forget_output();
    platform.run([&](RegisterHost& host) {
        platform.ram.refused_from = Platform::kOutput;
        host.start(platform.store(Platform::job()));
        host.await_idle();
        EXPECT_EQ(host.read(PLUMBLINE_REG_ERROR), PLUMBLINE_ERROR_BUS_WRITE);
        EXPECT_EQ(host.read_pair(PLUMBLINE_REG_ERROR_DETAIL_LOW), Platform::kOutput);
        EXPECT_EQ(platform.record().status, PLUMBLINE_COMPLETION_ERROR);
        EXPECT_EQ(platform.record().error, PLUMBLINE_ERROR_BUS_WRITE);
        EXPECT_EQ(platform.record().next_tile, 0U);
        host.acknowledge();
        platform.ram.refused_from = Platform::kInput;
        host.start(Platform::kJob);
        host.await_idle();
        EXPECT_EQ(host.read(PLUMBLINE_REG_ERROR), PLUMBLINE_ERROR_BUS_READ);
        host.acknowledge();
        platform.ram.refused_from = ~std::uint64_t{0};
        host.start(Platform::kJob);
        host.await_idle();
        EXPECT_EQ(host.read(PLUMBLINE_REG_ERROR), PLUMBLINE_ERROR_NONE);
    });
    EXPECT_TRUE(platform.host.done);
    EXPECT_EQ(platform.output(), validate::reference_output(platform.network().workload(), platform.data));
}

INSTANTIATE_TEST_SUITE_P(AtEveryFidelity, RefusingBus,
                         testing::Values(sim::AcceleratorFidelity::cycle, sim::AcceleratorFidelity::transaction,
                                         sim::AcceleratorFidelity::analytical),
                         [](const auto& test) { return std::string{name_of(test.param)}; });

TEST(WrongPlatform, WhoseMemoryHasNoDebugTransportCannotHoldRealData)
{
    Platform platform{real_data()};
    platform.ram.debug = false;
    platform.run([&](RegisterHost& host) {
        host.start(platform.store(Platform::job()));
        host.await_idle();
        EXPECT_EQ(host.read(PLUMBLINE_REG_ERROR), PLUMBLINE_ERROR_DEBUG);
        EXPECT_EQ(platform.record().error, PLUMBLINE_ERROR_DEBUG);
    });
}

TEST(WrongPlatform, IsToldWhatIsWrongWhenItBuildsTheAccelerator)
{
    const auto complaint = [](const sim::AcceleratorOptions& options,
                              const std::vector<sim::AcceleratorProgram>& programs) {
        try {
            const sim::Accelerator accelerator{"npu", small::accelerator(), programs, options};
        } catch (const InputError& error) {
            return std::string{error.what()};
        }
        return std::string{};
    };
    sim::AcceleratorOptions endless;
    endless.queue_depth = 256;
    EXPECT_THAT(complaint(endless, Platform::two_programs()), testing::HasSubstr("queue_depth"));
    EXPECT_THAT(complaint({}, {}), testing::HasSubstr("programs"));
    sim::AcceleratorOptions early;
    early.register_latency = sim::Nanoseconds{-1};
    EXPECT_EQ(complaint(early, Platform::two_programs()), "register_latency: is -1, expected 0 to 1000000000 ns");
    sim::AcceleratorOptions empty;
    empty.window = {0x2000, 0x1fff};
    EXPECT_EQ(complaint(empty, Platform::two_programs()), "window: is 8192, expected an address up to its last, 8191");
}

TEST(WrongPlatform, IsToldWhichProgramThereIsNot)
{
    const sim::Accelerator accelerator{"npu", small::accelerator(), Platform::two_programs()};
    try {
        static_cast<void>(accelerator.counters(2));
        ADD_FAILURE() << "there are two";
    } catch (const std::out_of_range& error) {
        EXPECT_STREQ(error.what(), "program 2 of an accelerator that has 2");
    }
}

}  // namespace
}  // namespace plumbline::test
