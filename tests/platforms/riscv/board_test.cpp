// SPDX-License-Identifier: Apache-2.0
// Harts on the board: what time instructions and accesses take, who is first, and that no quantum changes any of it.
#include <gmock/gmock.h>

#include "firmware/platform.h"
#include "parts.hpp"

namespace plumbline::test {
namespace {

using sc_core::SC_NS;
using sc_core::SC_PS;
using sc_core::sc_start;
using sc_core::sc_time;
using sc_core::sc_time_stamp;

BoardParameters one_hart(std::int64_t quantum = 10'000)
{
    BoardParameters parameters;
    parameters.quantum = quantum;
    return parameters;
}

// Where timing.c leaves what it measured: beyond the RAM that others write.
constexpr std::uint64_t kResults = 0x10000;

// A reading of time is an instruction, and a cycle on the bus.
constexpr std::uint32_t kReading = 1 + 1;

TEST(Hart, TakesACycleForAnInstructionAndOnTheBusWhatTheBusTakes)
{
    const BoardParameters parameters = one_hart();
    Board board{"board", parameters, firmware("timing")};
    sc_start(sc_time{1, sc_core::SC_MS});
    EXPECT_EQ(word(board, PLATFORM_RAM + kResults), 1000 + kReading);
    EXPECT_EQ(word(board, PLATFORM_RAM + kResults + 4), 100 * (1 + 1 + parameters.ram_latency) + kReading);
    EXPECT_THAT(board.system().exits(), testing::SizeIs(1));
}

/// Bursts at odd times all over the RAM that harts use, and a line that is now high, now low.
void make_traffic(Scripted& initiator, Board& board)
{
    for (unsigned i = 0; board.system().exits().empty(); ++i) {
        sc_core::wait(sc_time{static_cast<double>(i * 37 % 113) * 100, SC_PS});
        for (unsigned char& byte : initiator.data) byte = static_cast<unsigned char>(byte + i);
        const auto command = i % 3 == 0 ? tlm::TLM_READ_COMMAND : tlm::TLM_WRITE_COMMAND;
        initiator.access(command, PLATFORM_RAM + i % 60 * 64, 64U << i % 3);
        board.interrupt(0).write(i % 11 == 5);
    }
}

/// A board whose RAM is busy.
struct BusyBoard {
    Board board;
    Scripted dma;

    BusyBoard(const std::string& name, const BoardParameters& parameters, const std::string& program = "contention")
        : board{name.c_str(), parameters, firmware(program)},
          dma{(name + "_dma").c_str(), [this](Scripted& self) { make_traffic(self, board); }}
    {
        dma.socket.bind(board.bus().in);
    }
    std::uint64_t end() const { return board.system().exits().empty() ? 0 : board.system().exits().back().cycle; }
};

TEST(Quantum, ChangesNeitherAnyTimeNorAnyValue)
{
    BusyBoard fine{"fine", one_hart(100)};
    BusyBoard usual{"usual", one_hart(10'000)};
    BusyBoard coarse{"coarse", one_hart(1'000'000)};
    sc_start(sc_time{10, sc_core::SC_MS});

    ASSERT_GT(fine.end(), 0U);
    for (const BusyBoard* other : {&usual, &coarse}) {
        EXPECT_EQ(other->end(), fine.end());
        EXPECT_EQ(other->board.hart(0).instructions(), fine.board.hart(0).instructions());
        EXPECT_EQ(other->board.uart().sent(), fine.board.uart().sent());
    }
    EXPECT_THAT(fine.board.uart().sent(), testing::StartsWith("hart 0: "));
}

TEST(Contention, KeepsAHartWaitingForABurstAtMost)
{
    const BoardParameters parameters = one_hart();
    BusyBoard busy{"busy", parameters, "timing"};
    sc_start(sc_time{1, sc_core::SC_MS});
    const std::uint32_t alone = 100 * (1 + 1 + parameters.ram_latency) + kReading;
    const std::uint32_t longest_burst = 256 / parameters.ram_bytes_per_cycle;
    EXPECT_EQ(word(busy.board, PLATFORM_RAM + kResults), 1000 + kReading);
    EXPECT_GT(word(busy.board, PLATFORM_RAM + kResults + 4), alone);
    EXPECT_LE(word(busy.board, PLATFORM_RAM + kResults + 4), alone + 100 * longest_burst);
}

TEST(Harts, ShareOneUartInTurn)
{
    BoardParameters parameters = one_hart();
    parameters.harts = 2;
    Board board{"board", parameters, firmware("contention")};
    board.interrupt(0).write(true);
    board.interrupt(1).write(true);
    sc_start(sc_time{10, sc_core::SC_MS});
    EXPECT_THAT(board.uart().sent(), testing::MatchesRegex("hart 0: .* at [0-9]+\nhart 1: .* at [0-9]+\n"));
}

TEST(Interrupt, WakesAHartAndIsTakenWhereItIsEnabled)
{
    Board board{"board", one_hart(), firmware("interrupts")};
    Scripted source{"source", [&](Scripted&) {
                        for (int i = 0; i < 3; ++i) {
                            sc_core::wait(sc_time{9'998.3, SC_NS});
                            board.interrupt(0).write(true);
                            sc_core::wait(sc_time{2, SC_NS});
                            board.interrupt(0).write(false);
                        }
                    }};
    source.socket.bind(board.bus().in);
    sc_start(sc_time{1, sc_core::SC_MS});
    EXPECT_EQ(word(board, PLATFORM_RAM), 0U);
    EXPECT_EQ(word(board, PLATFORM_RAM + 4), 1U);
    EXPECT_EQ(word(board, PLATFORM_RAM + 8), 0x8000000bU);  // machine external interrupt
    EXPECT_EQ(word(board, PLATFORM_RAM + 12), 1U);
    // The line rises for the third time at 29998.9 ns, so the hart goes on with the edge of cycle 29999; a few instructions follow.
    ASSERT_THAT(board.system().exits(), testing::SizeIs(1));
    EXPECT_GT(board.system().exits()[0].cycle, 29'999U);
    EXPECT_LT(board.system().exits()[0].cycle, 30'050U);
}

TEST(Hart, HaltsOnAnAccessToNothing)
{
    Board board{"board", one_hart(), firmware("bad_access")};
    sc_start(sc_time{1, sc_core::SC_MS});
    EXPECT_EQ(board.hart(0).fault(), "TLM_ADDRESS_ERROR_RESPONSE at address 0x70000010");
    EXPECT_THAT(board.system().exits(), testing::IsEmpty());
}

}  // namespace
}  // namespace plumbline::test
