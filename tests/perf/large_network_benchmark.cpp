// SPDX-License-Identifier: Apache-2.0
// How long a network of many nodes takes from its ONNX file to a schedule, each layer a stack of its own: residual blocks of
// four nodes, of which three are layers.
//
// Goals: 2,000 nodes in 5 s, and no more than 1.5 times as long per node as 500 nodes.
#include <algorithm>
#include <ctime>
#include <filesystem>
#include <string>

#include <benchmark/benchmark.h>

#include "goals.hpp"
#include "onnx_models_folder.hpp"
#include "plumbline/io/onnx.hpp"
#include "plumbline/io/yaml.hpp"
#include "plumbline/plan.hpp"
#include "test_data.hpp"

namespace {

using namespace plumbline;

const std::string kPlatforms = plumbline::kPlatformsFolder;

std::string chain_of(std::int64_t nodes)
{
    return std::string{test::kModelsFolder} + "/chain_" + std::to_string(nodes) + ".onnx";
}

Outcome<Schedule> read_and_plan(std::int64_t nodes)
{
    const Accelerator accelerator = io::read_accelerator(kPlatforms + "/accelerators/meta_prototype_df.yaml");
    const MappingRules rules = io::read_mapping(kPlatforms + "/mappings/meta_prototype.yaml", accelerator);
    const Workload workload = io::read_onnx(chain_of(nodes), {});
    PlanOptions options;
    options.stacks = {{TileSize{8, 8}}};  // whole maps
    options.cuts = {Cuts::Kind::each, {}};
    options.search.factors = 6;
    return plan_schedule(accelerator, workload, rules, options);
}

/// Of the processor, on which nothing else can take a share. The fastest of three runs.
double seconds_for(std::int64_t nodes)
{
    double fastest = 1e9;
    for (int run = 0; run < 3; ++run) {
        const std::clock_t begin = std::clock();
        const auto plan = read_and_plan(nodes);
        benchmark::DoNotOptimize(plan);
        fastest = std::min(fastest, static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC);
    }
    return fastest;
}

void plan_large_networks(benchmark::State& state)
{
    if (!std::filesystem::exists(chain_of(2000)))
        return state.SkipWithError("python3-onnx is missing, which writes the files");
    double few = 0;
    double some = 0;
    double many = 0;
    for (auto _ : state) {
        few = seconds_for(500);
        some = seconds_for(1000);
        many = seconds_for(2000);
    }
    Goals goals{state};
    goals.below("500 nodes", few, 1.25, "s");
    goals.below("1,000 nodes", some, 2.5, "s");
    goals.below("2,000 nodes", many, 5, "s");
    goals.below("a node of 2,000 against one of 500", many / few / 4, 1.5, "times");
}
BENCHMARK(plan_large_networks)->Iterations(1)->Unit(benchmark::kMillisecond);

}  // namespace
