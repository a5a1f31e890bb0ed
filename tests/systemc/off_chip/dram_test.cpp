// SPDX-License-Identifier: Apache-2.0
// The built-in off-chip memory as a TLM-2.0 target: what it answers, holds, and how long it takes.
#include "plumbline/sim/dram.hpp"

#include <gmock/gmock.h>

#include <numeric>

#include "systemc/small_machine.hpp"
#include "systemc/tlm/non_blocking_initiator.hpp"
#include "tlm/clock.hpp"

namespace plumbline::sim {
namespace {

constexpr std::uint64_t kBase = 0x8000'0000;
constexpr std::uint64_t kSize = 3 * 4096;

DramParameters parameters(DramParameters::Contents contents = DramParameters::Contents::held)
{
    return {kBase, kSize, Cycles{5}, Bits{64}, Bits{32}, contents};
}

using Bytes = std::vector<unsigned char>;

Bytes counting(std::size_t length)
{
    Bytes bytes(length);
    std::iota(bytes.begin(), bytes.end(), static_cast<unsigned char>(1));
    return bytes;
}

struct Accessor : sc_core::sc_module {
    explicit Accessor(const sc_core::sc_module_name& name) : sc_core::sc_module{name} {}
    tlm_utils::simple_initiator_socket<Accessor> socket{"socket"};
};

class DramAsTarget : public testing::Test {
protected:
    void build(const DramParameters& chosen)
    {
        dram_ = std::make_unique<Dram>("dram", chosen);
        initiator_.socket.bind(dram_->socket);
        sc_core::sc_start(sc_core::SC_ZERO_TIME);  // binds
    }

    void prepare(tlm::tlm_command command, std::uint64_t address, Bytes& data)
    {
        payload_.set_command(command);
        payload_.set_address(address);
        payload_.set_data_ptr(data.data());
        payload_.set_data_length(static_cast<unsigned>(data.size()));
        payload_.set_streaming_width(static_cast<unsigned>(data.size()));
        payload_.set_response_status(tlm::TLM_INCOMPLETE_RESPONSE);
    }

    tlm::tlm_response_status send(tlm::tlm_command command, std::uint64_t address, Bytes& data)
    {
        prepare(command, address, data);
        return send();
    }

    tlm::tlm_response_status send()
    {
        payload_.set_response_status(tlm::TLM_INCOMPLETE_RESPONSE);
        delay_ = sc_core::SC_ZERO_TIME;
        initiator_.socket->b_transport(payload_, delay_);
        return payload_.get_response_status();
    }

