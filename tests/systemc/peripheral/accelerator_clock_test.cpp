// SPDX-License-Identifier: Apache-2.0
// The accelerator's clock: what it counts does not depend on its period, what it takes does.
#include <gmock/gmock.h>

#include <random>

#include "accelerator_platform.hpp"
#include "plumbline/error.hpp"

namespace plumbline::test {
namespace {

using Fidelity = sim::AcceleratorFidelity;
using Platform = AcceleratorPlatform;

sc_core::sc_time picoseconds(std::int64_t count) { return {static_cast<double>(count), sc_core::SC_PS}; }

/// RAM and registers take no time here: a job begins in the instant of its doorbell and takes its cycles.
sim::AcceleratorOptions clocked_options(Fidelity fidelity, sim::Period period = {})
{
    sim::AcceleratorOptions options = real_data(fidelity);
    options.register_latency = sim::Nanoseconds{0};
    options.period = period;
    return options;
}

/// A job that interrupts, and what it took.
struct MeasuredJob {
    std::uint64_t cycles = 0;
    sc_core::sc_time time;
};

MeasuredJob measured_job(RegisterHost& host)
{
    host.write(PLUMBLINE_REG_CONTROL, PLUMBLINE_CONTROL_CLEAR);
    const sc_core::sc_time begin = sc_core::sc_time_stamp();
    host.enable_interrupts();
    host.start(Platform::kJob);
    host.await_interrupt();
    MeasuredJob run{host.read_pair(PLUMBLINE_REG_CYCLES_LOW), sc_core::sc_time_stamp() - begin};
    EXPECT_EQ(host.read(PLUMBLINE_REG_ERROR), PLUMBLINE_ERROR_NONE);
    host.acknowledge();
    sc_core::wait(picoseconds(1000));  // until the line is low
    return run;
}

class ClockOf : public testing::TestWithParam<Fidelity> {};

TEST_P(ClockOf, ChangesTimesAndNoCycles)
{
    Platform platform{clocked_options(GetParam())};
    platform.store(Platform::job());
    platform.run([&](RegisterHost& host) {
        const MeasuredJob nanosecond = measured_job(host);
        EXPECT_EQ(nanosecond.time, picoseconds(1000) * static_cast<double>(nanosecond.cycles));
        for (std::int64_t femtoseconds : {1'250'000, 1'666'667, 10'000'000, 833'333, 300'300}) {
            platform.accelerator.set_period(sim::Period{femtoseconds});
            const MeasuredJob run = measured_job(host);
            EXPECT_EQ(run.cycles, nanosecond.cycles) << femtoseconds;
            const auto cycles = static_cast<std::int64_t>(run.cycles);
            EXPECT_EQ(run.time, picoseconds((femtoseconds * cycles + 999) / 1000)) << femtoseconds;
        }
        EXPECT_EQ(platform.accelerator.period(), sim::Period{300'300});
    });
    EXPECT_TRUE(platform.host.done);
}

/// Two initiators and a memory.
struct SharedBus : sc_core::sc_module {
    tlm_utils::multi_passthrough_target_socket<SharedBus> in{"in"};
    tlm_utils::simple_initiator_socket<SharedBus> out{"out"};

    explicit SharedBus(const sc_core::sc_module_name& name) : sc_core::sc_module{name}
    {
        in.register_b_transport(this, &SharedBus::b_transport);
        in.register_transport_dbg(this, &SharedBus::transport_dbg);
    }

private:
    void b_transport(int, tlm::tlm_generic_payload& payload, sc_core::sc_time& delay)
    {
        out->b_transport(payload, delay);
    }
    unsigned transport_dbg(int, tlm::tlm_generic_payload& payload) { return out->transport_dbg(payload); }
};

TEST_P(ClockOf, IsItsOwnBesideAnotherOnTheSameBus)
{
    const auto later = Platform::Memory::bound_later;
    Platform fast{clocked_options(GetParam(), sim::Period::picoseconds(800)), Platform::two_programs(), "fast_", later};
    Platform slow{clocked_options(GetParam(), sim::Period::picoseconds(3000)), Platform::two_programs(), "slow_",
                  later};
    SharedBus bus{"bus"};
    IdleInitiator idle{"idle"};
    fast.to_memory.out.bind(bus.in);
    slow.to_memory.out.bind(bus.in);
    bus.out.bind(fast.ram.socket);
    idle.out.bind(slow.ram.socket);
    MeasuredJob runs[2];
    fast.store(Platform::job());
    for (Platform* platform : {&fast, &slow}) {
        platform->host.stops = false;
        platform->host.script = [&, platform](RegisterHost& host) { runs[platform == &slow] = measured_job(host); };
    }
    sc_core::sc_start();
    EXPECT_GT(runs[0].cycles, 0U);
    EXPECT_EQ(runs[0].cycles, runs[1].cycles);
    EXPECT_EQ(runs[0].time, picoseconds(800) * static_cast<double>(runs[0].cycles));
    EXPECT_EQ(runs[1].time, picoseconds(3000) * static_cast<double>(runs[1].cycles));
}

TEST_P(ClockOf, MayChangeAndStandStillWhileAJobRuns)
{
    Platform platform{clocked_options(GetParam())};
    platform.store(Platform::job());
    const unsigned seed = 7;
    platform.run([&](RegisterHost& host) {
        const MeasuredJob alone = measured_job(host);
        const sim::FeatureValues output = platform.output();
        std::mt19937 random{seed};
        for (int i = 0; i < 20; ++i) {
            platform.forget_output();
            host.write(PLUMBLINE_REG_CONTROL, PLUMBLINE_CONTROL_CLEAR);
            host.enable_interrupts();
            host.start(Platform::kJob);
            for (int change = 0; change < 5; ++change) {
                host.sync();
                sc_core::wait(picoseconds(1000 + static_cast<std::int64_t>(random() % 8000)));
                const auto femtoseconds = static_cast<std::int64_t>(500'000 + random() % 2'000'000);
                platform.accelerator.set_period(sim::Period{change == 2 ? 0 : femtoseconds});
            }
            host.await_interrupt();
            EXPECT_EQ(host.read_pair(PLUMBLINE_REG_CYCLES_LOW), alone.cycles) << "seed " << seed << ", run " << i;
            EXPECT_EQ(platform.output(), output);
            host.acknowledge();
        }
    });
    EXPECT_TRUE(platform.host.done);
}

TEST_P(ClockOf, KeepsItsCyclesWhileItIsGated)
{
    Platform platform{clocked_options(GetParam())};
    platform.store(Platform::job());
    platform.run([&](RegisterHost& host) {
        const MeasuredJob alone = measured_job(host);
        ASSERT_GT(alone.cycles, 10U);
        host.write(PLUMBLINE_REG_CONTROL, PLUMBLINE_CONTROL_CLEAR);
        host.enable_interrupts();
        host.start(Platform::kJob);
        host.sync();
        sc_core::wait(picoseconds(7000));
        platform.accelerator.set_period(sim::Period{0});
        sc_core::wait(picoseconds(1'000'000));
        EXPECT_EQ(host.read_pair(PLUMBLINE_REG_CYCLES_LOW), 7U);
        EXPECT_EQ(host.read(PLUMBLINE_REG_STATUS), PLUMBLINE_STATUS_BUSY);
        platform.accelerator.set_period(sim::Period{});
        const sc_core::sc_time begin = sc_core::sc_time_stamp();
        host.await_interrupt();
        EXPECT_EQ(sc_core::sc_time_stamp() - begin, picoseconds(1000) * static_cast<double>(alone.cycles - 7));
        EXPECT_EQ(host.read_pair(PLUMBLINE_REG_CYCLES_LOW), alone.cycles);
    });
    EXPECT_TRUE(platform.host.done);
}

INSTANTIATE_TEST_SUITE_P(AtEveryFidelity, ClockOf,
                         testing::Values(Fidelity::cycle, Fidelity::transaction, Fidelity::analytical),
                         [](const auto& test) { return std::string{name_of(test.param)}; });

TEST(AcceleratorClock, RefusesWhatIsNoPeriod)
{
    EXPECT_THROW(Platform{clocked_options(Fidelity::analytical, sim::Period{-5})}, InputError);
}

}  // namespace
}  // namespace plumbline::test
