// SPDX-License-Identifier: Apache-2.0
// Machines as modules of a platform: started on demand, reset at any time, several side by side, and wrongly built.
#include "plumbline/sim/machine.hpp"

#include <gmock/gmock.h>

#include <random>

#include "plumbline/error.hpp"
#include "plumbline/sim/counters.hpp"
#include "plumbline/sim/dram.hpp"
#include "plumbline/sim/run_events.hpp"
#include "plumbline/sim/schedule_program.hpp"
#include "systemc/equal_counters.hpp"
#include "systemc/off_chip/slow_dram.hpp"
#include "systemc/tlm/protocol_monitor.hpp"
#include "systemc/two_layers.hpp"

namespace plumbline::sim {
namespace {

using namespace plumbline::small;
using testing::HasSubstr;

MachineOptions on_demand()
{
    MachineOptions options;
    options.start = Start::on_demand;
    return options;
}

/// A machine for the two layers, with a memory that takes a while.
struct Platform {
    explicit Platform(const Accelerator& chosen = small::accelerator(), const std::string& name = "machine",
                      const MachineOptions& options = on_demand())
        : accelerator{chosen},
          program{compile(accelerator, network.workload(), network.schedule())},
          machine{name.c_str(), accelerator, program, options},
          dram{(name + "_dram").c_str()}
    {
        machine.off_chip().bind(dram.socket);
        dram.waits = {3, sc_core::SC_NS};
        dram.annotates = {2, sc_core::SC_NS};
    }

    Counters counters() const { return machine.counters(network.workload()); }
    Counters run()
    {
        machine.start();
        sc_core::sc_start();
        return counters();
    }

