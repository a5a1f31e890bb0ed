// SPDX-License-Identifier: Apache-2.0
// How long `optimize` looks for the best partition of a network into stacks, and the best tile and mode for each.
//
// Goals on two cores: ResNet18 on Meta_prototype_DF in 30 s; all networks that are shipped on all accelerators in 10 minutes
// together; one network on two threads 1.8 times as fast as on one.
#include <chrono>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

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

void optimize_on_two_threads(benchmark::State& state)
{
    std::vector<std::pair<std::string, double>> faster;
    for (auto _ : state)
        for (const char* network : {"dmcnnvd", "mobilenetv2", "resnet50"}) {
            const double alone = seconds_to_optimize(state, "meta_prototype_df", network, 1);
            faster.emplace_back(network, alone / seconds_to_optimize(state, "meta_prototype_df", network, 2));
        }
    Goals goals{state};
    for (const auto& [network, times] : faster) goals.at_least(network.c_str(), times, 1.8, "times");
}
BENCHMARK(optimize_on_two_threads)->Iterations(1)->Unit(benchmark::kSecond)->MeasureProcessCPUTime()->UseRealTime();

}  // namespace

int sc_main(int argc, char* argv[])
{
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
    return Goals::exit_status();
}
