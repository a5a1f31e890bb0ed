// SPDX-License-Identifier: Apache-2.0
#include "plumbline/sim/simulate.hpp"

#include "plumbline/sim/machine.hpp"

namespace plumbline::sim {
namespace {

constexpr const char* kReport = "plumbline/sim";

}  // namespace

Counters simulate(const Accelerator& accelerator, const Workload& workload, const Schedule& schedule,
                  const SimulationOptions& options)
{
    if (sc_core::sc_start_of_simulation_invoked()) {
        SC_REPORT_ERROR(kReport, "this process has simulated before, and the kernel allows it once");
    }
    check(schedule, accelerator, workload);
    const ScheduleProgram program = compile(accelerator, workload, schedule, options.overcommit);
    Machine machine{"machine", accelerator, program, options.machine};
    machine.sequencer().fold_classes(options.fold_classes);
    machine.sequencer().report_to(options.progress);
    sc_core::sc_start();
    if (!machine.sequencer().finished()) { SC_REPORT_ERROR(kReport, "the machine stopped before the schedule ended"); }
    Counters counters = machine.counters(workload);
    counters.peak_held = program.peak_held();
    counters.findings = program.findings;
    return counters;
}

}  // namespace plumbline::sim
