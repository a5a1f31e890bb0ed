// SPDX-License-Identifier: Apache-2.0
// The platform with its firmware: what comes out on the UART and in RAM, and that nothing depends on the quantum.
#include "platform.hpp"

#include <plumbline/firmware/plumbline_registers.h>
#include <plumbline/sim/counters.hpp>
#include <plumbline/sim/dram.hpp>
#include <plumbline/sim/schedule_program.hpp>
#include <plumbline/validate/reference_network.hpp>

#include <gmock/gmock.h>

#include <cstring>
#include <sstream>

#include "firmware/platform.h"
#include "parts.hpp"
#include "systemc/tlm/protocol_monitor.hpp"

namespace plumbline::test {
namespace {

using sc_core::sc_start;
using sc_core::sc_time;

constexpr std::uint64_t kSeed = NetworkOptions{}.seed;

/// Firmware that hangs must not hang the test.
void run() { sc_start(sc_time{2, sc_core::SC_SEC}); }

/// A network on the accelerator without any platform around it.
struct LoneMachine {
    const Network& network;
    sim::ScheduleProgram program;
    sim::Machine machine;
    sim::Dram dram;

    explicit LoneMachine(const Network& of)
        : network{of},
          program{sim::compile(of.accelerator, of.workload, of.schedule)},
          machine{"lone_machine", of.accelerator, program},
          dram{"lone_dram", sim::dram_parameters(of.accelerator.memory(of.accelerator.top()))}
    {
        machine.off_chip().bind(dram.socket);
    }

