// SPDX-License-Identifier: Apache-2.0
// The bus and the RAM behind it: who goes when, to the cycle.
#include <gmock/gmock.h>

#include "bus.hpp"
#include "parts.hpp"
#include "ram.hpp"

namespace plumbline::test {
namespace {

using sc_core::SC_NS;
using sc_core::SC_PS;
using sc_core::sc_start;
using sc_core::sc_time;
using sc_core::sc_time_stamp;

constexpr std::uint64_t kBase = 0x1000;
constexpr unsigned kWidth = 8;  // bytes a cycle
constexpr int kLatency = 20;    // cycles

sc_time cycles(double count) { return {count, SC_NS}; }

/// 4 KiB behind a bus.
struct SharedRam {
    Bus bus{"bus", cycles(1), {{"ram", kBase, 4096, cycles(kLatency)}}};
    Ram ram{"ram", {4096, kWidth, cycles(1)}};
    SharedRam() { bus.out(0).bind(ram.socket); }
};

TEST(Bus, BringsAReadAfterItsDataAndTheLatency)
{
    SharedRam shared;
    sc_time read, written;
    Scripted initiator{"initiator", [&](Scripted& self) {
                           self.access(tlm::TLM_READ_COMMAND, kBase, 64);
                           read = sc_time_stamp();
                           self.access(tlm::TLM_WRITE_COMMAND, kBase, 64);
                           written = sc_time_stamp();
                       }};
    initiator.socket.bind(shared.bus.in);
    sc_start();
    EXPECT_EQ(read, cycles(64.0 / kWidth + kLatency));
    EXPECT_EQ(written - read, cycles(64.0 / kWidth));
}

TEST(Bus, ServesInTheOrderOfArrivalAndKeepsNobodyForALatency)
{
    SharedRam shared;
    std::vector<sc_time> ends(2);
    Scripted late{"late", [&](Scripted& self) {
                      sc_core::wait(cycles(1));
                      self.access(tlm::TLM_READ_COMMAND, kBase, 16);
                      ends[1] = sc_time_stamp();
                  }};
    Scripted early{"early", [&](Scripted& self) {
                       self.access(tlm::TLM_READ_COMMAND, kBase, 64);
                       ends[0] = sc_time_stamp();
                   }};
    late.socket.bind(shared.bus.in);
    early.socket.bind(shared.bus.in);
    sc_start();
    EXPECT_EQ(ends[0], cycles(8 + kLatency));
    EXPECT_EQ(ends[1], cycles(8 + 2 + kLatency));
}

TEST(Bus, TakesTheLowerSocketFirstOfThoseThatComeInOneCycle)
{
    SharedRam shared;
    std::vector<sc_time> ends(2);
    const auto script = [&](std::size_t who, const sc_time& when) {
        return [&ends, who, when](Scripted& self) {
            sc_core::wait(when);
            self.access(tlm::TLM_WRITE_COMMAND, kBase, 8);
            ends[who] = sc_time_stamp();
        };
    };
    Scripted first{"first", script(0, cycles(5))};                        // comes with the edge,
    Scripted second{"second", script(1, cycles(5) - sc_time{1, SC_PS})};  // just before it
    first.socket.bind(shared.bus.in);
    second.socket.bind(shared.bus.in);
    sc_start();
    EXPECT_EQ(ends[0], cycles(6));
    EXPECT_EQ(ends[1], cycles(7));
}

TEST(Bus, GoesOnWhenSomeoneInLineIsReset)
{
    SharedRam shared;
    sc_time end;
    Scripted holder{"holder", [](Scripted& self) { self.access(tlm::TLM_WRITE_COMMAND, kBase, 80); }};
    Scripted doomed{"doomed", [](Scripted& self) {
                        sc_core::sc_process_handle child =
                            sc_core::sc_spawn([&] { self.access(tlm::TLM_WRITE_COMMAND, kBase, 800); });
                        sc_core::wait(cycles(3));
                        child.kill();
                    }};
    Scripted last{"last", [&](Scripted& self) {
                      sc_core::wait(cycles(2));
                      self.access(tlm::TLM_WRITE_COMMAND, kBase, 16);
                      end = sc_time_stamp();
                  }};
    for (Scripted* initiator : {&holder, &doomed, &last}) initiator->socket.bind(shared.bus.in);
    sc_start();
    EXPECT_EQ(end, cycles(80 / kWidth + 16 / kWidth));
}

TEST(Bus, RefusesWhatLiesInNoRange)
{
    SharedRam shared;
    std::vector<tlm::tlm_response_status> answers;
    Scripted initiator{
        "initiator", [&](Scripted& self) {
            for (const std::uint64_t address : {kBase - 4, kBase, kBase + 4092, kBase + 4093, kBase + 4096}) {
                answers.push_back(self.access(tlm::TLM_READ_COMMAND, address, 4));
            }
        }};
    initiator.socket.bind(shared.bus.in);
    sc_start();
    const auto no = tlm::TLM_ADDRESS_ERROR_RESPONSE;
    EXPECT_THAT(answers, testing::ElementsAre(no, tlm::TLM_OK_RESPONSE, tlm::TLM_OK_RESPONSE, no, no));
}

}  // namespace
}  // namespace plumbline::test
