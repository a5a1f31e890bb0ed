// SPDX-License-Identifier: Apache-2.0
// The registers of the accelerator: protocol, local time, side effects.
#include <gmock/gmock.h>

#include "accelerator_platform.hpp"
#include "systemc/nanoseconds.hpp"
#include "systemc/tlm/non_blocking_initiator.hpp"

namespace plumbline::test {
namespace {

using Platform = AcceleratorPlatform;

TEST(AcceleratorRegisters, SayWhatTheAcceleratorIs)
{
    sim::AcceleratorOptions options = real_data();
    options.queue_depth = 3;
    Platform platform{options};
    platform.run([&](RegisterHost& host) {
        EXPECT_EQ(host.read(PLUMBLINE_REG_ID), PLUMBLINE_ID_VALUE);
        EXPECT_EQ(host.read(PLUMBLINE_REG_VERSION), PLUMBLINE_VERSION_VALUE);
        const std::uint32_t capabilities = host.read(PLUMBLINE_REG_CAPABILITIES);
        EXPECT_EQ(PLUMBLINE_CAPABILITIES_PROGRAMS(capabilities), 2U);
        EXPECT_EQ(PLUMBLINE_CAPABILITIES_QUEUE(capabilities), 3U);
        EXPECT_EQ(PLUMBLINE_CAPABILITIES_MEMORIES(capabilities), 4U);
        EXPECT_EQ(PLUMBLINE_CAPABILITIES_FIDELITY(capabilities), 1U);
        EXPECT_NE(capabilities & PLUMBLINE_CAPABILITIES_DATA, 0U);
        host.write(PLUMBLINE_REG_PROGRAM_SELECT, 1);
        EXPECT_EQ(host.read(PLUMBLINE_REG_PROGRAM_TILES), 3U * 2U);
        host.write(PLUMBLINE_REG_PROGRAM_SELECT, 2);
        EXPECT_EQ(host.read(PLUMBLINE_REG_PROGRAM_TILES), 0U);
    });
    EXPECT_TRUE(platform.host.done);
}

TEST(AcceleratorRegisters, AddTheirLatencyToTheDelayAndTakeNoTimeThemselves)
{
    sim::AcceleratorOptions options;
    options.register_latency = sim::Nanoseconds{7};
    Platform platform{options};
    platform.run([&](RegisterHost& host) {
        host.ahead = nanoseconds(1000);
        host.read(PLUMBLINE_REG_ID);
        EXPECT_EQ(host.ahead, nanoseconds(1007));
        EXPECT_EQ(sc_core::sc_time_stamp(), nanoseconds(0));
    });
}

TEST(AcceleratorRegisters, ShowTheStateAtTheLocalTimeOfWhoReadsThem)
{
    Platform platform;
    platform.store(Platform::job());
    sc_core::sc_time begin;
    sc_core::sc_time end;
    platform.run([&](RegisterHost& host) {
        host.enable_interrupts();
        host.start(Platform::kJob);
        begin = sc_core::sc_time_stamp();
        host.await_interrupt();
        end = sc_core::sc_time_stamp();
        host.acknowledge();
        host.sync();
        // The same job once more, seen from a host that runs ahead of the kernel: not before, and at its end.
        host.start(Platform::kJob);
        host.ahead = end - begin - nanoseconds(1);
        EXPECT_NE(host.read(PLUMBLINE_REG_STATUS) & PLUMBLINE_STATUS_BUSY, 0U);
        EXPECT_EQ(host.read(PLUMBLINE_REG_JOBS_DONE), 2U) << "a register latency later, 10 ns";
    });
    EXPECT_GT(end, begin);
}

TEST(AcceleratorRegisters, ObeyACommandAtTheLocalTimeOfWhoGivesIt)
{
    Platform platform;
    platform.store(Platform::job());
    platform.run([&](RegisterHost& host) {
        host.write(PLUMBLINE_REG_JOB_LOW, static_cast<std::uint32_t>(Platform::kJob));
        host.sync();
        const sc_core::sc_time begin = sc_core::sc_time_stamp();
        host.ahead = nanoseconds(500);
        host.write(PLUMBLINE_REG_CONTROL, PLUMBLINE_CONTROL_START);
        EXPECT_EQ(sc_core::sc_time_stamp(), begin + nanoseconds(500));
        host.await_idle();
    });
}

TEST(AcceleratorRegisters, AnswerByTheProtocolToWhatIsNoAccessToARegister)
{
    Platform platform;
    platform.run([&](RegisterHost& host) {
        std::array<unsigned char, 8> data{};
        const std::array<unsigned char, 4> enables{0xff, 0xff, 0, 0};
        const auto write = tlm::TLM_WRITE_COMMAND;
        const auto read = tlm::TLM_READ_COMMAND;
        EXPECT_EQ(host.access(read, PLUMBLINE_REG_END, data.data()), tlm::TLM_ADDRESS_ERROR_RESPONSE);
        EXPECT_EQ(host.access(write, ~std::uint64_t{3}, data.data()), tlm::TLM_ADDRESS_ERROR_RESPONSE);
        EXPECT_EQ(host.access(read, PLUMBLINE_REG_STATUS + 2, data.data()), tlm::TLM_ADDRESS_ERROR_RESPONSE);
        EXPECT_EQ(host.access(write, PLUMBLINE_REG_JOB_LOW, data.data(), 2), tlm::TLM_BURST_ERROR_RESPONSE);
        EXPECT_EQ(host.access(read, PLUMBLINE_REG_JOB_LOW, data.data(), 6), tlm::TLM_BURST_ERROR_RESPONSE);
        EXPECT_EQ(host.access(read, PLUMBLINE_REG_END - 4, data.data(), 8), tlm::TLM_ADDRESS_ERROR_RESPONSE);
        EXPECT_EQ(host.access(write, PLUMBLINE_REG_JOB_LOW, data.data(), 4, enables.data()),
                  tlm::TLM_BYTE_ENABLE_ERROR_RESPONSE);
        EXPECT_EQ(host.read(PLUMBLINE_REG_ERROR), PLUMBLINE_ERROR_ACCESS);
        EXPECT_EQ(host.read_pair(PLUMBLINE_REG_ERROR_DETAIL_LOW), PLUMBLINE_REG_END) << "of the first";
        EXPECT_NE(host.read(PLUMBLINE_REG_IRQ_STATUS) & PLUMBLINE_IRQ_ERROR, 0U);
    });
    EXPECT_THAT(platform.to_registers.violations(), testing::IsEmpty());
}

TEST(AcceleratorRegisters, KeepWhatIsOnlyReadAndWhatDoesNotExist)
{
    Platform platform;
    platform.run([&](RegisterHost& host) {
        for (std::uint32_t offset = 0; offset < PLUMBLINE_REG_END; offset += 4) {
            if (offset == PLUMBLINE_REG_CONTROL) continue;
            host.write(offset, ~0U);
            EXPECT_EQ(host.last, tlm::TLM_OK_RESPONSE);
        }
        EXPECT_EQ(host.read(PLUMBLINE_REG_ID), PLUMBLINE_ID_VALUE);
        EXPECT_EQ(host.read(PLUMBLINE_REG_STATUS), PLUMBLINE_STATUS_IDLE);
        EXPECT_EQ(host.read(PLUMBLINE_REG_COUNTER_LOW), 0U) << "of a memory that there is not";
        EXPECT_EQ(host.read(PLUMBLINE_REG_PROGRAM_NEXT), 0U);
        EXPECT_EQ(host.read(PLUMBLINE_REG_IRQ_ENABLE), PLUMBLINE_IRQ_DONE | PLUMBLINE_IRQ_ERROR);
        EXPECT_EQ(host.read(PLUMBLINE_REG_ERROR), PLUMBLINE_ERROR_NONE);
    });
}

/// Debug access of so many bytes; returns how many were moved.
unsigned debug(RegisterHost& host, tlm::tlm_command command, std::uint64_t address, unsigned char* data,
               unsigned length)
{
    tlm::tlm_generic_payload payload;
    payload.set_command(command);
    payload.set_address(address);
    payload.set_data_ptr(data);
    payload.set_data_length(length);
    payload.set_streaming_width(length);
    return host.socket->transport_dbg(payload);
}

TEST(AcceleratorRegisters, AreReadByDebuggersAllAtOnceWithoutSideEffects)
{
    Platform platform;
    platform.store(Platform::job());
    platform.run([&](RegisterHost& host) {
        host.start(Platform::kJob);
        host.await_idle();
        host.write(PLUMBLINE_REG_COUNTER_SELECT, PLUMBLINE_COUNTER(3, 0, 0, PLUMBLINE_COUNTER_BITS));
        std::array<unsigned char, PLUMBLINE_REG_END + 8> data{};
        const auto read = tlm::TLM_READ_COMMAND;
        EXPECT_EQ(debug(host, read, 0, data.data(), data.size()), PLUMBLINE_REG_END) << "no further than the map";
        for (std::uint32_t offset = 0; offset < PLUMBLINE_REG_END; offset += 4) {
            std::uint32_t value = 0;
            std::memcpy(&value, data.data() + offset, sizeof value);
            EXPECT_EQ(value, host.read(offset)) << offset;
        }
        unsigned char byte = 0;
        EXPECT_EQ(debug(host, read, PLUMBLINE_REG_ID + 1, &byte, 1), 1U);
        EXPECT_EQ(byte, PLUMBLINE_ID_VALUE >> 8 & 0xffU);
        EXPECT_EQ(debug(host, read, PLUMBLINE_REG_END, &byte, 1), 0U);
    });
}

TEST(AcceleratorRegisters, OfTwoHalvesAreReadByDebuggersAsOneValue)
{
    // A memory that answers after five seconds: cycles of a nanosecond need more than 32 bits.
    Platform platform;
    platform.store(Platform::job());
    platform.ram.waits = sc_core::sc_time{5, sc_core::SC_SEC};
    platform.run([&](RegisterHost& host) {
        host.enable_interrupts();
        host.start(Platform::kJob);
        host.await_interrupt();
        std::array<unsigned char, 8> both{};
        debug(host, tlm::TLM_READ_COMMAND, PLUMBLINE_REG_CYCLES_LOW, both.data(), both.size());
        std::uint32_t high = 0;
        std::memcpy(&high, both.data() + 4, sizeof high);
        EXPECT_GT(high, 0U) << "nothing has read the lower half before";
        debug(host, tlm::TLM_READ_COMMAND, PLUMBLINE_REG_CYCLES_HIGH, both.data(), 4);
        std::uint32_t latched = 1;
        std::memcpy(&latched, both.data(), sizeof latched);
        EXPECT_EQ(latched, 0U) << "alone it is what firmware would read";
        EXPECT_EQ(host.read_pair(PLUMBLINE_REG_CYCLES_LOW) >> 32U, high);
    });
    EXPECT_TRUE(platform.host.done);
}

TEST(AcceleratorRegisters, AreWrittenByDebuggersWithoutACommand)
{
    Platform platform;
    platform.store(Platform::job());
    platform.run([&](RegisterHost& host) {
        host.start(Platform::kJob);
        host.await_idle();
        std::array<unsigned char, PLUMBLINE_REG_END> ones{};
        ones.fill(0xff);
        EXPECT_EQ(debug(host, tlm::TLM_WRITE_COMMAND, 0, ones.data(), ones.size()), PLUMBLINE_REG_END);
        EXPECT_EQ(host.read(PLUMBLINE_REG_JOBS_DONE), 1U) << "neither reset nor cleared";
        EXPECT_EQ(host.read(PLUMBLINE_REG_IRQ_STATUS), PLUMBLINE_IRQ_DONE) << "not acknowledged";
        EXPECT_EQ(host.read(PLUMBLINE_REG_STATUS), PLUMBLINE_STATUS_IDLE | PLUMBLINE_STATUS_DONE) << "not started";
        EXPECT_EQ(host.read_pair(PLUMBLINE_REG_JOB_LOW), ~std::uint64_t{0});
        EXPECT_EQ(host.read(PLUMBLINE_REG_IRQ_ENABLE), PLUMBLINE_IRQ_DONE | PLUMBLINE_IRQ_ERROR);
        unsigned char byte = 0x12;
        EXPECT_EQ(debug(host, tlm::TLM_WRITE_COMMAND, PLUMBLINE_REG_JOB_LOW + 2, &byte, 1), 1U);
        EXPECT_EQ(host.read(PLUMBLINE_REG_JOB_LOW), 0xff12ffffU);
    });
}

TEST(AcceleratorRegisters, TakeAnyNumberOfWholeWords)
{
    Platform platform;
    platform.store(Platform::job());
    platform.run([&](RegisterHost& host) {
        const auto write = tlm::TLM_WRITE_COMMAND;
        const auto read = tlm::TLM_READ_COMMAND;
        const std::array<unsigned char, 8> job{0x78, 0x56, 0x34, 0x12, 0xf0, 0xde, 0xbc, 0x9a};
        std::array<unsigned char, PLUMBLINE_REG_END> data{};
        std::copy(job.begin(), job.end(), data.begin());
        EXPECT_EQ(host.access(write, PLUMBLINE_REG_JOB_LOW, data.data(), 8), tlm::TLM_OK_RESPONSE);
        EXPECT_EQ(host.read_pair(PLUMBLINE_REG_JOB_LOW), 0x9abcdef012345678U);
        EXPECT_EQ(host.access(read, 0, data.data(), data.size()), tlm::TLM_OK_RESPONSE);
        EXPECT_TRUE(std::equal(job.begin(), job.end(), data.begin() + PLUMBLINE_REG_JOB_LOW));
        EXPECT_EQ(host.read(PLUMBLINE_REG_ERROR), PLUMBLINE_ERROR_NONE);
    });
    EXPECT_THAT(platform.to_registers.violations(), testing::IsEmpty());
}

TEST(AcceleratorRegisters, TakeTheWordsWhoseBytesAreEnabled)
{
    Platform platform;
    platform.run([&](RegisterHost& host) {
        const auto write = tlm::TLM_WRITE_COMMAND;
        const std::array<unsigned char, 8> high{0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff};
        const std::array<unsigned char, 8> part{0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0xff};
        std::array<unsigned char, 8> data{1, 0, 0, 0, 2, 0, 0, 0};
        EXPECT_EQ(host.access(write, PLUMBLINE_REG_JOB_LOW, data.data(), 8, high.data()), tlm::TLM_OK_RESPONSE);
        EXPECT_EQ(host.read_pair(PLUMBLINE_REG_JOB_LOW), std::uint64_t{2} << 32);
        EXPECT_EQ(host.access(write, PLUMBLINE_REG_JOB_LOW, data.data(), 8, part.data()),
                  tlm::TLM_BYTE_ENABLE_ERROR_RESPONSE);
        EXPECT_EQ(host.read_pair(PLUMBLINE_REG_JOB_LOW), std::uint64_t{2} << 32)
            << "nothing of what is refused is done";
        data.fill(0x55);
        EXPECT_EQ(host.access(tlm::TLM_READ_COMMAND, PLUMBLINE_REG_ID, data.data(), 8, high.data()),
                  tlm::TLM_OK_RESPONSE);
        EXPECT_THAT(data, testing::ElementsAre(0x55, 0x55, 0x55, 0x55, 2, 0, 1, 0)) << "VERSION alone, 1.2";
    });
}

TEST(AcceleratorRegisters, StreamTheSameWords)
{
    Platform platform;
    platform.run([&](RegisterHost& host) {
        std::array<unsigned char, 8> data{1, 0, 0, 0, 7, 0, 0, 0};
        tlm::tlm_generic_payload payload;
        payload.set_command(tlm::TLM_WRITE_COMMAND);
        payload.set_address(PLUMBLINE_REG_JOB_LOW);
        payload.set_data_ptr(data.data());
        payload.set_data_length(8);
        payload.set_streaming_width(4);
        host.socket->b_transport(payload, host.ahead);
        EXPECT_TRUE(payload.is_response_ok());
        EXPECT_EQ(host.read_pair(PLUMBLINE_REG_JOB_LOW), 7U) << "the last one written";
        payload.set_streaming_width(2);
        payload.set_response_status(tlm::TLM_INCOMPLETE_RESPONSE);
        host.socket->b_transport(payload, host.ahead);
        EXPECT_EQ(payload.get_response_status(), tlm::TLM_BURST_ERROR_RESPONSE);
    });
}

/// A register of the map, which is made of systemc/registers/plumbline.rdl.
struct NamedRegister {
    const char* name;
    std::uint32_t offset;
    bool read;
    bool written;
};
#define PLUMBLINE_NAMED(name, offset, read, written) {#name, offset, (read) != 0, (written) != 0},
constexpr NamedRegister kNamedRegisters[] = {PLUMBLINE_REGISTERS(PLUMBLINE_NAMED)};
#undef PLUMBLINE_NAMED

TEST(AcceleratorRegisters, AreReadAndWrittenAsTheMapSays)
{
    Platform platform;
    platform.run([&](RegisterHost& host) {
        std::uint32_t next = 0;
        for (const NamedRegister& each : kNamedRegisters) {
            SCOPED_TRACE(each.name);
            EXPECT_EQ(each.offset, next) << "no gaps";
            next = each.offset + 4;
            const std::uint32_t before = host.read(each.offset);
            EXPECT_EQ(host.last, tlm::TLM_OK_RESPONSE);
            if (each.offset == PLUMBLINE_REG_CONTROL) continue;  // a command
            host.write(each.offset, ~before);
            const std::uint32_t after = host.read(each.offset);
            const std::uint32_t kept =
                each.offset == PLUMBLINE_REG_IRQ_ENABLE ? PLUMBLINE_IRQ_DONE | PLUMBLINE_IRQ_ERROR : ~std::uint32_t{0};
            const bool both = each.read && each.written;
            EXPECT_EQ(after, both ? ~before & kept : before);
            EXPECT_TRUE(each.read || after == 0) << after;
        }
        EXPECT_EQ(next, PLUMBLINE_REG_END);
    });
}

class RunningCycles : public testing::TestWithParam<sim::AcceleratorFidelity> {};

TEST_P(RunningCycles, AreThoseOfTheInstantInWhichTheyAreRead)
{
    sim::AcceleratorOptions options;
    options.fidelity = GetParam();
    options.register_latency = sim::Nanoseconds{0};
    Platform platform{options};
    platform.store(Platform::job());
    platform.run([&](RegisterHost& host) {
        host.start(Platform::kJob);
        host.await_idle();
        const std::uint64_t all = host.read_pair(PLUMBLINE_REG_CYCLES_LOW);
        ASSERT_GT(all, 20U);
        host.write(PLUMBLINE_REG_CONTROL, PLUMBLINE_CONTROL_CLEAR);
        // RAM and registers take no time here: the job begins in the instant of its doorbell, and a cycle is a nanosecond.
        host.start(Platform::kJob);
        for (std::uint64_t cycles = 1; cycles < all; ++cycles) {
            host.ahead += nanoseconds(1);
            ASSERT_EQ(host.read_pair(PLUMBLINE_REG_CYCLES_LOW), cycles);
        }
        host.await_idle();
        EXPECT_EQ(host.read_pair(PLUMBLINE_REG_CYCLES_LOW), all);
    });
}

INSTANTIATE_TEST_SUITE_P(AtEveryFidelity, RunningCycles,
                         testing::Values(sim::AcceleratorFidelity::cycle, sim::AcceleratorFidelity::transaction,
                                         sim::AcceleratorFidelity::analytical),
                         [](const auto& test) { return std::string{name_of(test.param)}; });

TEST(AcceleratorRegisters, AnswerInFourPhasesToo)
{
    sim::Accelerator accelerator{"npu", small::accelerator(), Platform::two_programs()};
    Ram ram{"ram", 0, 64};
    accelerator.dma.bind(ram.socket);
    sim::NonBlockingInitiator initiator{"initiator"};
    initiator.socket.bind(accelerator.registers);
    sim::ManagedPayload payload{tlm::TLM_READ_COMMAND, PLUMBLINE_REG_STATUS, std::vector<unsigned char>(4)};
    initiator.send_at(nanoseconds(100), payload.get());
    sc_core::sc_start();
    EXPECT_EQ(initiator.answered(), nanoseconds(110));
    EXPECT_TRUE(payload->is_response_ok());
    EXPECT_EQ(payload->get_data_ptr()[0], PLUMBLINE_STATUS_IDLE);
}

TEST(AcceleratorRegisters, DenyDirectMemoryAccess)
{
    Platform platform;
    platform.run([&](RegisterHost&) {
        tlm::tlm_generic_payload payload;
        tlm::tlm_dmi dmi;
        payload.set_command(tlm::TLM_READ_COMMAND);
        payload.set_address(PLUMBLINE_REG_ID);
        EXPECT_FALSE(platform.to_registers.out->get_direct_mem_ptr(payload, dmi));
    });
}

TEST(AcceleratorRegisters, RaiseTheInterruptOnlyWhileItIsEnabledAndNotAcknowledged)
{
    Platform platform;
    platform.store(Platform::job());
    platform.run([&](RegisterHost& host) {
        host.start(Platform::kJob);
        host.await_idle();
        EXPECT_FALSE(platform.line.read());
        EXPECT_EQ(host.read(PLUMBLINE_REG_IRQ_STATUS), PLUMBLINE_IRQ_DONE);
        host.enable_interrupts();
        host.sync();
        EXPECT_TRUE(platform.line.read());
        host.write(PLUMBLINE_REG_IRQ_ACK, PLUMBLINE_IRQ_ERROR);
        host.sync();
        EXPECT_TRUE(platform.line.read());
        host.write(PLUMBLINE_REG_IRQ_ACK, PLUMBLINE_IRQ_DONE);
        host.sync();
        EXPECT_FALSE(platform.line.read());
        EXPECT_EQ(host.read(PLUMBLINE_REG_STATUS), PLUMBLINE_STATUS_IDLE);
    });
}

}  // namespace
}  // namespace plumbline::test
