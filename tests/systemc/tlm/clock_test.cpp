// SPDX-License-Identifier: Apache-2.0
// How clock time passes: at periods that are no nanosecond, that change, and while the clock is gated.
#include "tlm/clock.hpp"

#include <gmock/gmock.h>

#include <functional>

#include "arbitration/round_robin_arbiter.hpp"
#include "arbitration/transfer_arbiter.hpp"
#include "plumbline/error.hpp"
#include "systemc/nanoseconds.hpp"
#include "systemc/taker.hpp"

namespace plumbline::sim {
namespace {

using test::nanoseconds;

/// A thread that does what it is told.
struct Script : sc_core::sc_module {
    SC_HAS_PROCESS(Script);
    std::function<void()> work;
    Script(const sc_core::sc_module_name& name, std::function<void()> does)
        : sc_core::sc_module{name},
          work{std::move(does)}
    {
        SC_THREAD(run);
    }
    void run() { work(); }
};

TEST(Clock, CountsCyclesOfItsPeriod)
{
    Clock clock{Period::picoseconds(1250)};
    double cycles_over = 0;
    Script script{"script", [&] {
                      clock.wait(cycles(3));
                      EXPECT_EQ(sc_core::sc_time_stamp(), nanoseconds(3.75));
                      cycles_over = clock.cycles_since(sc_core::SC_ZERO_TIME);
                      sc_core::wait(nanoseconds(1.25));
                      EXPECT_EQ(clock.now(), cycles(4));
                  }};
    sc_core::sc_start();
    EXPECT_EQ(cycles_over, 3);
}

TEST(Clock, ComesToAMomentWithTheFirstTickAtOrAfterIt)
{
    // Half a cycle of 333 ps are 166.5 ps, and three cycles 999.
    Clock clock{Period::picoseconds(333)};
    Script script{"script", [&] {
                      clock.wait(cycles(0.5));
                      EXPECT_EQ(sc_core::sc_time_stamp(), nanoseconds(0.167));
                      clock.wait(cycles(3) - clock.now());
                      EXPECT_EQ(sc_core::sc_time_stamp(), nanoseconds(0.999));
                  }};
    sc_core::sc_start();
}

TEST(Clock, ChangesWhileSomebodyWaits)
{
    // 4 of 10 cycles at 1 ns, then 3 at 2 ns, then nothing for 100 ns, then 3 at half a nanosecond.
    Clock clock;
    sc_core::sc_time end;
    sc_core::sc_time event;
    ClockedEvent alarm{clock};
    Script waits{"waits", [&] {
                     clock.wait(cycles(10));
                     end = sc_core::sc_time_stamp();
                 }};
    Script hears{"hears", [&] {
                     alarm.notify(cycles(8));
                     sc_core::wait(alarm.event());
                     event = sc_core::sc_time_stamp();
                 }};
    Script changes{"changes", [&] {
                       sc_core::wait(nanoseconds(4));
                       clock.set_period(Period::picoseconds(2000));
                       sc_core::wait(nanoseconds(6));
                       clock.set_period(Period{0});
                       EXPECT_EQ(clock.now(), cycles(7));
                       sc_core::wait(nanoseconds(100));
                       EXPECT_EQ(clock.now(), cycles(7));
                       clock.set_period(Period::picoseconds(500));
                   }};
    sc_core::sc_start();
    EXPECT_EQ(end, nanoseconds(4 + 6 + 100 + 1.5));
    EXPECT_EQ(event, nanoseconds(4 + 6 + 100 + 0.5));
}

TEST(Clock, KeepsTheEarlierOfTwoNotifications)
{
    Clock clock{Period::picoseconds(2000)};
    ClockedEvent alarm{clock};
    std::vector<sc_core::sc_time> heard;
    Script script{"script", [&] {
                      alarm.notify(cycles(5));
                      alarm.notify(cycles(2));
                      alarm.notify(cycles(9));
                      sc_core::wait(nanoseconds(100), alarm.event());
                      heard.push_back(sc_core::sc_time_stamp());
                      sc_core::wait(nanoseconds(100), alarm.event());
                      heard.push_back(sc_core::sc_time_stamp());
                      alarm.notify(cycles(3));
                      alarm.cancel();
                      sc_core::wait(nanoseconds(100), alarm.event());
                      heard.push_back(sc_core::sc_time_stamp());
                  }};
    sc_core::sc_start();
    EXPECT_THAT(heard, testing::ElementsAre(nanoseconds(4), nanoseconds(104), nanoseconds(204)));
}

TEST(Clock, IsExactWherePeriodsAreNoWholeTicks)
{
    // A cycle of 333.3 ps comes at 334, 667 and 1000 ps, and the tenth at 3333 ps.
    Clock clock{Period{333'300}};
    std::vector<sc_core::sc_time> heard;
    Script script{"script", [&] {
                      for (int cycle = 1; cycle <= 10; ++cycle) {
                          clock.wait(cycles(1));
                          EXPECT_EQ(clock.now(), cycles(cycle));
                          heard.push_back(sc_core::sc_time_stamp());
                      }
                  }};
    sc_core::sc_start();
    EXPECT_EQ(heard[0], nanoseconds(0.334));
    EXPECT_EQ(heard[1], nanoseconds(0.667));
    EXPECT_EQ(heard[2], nanoseconds(1));
    EXPECT_EQ(heard[9], nanoseconds(3.333));
}

TEST(Clock, DoesNotDriftInSteps)
{
    // 700 steps of 1/7 of a cycle, rounded to 143 thousandths, are 100.1 cycles: at 300 ps 30,030 ps.
    Clock clock{Period::picoseconds(300)};
    Script script{"script", [&] {
                      for (int step = 0; step < 700; ++step) clock.wait(cycles(0.143));
                      EXPECT_EQ(clock.now(), cycles(100.1));
                      EXPECT_EQ(sc_core::sc_time_stamp(), nanoseconds(30.03));
                  }};
    sc_core::sc_start();
}

TEST(Clock, IsOneMomentInATick)
{
    // A tick of a cycle of 100 ps is 10 thousandths of it. Of those that await 3 and 5 both get 5; after four ticks, for
    // which nobody waits, it is 40.
    Clock clock{Period::picoseconds(100)};
    std::vector<sc_core::sc_time> moments;
    const auto awaits = [&](double thousandths) {
        return [&clock, &moments, thousandths] {
            clock.wait(cycles(thousandths / 1000));
            moments.push_back(clock.now());
        };
    };
    ClockedEvent cancelled{clock};
    Script first{"first", awaits(3)};
    Script second{"second", awaits(5)};
    Script third{"third", [&] {
                     cancelled.notify(cycles(0.012));
                     cancelled.cancel();
                     sc_core::wait(nanoseconds(0.004));
                     moments.push_back(clock.now());
                 }};
    sc_core::sc_start();
    EXPECT_THAT(moments, testing::ElementsAre(cycles(0.005), cycles(0.005), cycles(0.04)));
}

TEST(Clock, RefusesWhatIsNoPeriod)
{
    EXPECT_THROW(Clock{Period{-1}}, InputError);
    EXPECT_THROW(Clock{Period::picoseconds(1'000'000'001)}, InputError);
    EXPECT_EQ(Period::megahertz(1200), Period{833'333});
}

/// Clock time is in ticks of the kernel: of 10 ns each, a cycle would have none, and a frame would take no time.
TEST(Clock, IsRefusedWhereATickIsLongerThanANanosecond)
{
    sc_core::sc_set_default_time_unit(10, sc_core::SC_NS);
    sc_core::sc_set_time_resolution(10, sc_core::SC_NS);
    try {
        const Clock clock;
        ADD_FAILURE() << "is accepted";
    } catch (const InputError& error) {
        EXPECT_STREQ(error.what(), "time resolution: is 10 ns, expected 1 ns or finer");
    }
}

TEST(Clock, TakesTicksOfANanosecond)
{
    sc_core::sc_set_time_resolution(1, sc_core::SC_NS);
    Clock clock{Period::picoseconds(1500)};
    sc_core::sc_time end;
    Script script{"script", [&] {
                      clock.wait(cycles(3));
                      end = sc_core::sc_time_stamp();
                      EXPECT_EQ(clock.cycles_since(sc_core::SC_ZERO_TIME), 3);
                  }};
    sc_core::sc_start();
    EXPECT_EQ(end, nanoseconds(5)) << "the first tick at or after 4.5 ns";
}

class SlowedDown : public testing::TestWithParam<bool> {};

TEST_P(SlowedDown, TransfersTakeTheirCycles)
{
    // 10 words: 4 in 4 ns, then the other 6 at 2 ns each.
    Clock clock;
    std::unique_ptr<Arbiter> ports;
    if (GetParam()) {
        ports = std::make_unique<TransferArbiter>("ports", clock, 1);
    } else {
        ports = std::make_unique<RoundRobinArbiter>("ports", clock, 1);
    }
    Taker taker{"taker", *ports, {{0, 10}}};
    Script changes{"changes", [&] {
                       sc_core::wait(nanoseconds(4));
                       clock.set_period(Period::picoseconds(2000));
                   }};
    sc_core::sc_start();
    EXPECT_EQ(taker.end(), 4 + 6 * 2);
}

INSTANTIATE_TEST_SUITE_P(Arbiters, SlowedDown, testing::Bool(),
                         [](const auto& test) { return test.param ? "transfer" : "round_robin"; });

}  // namespace
}  // namespace plumbline::sim