    TwoLayers network;
    Accelerator accelerator;
    ScheduleProgram program;
    Machine machine;
    SlowDram dram;
};

TEST(Machine, WaitsUntilItIsStarted)
{
    Platform platform;
    sc_core::sc_start(100, sc_core::SC_NS);
    EXPECT_EQ(platform.counters().cycles, Cycles{0});
    EXPECT_EQ(platform.run().outputs, 2 * 7 * 2);
}

TEST(Machine, TakesMemoriesOfAnyName)
{
    // SystemC would warn of each, and a warning fails a test: names of other parts, characters that it keeps for itself.
    const Accelerator plain = small::accelerator();
    const std::vector<std::string> names{"mac_array",  "sram 64.KB [x]", "fill_I1_0",
                                         "a_memory_1", "sequencer",      "off_chip"};
    std::vector<plumbline::Memory> renamed = plain.memories();
    ASSERT_LE(renamed.size(), names.size());
    for (std::size_t i = 0; i < renamed.size(); ++i) renamed[i].name = names[i];
    Platform platform{plain};
    Platform other{Accelerator{plain.name(), plain.array(), renamed}, "other"};
    const Counters counters = platform.run();
    expect_equal(other.run(), counters);
}

TEST(Machine, RunsAgainWithTheSameCountersAndAddresses)
{
    Platform platform;
    const Counters first = platform.run();
    const auto addresses = platform.dram.transactions.size();
    expect_equal(platform.run(), first);
    ASSERT_EQ(platform.dram.transactions.size(), 2 * addresses);
    for (std::size_t i = 0; i < addresses; ++i) {
        EXPECT_EQ(platform.dram.transactions[i].address, platform.dram.transactions[i + addresses].address);
    }
}

TEST(Machine, ForgetsARunThatIsResetAtAnyTime)
{
    Platform platform;
    const Counters fresh = platform.run();
    const unsigned seed = 20261;
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random{seed};
    const auto picoseconds = static_cast<int>(fresh.cycles.count() * 1000);
    std::uniform_int_distribution<int> times{0, picoseconds};
    for (int i = 0; i < 50; ++i) {
        platform.machine.start();
        sc_core::sc_start(times(random), sc_core::SC_PS);
        platform.machine.reset();
        sc_core::sc_start(1, sc_core::SC_PS);  // a few delta cycles
        EXPECT_EQ(platform.counters().cycles, Cycles{0});
        EXPECT_TRUE(platform.counters().traffic.empty());
        sc_core::sc_start(picoseconds, sc_core::SC_PS);
        EXPECT_TRUE(platform.counters().traffic.empty()) << "something went on after reset";
        expect_equal(platform.run(), fresh);
    }
}

TEST(Machine, MayBeResetAndStartedInTheSameInstant)
{
    Platform platform;
    const Counters fresh = platform.run();
    platform.machine.start();
    sc_core::sc_start(7, sc_core::SC_NS);
    platform.machine.reset();
    platform.machine.start();
    sc_core::sc_start();
    expect_equal(platform.counters(), fresh);
}

TEST(Machine, MayBeResetFromWithinItself)
{
    bool asked = false;
    Machine* machine = nullptr;
    MachineOptions options = on_demand();
    options.observer.moved = [&](const TransferEvent&) {
        if (asked) return;
        asked = true;
        machine->reset();
        machine->start();
    };
    Platform platform{small::accelerator(), "machine", options};
    machine = &platform.machine;
    const Counters counters = platform.run();
    expect_equal(platform.run(), counters);
    EXPECT_EQ(counters.outputs, 2 * 7 * 2);
}

struct Host : sc_core::sc_module {
    SC_HAS_PROCESS(Host);
    Host(const sc_core::sc_module_name& name, Machine& machine) : sc_core::sc_module{name}, machine_{&machine}
    {
        SC_THREAD(work);
    }
    int jobs = 0;

private:
    void work()
    {
        for (; jobs < 3; ++jobs) {
            machine_->start();
            sc_core::wait(machine_->finished());
        }
    }
    Machine* machine_;
};

TEST(Machine, TellsAHostWhenAJobIsFinished)
{
    Platform platform;
    Host host{"host", platform.machine};
    sc_core::sc_start();
    EXPECT_EQ(host.jobs, 3);
}

Accelerator wider()
{
    std::vector<plumbline::Memory> memories = small::accelerator().memories();
    memories[kDram].ports[0].width = memories[kDram].ports[0].granule = Bits{64};
    return {"wider", small::accelerator().array(), memories};
}

TEST(Machine, RunsBesideAnotherAsIfAlone)
{
    Platform one{small::accelerator(), "one", {}};
    Platform other{wider(), "other", {}};
    sc_core::sc_start();
    const Counters together = one.counters();
    const Counters other_together = other.counters();
    EXPECT_NE(together.cycles, other_together.cycles);
    expect_equal(one.run(), together);
    expect_equal(other.run(), other_together);
}

std::string message_of(const std::function<void()>& action)
{
    sc_core::sc_report_handler::set_actions(sc_core::SC_ERROR, sc_core::SC_THROW);
    try {
        action();
    } catch (const std::exception& error) {
        return error.what();
    }
    return "";
}

TEST(Machine, KeepsToTheBaseProtocolOnEverySocket)
{
    std::vector<std::unique_ptr<ProtocolMonitor>> monitors;
    const Binder through_monitors = [&](auto& initiator, auto& target) {
        monitors.push_back(std::make_unique<ProtocolMonitor>(sc_core::sc_gen_unique_name("monitor")));
        initiator.bind(monitors.back()->in);
        monitors.back()->out.bind(target);
    };
    const TwoLayers network;
    const Accelerator accelerator = small::accelerator();
    const ScheduleProgram program = compile(accelerator, network.workload(), network.schedule());
    Machine machine{"machine", accelerator, program, {}, through_monitors};
    Dram dram{"dram", dram_parameters(accelerator.memory(kDram))};
    through_monitors(machine.off_chip(), dram.socket);
    sc_core::sc_start();
    // Initiators to the crossbar: the array, 8 fillers (3 of second inputs) and 2 drainers, and a copier; crossbar to ports: 2 + 4 + 2 + 1.
    EXPECT_EQ(monitors.size(), (1 + 8 + 2 + 1) + 9 + 1U);
    EXPECT_GT(monitors.back()->transactions(), 0);
    for (const auto& monitor : monitors) EXPECT_THAT(monitor->violations(), testing::IsEmpty());
}

TEST(Machine, NamesTheSocketThatNoMemoryIsBoundTo)
{
    const TwoLayers network;
    const Accelerator accelerator = small::accelerator();
    const ScheduleProgram program = compile(accelerator, network.workload(), network.schedule());
    Machine machine{"machine", accelerator, program};
    EXPECT_THAT(message_of([] { sc_core::sc_start(); }), HasSubstr("machine.off_chip.socket"));
}

TEST(Machine, CannotBeBuiltOnceSimulationHasStarted)
{
    sc_core::sc_start(1, sc_core::SC_NS);
    EXPECT_THAT(message_of([] { const Platform late; }), HasSubstr("E529"));
}

TEST(Machine, RefusesTheProgramOfAnotherAccelerator)
{
    const TwoLayers network;
    const Accelerator accelerator = small::accelerator();
    const Accelerator other = wider();
    const ScheduleProgram program = compile(other, network.workload(), network.schedule());
    EXPECT_THAT(message_of([&] {
                    const Machine machine{"machine", accelerator, program};
                }),
                HasSubstr("is 'wider', expected that of the machine, 'small'"));
}

}  // namespace
}  // namespace plumbline::sim
