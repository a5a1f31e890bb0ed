// SPDX-License-Identifier: Apache-2.0
// When transfers end that share ports, with an event per start and end of one: as word by word in turn.
#include "arbitration/transfer_arbiter.hpp"

#include <gmock/gmock.h>

#include <deque>
#include <map>
#include <random>

#include "arbitration/round_robin_arbiter.hpp"
#include "systemc/taker.hpp"

namespace plumbline::sim {
namespace {

TEST(TransferArbiter, GivesATransferAloneTheTimeOfItsSlowerEnd)
{
    Clock clock;
    TransferArbiter ports{"ports", clock, 2};
    Taker taker{"taker", ports, {{0, 463}, {1, 29}}};
    sc_core::sc_start();
    EXPECT_EQ(taker.end(), 463);
}

TEST(TransferArbiter, ServesThoseWhoWantAPortInTurn)
{
    // a b a b …: the last slots are served in cycles 18 and 19.
    Clock clock;
    TransferArbiter ports{"ports", clock, 1};
    Taker a{"a", ports, {{0, 10}}};
    Taker b{"b", ports, {{0, 10}}};
    sc_core::sc_start();
    EXPECT_EQ(a.end(), 19);
    EXPECT_EQ(b.end(), 20);
}

TEST(TransferArbiter, SpeedsUpWhoIsLeft)
{
    // Every other cycle until the short one is done with its 4th, in cycle 6; then all.
    Clock clock;
    TransferArbiter ports{"ports", clock, 1};
    Taker brief{"brief", ports, {{0, 4}}};
    Taker lengthy{"lengthy", ports, {{0, 10}}};
    sc_core::sc_start();
    EXPECT_EQ(brief.end(), 7);
    EXPECT_EQ(lengthy.end(), 14);
}

TEST(TransferArbiter, SlowsDownWhoWasThereBefore)
{
    // Cycles 0 to 5 are the first one's, 6 is the latecomer's, and so on in turn: it has its 4th in cycle 12.
    Clock clock;
    TransferArbiter ports{"ports", clock, 1};
    Taker first{"first", ports, {{0, 12}}};
    Taker late{"late", ports, {{0, 4}}, 6};
    sc_core::sc_start();
    EXPECT_EQ(late.end(), 13);
    EXPECT_EQ(first.end(), 16);
}

TEST(TransferArbiter, LeavesTransfersAloneThatShareNoPort)
{
    Clock clock;
    TransferArbiter ports{"ports", clock, 2};
    Taker a{"a", ports, {{0, 7}}};
    Taker b{"b", ports, {{1, 9}}};
    sc_core::sc_start();
    EXPECT_EQ(a.end(), 7);
    EXPECT_EQ(b.end(), 9);
}

TEST(TransferArbiter, IsNotDoneBeforeItsTime)
{
    Clock clock;
    TransferArbiter ports{"ports", clock, 1};
    Taker taker{"taker", ports, {{0, 5}}};
    sc_core::sc_start(cycles(5) - sc_core::sc_get_time_resolution());
    EXPECT_EQ(taker.end(), -1);
    sc_core::sc_start(sc_core::sc_get_time_resolution() * 2);
    EXPECT_EQ(taker.end(), 5);
}

TEST(TransferArbiter, CountsTheCycleThatIsMoreThanHalfOver)
{
    // The first one has had 3 words by 2.75, in the middle of a cycle, then each has every other cycle: the latecomer its second in
    // cycle 5 at the latest, which ends at 6.
    Clock clock;
    TransferArbiter ports{"ports", clock, 1};
    Taker first{"first", ports, {{0, 10}}};
    Taker late{"late", ports, {{0, 2}}, 2.75};
    sc_core::sc_start();
    EXPECT_EQ(late.end(), 6);
    EXPECT_EQ(first.end(), 12);
}

/// Transfers between any two of six ports, at any time, long ones and short ones.
struct RandomTransfers {
    explicit RandomTransfers(unsigned seed) : random{seed} {}

    std::int64_t below(std::int64_t n) { return static_cast<std::int64_t>(random() % static_cast<unsigned>(n)); }
    std::int64_t words() { return 1 + below(below(2) == 0 ? 8 : 400); }

    std::vector<PortUse> uses()
    {
        const std::int64_t from = below(6);
        const std::int64_t words_read = words();
        const std::int64_t to = (from + 1 + below(5)) % 6;
        return {{static_cast<PortIndex>(from), words_read},
                {static_cast<PortIndex>(to), below(2) == 0 ? words_read : words()}};
    }

    std::mt19937 random;
};

/// Cycles by port and the port that it waits for.
std::map<std::pair<PortIndex, PortIndex>, double> listed(const PortStalls& stalls)
{
    std::map<std::pair<PortIndex, PortIndex>, double> list;
    for (const auto& [stall, count] : stalls) list[{stall.port, stall.of}] = count;
    return list;
}

class AnyTransfers : public testing::TestWithParam<unsigned> {};

/// The referee shares no code with it.
TEST_P(AnyTransfers, EndAsThoseThatAreServedCycleByCycle)
{
    RandomTransfers draw{GetParam()};
    PortIdle idle;
    for (PortIndex port = 0; GetParam() % 3 == 0 && port < 6; ++port) idle.push_back(draw.below(2000));
    Clock clock;
    TransferArbiter ports{"ports", clock, 6, idle};
    RoundRobinArbiter referee{"referee", clock, 6, idle};
    std::deque<Taker> takers;
    std::deque<Taker> judges;
    const std::int64_t count = 2 + draw.below(8);
    for (std::int64_t i = 0; i < count; ++i) {
        const std::vector<PortUse> uses = draw.uses();
        const auto begin = static_cast<double>(draw.below(300));
        takers.emplace_back(sc_core::sc_gen_unique_name("taker"), ports, uses, begin);
        judges.emplace_back(sc_core::sc_gen_unique_name("judge"), referee, uses, begin);
    }
    sc_core::sc_start();
    for (std::size_t i = 0; i < takers.size(); ++i) EXPECT_EQ(takers[i].end(), judges[i].end()) << i;
    EXPECT_EQ(listed(ports.stalls()), listed(referee.stalls()));
}

INSTANTIATE_TEST_SUITE_P(Seeds, AnyTransfers, testing::Range(1U, 61U));

}  // namespace
}  // namespace plumbline::sim
