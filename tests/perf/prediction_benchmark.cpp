// SPDX-License-Identifier: Apache-2.0
// How long one prediction of a prepared schedule takes: FSRCNN on Meta_prototype_DF in tiles of 60 x 72, with other rates each
// time.
//
// Goal: at most 20 us.
#include <benchmark/benchmark.h>

#include <ctime>
#include <string>

#include "goals.hpp"
#include "plumbline/io/yaml.hpp"
#include "plumbline/plan.hpp"
#include "plumbline/prepared_schedule.hpp"
#include "test_data.hpp"

namespace {

using namespace plumbline;

const std::string kPlatforms = plumbline::kPlatformsFolder;

void predict_fsrcnn(benchmark::State& state)
{
    const Accelerator accelerator = io::read_accelerator(kPlatforms + "/accelerators/meta_prototype_df.yaml");
    const Workload workload = io::read_workload(kPlatforms + "/workloads/defines/fsrcnn.yaml");
    const MappingRules rules = io::read_mapping(kPlatforms + "/mappings/meta_prototype.yaml");
    PlanOptions options;
    options.stacks = {{TileSize{60, 72}}};
    options.search.factors = 4;
    const auto schedule = plan_schedule(accelerator, workload, rules, options);
    if (!schedule) return state.SkipWithError(schedule.reason().c_str());
    const PreparedSchedule prepared{accelerator, workload, *schedule};
    Rates rates = rates_of(accelerator);
    const std::clock_t begin = std::clock();
    for (auto _ : state) {
        rates.mac += Picojoules{1e-9};
        benchmark::DoNotOptimize(prepared.predict(rates));
    }
    const double seconds = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
    Goals{state}.below("prediction", seconds / static_cast<double>(state.iterations()) * 1e6, 20, "us");
}
// Of one prediction alone the clock tells little.
BENCHMARK(predict_fsrcnn)->Iterations(1 << 20)->Unit(benchmark::kNanosecond);

}  // namespace
