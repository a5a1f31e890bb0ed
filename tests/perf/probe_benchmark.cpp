// SPDX-License-Identifier: Apache-2.0
// What a probe costs a platform that knows nothing of it.
//
// frame        the machine at transaction granularity, FSRCNN on Meta_prototype_DF, in bursts of 64 bytes, without and with a
//              probe between it and its off-chip memory. Goal: at most 5 % slower
// transaction  nothing but one transaction after another, to the same memory without and with a probe on its way: the price
//              of the probe's code, in nanoseconds, beside a transaction that copies its bytes and waits or does not wait
//
// Both ways take turns; what counts is the time of the fastest run of each, on its core.
#include <algorithm>
#include <cstring>
#include <ctime>
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>
#include <tlm_utils/simple_initiator_socket.h>
#include <tlm_utils/simple_target_socket.h>

#include "goals.hpp"
#include "plumbline/io/yaml.hpp"
#include "plumbline/plan.hpp"
#include "plumbline/sim/dram.hpp"
#include "plumbline/sim/machine.hpp"
#include "plumbline/sim/off_chip_layout.hpp"
#include "plumbline/sim/probe.hpp"
#include "plumbline/sim/schedule_program.hpp"
#include "test_data.hpp"

namespace {

using namespace plumbline;

constexpr std::size_t kMemoryBytes = 1U << 16U;
constexpr int kFrames = 15;

/// One memory for both ways, so that caches of the host favour neither.
struct PlainMemory : sc_core::sc_module {
    tlm_utils::simple_target_socket<PlainMemory> direct{"direct"};
    tlm_utils::simple_target_socket<PlainMemory> probed{"probed"};

    explicit PlainMemory(const sc_core::sc_module_name& name) : sc_core::sc_module{name}, bytes_(kMemoryBytes)
    {
        direct.register_b_transport(this, &PlainMemory::b_transport);
        probed.register_b_transport(this, &PlainMemory::b_transport);
    }

private:
    void b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay)
    {
        unsigned char* const here = bytes_.data() + payload.get_address();
        std::memcpy(payload.get_data_ptr(), here, payload.get_data_length());
        delay += kLatency;
        payload.set_response_status(tlm::TLM_OK_RESPONSE);
    }

    const sc_core::sc_time kLatency{20, sc_core::SC_NS};
    std::vector<unsigned char> bytes_;
};

struct PlainInitiator : sc_core::sc_module {
    tlm_utils::simple_initiator_socket<PlainInitiator> socket{"socket"};

    explicit PlainInitiator(const sc_core::sc_module_name& name) : sc_core::sc_module{name} {}

    void transact(std::vector<unsigned char>& data, bool waits)
    {
        payload_.set_command(tlm::TLM_READ_COMMAND);
        payload_.set_address(address_);
        payload_.set_data_ptr(data.data());
        payload_.set_data_length(static_cast<unsigned>(data.size()));
        payload_.set_streaming_width(static_cast<unsigned>(data.size()));
        payload_.set_response_status(tlm::TLM_INCOMPLETE_RESPONSE);
        sc_core::sc_time delay = sc_core::SC_ZERO_TIME;
        socket->b_transport(payload_, delay);
        if (waits) sc_core::wait(delay);
        address_ = (address_ + data.size()) % (kMemoryBytes - data.size());
    }

private:
    tlm::tlm_generic_payload payload_;
    sc_dt::uint64 address_ = 0;
};

/// Eight ranges, as operands and tensors of an accelerator would have.
std::vector<sim::ProbeRange> ranges(sc_dt::uint64 size)
{
    std::vector<sim::ProbeRange> all;
    const sc_dt::uint64 bytes = size / 8;
    for (sc_dt::uint64 i = 0; i < 8; ++i) {
        all.push_back({"range", i * bytes, (i + 1) * bytes - 1, {"sram", "I1", "read_down"}, {}});
    }
    return all;
}

struct Subject {
    Accelerator accelerator;
    Workload workload;
    Schedule schedule;
    sim::ScheduleProgram program;
};

Subject subject()
{
    const std::string platforms = plumbline::kPlatformsFolder;
    Accelerator accelerator = io::read_accelerator(platforms + "/accelerators/meta_prototype_df.yaml");
    Workload workload = io::read_workload(platforms + "/workloads/defines/fsrcnn.yaml");
    PlanOptions options;
    options.stacks = {{TileSize{60, 72}, OverlapMode::fully_cached}};
    Outcome<Schedule> schedule =
        plan_schedule(accelerator, workload, io::read_mapping(platforms + "/mappings/meta_prototype.yaml"), options);
    if (!schedule) throw std::runtime_error(schedule.reason());
    sim::ScheduleProgram program = sim::compile(accelerator, workload, *schedule);
    return {std::move(accelerator), std::move(workload), std::move(*schedule), std::move(program)};
}

/// Bursts of a cache line, as most buses and DRAMs move.
sim::MachineOptions on_demand()
{
    sim::MachineOptions options;
    options.start = sim::Start::on_demand;
    options.off_chip.longest_burst = 64;
    return options;
}

