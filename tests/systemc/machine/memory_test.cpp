// SPDX-License-Identifier: Apache-2.0
// A memory as a TLM-2.0 target.
#include "machine/memory.hpp"

#include <gmock/gmock.h>

#include "systemc/small_machine.hpp"

namespace plumbline::sim {
namespace {

struct Initiators : sc_core::sc_module {
    explicit Initiators(const sc_core::sc_module_name& name) : sc_core::sc_module{name} {}
    tlm_utils::simple_initiator_socket<Initiators> reader{"reader"};
    tlm_utils::simple_initiator_socket<Initiators> writer{"writer"};
};

/// Initiators at the read and the write port of the small machine's sram.
class MemoryAsTarget : public testing::Test {
protected:
    static constexpr PortId kRead = 0;
    static constexpr PortId kWrite = 1;

    MemoryAsTarget()
    {
        initiators_.reader.bind(memory_.ports[kRead]);
        initiators_.writer.bind(memory_.ports[kWrite]);
        sc_core::sc_start(sc_core::SC_ZERO_TIME);  // binds
        payload_.set_data_ptr(data_.data());
        payload_.set_data_length(4);
        payload_.set_streaming_width(4);
    }

    ~MemoryAsTarget() override
    {
        if (payload_.get_extension<AccessExtension>() != nullptr) payload_.clear_extension(&extension_);
    }

    void attribute(MemoryOperand operand, Direction direction, std::vector<InstanceBits> shares, std::int64_t times = 1)
    {
        access_ = access_through(accelerator_, small::kSram, operand, direction, std::move(shares));
        access_.times = times;
        extension_.access = &access_;
        payload_.set_extension(&extension_);
    }

    tlm::tlm_response_status send(PortId port, tlm::tlm_command command)
    {
        payload_.set_command(command);
        payload_.set_response_status(tlm::TLM_INCOMPLETE_RESPONSE);
        sc_core::sc_time delay = sc_core::SC_ZERO_TIME;
        (port == kRead ? initiators_.reader : initiators_.writer)->b_transport(payload_, delay);
        EXPECT_EQ(delay, sc_core::SC_ZERO_TIME);
        return payload_.get_response_status();
    }

