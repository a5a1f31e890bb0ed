// SPDX-License-Identifier: Apache-2.0
// How long the machine takes for FSRCNN (960x540) on Meta_prototype_DF, tile 60x72, fully-cached, and what watching it
// costs. A process simulates once, so each run is a forked child that reports what it counted through a pipe. Times are
// those that the child spent on its core, in user code and in the kernel; goals are judged by the fastest run, which
// whatever else runs disturbed least.
//
// Goals, on one core: every tile below 5 s and at least a million transfers a second; one tile of each class below
// 0.3 s; below 500 MB of memory. An observer whose callbacks do nothing adds less than a tenth, a Perfetto trace on disk
// at most doubles the time. A transfer is a block that moves between two memories, or a hop of a copy, whether it asks for its
// ports by itself or is part of a chunk of the MAC array; requests are what asks for ports by itself, chunks included. A
// goal that is missed is an error.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <systemc>

#include "execution/traces.hpp"
#include "goals.hpp"
#include "plumbline/io/yaml.hpp"
#include "plumbline/plan.hpp"
#include "plumbline/sim/run_events.hpp"
#include "plumbline/sim/simulate.hpp"
#include "test_data.hpp"

namespace {

using namespace plumbline;

const std::string kPlatforms = plumbline::kPlatformsFolder;

struct Subject {
    Accelerator accelerator;
    Workload workload;
    Schedule schedule;
};

const Subject& subject()
{
    static const Subject kSubject = [] {
        Accelerator accelerator = io::read_accelerator(kPlatforms + "/accelerators/meta_prototype_df.yaml");
        Workload workload = io::read_workload(kPlatforms + "/workloads/defines/fsrcnn.yaml");
        const MappingRules rules = io::read_mapping(kPlatforms + "/mappings/meta_prototype.yaml");
        PlanOptions options;
        options.stacks = {{TileSize{60, 72}, OverlapMode::fully_cached}};
        Outcome<Schedule> schedule = plan_schedule(accelerator, workload, rules, options);
        if (!schedule) throw std::runtime_error(schedule.reason());
        return Subject{std::move(accelerator), std::move(workload), std::move(*schedule)};
    }();
    return kSubject;
}

/// Of a child.
struct Run {
    double seconds = 0;
    std::int64_t transfers = 0;
    double peak_megabytes = 0;
};

/// What a child does and counts.
using Work = std::function<std::int64_t()>;

[[noreturn]] void work_and_tell(const Work& work, int to)
{
    try {
        const std::int64_t transfers = work();
        if (::write(to, &transfers, sizeof transfers) == sizeof transfers) ::_exit(0);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
    }
    ::_exit(1);
}

double seconds(const timeval& time)
{
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

/// \throws std::runtime_error where the child does not finish its work
Run in_a_process(const Work& work)
{
    int ends[2];
    if (::pipe(ends) != 0) throw std::runtime_error("no pipe");
    const pid_t child = ::fork();
    if (child == 0) work_and_tell(work, ends[1]);
    ::close(ends[1]);
    Run run;
    const bool heard = child > 0 && ::read(ends[0], &run.transfers, sizeof run.transfers) == sizeof run.transfers;
    ::close(ends[0]);
    rusage usage{};
    if (child > 0) ::wait4(child, nullptr, 0, &usage);
    if (!heard) throw std::runtime_error("the simulating process failed");
    run.seconds = seconds(usage.ru_utime) + seconds(usage.ru_stime);
    run.peak_megabytes = static_cast<double>(usage.ru_maxrss) * 1024 / 1e6;
    return run;
}

void simulate_with(sim::Observer observer, bool fold_classes = false)
{
    sim::SimulationOptions options;
    options.fold_classes = fold_classes;
    options.machine.observer = std::move(observer);
    sim::simulate(subject().accelerator, subject().workload, subject().schedule, options);
}

std::int64_t unwatched()
{
    simulate_with({});
    return 0;
}

std::int64_t watched_by_nobody()
{
    sim::Observer observer;
    observer.moving = observer.moved = [](const sim::TransferEvent&) {};
    observer.stepping = observer.stepped = [](const sim::StepSpan&) {};
    observer.occupied = [](const sim::Occupancy&) {};
    simulate_with(std::move(observer));
    return 0;
}

std::int64_t counted()
{
    std::int64_t transfers = 0;
    sim::Observer observer;
    observer.moved = [&](const sim::TransferEvent& transfer) {
        for (const sim::Access& access : transfer.accesses) {
            // Each has one of these ends; what the array itself reads and writes has neither.
            const bool ends = access.direction == Direction::write_from_up || access.direction == Direction::read_up;
            if (ends) transfers += access.times;
        }
    };
    simulate_with(std::move(observer));
    return transfers;
}

std::int64_t requests()
{
    std::int64_t requests = 0;
    sim::Observer observer;
    observer.moved = [&](const sim::TransferEvent&) { ++requests; };
    simulate_with(std::move(observer));
    return requests;
}

const std::string kTrace =
    (std::filesystem::temp_directory_path() / ("plumbline_" + std::to_string(::getpid()) + ".json")).string();

std::int64_t traced()
{
    cli::Traces traces{{kTrace}, subject().accelerator, subject().workload};
    simulate_with(traces.observer());
    traces.finish();
    return 0;
}

void simulate_every_tile(benchmark::State& state)
{
    const std::int64_t transfers = in_a_process(counted).transfers;
    double seconds = std::numeric_limits<double>::max();
    double peak = 0;
    for (auto _ : state) {
        const Run run = in_a_process(unwatched);
        state.SetIterationTime(run.seconds);
        seconds = std::min(seconds, run.seconds);
        peak = std::max(peak, run.peak_megabytes);
    }
    const double rate = static_cast<double>(transfers) / seconds;
    state.counters["transfers"] = static_cast<double>(transfers);
    state.counters["requests"] = static_cast<double>(in_a_process(requests).transfers);
    state.counters["peak_MB"] = peak;
    Goals goals{state};
    goals.below("every tile", seconds, 5, "s");
    goals.at_least("transfers", rate / 1e6, 1, "M/s");
    goals.below("memory", peak, 500, "MB");
}
BENCHMARK(simulate_every_tile)->Unit(benchmark::kMillisecond)->UseManualTime()->Iterations(5);

void simulate_one_tile_of_each_class(benchmark::State& state)
{
    double seconds = std::numeric_limits<double>::max();
    for (auto _ : state) {
        const Run run = in_a_process([] {
            simulate_with({}, true);
            return std::int64_t{0};
        });
        state.SetIterationTime(run.seconds);
        seconds = std::min(seconds, run.seconds);
    }
    Goals{state}.below("folded", seconds, 0.3, "s");
}
BENCHMARK(simulate_one_tile_of_each_class)->Unit(benchmark::kMillisecond)->UseManualTime()->Iterations(10);

/// Runs `work` and the plain simulation in turn, and compares the fastest of each, which others disturbed least.
double times_plain(benchmark::State& state, const Work& work)
{
    std::vector<double> plain;
    std::vector<double> more;
    for (auto _ : state) {
        std::filesystem::remove(kTrace);
        plain.push_back(in_a_process(unwatched).seconds);
        more.push_back(in_a_process(work).seconds);
        state.SetIterationTime(more.back());
    }
    const double ratio = *std::min_element(more.begin(), more.end()) / *std::min_element(plain.begin(), plain.end());
    state.counters["times_plain"] = ratio;
    return ratio;
}

void simulate_watched_by_nobody(benchmark::State& state)
{
    const double ratio = times_plain(state, watched_by_nobody);
    Goals{state}.below("an idle observer", ratio, 1.1, "times plain");
}
BENCHMARK(simulate_watched_by_nobody)->Unit(benchmark::kMillisecond)->UseManualTime()->Iterations(11);

void simulate_with_perfetto_trace(benchmark::State& state)
{
    const double ratio = times_plain(state, traced);
    state.counters["trace_MB"] = static_cast<double>(std::filesystem::file_size(kTrace)) / 1e6;
    std::filesystem::remove(kTrace);
    Goals{state}.below("a Perfetto trace", ratio, 2, "times plain");
}
BENCHMARK(simulate_with_perfetto_trace)->Unit(benchmark::kMillisecond)->UseManualTime()->Iterations(11);

}  // namespace

int sc_main(int argc, char* argv[])
{
    subject();  // planned here, and not in each child
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
    benchmark::RunSpecifiedBenchmarks();
    return Goals::exit_status();
}
