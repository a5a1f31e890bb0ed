// SPDX-License-Identifier: Apache-2.0
// Which cycle of which port is whose, followed by hand.
#include "arbitration/round_robin_arbiter.hpp"

#include <gmock/gmock.h>

#include <utility>
#include <vector>

#include "systemc/taker.hpp"

namespace plumbline::sim {
namespace {

constexpr auto kIterations = PortRequest::Kind::iterations;

TEST(RoundRobinArbiter, GivesATransferAloneTheTimeOfItsSlowerEnd)
{
    Clock clock;
    RoundRobinArbiter ports{"ports", clock, 6};
    Taker slow_source{"slow_source", ports, {{0, 463}, {1, 29}}};
    Taker slow_destination{"slow_destination", ports, {{2, 29}, {3, 463}}};
    Taker nearly_alike{"nearly_alike", ports, {{4, 5}, {5, 7}}};
    sc_core::sc_start();
    EXPECT_EQ(slow_source.end(), 463);
    EXPECT_EQ(slow_destination.end(), 463);
    EXPECT_EQ(nearly_alike.end(), 7);
}

TEST(RoundRobinArbiter, ServesThoseWhoWantAPortInTurn)
{
    // a b c a b c a b c: the last slots are served in cycles 6, 7 and 8.
    Clock clock;
    RoundRobinArbiter ports{"ports", clock, 1};
    Taker a{"a", ports, {{0, 3}}};
    Taker b{"b", ports, {{0, 3}}};
    Taker c{"c", ports, {{0, 3}}};
    sc_core::sc_start();
    EXPECT_EQ(a.end(), 7);
    EXPECT_EQ(b.end(), 8);
    EXPECT_EQ(c.end(), 9);
}

TEST(RoundRobinArbiter, LosesNoCycleToThoseWhoAreDone)
{
    // Every other cycle until the short one is done with its 4th, in cycle 6; then all.
    Clock clock;
    RoundRobinArbiter ports{"ports", clock, 1};
    Taker brief{"brief", ports, {{0, 4}}};
    Taker lengthy{"lengthy", ports, {{0, 10}}};
    sc_core::sc_start();
    EXPECT_EQ(brief.end(), 7);
    EXPECT_EQ(lengthy.end(), 14);
}

TEST(RoundRobinArbiter, LetsALatecomerInAtOnce)
{
    // Cycles 0 to 5 are the first one's, 6 is the latecomer's, and so on in turn: it has its 4th in cycle 12.
    Clock clock;
    RoundRobinArbiter ports{"ports", clock, 1};
    Taker first{"first", ports, {{0, 12}}};
    Taker late{"late", ports, {{0, 4}}, 6};
    sc_core::sc_start();
    EXPECT_EQ(late.end(), 13);
    EXPECT_EQ(first.end(), 16);
}

TEST(RoundRobinArbiter, WritesNothingBeforeItIsRead)
{
    // One word of 4 reads is written 4 times: the read port is another's in the first cycle, and so are 4 writes late.
    Clock clock;
    RoundRobinArbiter ports{"ports", clock, 2};
    Taker other{"other", ports, {{0, 1}}};
    Taker transfer{"transfer", ports, {{0, 1}, {1, 4}}};
    sc_core::sc_start();
    EXPECT_EQ(other.end(), 1);
    EXPECT_EQ(transfer.end(), 5);
}

TEST(RoundRobinArbiter, ReadsNoFurtherAheadThanTwoWords)
{
    // At the destination rival and transfer take turns: writes happen in cycles 1, 3, …, 19. Reads run two ahead of them:
    // in cycles 0 and 1, then 2, 4, …, 10. The last three are due when a reader comes in cycle 12, and are in turn with
    // its own until cycle 17; it would be done at 20 had all 10 words been read by then, as they could.
    Clock clock;
    RoundRobinArbiter ports{"ports", clock, 2};
    Taker rival{"rival", ports, {{1, 10}}};
    Taker transfer{"transfer", ports, {{0, 10}, {1, 10}}};
    Taker reader{"reader", ports, {{0, 8}}, 12};
    sc_core::sc_start();
    EXPECT_EQ(rival.end(), 19);
    EXPECT_EQ(transfer.end(), 20);
    EXPECT_EQ(reader.end(), 20 + 3);
}

TEST(RoundRobinArbiter, GivesAnIterationItsSlotsAtAllPortsIndependently)
{
    Clock clock;
    RoundRobinArbiter ports{"ports", clock, 3};
    Taker idle{"idle", ports, {}, 0, 1, kIterations};
    Taker iteration{"iteration", ports, {{0, 1}, {1, 3}}, 0, 1, kIterations};
    sc_core::sc_start();
    EXPECT_EQ(idle.end(), 1);
    EXPECT_EQ(iteration.end(), 3);
}

TEST(RoundRobinArbiter, IsNotDoneBeforeTheCycleEnds)
{
    Clock clock;
    RoundRobinArbiter ports{"ports", clock, 1};
    Taker taker{"taker", ports, {{0, 5}}};
    sc_core::sc_start(cycles(5) - sc_core::sc_get_time_resolution());
    EXPECT_EQ(taker.end(), -1);
    sc_core::sc_start(sc_core::sc_get_time_resolution() * 2);
    EXPECT_EQ(taker.end(), 5);
}

/// Waits for a latency, as a transfer does before it asks for its slots.
class Latent : public sc_core::sc_module {
public:
    SC_HAS_PROCESS(Latent);