    Accelerator accelerator_ = small::accelerator();
    Memory memory_{"sram", accelerator_.memory(small::kSram)};
    Initiators initiators_{"initiators"};
    std::array<unsigned char, 8> data_{};
    Access access_;
    AccessExtension extension_;
    tlm::tlm_generic_payload payload_;
};

TEST_F(MemoryAsTarget, CountsGranulesBitsAndBusyCyclesFromThePayload)
{
    // 5 times 36 bits: each 5 granules of 8 bits, and 2 cycles at 32 bits.
    attribute(MemoryOperand::i2, Direction::read_down, {{36, 1}}, 5);
    EXPECT_EQ(send(kRead, tlm::TLM_READ_COMMAND), tlm::TLM_OK_RESPONSE);
    const TrafficCount traffic = memory_.traffic(0, MemoryOperand::i2, Direction::read_down);
    EXPECT_EQ(traffic.bits, 5 * 36);
    EXPECT_EQ(traffic.granules, 5 * 5);
    EXPECT_EQ(memory_.busy_cycles(kRead), 5 * 2);
    EXPECT_EQ(memory_.busy_cycles(kWrite), 0);
}

TEST_F(MemoryAsTarget, CountsInstancesOneByOneButTheirTimeOnce)
{
    // Two instances move 9 bits (2 granules) and one 8 (1 granule), side by side in one cycle.
    attribute(MemoryOperand::i2, Direction::read_down, {{9, 2}, {8, 1}});
    EXPECT_EQ(send(kRead, tlm::TLM_READ_COMMAND), tlm::TLM_OK_RESPONSE);
    EXPECT_EQ(memory_.traffic(0, MemoryOperand::i2, Direction::read_down).granules, 5);
    EXPECT_EQ(memory_.traffic(0, MemoryOperand::i2, Direction::read_down).bits, 26);
    EXPECT_EQ(memory_.busy_cycles(kRead), 1);
}

TEST_F(MemoryAsTarget, CountsARepeatedTileAsOftenAsItOccurs)
{
    memory_.repeat(3);
    attribute(MemoryOperand::o, Direction::write_from_down, {{16, 1}});
    EXPECT_EQ(send(kWrite, tlm::TLM_WRITE_COMMAND), tlm::TLM_OK_RESPONSE);
    EXPECT_EQ(memory_.traffic(0, MemoryOperand::o, Direction::write_from_down).bits, 48);
}

TEST_F(MemoryAsTarget, RefusesWhatThePortCannotDo)
{
    attribute(MemoryOperand::i2, Direction::read_down, {{32, 1}});
    EXPECT_EQ(send(kRead, tlm::TLM_WRITE_COMMAND), tlm::TLM_COMMAND_ERROR_RESPONSE);
    EXPECT_EQ(send(kWrite, tlm::TLM_READ_COMMAND), tlm::TLM_COMMAND_ERROR_RESPONSE);
    EXPECT_EQ(memory_.traffic(0, MemoryOperand::i2, Direction::read_down).bits, 0);
}

TEST_F(MemoryAsTarget, RefusesWhatContradictsItsExtension)
{
    attribute(MemoryOperand::i2, Direction::write_from_up, {{32, 1}});
    EXPECT_EQ(send(kRead, tlm::TLM_READ_COMMAND), tlm::TLM_COMMAND_ERROR_RESPONSE);
}

TEST_F(MemoryAsTarget, RefusesByteEnablesStreamingAndOtherAddresses)
{
    attribute(MemoryOperand::i2, Direction::read_down, {{32, 1}});
    std::array<unsigned char, 4> enables{0xff, 0xff, 0xff, 0xff};
    payload_.set_byte_enable_ptr(enables.data());
    payload_.set_byte_enable_length(4);
    EXPECT_EQ(send(kRead, tlm::TLM_READ_COMMAND), tlm::TLM_BYTE_ENABLE_ERROR_RESPONSE);
    payload_.set_byte_enable_ptr(nullptr);
    payload_.set_streaming_width(2);
    EXPECT_EQ(send(kRead, tlm::TLM_READ_COMMAND), tlm::TLM_BURST_ERROR_RESPONSE);
    payload_.set_streaming_width(4);
    payload_.set_address(4);
    EXPECT_EQ(send(kRead, tlm::TLM_READ_COMMAND), tlm::TLM_ADDRESS_ERROR_RESPONSE);
}

TEST_F(MemoryAsTarget, RefusesWhatItCannotCountForAnybody)
{
    EXPECT_EQ(send(kRead, tlm::TLM_READ_COMMAND), tlm::TLM_GENERIC_ERROR_RESPONSE);
}

TEST_F(MemoryAsTarget, IgnoresTheIgnoreCommand)
{
    EXPECT_EQ(send(kRead, tlm::TLM_IGNORE_COMMAND), tlm::TLM_OK_RESPONSE);
    EXPECT_EQ(memory_.busy_cycles(kRead), 0);
}

TEST_F(MemoryAsTarget, DeniesDirectAccessSinceItWouldGoUncounted)
{
    tlm::tlm_dmi dmi;
    EXPECT_FALSE(initiators_.reader->get_direct_mem_ptr(payload_, dmi));
    EXPECT_FALSE(dmi.is_read_allowed() || dmi.is_write_allowed());
    attribute(MemoryOperand::i2, Direction::read_down, {{32, 1}});
    payload_.set_dmi_allowed(true);
    send(kRead, tlm::TLM_READ_COMMAND);
    EXPECT_FALSE(payload_.is_dmi_allowed());
}

TEST_F(MemoryAsTarget, HasNothingToDebug) { EXPECT_EQ(initiators_.reader->transport_dbg(payload_), 0U); }

}  // namespace
}  // namespace plumbline::sim