    /// As the firmware prints its counters.
    std::string printed() const
    {
        const sim::Counters counters = machine.counters(network.workload);
        std::ostringstream text;
        for (MemoryId memory = 0; memory < network.accelerator.memories().size(); ++memory) {
            for (const MemoryOperand operand : kAllMemoryOperands) {
                for (const Direction direction : kAllDirections) {
                    const sim::Traffic total = counters.total(memory, operand, direction);
                    if (total.granules == 0) continue;
                    text << "hart 0: memory " << memory << " operand " << static_cast<int>(operand) << " direction "
                         << static_cast<int>(direction) << ": " << total.granules << " granules, " << total.bits.count()
                         << " bits\n";
                }
            }
        }
        return text.str();
    }
};

sim::FeatureValues output_of(Platform& platform, std::size_t hart)
{
    const std::vector<std::uint8_t> bytes = platform.output(hart);
    sim::FeatureValues values(bytes.size());
    std::memcpy(values.data(), bytes.data(), bytes.size());
    return values;
}

sim::FeatureValues expected_output(const Network& network)
{
    return validate::reference_output(network.workload, sim::random_data(network.workload, kSeed));
}

/// A register of accelerator 0, as a debugger sees it.
std::uint64_t register_of(Scripted& debugger, std::uint32_t offset)
{
    std::uint32_t value = 0;
    tlm::tlm_generic_payload payload;
    payload.set_read();
    payload.set_address(PLATFORM_ACCELERATOR(0) + offset);
    payload.set_data_ptr(reinterpret_cast<unsigned char*>(&value));
    payload.set_data_length(sizeof value);
    payload.set_streaming_width(sizeof value);
    EXPECT_EQ(debugger.socket->transport_dbg(payload), sizeof value);
    return value;
}

TEST(RiscvPlatform, PrintsWhatTheMachineCountsAndTheAccelerator)
{
    const Network network = platform_network("fsrcnn_small");
    Platform platform{"platform", {}, platform_firmware(), network};
    Scripted debugger{"debugger", [](Scripted&) {}};
    debugger.socket.bind(platform.board().bus().in);
    LoneMachine lone{network};
    run();

    ASSERT_TRUE(platform.done());
    const std::int64_t tiles = platform.accelerator(0).tiles(0);
    const std::uint64_t cycles = register_of(debugger, PLUMBLINE_REG_CYCLES_LOW);
    std::ostringstream expected;  // a job a tile
    expected << "hart 0: fsrcnn_small, " << tiles << " tiles in " << tiles << " jobs\n"
             << "hart 0: " << cycles << " cycles of the accelerator, " << cycles << " in its jobs, "
             << "[0-9]+ from the first to the end of the last\n"
             << lone.printed() << "hart 0: the output equals my own computation\nhart 0: done\n";
    EXPECT_THAT(platform.board().uart().sent(), testing::MatchesRegex(expected.str()));
    EXPECT_GT(tiles, 1);
    EXPECT_GT(platform.frame_span(0).cycles, cycles);
}

TEST(RiscvPlatform, LeavesTheReferenceInRam)
{
    const Network network = platform_network("fsrcnn_small");
    Platform platform{"platform", {}, platform_firmware(), network};
    run();
    EXPECT_EQ(output_of(platform, 0), expected_output(network));
}

TEST(RiscvPlatform, LeavesTheReferenceOfAWholeFrameInRam)
{
    const Network network = platform_network("fsrcnn");
    Platform platform{"platform", {}, platform_firmware(), network};
    run();
    ASSERT_TRUE(platform.done());
    EXPECT_EQ(output_of(platform, 0), expected_output(network));
}

TEST(RiscvPlatform, TakesAsManyCyclesInAnyQuantum)
{
    const Network network = platform_network("fsrcnn_small");
    std::deque<Platform> platforms;
    for (const std::int64_t quantum : {100, 10'000, 1'000'000}) {
        PlatformOptions options;
        options.harts = 2;
        options.quantum = quantum;
        const std::string name = "platform_" + std::to_string(quantum);
        platforms.emplace_back(name.c_str(), options, platform_firmware(), network);
    }
    run();
    Platform& first = platforms.front();
    ASSERT_TRUE(first.done());
    for (Platform& platform : platforms) {
        EXPECT_EQ(platform.cycles(), first.cycles());
        EXPECT_EQ(platform.board().uart().sent(), first.board().uart().sent());
        for (std::size_t hart : {0U, 1U}) {
            EXPECT_EQ(platform.frame_span(hart).cycles, first.frame_span(hart).cycles);
            EXPECT_EQ(platform.board().hart(hart).instructions(), first.board().hart(hart).instructions());
        }
    }
}

TEST(RiscvPlatform, HasTwoAcceleratorsThatContendForTheRam)
{
    const Network network = platform_network("fsrcnn_small");
    PlatformOptions two;
    two.harts = 2;
    Platform alone{"alone", {}, platform_firmware(), network};
    Platform both{"both", two, platform_firmware(), network};
    run();
    ASSERT_TRUE(alone.done());
    ASSERT_TRUE(both.done());
    const sim::FeatureValues expected = expected_output(network);
    for (std::size_t hart : {0U, 1U}) {
        EXPECT_EQ(output_of(both, hart), expected);
        EXPECT_GT(both.frame_span(hart).cycles, alone.frame_span(0).cycles);
    }
    EXPECT_THAT(both.board().uart().sent(), testing::HasSubstr("hart 0: done\nhart 1: fsrcnn_small"));
    EXPECT_THAT(both.board().uart().sent(), testing::EndsWith("hart 1: done\n"));
}

TEST(RiscvPlatform, KeepsToTheBaseProtocolOnAllSockets)
{
    std::deque<sim::ProtocolMonitor> monitors;
    const sim::Binder watched = [&](auto& initiator, auto& target) {
        sim::ProtocolMonitor& monitor = monitors.emplace_back(("monitor_" + std::to_string(monitors.size())).c_str());
        initiator.bind(monitor.in);
        monitor.out.bind(target);
    };
    Platform platform{"platform", {}, platform_firmware(), platform_network("fsrcnn_small"), watched};
    run();
    ASSERT_TRUE(platform.done());
    EXPECT_THAT(monitors, testing::SizeIs(3 + 1 + 2));  // targets, hart, accelerator
    for (const sim::ProtocolMonitor& monitor : monitors) {
        EXPECT_GT(monitor.transactions(), 0);
        EXPECT_THAT(monitor.violations(), testing::IsEmpty());
    }
}

/// The network, with a header that somebody changed.
template <typename Change>
Network changed(Change change)
{
    Network network = platform_network("fsrcnn_small");
    network_image header = network.header();
    change(header);
    std::memcpy(network.image.data(), &header, sizeof header);
    return network;
}

TEST(RiscvPlatform, SaysThatAnOutputIsWrong)
{
    // The hart now computes something else than the accelerator.
    const Network network = changed([](network_image& header) { ++header.layers[7].multiplier; });
    Platform platform{"platform", {}, platform_firmware(), network};
    run();
    EXPECT_THAT(platform.board().uart().sent(),
                testing::EndsWith("hart 0: the output differs from my own computation\n"));
    ASSERT_TRUE(platform.done());
    EXPECT_NE(platform.board().system().exits()[0].code, 0U);
}

TEST(RiscvPlatform, SaysWhatTheAcceleratorRefuses)
{
    const Network network = changed([](network_image& header) { header.program = 7; });
    Platform platform{"platform", {}, platform_firmware(), network};
    run();
    EXPECT_THAT(platform.board().uart().sent(),
                testing::EndsWith("hart 0: the accelerator does not have this network\n"));
}

TEST(RiscvPlatform, SaysThatAJobFailed)
{
    const Network network = changed([](network_image& header) { header.input.offset = PLATFORM_IMAGE_SIZE; });
    Platform platform{"platform", {}, platform_firmware(), network};
    run();
    EXPECT_THAT(platform.board().uart().sent(), testing::EndsWith("hart 0: a job failed\n"));
}

TEST(RiscvPlatform, SaysThatThereIsNoNetwork)
{
    const Network network = changed([](network_image& header) { header.magic = 0; });
    Platform platform{"platform", {}, platform_firmware(), network};
    run();
    EXPECT_THAT(platform.board().uart().sent(), testing::EndsWith("hart 0: there is no network in memory\n"));
}

}  // namespace
}  // namespace plumbline::test