    Latent(const sc_core::sc_module_name& name, Arbiter& arbiter, std::vector<PortUse> uses, Cycles latency)
        : sc_core::sc_module{name},
          arbiter_{arbiter},
          requester_{arbiter.add_requester()},
          uses_{std::move(uses)},
          latency_{latency}
    {
        SC_THREAD(run);
    }

    double end() const { return end_; }

private:
    void run()
    {
        arbiter_.wait_for_latency(latency_, uses_);
        arbiter_.take(requester_, {&uses_});
        end_ = sc_core::sc_time_stamp() / cycles(1);
    }

    Arbiter& arbiter_;
    RequesterId requester_;
    std::vector<PortUse> uses_;
    Cycles latency_;
    double end_ = -1;
};

double stalled(const Arbiter& ports, PortStallKey key)
{
    for (const auto& [each, cycles] : ports.stalls())
        if (each == key) return cycles;
    return 0;
}

TEST(RoundRobinArbiter, SkipsCyclesInWhichOnlyLatenciesPass)
{
    // Two transfers are in their latency; the first is over after a million cycles and moves 4 words, then the other waits on.
    Clock clock;
    RoundRobinArbiter ports{"ports", clock, 4};
    Latent first{"first", ports, {{0, 4}, {1, 4}}, Cycles{1'000'000}};
    Latent second{"second", ports, {{0, 2}, {2, 2}}, Cycles{3'000'000}};
    sc_core::sc_start();
    EXPECT_EQ(first.end(), 1'000'004);
    EXPECT_EQ(second.end(), 3'000'002);
    // Port 0 stalls for the first of those who hold it, then for the one that is left; it is busy for 4 cycles between.
    const auto latency = [&](PortIndex port) { return stalled(ports, {port, PortStallCause::latency, 0}); };
    EXPECT_EQ(latency(0), 3'000'000 - 4);
    EXPECT_EQ(latency(1), 1'000'000);
    EXPECT_EQ(latency(2), 3'000'000);
    EXPECT_LT(sc_core::sc_delta_count(), 100U);
}

TEST(RoundRobinArbiter, ServesWhoComesWhileLatenciesPass)
{
    Clock clock;
    RoundRobinArbiter ports{"ports", clock, 2};
    Latent latent{"latent", ports, {{0, 1}, {1, 1}}, Cycles{1000}};
    Taker taker{"taker", ports, {{0, 5}}, 500};
    sc_core::sc_start();
    EXPECT_EQ(taker.end(), 505);
    EXPECT_EQ(latent.end(), 1001);
    EXPECT_EQ(stalled(ports, {0, PortStallCause::latency, 0}), 1000 - 5);
    EXPECT_EQ(stalled(ports, {1, PortStallCause::latency, 0}), 1000);
}

}  // namespace
}  // namespace plumbline::sim
