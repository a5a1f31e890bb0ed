// SPDX-License-Identifier: Apache-2.0
// How long a frame of FSRCNN (960x540) takes on the peripheral (Meta_prototype_DF, tile 60x72, fully-cached), from the
// doorbell to the interrupt: as a machine at `transaction`, and as the model's delay at `analytical`. Times are those of
// the process on its core, without what building the accelerators took; nothing else runs in the simulation meanwhile.
//
// Goal, on one core: a frame at `analytical` takes at most a thousandth of one at `transaction`, with the same granules at
// every memory and cycles within 5 %.
#include <cmath>
#include <ctime>
#include <stdexcept>
#include <string>

#include <benchmark/benchmark.h>

#include "goals.hpp"
#include "plumbline/io/yaml.hpp"
#include "plumbline/plan.hpp"
#include "systemc/peripheral/accelerator_platform.hpp"
#include "test_data.hpp"

namespace {

using namespace plumbline;

constexpr std::uint64_t kMegabyte = 0x100000;

struct Subject {
    Accelerator accelerator;
    Workload workload;
    Schedule schedule;
};

Subject subject()
{
    const std::string platforms = plumbline::kPlatformsFolder;
    Accelerator accelerator = io::read_accelerator(platforms + "/accelerators/meta_prototype_df.yaml");
    Workload workload = io::read_workload(platforms + "/workloads/defines/fsrcnn.yaml");
    const MappingRules rules = io::read_mapping(platforms + "/mappings/meta_prototype.yaml", accelerator);
    PlanOptions options;
    options.stacks = {{TileSize{60, 72}, OverlapMode::fully_cached}};
    Outcome<Schedule> schedule = plan_schedule(accelerator, workload, rules, options);
    if (!schedule) throw std::runtime_error(schedule.reason());
    return {std::move(accelerator), std::move(workload), std::move(*schedule)};
}

/// What a job came to.
struct Frame {
    double seconds = 0;
    double cycles = 0;
    std::vector<std::uint64_t> granules;
};

/// An accelerator with a RAM and a host that starts frames.
class Platform {
public:
    Platform(const Subject& subject, sim::AcceleratorFidelity fidelity, int frames)
        : frames_{frames},
          ram_{(std::string{name_of(fidelity)} + "_ram").c_str(), 0, 32 * kMegabyte},
          accelerator_{std::string{name_of(fidelity)}.c_str(),
                       subject.accelerator,
                       {{subject.workload, subject.schedule}},
                       options(fidelity)},
          host_{(std::string{name_of(fidelity)} + "_host").c_str()}
    {
        host_.socket.bind(accelerator_.registers);
        accelerator_.dma.bind(ram_.socket);
        accelerator_.interrupt(line_);
        host_.interrupt(line_);
        host_.stops = false;
        plumbline_job job = test::AcceleratorPlatform::job();
        job.input = 1 * kMegabyte;
        job.weights = 4 * kMegabyte;
        job.output = 8 * kMegabyte;
        job.scratch = 24 * kMegabyte;
        job.completion = 0;
        std::memcpy(ram_.at(kJob), &job, sizeof job);
    }

    /// \param begin of the only script that runs
    void run_after(const sc_core::sc_event* begin)
    {
        host_.script = [this, begin](test::RegisterHost& host) {
            if (begin != nullptr) sc_core::wait(*begin);
            run(host);
            over.notify(sc_core::SC_ZERO_TIME);
        };
    }

    sc_core::sc_event over{sc_core::sc_gen_unique_name("over")};
    Frame frame;  ///< mean of all

private:
    static constexpr std::uint64_t kJob = 0x40;

    static sim::AcceleratorOptions options(sim::AcceleratorFidelity fidelity)
    {
        sim::AcceleratorOptions options;
        options.fidelity = fidelity;
        return options;
    }

    void run(test::RegisterHost& host)
    {
        host.enable_interrupts();
        const std::clock_t begin = std::clock();
        for (int i = 0; i < frames_; ++i) {
            host.start(kJob);
            host.await_interrupt();
            host.acknowledge();
            host.sync();
        }
        frame.seconds = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC / frames_;
        frame.cycles = static_cast<double>(host.read_pair(PLUMBLINE_REG_CYCLES_LOW)) / frames_;
        const std::uint32_t memories = PLUMBLINE_CAPABILITIES_MEMORIES(host.read(PLUMBLINE_REG_CAPABILITIES));
        for (std::uint32_t place = 0; place < memories * 12; ++place) {
            host.write(PLUMBLINE_REG_COUNTER_SELECT,
                       PLUMBLINE_COUNTER(place / 12, place / 4 % 3, place % 4, PLUMBLINE_COUNTER_GRANULES));
            frame.granules.push_back(host.read_pair(PLUMBLINE_REG_COUNTER_LOW) / static_cast<std::uint64_t>(frames_));
        }
    }

    int frames_;
    test::Ram ram_;
    sim::Accelerator accelerator_;
    test::RegisterHost host_;
    sc_core::sc_signal<bool> line_{sc_core::sc_gen_unique_name("line")};
};

void run_fsrcnn(benchmark::State& state)
{
    const Subject fsrcnn = subject();
    Platform simulated{fsrcnn, sim::AcceleratorFidelity::transaction, 1};
    Platform predicted{fsrcnn, sim::AcceleratorFidelity::analytical, 1000};
    simulated.run_after(nullptr);
    predicted.run_after(&simulated.over);
    for (auto _ : state) sc_core::sc_start();
    const bool equal = simulated.frame.granules == predicted.frame.granules;
    const double deviation = std::abs(predicted.frame.cycles / simulated.frame.cycles - 1);
    state.counters["transaction_s"] = simulated.frame.seconds;
    state.counters["analytical_s"] = predicted.frame.seconds;
    Goals goals{state};
    goals.at_least("times less", simulated.frame.seconds / predicted.frame.seconds, 1000, "");
    goals.below("cycles apart", deviation * 100, 5, "%");
    goals.at_least("granules equal", equal ? 1 : 0, 1, "");
}
// A process simulates once.
BENCHMARK(run_fsrcnn)->Iterations(1)->Unit(benchmark::kSecond)->UseRealTime();

}  // namespace

/// SystemC's library has main() and calls this.
int sc_main(int count, char* arguments[])
{
    benchmark::Initialize(&count, arguments);
    benchmark::RunSpecifiedBenchmarks();
    return Goals::exit_status();
}
