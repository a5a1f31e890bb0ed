// SPDX-License-Identifier: Apache-2.0
#include "plumbline/sim/probe.hpp"

#include <sstream>

#include <gmock/gmock.h>

#include "systemc/peripheral/plain_platform.hpp"

namespace plumbline::sim {
namespace {

using test::PlainInitiator;
using test::PlainMemory;
using tlm::TLM_READ_COMMAND;
using tlm::TLM_WRITE_COMMAND;

constexpr std::size_t kWeights = 0;
constexpr std::size_t kSums = 1;

std::vector<ProbeRange> two_ranges()
{
    return {{"weights", 0x00, 0x3f, {"sram", "I2", "read_down"}, {}},
            {"sums", 0x40, 0x7f, {"sram", "O", "read_up"}, {"sram", "O", "write_from_down"}}};
}

sc_core::sc_time ns(double count) { return {count, sc_core::SC_NS}; }

/// initiator - probe - memory, each transaction of 15 ns.
struct Platform {
    explicit Platform(std::function<void(PlainInitiator&)> script, ProbeDmi dmi = ProbeDmi::deny)
        : probe{"probe", two_ranges(), dmi}
    {
        initiator.script = std::move(script);
        initiator.socket.bind(probe.in);
        probe.out.bind(memory.socket);
        sc_core::sc_start();
    }

