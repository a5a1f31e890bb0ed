// SPDX-License-Identifier: Apache-2.0
#include "plumbline/sim/simulate.hpp"

#include <memory>

#include "functional/data_plane.hpp"
#include "machine/machine_parts.hpp"
#include "plumbline/error.hpp"
#include "plumbline/sim/dram.hpp"
#include "plumbline/sim/machine.hpp"
#include "plumbline/sim/traffic_recorder.hpp"

namespace plumbline::sim {
namespace {

constexpr const char* kReport = "plumbline/sim";

/// What the description says of off-chip memory. Without data there is nothing to hold.
DramParameters dram_of(const plumbline::Accelerator& accelerator, const MachineOptions& options)
{
    const MemoryId top = accelerator.top();
    DramParameters parameters = dram_parameters(accelerator.memory(top), accelerator.instances(top));
    parameters.base = options.off_chip.base;
    parameters.period = options.period;
    parameters.contents = DramParameters::Contents::dropped;
    return parameters;
}

/// Directly, or through a recorder where somebody listens.
std::unique_ptr<TrafficRecorder> bind(Machine& machine, Dram& dram, const OffChipListener& listener, Period period)
{
    if (!listener) {
        machine.off_chip().bind(dram.socket);
        return nullptr;
    }
    auto recorder = std::make_unique<TrafficRecorder>("off_chip_recorder", period);
    recorder->listener = listener;
    machine.off_chip().bind(recorder->in);
    recorder->out.bind(dram.socket);
    return recorder;
}

Counters run(const plumbline::Accelerator& accelerator, const Workload& workload, const Schedule& schedule,
             const SimulationOptions& options, DataPlane* data)
{
    const ScheduleProgram program =
        compile(accelerator, workload, schedule, options.overcommit, options.machine.fidelity);
    MachineOptions machine_options = options.machine;
    machine_options.start = Start::at_once;  // nobody else could start it
    Machine machine{"machine", accelerator, program, machine_options};
    machine.fold_classes(options.fold_classes);
    machine.report_progress(options.progress);
    Dram dram{"off_chip_dram", dram_of(accelerator, options.machine)};
    const auto recorder = bind(machine, dram, options.off_chip, options.machine.period);
    if (data != nullptr) machine.parts().attach(*data);
    sc_core::sc_start();
    if (machine.failure()) std::rethrow_exception(machine.failure());
    if (!machine.completed()) { SC_REPORT_ERROR(kReport, "the machine stopped before the schedule ended"); }
    Counters counters = machine.counters(workload);
    counters.peak_held = program.peak_held();
    counters.findings = program.findings();
    return counters;
}

void check_first_simulation()
{
    if (!sc_core::sc_start_of_simulation_invoked()) return;
    SC_REPORT_ERROR(kReport, "this process has simulated before, and the kernel allows it once");
}

}  // namespace

Counters simulate(const plumbline::Accelerator& accelerator, const Workload& workload, const Schedule& schedule,
                  const SimulationOptions& options)
{
    check_first_simulation();
    check(schedule, accelerator, workload);
    return run(accelerator, workload, schedule, options, nullptr);
}

ComputedRun simulate(const plumbline::Accelerator& accelerator, const Workload& workload, const Schedule& schedule,
                     const NetworkData& data, const SimulationOptions& options)
{
    if (options.fold_classes) {
        throw InputError{"fold_classes", "cannot be combined with data: every tile has numbers of its own"};
    }
    check_first_simulation();
    check(schedule, accelerator, workload);
    DataPlane plane{accelerator, workload, schedule, data};
    Counters counters = run(accelerator, workload, schedule, options, &plane);
    return {std::move(counters), plane.outputs()};
}

}  // namespace plumbline::sim
