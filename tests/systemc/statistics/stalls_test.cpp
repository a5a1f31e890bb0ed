// SPDX-License-Identifier: Apache-2.0
// Where time goes in which nothing moves, followed by hand. That it adds up on machines that nobody chose, and that both
// fidelities see the same causes, is among the tests of fidelity.
#include "plumbline/sim/stalls.hpp"

#include <gmock/gmock.h>

#include <map>
#include <tuple>

#include "arbitration/round_robin_arbiter.hpp"
#include "arbitration/transfer_arbiter.hpp"
#include "chunk_timing/chunk_timing_cache.hpp"
#include "plumbline/sim/simulate.hpp"
#include "statistics/stall_accounting.hpp"
#include "systemc/conservation.hpp"
#include "systemc/taker.hpp"
#include "systemc/two_layers.hpp"

namespace plumbline::sim {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;
using testing::UnorderedElementsAre;

constexpr auto kOtherEnd = PortStallCause::other_end;
constexpr auto kLatency = PortStallCause::latency;
using PortStallList = std::map<std::tuple<PortIndex, PortStallCause, PortIndex>, double>;
using WaitList = std::map<std::pair<WaitCause, std::size_t>, double>;

PortStallList listed(const PortStalls& stalls)
{
    PortStallList list;
    for (const auto& [key, cycles] : stalls) list[{key.port, key.cause, key.of}] = cycles;
    return list;
}

WaitList listed(const Waits& waits)
{
    WaitList list;
    for (const auto& [key, cycles] : waits) list[{key.cause, key.of}] = cycles;
    return list;
}

/// Waits for the latency of a transfer, as movers do.
class Late : public sc_core::sc_module {
public:
    SC_HAS_PROCESS(Late);
    Late(const sc_core::sc_module_name& name, Arbiter& arbiter, Cycles latency, std::vector<PortUse> uses)
        : sc_core::sc_module{name},
          arbiter_{arbiter},
          latency_{latency},
          uses_{std::move(uses)}
    {
        SC_THREAD(run);
    }

private:
    void run() { arbiter_.wait_for_latency(latency_, uses_); }