    PlainInitiator initiator{"initiator"};
    Probe probe;
    PlainMemory memory{"memory"};
};

TEST(Probe, PassesDataBothWays)
{
    unsigned char read = 0;
    const Platform platform{[&](PlainInitiator& initiator) {
        initiator.data[0] = 42;
        initiator.access(TLM_WRITE_COMMAND, 0x10, 1);
        initiator.data[0] = 0;
        initiator.access(TLM_READ_COMMAND, 0x10, 1);
        read = initiator.data[0];
    }};
    EXPECT_EQ(platform.memory.bytes[0x10], 42);
    EXPECT_EQ(read, 42);
}

TEST(Probe, CountsTransactionsAndBytesPerRangeAndCommand)
{
    const Platform platform{[](PlainInitiator& initiator) {
        for (unsigned i = 0; i < 3; ++i) initiator.access(TLM_READ_COMMAND, 0x00 + 16U * i, 16);
        initiator.access(TLM_WRITE_COMMAND, 0x40, 8);
        initiator.access(TLM_READ_COMMAND, 0x7c, 4);
        initiator.access(TLM_READ_COMMAND, 0x80, 4);  // in no range
    }};
    const ProbeLog& log = platform.probe.log();
    EXPECT_EQ(log.reads(kWeights).transactions, 3);
    EXPECT_EQ(log.reads(kWeights).bytes, 3 * 16);
    EXPECT_EQ(log.writes(kWeights).transactions, 0);
    EXPECT_EQ(log.writes(kSums).bytes, 8);
    EXPECT_EQ(log.reads(kSums).transactions, 1);
    EXPECT_EQ(log.reads(kSums).bytes, 4);
}

TEST(Probe, SplitsBytesOfATransactionAcrossABoundary)
{
    // 0x3c to 0x43: four bytes on either side.
    const Platform platform{[](PlainInitiator& initiator) { initiator.access(TLM_READ_COMMAND, 0x3c, 8); }};
    EXPECT_EQ(platform.probe.log().reads(kWeights).bytes, 4);
    EXPECT_EQ(platform.probe.log().reads(kSums).bytes, 4);
    EXPECT_EQ(platform.probe.log().reads(kWeights).transactions, 1);
    EXPECT_EQ(platform.probe.log().reads(kSums).transactions, 1);
}

TEST(Probe, CountsAllBytesThatStreamThroughAddresses)
{
    // 16 bytes through the 4 addresses 0x3e to 0x41, two of them in each range.
    const Platform platform{[](PlainInitiator& initiator) { initiator.access(TLM_READ_COMMAND, 0x3e, 16, 4); }};
    EXPECT_EQ(platform.probe.log().reads(kWeights).bytes, 8);
    EXPECT_EQ(platform.probe.log().reads(kSums).bytes, 8);
}

TEST(Probe, TimesWhatElapsesAndWhatIsAnnotated)
{
    const Platform platform{[](PlainInitiator& initiator) {
        initiator.access(TLM_READ_COMMAND, 0, 4);
        initiator.access(TLM_READ_COMMAND, 4, 4);
    }};
    // 10 ns of waiting and 5 annotated, twice; the probe itself takes no time.
    EXPECT_EQ(platform.probe.log().reads(kWeights).time, ns(30));
    EXPECT_EQ(sc_core::sc_time_stamp(), ns(30));
}

TEST(Probe, TimesATransactionFromTheMomentThatADecoupledInitiatorMeans)
{
    const Platform platform{[](PlainInitiator& initiator) {
        initiator.prepare(TLM_READ_COMMAND, 0, 4, 0);
        sc_core::sc_time ahead = ns(100);
        initiator.socket->b_transport(initiator.payload, ahead);
    }};
    EXPECT_EQ(platform.probe.log().reads(kWeights).time, ns(15));
}

TEST(Probe, CountsAndTimesNonBlockingTransactions)
{
    const Platform platform{[](PlainInitiator& initiator) {
        EXPECT_EQ(initiator.access_non_blocking(TLM_WRITE_COMMAND, 0x40, 32), tlm::TLM_OK_RESPONSE);
        EXPECT_EQ(initiator.access_non_blocking(TLM_READ_COMMAND, 0x40, 16), tlm::TLM_OK_RESPONSE);
    }};
    const ProbeLog& log = platform.probe.log();
    EXPECT_EQ(log.writes(kSums).transactions, 1);
    EXPECT_EQ(log.writes(kSums).bytes, 32);
    EXPECT_EQ(log.writes(kSums).time, ns(15));
    EXPECT_EQ(log.reads(kSums).bytes, 16);
    EXPECT_EQ(log.errors(), 0);
}

TEST(Probe, CountsFailedTransactionsAsErrorsOnly)
{
    const Platform platform{[](PlainInitiator& initiator) {
        EXPECT_EQ(initiator.access(TLM_READ_COMMAND, 0x100, 4), tlm::TLM_ADDRESS_ERROR_RESPONSE);
    }};
    EXPECT_EQ(platform.probe.log().errors(), 1);
    EXPECT_EQ(platform.probe.log().reads(kWeights).transactions, 0);
}

TEST(Probe, DoesNotCountDebugTransport)
{
    unsigned transferred = 0;
    const Platform platform{[&](PlainInitiator& initiator) {
        initiator.prepare(TLM_READ_COMMAND, 0, 4, 0);
        transferred = initiator.socket->transport_dbg(initiator.payload);
    }};
    EXPECT_EQ(transferred, 4U);
    EXPECT_EQ(platform.probe.log().reads(kWeights).transactions, 0);
}

TEST(Probe, DeniesDirectAccessAndTakesTheHintAway)
{
    bool hinted = true;
    bool granted = true;
    tlm::tlm_dmi dmi;
    const Platform platform{[&](PlainInitiator& initiator) {
        initiator.access(TLM_READ_COMMAND, 0, 4);
        hinted = initiator.payload.is_dmi_allowed();
        granted = initiator.socket->get_direct_mem_ptr(initiator.payload, dmi);
    }};
    EXPECT_FALSE(hinted);
    EXPECT_FALSE(granted);
    EXPECT_TRUE(dmi.is_none_allowed());
    EXPECT_EQ(dmi.get_end_address(), ~sc_dt::uint64{0});
}

TEST(Probe, PassesDirectAccessOnRequest)
{
    bool hinted = false;
    bool granted = false;
    const Platform platform{[&](PlainInitiator& initiator) {
                                tlm::tlm_dmi dmi;
                                initiator.access(TLM_READ_COMMAND, 0, 4);
                                hinted = initiator.payload.is_dmi_allowed();
                                granted = initiator.socket->get_direct_mem_ptr(initiator.payload, dmi);
                            },
                            ProbeDmi::pass};
    EXPECT_TRUE(hinted);
    EXPECT_TRUE(granted);
}

TEST(Probe, WritesWhatMeansSomethingAsObservations)
{
    const Platform platform{[](PlainInitiator& initiator) {
        initiator.access(TLM_READ_COMMAND, 0x00, 16);
        initiator.access(TLM_WRITE_COMMAND, 0x00, 16);  // weights are not expected to be written: no meaning
        initiator.access(TLM_WRITE_COMMAND, 0x40, 8);
    }};
    std::ostringstream csv;
    platform.probe.log().write_csv(csv);
    EXPECT_EQ(csv.str(),
              "range,memory,operand,direction,transactions,bytes,time_ns\n"
              "weights,sram,I2,read_down,1,16,15\n"
              "sums,sram,O,read_up,0,0,0\n"
              "sums,sram,O,write_from_down,1,8,15\n");
}

TEST(ProbeLog, WritesTimesToThePicosecondAndQuotesNames)
{
    ProbeLog log{{{"a, \"b\"", 0, 15, {"sram", "O", "read_up"}, {}}}};
    tlm::tlm_generic_payload payload;
    payload.set_command(TLM_READ_COMMAND);
    payload.set_data_length(4);
    payload.set_streaming_width(4);
    log.record({0, ns(1)}, payload, ns(2.05));
    std::ostringstream csv;
    log.write_csv(csv);
    EXPECT_THAT(csv.str(), testing::EndsWith("\n\"a, \"\"b\"\"\",sram,O,read_up,1,4,1.05\n"));
}

TEST(ProbeLog, RefusesARangeThatEndsBeforeItBegins)
{
    EXPECT_THROW(ProbeLog({{"odd", 8, 7, {}, {}}}), sc_core::sc_report);
}

}  // namespace
}  // namespace plumbline::sim
