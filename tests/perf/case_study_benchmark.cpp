// SPDX-License-Identifier: Apache-2.0
// How long DeFiNES' case study 1 takes: FSRCNN on Meta_prototype_DF, 6 x 6 tile sizes in 3 overlap modes, mappings
// searched with at most six or eight loop factors, and exactly (0).
//
// Goals for the 108 points on two cores: six factors in 1 s, eight in 3 s, the exact search in 30 s. The label tells the best
// point; anything but the one of the public DeFiNES (fully-cached, 4x72, 1.8141 mJ) is an error. `faster` is how many times as long DeFiNES takes
// with six factors on one core.
#include <cmath>
#include <cstdio>
#include <string>

#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include "plumbline/explore.hpp"
#include "plumbline/io/yaml.hpp"
#include "plumbline/optima.hpp"
#include "test_data.hpp"

namespace {

using namespace plumbline;

const std::string kPlatforms = plumbline::kPlatformsFolder;
/// The public DeFiNES, repaired: case_study_1.csv, mode 3, tile 4x72, factors 6.
constexpr double kBestEnergy = 1814111526.0099995;

/// Seconds that the public DeFiNES takes for the 108 points with six factors, on one core.
constexpr double kDefinesSeconds = 1483;

std::vector<DesignPoint> case_study_1()
{
    std::vector<DesignPoint> points;
    for (OverlapMode mode : {OverlapMode::fully_recompute, OverlapMode::h_cached, OverlapMode::fully_cached})
        for (std::int64_t x : {1, 4, 16, 60, 240, 960})
            for (std::int64_t y : {1, 4, 18, 72, 270, 540}) points.push_back({{x, y}, mode, {Cuts::Kind::none, {}}});
    return points;
}

double peak_memory_mib()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024;
}

std::string described(const ExploredPoint& best)
{
    char text[64];
    std::snprintf(text, sizeof text, "best: %s %lldx%lld, %.4f mJ", std::string{name_of(best.point.mode)}.c_str(),
                  static_cast<long long>(best.point.tile.x), static_cast<long long>(best.point.tile.y),
                  best.cost->energy().count() * 1e-9);
    return text;
}

void report_best(benchmark::State& state, const std::vector<std::optional<ExploredPoint>>& results)
{
    PointCosts costs;
    for (const auto& result : results) costs.push_back(result->cost ? &*result->cost : nullptr);
    const auto optimal = optimum(costs, {});
    if (!optimal) return state.SkipWithError("no point is feasible");
    const ExploredPoint& best = *results[optimal->index];
    state.SetLabel(described(best));
    const bool expected = best.point.mode == OverlapMode::fully_cached && best.point.tile == TileSize{4, 72} &&
                          std::abs(best.cost->energy().count() / kBestEnergy - 1) <= 1e-9;
    if (!expected) state.SkipWithError((described(best) + ", expected fully-cached 4x72, 1.8141 mJ").c_str());
}

double total_energy(const std::vector<std::optional<ExploredPoint>>& results)
{
    double sum = 0;
    for (const auto& result : results) sum += result->cost->energy().count();
    return sum;
}

void explore_case_study_1(benchmark::State& state)
{
    const Accelerator accelerator = io::read_accelerator(kPlatforms + "/accelerators/meta_prototype_df.yaml");
    const Workload workload = io::read_workload(kPlatforms + "/workloads/defines/fsrcnn.yaml");
    const MappingRules rules = io::read_mapping(kPlatforms + "/mappings/meta_prototype.yaml", accelerator);
    const auto points = case_study_1();
    ExploreOptions options;
    options.capacity = CapacityPolicy::optimistic;
    options.search.factors = static_cast<int>(state.range(1));
    options.search.estimator = Estimator::uniform;
    options.threads = static_cast<int>(state.range(0));
    std::vector<std::optional<ExploredPoint>> results;
    for (auto _ : state) results = explore(accelerator, workload, rules, points, options);
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(points.size()));
    state.counters["peak_MiB"] = peak_memory_mib();
    state.counters["faster"] = benchmark::Counter{kDefinesSeconds, benchmark::Counter::kIsIterationInvariantRate};
    report_best(state, results);
    state.counters["energy_mJ"] = total_energy(results) * 1e-9;
}
BENCHMARK(explore_case_study_1)
    ->ArgNames({"threads", "factors"})
    ->ArgsProduct({{1, 2}, {6, 8, 0}})
    ->Unit(benchmark::kSecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();

}  // namespace
