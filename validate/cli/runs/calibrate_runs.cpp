// SPDX-License-Identifier: Apache-2.0
#include "runs/calibrate_runs.hpp"

#include <algorithm>

#include "execution/fingerprint.hpp"
#include "execution/progress.hpp"
#include "inputs/descriptions.hpp"
#include "inputs/planned_points.hpp"
#include "inputs/run_list.hpp"
#include "inputs/workload_content.hpp"
#include "inputs/workload_notes.hpp"
#include "plumbline/error.hpp"
#include "plumbline/io/schedule_json.hpp"
#include "plumbline/sim/simulate.hpp"
#include "plumbline/validate/import.hpp"
#include "stores/run_fingerprint.hpp"

namespace plumbline::cli {
namespace {

using validate::Quantities;

/// Whether a run of the same network does the same: that tells nothing new, and would judge a fit by what it was fitted to.
bool known(const CalibrationRuns& runs, std::size_t network, const Schedule& schedule)
{
    return std::any_of(runs.runs.begin(), runs.runs.end(), [&](const CalibrationRun& run) {
        return run.network == network && same_steps(run.schedule, schedule);
    });
}

/// Those of one network that are feasible. \param reason why the last other one is not
void plan_runs(CalibrationRuns& runs, std::size_t network, const ObservedSchedules& schedules,
               const Accelerator& described, std::string& reason)
{
    const CalibrationNetwork& planned = runs.networks[network];
    const std::string& mapping = schedules.planning.mapping;
    const PlanningInputs inputs{described, planned.workload, read_rules(mapping, schedules.accelerator(), described),
                                planning_content({schedules.accelerator(), planned.name, mapping}, planned.workload)};
    for (PlannedPoint& point : planned_points(schedules.planning, schedules.space, inputs)) {
        if (!point.schedule) {
            reason = point.schedule.reason();
            continue;
        }
        if (known(runs, network, *point.schedule)) continue;
        runs.runs.push_back({planned.name + ' ' + point.name, network, std::move(*point.schedule), {}});
    }
}

std::vector<CalibrationRun> listed_runs(const ObservedSchedules& schedules, const CalibrationRuns& runs,
                                        const Accelerator& described)
{
    RunListNames names{schedules.subjects.accelerators, {}};
    for (const CalibrationNetwork& network : runs.networks)
        names.networks.push_back({network.name, network.workload.name()});
    std::vector<CalibrationRun> all;
    for (ListedRun& run : read_run_list(schedules.observed.runs, names, Observed::always)) {
        Schedule schedule = io::read_schedule(run.schedule, described, runs.networks[run.network].workload);
        all.push_back({run.name, run.network, std::move(schedule), std::move(run.observations)});
    }
    return all;
}

/// All that a simulated run depends on.
std::string fingerprint_of(const ObservedSchedules& schedules, const CalibrationRuns& runs, const CalibrationRun& run,
                           const Accelerator& described)
{
    const ObservedFlags& observed = schedules.observed;
    return run_fingerprint({text_of(find_description(Description::accelerator, schedules.accelerator()).string()),
                            content_of(runs.networks[run.network].name, runs.workload_of(run)),
                            observed.truth.empty() ? "described" : "calibrated " + text_of(observed.truth),
                            std::string{sim::name_of(observed.fidelity)}, io::to_json(run.schedule, described)});
}

}  // namespace

const CalibrationRun& CalibrationRuns::named(const std::string& name) const
{
    return *std::find_if(runs.begin(), runs.end(), [&](const CalibrationRun& run) { return run.name == name; });
}

CalibrationRuns calibration_networks(const Context& context, const ObservedSchedules& schedules)
{
    CalibrationRuns runs;
    for (const std::string& name : schedules.subjects.workloads)
        runs.networks.push_back({name, read_workload(context, name)});
    return runs;
}

CalibrationRuns calibration_runs(const Context& context, const ObservedSchedules& schedules,
                                 const Accelerator& described)
{
    CalibrationRuns runs = calibration_networks(context, schedules);
    if (!schedules.observed.runs.empty()) {
        runs.runs = listed_runs(schedules, runs, described);
        return runs;
    }
    const Progress progress{context, "planning"};
    std::string reason;
    for (std::size_t i = 0; i < runs.networks.size(); ++i) plan_runs(runs, i, schedules, described, reason);
    if (runs.runs.empty()) throw InfeasibleError("no point is feasible; the last: " + reason);
    return runs;
}

Quantities simulated(const CalibrationRuns& runs, const CalibrationRun& run, const Accelerator& accelerator,
                     sim::Fidelity fidelity, Tiles tiles)
{
    sim::SimulationOptions options;
    options.machine.fidelity = fidelity;
    options.fold_classes = tiles == Tiles::of_each_class;
    const Workload& workload = runs.workload_of(run);
    const sim::Counters counters = sim::simulate(accelerator, workload, run.schedule, options);
    return quantities_of(validate::run_record_of(accelerator, counters, &workload), accelerator, workload);
}

StoredTasks observation_tasks(const ObservedSchedules& schedules, const CalibrationRuns& runs, const Accelerator& truth)
{
    const TaskFlags& flags = schedules.observed.tasks;
    StoredTasks tasks{"calibrate", {}, {}, {}, flags.processes, flags.store, flags.shard};
    for (const CalibrationRun& run : runs.runs) {
        tasks.names.push_back(run.name);
        tasks.keys.push_back(fingerprint_of(schedules, runs, run, truth));
    }
    tasks.work = [fidelity = schedules.observed.fidelity, &runs, &truth](std::size_t i) {
        return validate::to_json_line(simulated(runs, runs.runs[i], truth, fidelity, Tiles::all));
    };
    tasks.text = [&runs, &truth](std::size_t i) {
        const CalibrationRun& run = runs.runs[i];
        return std::to_string(run.network) + ' ' + io::to_json(run.schedule, truth);
    };
    return tasks;
}

std::string observation_answer(const ObservedSchedules& schedules, const CalibrationRuns& networks,
                               const Accelerator& truth, const std::string& text)
{
    const std::size_t space = text.find(' ');
    const std::size_t network = std::stoul(text);
    const Workload& workload = networks.networks[network].workload;
    const CalibrationRun run{
        {}, network, io::schedule_from_json(text.substr(space), "a rank's schedule", truth, workload), {}};
    return validate::to_json_line(simulated(networks, run, truth, schedules.observed.fidelity, Tiles::all));
}

std::vector<Quantities> observed(const Context& context, const ObservedSchedules& schedules,
                                 const CalibrationRuns& runs, const Accelerator& truth)
{
    std::vector<Quantities> all;
    if (schedules.observed.runs.empty()) {
        for (const std::string& line : answers_of(context, observation_tasks(schedules, runs, truth)))
            all.push_back(validate::quantities_from_json_line(line));
        return all;
    }
    for (const CalibrationRun& run : runs.runs) {
        const Workload& workload = runs.workload_of(run);
        const auto record = validate::import_run_record(run.observations, truth, workload, schedules.observed.import);
        all.push_back(quantities_of(record, truth, workload));
    }
    return all;
}

}  // namespace plumbline::cli
