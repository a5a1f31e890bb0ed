// SPDX-License-Identifier: Apache-2.0
// How transfers that share ports get on, followed by hand, and many repetitions at once.
#include "arbitration/shared_transfers.hpp"

#include <gmock/gmock.h>

namespace plumbline::sim {
namespace {

using Uses = std::vector<PortUse>;

constexpr std::int64_t kBillion = 1'000'000'000;

/// Three requesters, no port is ever idle.
class SharedTransfersOf : public testing::Test {
protected:
    SharedTransfersOf()
    {
        for (int i = 0; i < 3; ++i) transfers.add_requester();
    }

    int busy() const
    {
        int count = 0;
        for (RequesterId i = 0; i < 3; ++i) count += transfers.busy(i) ? 1 : 0;
        return count;
    }
    /// Until the next one is done. Returns when that is.
    std::int64_t end()
    {
        for (const int before = busy(); busy() == before; ++changes) {
            const std::int64_t cycles = transfers.next_change();
            transfers.pass(cycles);
            now += cycles;
        }
        return now;
    }

    PortIdle idle;
    SharedTransfers transfers{idle};
    std::int64_t now = 0;
    int changes = 0;  ///< that it took
};

TEST_F(SharedTransfersOf, NobodyNeverEnd)
{
    EXPECT_FALSE(transfers.busy());
    EXPECT_EQ(transfers.next_change(), SharedTransfers::kNever);
}

TEST_F(SharedTransfersOf, ABillionWordsEndAsQuicklyAsFew)
{
    // a b a b …, until a has its last word in cycle 2 n - 2.
    const Uses uses{{0, kBillion}};
    transfers.begin(0, uses);
    transfers.begin(1, uses);
    EXPECT_EQ(end(), 2 * kBillion - 1);
    EXPECT_FALSE(transfers.busy(0));
    EXPECT_EQ(transfers.words_had(1), kBillion - 1);
    EXPECT_EQ(end(), 2 * kBillion);
}

TEST_F(SharedTransfersOf, OneTakesTheTurnsThatAnotherCannotUse)
{
    // a writes four words for each that it reads: it asks for port 0 in every fourth cycle, b has the other three.
    const Uses a{{0, kBillion}, {1, 4 * kBillion}};
    const Uses b{{0, 3 * kBillion - 30}};
    transfers.begin(0, a);
    transfers.begin(1, b);
    // At t, a has read t / 4 words and up to two ahead: t = 3 n - 30 + t / 4 + (0 … 2).
    const std::int64_t end_of_b = end();
    EXPECT_FALSE(transfers.busy(1));
    EXPECT_GE(end_of_b, 4 * kBillion - 40);
    EXPECT_LE(end_of_b, 4 * kBillion - 37);
    EXPECT_EQ(end(), 4 * kBillion);
}

TEST_F(SharedTransfersOf, NoCommonDivisorRepeatNearlyAsOften)
{
    // 16 words become one, all but once in thousands: no state comes again, but what is decided does.
    const Uses a{{0, 100'000'007}, {1, 6'250'003}};
    transfers.begin(0, a);
    EXPECT_EQ(end(), 100'000'007);
    EXPECT_LT(changes, 100);
}

TEST_F(SharedTransfersOf, InterruptionsLoseNothing)
{
    const Uses a{{0, 1000}, {1, 250}};
    const Uses b{{0, 300}, {2, 300}};
    transfers.begin(0, a);
    transfers.begin(1, b);
    for (int i = 0; i < 100; ++i) {
        ASSERT_GT(transfers.next_change(), 1);
        transfers.pass(1);
        ++now;
    }
    EXPECT_EQ(transfers.words_had(0), 50);
    EXPECT_EQ(transfers.words_had(1), 50);
    EXPECT_EQ(end(), 600) << "b has every other cycle, a the first";
    EXPECT_EQ(end(), 1300);
}

TEST_F(SharedTransfersOf, GoOnWhereTheyWere)
{
    const Uses uses{{0, 100}, {1, 25}};
    transfers.begin(0, uses, 60);
    EXPECT_EQ(transfers.words_had(0), 60);
    EXPECT_EQ(end(), 40);
    transfers.begin(0, uses, 60);
    transfers.pass(10);
    transfers.leave(0);
    EXPECT_FALSE(transfers.busy());
}

TEST_F(SharedTransfersOf, PortsAskTheOneAfterWhomTheyServedLast)
{
    // b has been served elsewhere: c is asked first.
    const Uses uses{{0, 1}};
    transfers.note_served(1, uses);
    transfers.begin(0, uses);
    transfers.begin(2, uses);
    EXPECT_EQ(end(), 1);
    EXPECT_FALSE(transfers.busy(2));
    EXPECT_THAT(transfers.turns(), testing::ElementsAre(3));
    transfers.clear();
    EXPECT_FALSE(transfers.busy());
    EXPECT_THAT(transfers.turns(), testing::IsEmpty());
}

TEST_F(SharedTransfersOf, PortsAreHeldOrStall)
{
    // 40 cycles, in each of which port 0 moves a word, and in ten of which port 1 does. Both are held all the time.
    const Uses uses{{0, 40}, {1, 10}};
    transfers.begin(0, uses);
    transfers.pass(transfers.next_change());
    EXPECT_THAT(transfers.held(), testing::ElementsAre(40, 40));
    std::vector<std::pair<PortIndex, double>> stalls;
    for (const auto& [stall, cycles] : transfers.stalls()) stalls.emplace_back(stall.port, cycles);
    EXPECT_THAT(stalls, testing::ElementsAre(testing::Pair(1, 30)));
    transfers.count_anew();
    EXPECT_THAT(transfers.held(), testing::ElementsAre(0, 0));
    EXPECT_TRUE(transfers.stalls().begin() == transfers.stalls().end());
}

TEST(SharedTransfersAtIdlePorts, TakeLonger)
{
    // A quarter of a cycle is due for each word: four words, an idle cycle …; none is due after the last words.
    const PortIdle idle{250};
    SharedTransfers transfers{idle};
    transfers.add_requester();
    const Uses uses{{0, 4 * kBillion}};
    transfers.begin(0, uses);
    EXPECT_EQ(transfers.next_change(), 5 * kBillion - 1);
}

}  // namespace
}  // namespace plumbline::sim
