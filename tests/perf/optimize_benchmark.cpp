// SPDX-License-Identifier: Apache-2.0
// How long `optimize` looks for the best partition of a network into stacks, and the best tile and mode for each.
//
// Goals on two cores: ResNet18 on Meta_prototype_DF in 30 s; all networks that are shipped on all accelerators in 10 minutes
// together; one network on two threads 1.8 times as fast as on one (medians).
#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <sstream>
#include <string>

#include <benchmark/benchmark.h>
#include <systemc>

#include "goals.hpp"
#include "run.hpp"

namespace {

using namespace plumbline;

/// Seconds that pass until the command has its answer.
double seconds_to_optimize(benchmark::State& state, const std::string& accelerators, const std::string& workloads,
                           int threads)
{
    std::ostringstream out;
    std::ostringstream err;
    const auto begin = std::chrono::steady_clock::now();
    const int code = cli::run(
        {"optimize", "--accelerator", accelerators, "--workload", workloads, "--threads", std::to_string(threads)}, out,
        err);
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begin;
    if (code != 0) state.SkipWithError(err.str().c_str());
    return taken.count();
}

void optimize(benchmark::State& state, const std::string& accelerators, const std::string& workloads, double limit)
{
    double seconds = 0;
    for (auto _ : state) seconds = seconds_to_optimize(state, accelerators, workloads, 2);
    Goals goals{state};
    goals.below((workloads + " on " + accelerators).c_str(), seconds, limit, "s");
}
BENCHMARK_CAPTURE(optimize, resnet18, "meta_prototype_df", "resnet18", 30)
    ->Iterations(1)
    ->Unit(benchmark::kSecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();
BENCHMARK_CAPTURE(optimize, all, "all", "all", 600)
    ->Iterations(1)
    ->Unit(benchmark::kSecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();

/// On one thread and on two in turn, so that a machine that is busy for a while slows both down.
double times_as_fast_on_two_threads(benchmark::State& state, const std::string& accelerator,
                                    const std::string& workload)
{
    constexpr std::size_t kRuns = 5;
    std::array<double, kRuns> alone{};
    std::array<double, kRuns> both{};
    for (std::size_t run = 0; run < kRuns; ++run) {
        alone[run] = seconds_to_optimize(state, accelerator, workload, 1);
        both[run] = seconds_to_optimize(state, accelerator, workload, 2);
    }
    const auto median = [](std::array<double, kRuns>& seconds) {
        std::sort(seconds.begin(), seconds.end());
        return seconds[kRuns / 2];
    };
    return median(alone) / median(both);
}

void optimize_on_two_threads(benchmark::State& state, const std::string& workload)
{
    double times = 0;
    for (auto _ : state) times = times_as_fast_on_two_threads(state, "meta_prototype_df", workload);
    Goals goals{state};
    goals.at_least(workload.c_str(), times, 1.8, "times");
}
BENCHMARK_CAPTURE(optimize_on_two_threads, dmcnnvd, "dmcnnvd")
    ->Iterations(1)
    ->Unit(benchmark::kSecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();
BENCHMARK_CAPTURE(optimize_on_two_threads, mobilenetv2, "mobilenetv2")
    ->Iterations(1)
    ->Unit(benchmark::kSecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();
BENCHMARK_CAPTURE(optimize_on_two_threads, resnet50, "resnet50")
    ->Iterations(1)
    ->Unit(benchmark::kSecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();

}  // namespace

int sc_main(int argc, char* argv[])
{
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
    return Goals::exit_status();
}
