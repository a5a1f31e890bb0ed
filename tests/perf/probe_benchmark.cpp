// SPDX-License-Identifier: Apache-2.0
// What a probe costs a platform that knows nothing of it: the same transaction, to the same memory, without and with a probe
// on its way.
//
// Goal: at most 5 % at transaction granularity, where a transaction moves a burst and takes time (its initiator waits). Without
// any waiting there is little beside the probe: that case is the price of its code, in nanoseconds. Both ways take turns in
// short runs and use the same buffer; what counts is the time of the fastest run of each, on its core.
#include <algorithm>
#include <cstring>
#include <ctime>
#include <limits>
#include <vector>

#include <benchmark/benchmark.h>
#include <tlm_utils/simple_initiator_socket.h>
#include <tlm_utils/simple_target_socket.h>

#include "goals.hpp"
#include "plumbline/sim/probe.hpp"

namespace {

using namespace plumbline;

constexpr std::size_t kMemoryBytes = 1U << 16U;

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
std::vector<sim::ProbeRange> ranges()
{
    std::vector<sim::ProbeRange> all;
    constexpr sc_dt::uint64 kBytes = kMemoryBytes / 8;
    for (sc_dt::uint64 i = 0; i < 8; ++i) {
        all.push_back({"range", i * kBytes, (i + 1) * kBytes - 1, {"sram", "I1", "read_down"}, {}});
    }
    return all;
}

/// A kernel lives once, so the benchmarks run inside its only thread.
struct Platform : sc_core::sc_module {
    PlainInitiator direct{"direct"};
    PlainInitiator probed{"probed"};
    sim::Probe probe{"probe", ranges()};
    PlainMemory memory{"memory"};

    SC_HAS_PROCESS(Platform);
    explicit Platform(const sc_core::sc_module_name& name) : sc_core::sc_module{name}
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
        benchmark::RegisterBenchmark("probe", [this](benchmark::State& state) { compare(state); })
            ->ArgNames({"bytes", "waits"})
            ->Args({4096, 1})
            ->Args({64, 1})
            ->Args({64, 0})
            ->Iterations(2000)
            ->UseManualTime();
        benchmark::RunSpecifiedBenchmarks();
    }

    /// Nanoseconds of a transaction in a short run.
    static double measure(PlainInitiator& initiator, std::vector<unsigned char>& data, bool waits)
    {
        constexpr int kTransactions = 500;
        timespec begin{};
        timespec end{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &begin);
        for (int i = 0; i < kTransactions; ++i) initiator.transact(data, waits);
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &end);
        const auto seconds = static_cast<double>(end.tv_sec - begin.tv_sec);
        return (seconds * 1e9 + static_cast<double>(end.tv_nsec - begin.tv_nsec)) / kTransactions;
    }

    void compare(benchmark::State& state)
    {
        std::vector<unsigned char> data(static_cast<std::size_t>(state.range(0)));
        const bool waits = state.range(1) == 1;
        double without = std::numeric_limits<double>::max();
        double with = without;
        for (auto _ : state) {
            without = std::min(without, measure(direct, data, waits));
            const double nanoseconds = measure(probed, data, waits);
            with = std::min(with, nanoseconds);
            state.SetIterationTime(nanoseconds * 1e-9);
        }
        state.counters["direct_ns"] = without;
        state.counters["probed_ns"] = with;
        if (waits) Goals{state}.below("slower by", 100 * (with / without - 1), 5, "%");
    }
};

}  // namespace

int sc_main(int argc, char* argv[])
{
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
    Platform platform{"platform"};
    sc_core::sc_start();
    return Goals::exit_status();
}
