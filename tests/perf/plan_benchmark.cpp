// SPDX-License-Identifier: Apache-2.0
// How long planning a schedule of FSRCNN on Meta_prototype_DF takes, mapping search included.
//
// Goal: below 0.1 s a schedule at six loop factors on two cores, so that the 108 points of DeFiNES' case study 1 take
// seconds.
#include <string>

#include <benchmark/benchmark.h>

#include "plumbline/io/yaml.hpp"
#include "plumbline/plan.hpp"
#include "test_data.hpp"

namespace {

using namespace plumbline;

const std::string kPlatforms = plumbline::kPlatformsFolder;

void plan_fsrcnn(benchmark::State& state)
{
    const Accelerator accelerator = io::read_accelerator(kPlatforms + "/accelerators/meta_prototype_df.yaml");
    const Workload workload = io::read_workload(kPlatforms + "/workloads/defines/fsrcnn.yaml");
    const MappingRules rules = io::read_mapping(kPlatforms + "/mappings/meta_prototype.yaml");
    PlanOptions options;
    options.stacks = {{TileSize{60, 72}}};
    options.search.factors = static_cast<int>(state.range(0));
    for (auto _ : state) {
        const auto plan = plan_schedule(accelerator, workload, rules, options);
        if (!plan) state.SkipWithError(plan.reason().c_str());
        benchmark::DoNotOptimize(plan);
    }
}
BENCHMARK(plan_fsrcnn)->ArgName("factors")->Arg(4)->Arg(5)->Arg(6)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
