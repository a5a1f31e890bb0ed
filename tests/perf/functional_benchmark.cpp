// SPDX-License-Identifier: Apache-2.0
// How long a machine that computes takes for a whole frame: FSRCNN 960x540 on Meta_prototype_DF, tile 60x72,
// fully-cached, every tile.
//
// Goal: below 20 s on one core, in user code and in the kernel, and below 500 MB. The output equals the reference; anything else
// is an error. The reference itself is not timed.
#include <benchmark/benchmark.h>

#include <ctime>
#include <string>

#include <sys/resource.h>
#include <systemc>

#include "goals.hpp"
#include "plumbline/io/yaml.hpp"
#include "plumbline/plan.hpp"
#include "plumbline/sim/simulate.hpp"
#include "plumbline/validate/reference_network.hpp"
#include "test_data.hpp"

namespace {

using namespace plumbline;

const std::string kPlatforms = plumbline::kPlatformsFolder;

double peak_megabytes()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) * 1024 / 1e6;
}

void compute_fsrcnn(benchmark::State& state)
{
    const Accelerator accelerator = io::read_accelerator(kPlatforms + "/accelerators/meta_prototype_df.yaml");
    const Workload workload = io::read_workload(kPlatforms + "/workloads/defines/fsrcnn.yaml");
    const MappingRules rules = io::read_mapping(kPlatforms + "/mappings/meta_prototype.yaml", accelerator);
    PlanOptions options;
    options.stacks = {{TileSize{60, 72}}};
    const auto schedule = plan_schedule(accelerator, workload, rules, options);
    if (!schedule) return state.SkipWithError(schedule.reason().c_str());
    const sim::NetworkData data = sim::random_data(workload, 1);
    sim::ComputedRun run;
    const std::clock_t begin = std::clock();
    for (auto _ : state) run = sim::simulate(accelerator, workload, *schedule, data);
    const double seconds = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
    const double megabytes = peak_megabytes();
    const bool equal = run.outputs == validate::reference_outputs(workload, data);
    Goals goals{state};
    goals.below("whole frame", seconds, 20, "s");
    goals.below("memory", megabytes, 500, "MB");
    goals.at_least("outputs equal to the reference", equal ? 1 : 0, 1, "");
}
// A process simulates once.
BENCHMARK(compute_fsrcnn)->Iterations(1)->Unit(benchmark::kSecond)->UseRealTime();

}  // namespace

/// SystemC's library has main() and calls this.
int sc_main(int count, char* arguments[])
{
    benchmark::Initialize(&count, arguments);
    benchmark::RunSpecifiedBenchmarks();
    return Goals::exit_status();
}
