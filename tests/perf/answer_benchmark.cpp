// SPDX-License-Identifier: Apache-2.0
// How long somebody waits who asks what a network in ONNX costs and says nothing of tiles: ResNet18 on Meta_prototype_DF, the
// best of the sweep that the command does by default.
//
// Goal: below 2 s of the processor, threads included.
#include <ctime>
#include <sstream>
#include <string>

#include <benchmark/benchmark.h>
#include <systemc>

#include "goals.hpp"
#include "run.hpp"
#include "test_data.hpp"

namespace {

using namespace plumbline;

void evaluate_resnet18(benchmark::State& state)
{
    const std::string network = std::string{kReferenceFolder} + "/onnx/resnet18.onnx";
    double seconds = 0;
    for (auto _ : state) {
        std::ostringstream out;
        std::ostringstream err;
        const std::clock_t begin = std::clock();
        const int code = cli::run({"evaluate", "--workload", network, "--accelerator", "meta_prototype_df"}, out, err);
        seconds = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
        if (code != 0) state.SkipWithError(err.str().c_str());
    }
    Goals goals{state};
    goals.below("resnet18.onnx", seconds, 2, "s");
}
BENCHMARK(evaluate_resnet18)->Iterations(1)->Unit(benchmark::kMillisecond);

}  // namespace

int sc_main(int argc, char* argv[])
{
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
    return Goals::exit_status();
}
