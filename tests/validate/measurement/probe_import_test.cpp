// SPDX-License-Identifier: Apache-2.0
// From a platform of someone else, through a probe and its file, to a verdict about a prediction.
#include <sstream>

#include <gmock/gmock.h>

#include "imported.hpp"
#include "plumbline/sim/probe.hpp"
#include "plumbline/validate/comparison.hpp"
#include "systemc/peripheral/plain_platform.hpp"

namespace plumbline::validate {
namespace {

using namespace plumbline::test;

/// Reads 5 weights of 8 bytes, and writes 3 sums of 4: what the tiny sram might do.
std::string probed()
{
    PlainInitiator initiator{"initiator"};
    sim::Probe probe{"probe",
                     {{"weights", 0x00, 0x7f, {"sram", "I2", "read_down"}, {}},
                      {"sums", 0x80, 0xff, {"sram", "O", "read_up"}, {"sram", "O", "write_from_down"}}}};
    PlainMemory memory{"memory"};
    initiator.script = [](PlainInitiator& self) {
        for (unsigned i = 0; i < 5; ++i) self.access(tlm::TLM_READ_COMMAND, 8U * i, 8);
        for (unsigned i = 0; i < 3; ++i) self.access(tlm::TLM_WRITE_COMMAND, 0x80 + 4U * i, 4);
    };
    initiator.socket.bind(probe.in);
    probe.out.bind(memory.socket);
    sc_core::sc_start();
    std::ostringstream csv;
    probe.log().write_csv(csv);
    return csv.str();
}

TEST(ProbeObservations, AreImportedAsCounted)
{
    const ImportedFile file{"probe.csv"};
    const RunRecord observed = file.record(probed());
    // Words of 8 bytes; transactions of 15 ns and cycles of 1 ns.
    EXPECT_EQ(words(observed, 1, MemoryOperand::i2, Direction::read_down), 5);
    EXPECT_EQ(words(observed, 1, MemoryOperand::o, Direction::write_from_down), 1.5);
    EXPECT_EQ(words(observed, 1, MemoryOperand::o, Direction::read_up), 0);
    for (const AccessEntry& entry : observed.accesses) {
        if (entry.operand != MemoryOperand::i2) continue;
        EXPECT_EQ(entry.time, Cycles{5 * 15});
    }
}

TEST(ProbeObservations, JudgeAPrediction)
{
    const ImportedFile file{"others.csv"};
    const std::string head = "memory,operand,direction,words\n";
    const RunRecord observed = file.record(probed());
    const RunRecord right = file.record(head + "sram,W,read_down,5\nsram,O,write_from_down,1.5\n");
    const Comparison good = compare(tiny_accelerator(), right, observed, {});
    EXPECT_TRUE(good.within_tolerance);
    EXPECT_EQ(good.accesses.size(), 2U);
    const RunRecord wrong = file.record(head + "sram,W,read_down,6\nsram,O,write_from_down,1.5\n");
    const Comparison bad = compare(tiny_accelerator(), wrong, observed, {});
    EXPECT_FALSE(bad.within_tolerance);
    EXPECT_DOUBLE_EQ(bad.accesses.front().accesses.deviation(), 0.2);
}

}  // namespace
}  // namespace plumbline::validate
