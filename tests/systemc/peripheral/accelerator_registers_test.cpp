// SPDX-License-Identifier: Apache-2.0
// The registers of the accelerator: protocol, local time, side effects.
#include <gmock/gmock.h>

#include "accelerator_platform.hpp"
#include "systemc/tlm/non_blocking_initiator.hpp"

namespace plumbline::test {
namespace {

using Platform = AcceleratorPlatform;

sc_core::sc_time nanoseconds(double count) { return {count, sc_core::SC_NS}; }

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
    options.register_latency = Cycles{7};
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
        EXPECT_EQ(host.access(read, PLUMBLINE_REG_JOB_LOW, data.data(), 8), tlm::TLM_BURST_ERROR_RESPONSE);
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

TEST(AcceleratorRegisters, AreReadByDebuggersWithoutSideEffects)
{
    Platform platform;
    platform.store(Platform::job());
    platform.run([&](RegisterHost& host) {
        host.start(Platform::kJob);
        host.await_idle();
        host.write(PLUMBLINE_REG_COUNTER_SELECT, PLUMBLINE_COUNTER(3, 0, 0, PLUMBLINE_COUNTER_BITS));
        std::array<unsigned char, 4> data{};
        tlm::tlm_generic_payload payload;
        payload.set_command(tlm::TLM_READ_COMMAND);
        payload.set_data_ptr(data.data());
        payload.set_data_length(4);
        payload.set_streaming_width(4);
        payload.set_address(PLUMBLINE_REG_JOBS_DONE);
        EXPECT_EQ(host.socket->transport_dbg(payload), 4U);
        EXPECT_EQ(data[0], 1);
        payload.set_command(tlm::TLM_WRITE_COMMAND);
        payload.set_address(PLUMBLINE_REG_IRQ_ENABLE);
        EXPECT_EQ(host.socket->transport_dbg(payload), 0U);
        EXPECT_EQ(host.read(PLUMBLINE_REG_IRQ_ENABLE), 0U);
    });
}

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