    Accessor initiator_{"initiator"};
    std::unique_ptr<Dram> dram_;
    tlm::tlm_generic_payload payload_;
    sc_core::sc_time delay_;
};

TEST_F(DramAsTarget, ReturnsWhatWasWrittenAcrossPagesAndZeroElsewhere)
{
    build(parameters());
    Bytes written = counting(5000);
    EXPECT_EQ(send(tlm::TLM_WRITE_COMMAND, kBase + 4000, written), tlm::TLM_OK_RESPONSE);
    Bytes read(5002, 0xff);
    EXPECT_EQ(send(tlm::TLM_READ_COMMAND, kBase + 3999, read), tlm::TLM_OK_RESPONSE);
    EXPECT_EQ(read.front(), 0);
    EXPECT_EQ(read.back(), 0);
    EXPECT_EQ(Bytes(read.begin() + 1, read.end() - 1), written);
}

TEST_F(DramAsTarget, TakesItsLatencyAndThenAWordACycle)
{
    // 100 bytes: 13 words of 64 bits to read, 25 of 32 to write; the first word comes after 5 cycles.
    build(parameters());
    Bytes data(100);
    send(tlm::TLM_READ_COMMAND, kBase, data);
    EXPECT_EQ(delay_, cycles(5 + 12));
    send(tlm::TLM_WRITE_COMMAND, kBase, data);
    EXPECT_EQ(delay_, cycles(5 + 24));
}

TEST_F(DramAsTarget, TakesCyclesOfItsPeriod)
{
    // 5 cycles for the first of 13 words, 12 for the others, of 1.25 ns each: 21.25 ns.
    DramParameters slower = parameters();
    slower.period = Period::picoseconds(1250);
    build(slower);
    Bytes data(100);
    send(tlm::TLM_READ_COMMAND, kBase, data);
    EXPECT_EQ(delay_, sc_core::sc_time(21'250, sc_core::SC_PS));
}

TEST_F(DramAsTarget, TakesNoLessForALatencyOfZeroThanForOne)
{
    DramParameters at_once = parameters();
    at_once.latency = Cycles{0};
    build(at_once);
    Bytes data(100);
    send(tlm::TLM_READ_COMMAND, kBase, data);
    EXPECT_EQ(delay_, cycles(13));
}

TEST_F(DramAsTarget, AnswersAddressErrorsOutside)
{
    build(parameters());
    Bytes data(64);
    EXPECT_EQ(send(tlm::TLM_READ_COMMAND, kBase - 1, data), tlm::TLM_ADDRESS_ERROR_RESPONSE);
    EXPECT_EQ(send(tlm::TLM_READ_COMMAND, kBase + kSize - 64, data), tlm::TLM_OK_RESPONSE);
    EXPECT_EQ(send(tlm::TLM_READ_COMMAND, kBase + kSize - 63, data), tlm::TLM_ADDRESS_ERROR_RESPONSE);
    EXPECT_EQ(send(tlm::TLM_WRITE_COMMAND, ~std::uint64_t{0}, data), tlm::TLM_ADDRESS_ERROR_RESPONSE);
    EXPECT_EQ(delay_, sc_core::SC_ZERO_TIME);
}

TEST_F(DramAsTarget, RefusesByteEnablesAndStreamingAndLeavesItsContentsAlone)
{
    build(parameters());
    Bytes data = counting(8);
    Bytes enables(8, 0xff);
    prepare(tlm::TLM_WRITE_COMMAND, kBase, data);
    payload_.set_byte_enable_ptr(enables.data());
    payload_.set_byte_enable_length(8);
    EXPECT_EQ(send(), tlm::TLM_BYTE_ENABLE_ERROR_RESPONSE);
    payload_.set_byte_enable_ptr(nullptr);
    payload_.set_streaming_width(4);
    EXPECT_EQ(send(), tlm::TLM_BURST_ERROR_RESPONSE);
    send(tlm::TLM_READ_COMMAND, kBase, data);
    EXPECT_EQ(data, Bytes(8, 0));
}

TEST_F(DramAsTarget, DeniesDirectAccess)
{
    build(parameters());
    Bytes data(8);
    prepare(tlm::TLM_READ_COMMAND, kBase, data);
    payload_.set_dmi_allowed(true);
    EXPECT_EQ(send(), tlm::TLM_OK_RESPONSE);
    EXPECT_FALSE(payload_.is_dmi_allowed());
    tlm::tlm_dmi dmi;
    EXPECT_FALSE(initiator_.socket->get_direct_mem_ptr(payload_, dmi));
    EXPECT_FALSE(dmi.is_read_allowed() || dmi.is_write_allowed());
}

TEST_F(DramAsTarget, LetsDebuggersReadAndWriteUpToItsEnd)
{
    build(parameters());
    Bytes data = counting(16);
    prepare(tlm::TLM_WRITE_COMMAND, kBase + kSize - 10, data);
    EXPECT_EQ(initiator_.socket->transport_dbg(payload_), 10U);
    Bytes read(10);
    prepare(tlm::TLM_READ_COMMAND, kBase + kSize - 10, read);
    EXPECT_EQ(initiator_.socket->transport_dbg(payload_), 10U);
    EXPECT_EQ(read, counting(10));
    prepare(tlm::TLM_READ_COMMAND, kBase + kSize, read);
    EXPECT_EQ(initiator_.socket->transport_dbg(payload_), 0U);
}

TEST_F(DramAsTarget, HasNothingToDebugWhereItHoldsNothing)
{
    build(parameters(DramParameters::Contents::dropped));
    Bytes data = counting(8);
    EXPECT_EQ(send(tlm::TLM_WRITE_COMMAND, kBase, data), tlm::TLM_OK_RESPONSE);
    EXPECT_EQ(send(tlm::TLM_READ_COMMAND, kBase, data), tlm::TLM_OK_RESPONSE);
    EXPECT_EQ(data, counting(8));
    EXPECT_EQ(initiator_.socket->transport_dbg(payload_), 0U);
}

TEST(Dram, AnswersNonBlockingInitiatorsAfterItsTime)
{
    Dram dram{"dram", parameters()};
    NonBlockingInitiator initiator{"initiator"};
    initiator.socket.bind(dram.socket);
    ManagedPayload payload{tlm::TLM_WRITE_COMMAND, kBase + 8, counting(100)};
    initiator.send_at(sc_core::sc_time{7, sc_core::SC_NS}, payload.get());
    sc_core::sc_start();
    EXPECT_EQ(payload->get_response_status(), tlm::TLM_OK_RESPONSE);
    EXPECT_EQ(initiator.answered(), cycles(7 + 5 + 24));
}

TEST_F(DramAsTarget, TakesItsLatencyAloneWhereWidthsAreUnlimited)
{
    DramParameters unlimited = parameters();
    unlimited.read_width = unlimited.write_width = Bits{};
    build(unlimited);
    Bytes data = counting(100);
    EXPECT_EQ(send(tlm::TLM_WRITE_COMMAND, kBase, data), tlm::TLM_OK_RESPONSE);
    EXPECT_EQ(delay_, cycles(4));
}

TEST(DramParameters, CoverAllInstancesAndAddNoTime)
{
    Memory description = small::memory("dram", bytes(100), {small::port("rw", PortType::read_write, 48, 8)}, {});
    description.latency = Cycles{9};
    const DramParameters found = dram_parameters(description, 2);
    EXPECT_EQ(found.size, 200U);
    EXPECT_EQ(found.latency, Cycles{1});
    EXPECT_EQ(found.read_width, Bits{});
    EXPECT_EQ(found.write_width, Bits{});
}

}  // namespace
}  // namespace plumbline::sim