sim::DramParameters dram_of(const Accelerator& accelerator)
{
    const MemoryId top = accelerator.top();
    sim::DramParameters parameters = sim::dram_parameters(accelerator.memory(top), accelerator.instances(top));
    parameters.contents = sim::DramParameters::Contents::dropped;
    return parameters;
}

/// The same accelerator twice, one of them watched.
struct Frames : sc_core::sc_module {
    sim::Machine direct;
    sim::Machine probed;
    sim::Dram direct_dram;
    sim::Dram probed_dram;
    sim::Probe probe;

    Frames(const sc_core::sc_module_name& name, const Subject& of)
        : sc_core::sc_module{name},
          direct{"direct", of.accelerator, of.program, on_demand()},
          probed{"probed", of.accelerator, of.program, on_demand()},
          direct_dram{"direct_dram", dram_of(of.accelerator)},
          probed_dram{"probed_dram", dram_of(of.accelerator)},
          probe{"probe", ranges(sim::off_chip_layout(of.accelerator, of.workload, of.schedule).size())}
    {
        direct.off_chip().bind(direct_dram.socket);
        probed.off_chip().bind(probe.in);
        probe.out.bind(probed_dram.socket);
    }
};

double seconds_of_this_thread()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

double measure_frame(sim::Machine& machine)
{
    const double begin = seconds_of_this_thread();
    machine.start();
    sc_core::wait(machine.finished());
    return seconds_of_this_thread() - begin;
}

/// Nanoseconds of a transaction in a short run.
double measure_transactions(PlainInitiator& initiator, std::vector<unsigned char>& data, bool waits)
{
    constexpr int kTransactions = 500;
    const double begin = seconds_of_this_thread();
    for (int i = 0; i < kTransactions; ++i) initiator.transact(data, waits);
    return (seconds_of_this_thread() - begin) * 1e9 / kTransactions;
}

struct Fastest {
    double direct = std::numeric_limits<double>::max();
    double probed = std::numeric_limits<double>::max();
    double slower_by_percent() const { return 100 * (probed / direct - 1); }
};

/// A kernel lives once, so the benchmarks run inside its only thread.
struct Platform : sc_core::sc_module {
    PlainInitiator direct{"direct"};
    PlainInitiator probed{"probed"};
    sim::Probe probe{"probe", ranges(kMemoryBytes)};
    PlainMemory memory{"memory"};
    Frames frames;

    SC_HAS_PROCESS(Platform);
    Platform(const sc_core::sc_module_name& name, const Subject& of) : sc_core::sc_module{name}, frames{"frames", of}
    {
        direct.socket.bind(memory.direct);
        probed.socket.bind(probe.in);
        probe.out.bind(memory.probed);
        SC_THREAD(run);
        set_stack_size(8U << 20U);
    }

private:
    void run()
    {
        benchmark::RegisterBenchmark("frame", [this](benchmark::State& state) { compare_frames(state); })
            ->Iterations(kFrames)
            ->Unit(benchmark::kMillisecond)
            ->UseManualTime();
        benchmark::RegisterBenchmark("transaction", [this](benchmark::State& state) { compare_transactions(state); })
            ->ArgNames({"bytes", "waits"})
            ->Args({4096, 1})
            ->Args({64, 1})
            ->Args({64, 0})
            ->Iterations(2000)
            ->UseManualTime();
        benchmark::RunSpecifiedBenchmarks();
    }

    void compare_frames(benchmark::State& state)
    {
        Fastest seconds;
        for (auto _ : state) {
            seconds.direct = std::min(seconds.direct, measure_frame(frames.direct));
            const double probed_now = measure_frame(frames.probed);
            seconds.probed = std::min(seconds.probed, probed_now);
            state.SetIterationTime(probed_now);
        }
        state.counters["transactions"] = static_cast<double>(transactions(frames.probe.log())) / kFrames;
        Goals{state}.below("slower by", seconds.slower_by_percent(), 5, "%");
    }

    void compare_transactions(benchmark::State& state)
    {
        std::vector<unsigned char> data(static_cast<std::size_t>(state.range(0)));
        const bool waits = state.range(1) == 1;
        Fastest nanoseconds;
        for (auto _ : state) {
            nanoseconds.direct = std::min(nanoseconds.direct, measure_transactions(direct, data, waits));
            const double probed_now = measure_transactions(probed, data, waits);
            nanoseconds.probed = std::min(nanoseconds.probed, probed_now);
            state.SetIterationTime(probed_now * 1e-9);
        }
        state.counters["direct_ns"] = nanoseconds.direct;
        state.counters["probed_ns"] = nanoseconds.probed;
        state.counters["slower_%"] = nanoseconds.slower_by_percent();
    }

    static std::int64_t transactions(const sim::ProbeLog& log)
    {
        std::int64_t sum = 0;
        for (std::size_t range = 0; range < 8; ++range)
            sum += log.reads(range).transactions + log.writes(range).transactions;
        return sum;
    }
};

}  // namespace

int sc_main(int argc, char* argv[])
{
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
    const Subject of = subject();
    Platform platform{"platform", of};
    sc_core::sc_start();
    return Goals::exit_status();
}