    Arbiter& arbiter_;
    Cycles latency_;
    std::vector<PortUse> uses_;
};

/// Both kinds of arbiters.
class PortStallsOf : public testing::TestWithParam<Fidelity> {
protected:
    std::unique_ptr<Arbiter> arbiter(std::size_t ports)
    {
        if (GetParam() == Fidelity::cycle) return std::make_unique<RoundRobinArbiter>("ports", clock_, ports);
        return std::make_unique<TransferArbiter>("ports", clock_, ports);
    }

private:
    Clock clock_;
};

TEST_P(PortStallsOf, ATransferAloneAreThoseOfItsFasterEnd)
{
    // 25 cycles in which port 0 is held and moves 10 words.
    const auto ports = arbiter(2);
    Taker transfer{"transfer", *ports, {{0, 10}, {1, 25}}};
    sc_core::sc_start();
    EXPECT_THAT(listed(ports->stalls()), ElementsAre(Pair(std::tuple(0, kOtherEnd, 1), 15)));
}

TEST_P(PortStallsOf, ATransferAtAContendedPortAreThoseOfTheOther)
{
    // Transfer and rival share port 1: 20 words in 20 cycles, in which port 0 moves 10.
    const auto ports = arbiter(2);
    Taker rival{"rival", *ports, {{1, 10}}};
    Taker transfer{"transfer", *ports, {{0, 10}, {1, 10}}};
    sc_core::sc_start();
    EXPECT_EQ(transfer.end(), 20);
    EXPECT_THAT(listed(ports->stalls()), ElementsAre(Pair(std::tuple(0, kOtherEnd, 1), 10)));
}

TEST_P(PortStallsOf, ATransferInItsLatencyAreThoseOfTheMemoryThatIsRead)
{
    // 5 cycles of latency, in 3 of which port 0 serves another.
    const auto ports = arbiter(2);
    Taker other{"other", *ports, {{0, 3}}};
    Late transfer{"transfer", *ports, Cycles{5}, {{0, 1}, {1, 1}}};
    sc_core::sc_start();
    EXPECT_THAT(listed(ports->stalls()),
                ElementsAre(Pair(std::tuple(0, kLatency, 0), 2), Pair(std::tuple(1, kLatency, 0), 5)));
}

/// At `transaction` they come in chunks.
TEST(PortStallsOfCycles, OfAnIterationDoNotExist)
{
    // It takes its words at each port by itself, and leaves the port.
    Clock clock;
    RoundRobinArbiter ports{"ports", clock, 2};
    Taker iteration{"iteration", ports, {{0, 1}, {1, 7}}, 0, 1, PortRequest::Kind::iterations};
    sc_core::sc_start();
    EXPECT_THAT(listed(ports.stalls()), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Fidelities, PortStallsOf, testing::Values(Fidelity::cycle, Fidelity::transaction),
                         [](const auto& each) { return std::string{name_of(each.param)}; });

/// Iterations that take so many words at ports 0 and 1, and a link of weights that fills its register for each of them.
ChunkPattern pattern_of(std::int64_t iterations, std::vector<PortUse> uses, PortDemand fill)
{
    ChunkPattern pattern;
    pattern.end = iterations;
    pattern.iterations.assign(static_cast<std::size_t>(iterations), 0);
    pattern.demands = std::make_shared<const PortDemands>(PortDemands{PortDemand{std::move(uses), 0}, std::move(fill)});
    ChunkPattern::Link link;
    link.stream = stream_of(MemoryOperand::i2, false);
    link.filler = 1;
    link.drainer = 2;
    link.fills.assign(static_cast<std::size_t>(iterations) + 2, 1);
    pattern.links = {link};
    return pattern;
}

ChunkTiming timing(const ChunkPattern& pattern, const std::vector<Contender>& contenders = {})
{
    ChunkTimingCache cache;
    ChunkRun run;
    run.pattern = &pattern;
    run.state = cache.initial_state(pattern, {0, 0, 0, 0});
    run.contention = {{0, contenders}};
    return cache.timing(run);
}

TEST(WaitsOfAChunk, AreForTheBlockThatIsMissing)
{
    // A fill takes 4 cycles, and begins with the iteration before: 3 of waiting before each iteration but the first.
    const ChunkPattern late = pattern_of(10, {{0, 1}}, PortDemand{{{2, 1}, {3, 1}}, 3});
    const ChunkTiming found = timing(late);
    EXPECT_EQ(found.cycles, 10 + 9 * 3);
    const LinkNumber weights = link_number(stream_of(MemoryOperand::i2, false), 0);
    EXPECT_THAT(listed(found.waits), ElementsAre(Pair(std::pair(WaitCause::starved, weights), 27)));
    // Meanwhile ports 2 and 3 wait for the latency of what is read through 2: nine fills, and the first cycle of a 10th.
    EXPECT_THAT(listed(found.stalls),
                ElementsAre(Pair(std::tuple(2, kLatency, 2), 28), Pair(std::tuple(3, kLatency, 2), 28)));
}

TEST(WaitsOfAChunk, AreForAPortThatIsTooNarrow)
{
    const ChunkPattern narrow = pattern_of(10, {{0, 1}, {1, 4}}, PortDemand{{{2, 1}, {3, 1}}, 0});
    EXPECT_THAT(listed(timing(narrow).waits), ElementsAre(Pair(std::pair(WaitCause::narrow_port, 1), 30)));
}

TEST(WaitsOfAChunk, AreForAPortThatOthersUse)
{
    // Array and contender take turns: every iteration but the first is late by a cycle.
    const ChunkPattern shared = pattern_of(100, {{0, 1}}, PortDemand{{{2, 1}, {3, 1}}, 0});
    const std::vector<PortUse> transfer{{0, 4}, {1, 4}};
    EXPECT_THAT(listed(timing(shared, {{7, &transfer}}).waits),
                ElementsAre(Pair(std::pair(WaitCause::contended_port, 0), 99)));
}

TEST(Apportion, SumsUpToWhatIsThereByLargestRemainder)
{
    EXPECT_THAT(apportion({1000, 1000, 1000}, 10), ElementsAre(4, 3, 3));
    EXPECT_THAT(apportion({1600, 2300}, 4), ElementsAre(2, 2));
    EXPECT_THAT(apportion({5000, 7000}, 12), ElementsAre(5, 7));
    EXPECT_THAT(apportion({3'000'000'000'000'000, 1'000}, 3'000'000'000'001), ElementsAre(3'000'000'000'000, 1));
    EXPECT_THAT(apportion({}, 0), IsEmpty());
}

TEST(ArrayTime, IsBusyForACycleAnIteration)
{
    // Tiles of 1, 3 and 3 columns in two rows. The first layer runs 2 channel pairs on 2 columns more, the second 2 pairs
    // of inputs under 3 taps.
    const small::TwoLayers network;
    SimulationOptions options;
    options.machine.fidelity = Fidelity::cycle;
    const Counters counters = simulate(small::accelerator(), network.workload(), network.schedule(), options);
    const std::int64_t first = 2 * 2 * ((1 + 2) + (3 + 2) + (3 + 2));
    const std::int64_t second = 2 * 2 * 3 * (1 + 3 + 3);
    EXPECT_EQ(counters.array.busy, Cycles{first + second});
    EXPECT_EQ(violation(counters), "");
}

TEST(ArrayTime, OfCopiesAndOfOffloadingIsIdle)
{
    const small::TwoLayers network;
    const Counters counters = simulate(small::accelerator(), network.workload(), network.schedule());
    Cycles idle{};
    for (const ActivityTime& time : counters.times) {
        idle += time.activity.kind == Activity::Kind::copy ? time.cycles : time.offloading;
    }
    EXPECT_GT(idle, Cycles{});
    EXPECT_EQ(counters.array.idle, idle);
}

}  // namespace
}  // namespace plumbline::sim
