// SPDX-License-Identifier: Apache-2.0
#include "commands/validate_batch_runs.hpp"

#include <algorithm>
#include <exception>
#include <limits>
#include <tuple>

#include <nlohmann/json.hpp>

#include "execution/progress.hpp"
#include "execution/run_store.hpp"
#include "execution/stored_tasks.hpp"
#include "inputs/descriptions.hpp"
#include "inputs/fitted_schedules.hpp"
#include "inputs/planned_points.hpp"
#include "inputs/run_list.hpp"
#include "plumbline/io/schedule_json.hpp"
#include "plumbline/io/yaml.hpp"
#include "plumbline/schedule_cost.hpp"
#include "plumbline/sim/simulate.hpp"
#include "plumbline/validate/comparison.hpp"
#include "plumbline/validate/import.hpp"
#include "plumbline/validate/run_record.hpp"

namespace plumbline::cli {
namespace {

void read_descriptions(SetRuns& runs, const ExploreArguments& space)
{
    if (!space.profile.empty() && space.accelerators.size() > 1)
        throw InputError{"--profile",
                         "is of one accelerator, but --accelerator names " + std::to_string(space.accelerators.size())};
    for (const std::string& name : space.accelerators)
        runs.accelerators.push_back({name, read_accelerator(name, space.profile)});
    for (const std::string& name : space.workloads)
        runs.networks.push_back({name, io::read_workload(find_description(Description::workload, name).string())});
}

void plan_all(const Context& context, const ExploreArguments& space, SetRuns& runs)
{
    Progress progress{context, "planning", "network"};
    const auto pairs = static_cast<std::int64_t>(runs.accelerators.size() * runs.networks.size());
    std::int64_t done = 0;
    for (std::size_t a = 0; a < runs.accelerators.size(); ++a) {
        for (std::size_t n = 0; n < runs.networks.size(); ++n) {
            const auto& [name, accelerator] = runs.accelerators[a];
            for (PlannedPoint& point : planned_points(space, name, accelerator, runs.networks[n].description))
                runs.runs.push_back({a, n, std::move(point.name), std::move(point.schedule), {}});
            progress.update(++done, pairs);
        }
    }
}

void read_listed(const std::string& path, const ExploreArguments& space, SetRuns& runs)
{
    RunListNames names{space.accelerators, {}};
    for (const auto& [name, network] : runs.networks) names.networks.push_back({name, network.name()});
    for (ListedRun& run : read_run_list(path, names, Observed::maybe)) {
        Schedule schedule = io::read_schedule(run.schedule, runs.accelerators[run.accelerator].description,
                                              runs.networks[run.network].description);
        runs.runs.push_back({run.accelerator, run.network, run.name, std::move(schedule), std::move(run.observations)});
    }
    std::stable_sort(runs.runs.begin(), runs.runs.end(), [](const SetRun& a, const SetRun& b) {
        return std::tie(a.accelerator, a.network) < std::tie(b.accelerator, b.network);
    });
}

validate::RunRecord reference(const ValidateSetArguments& arguments, const SetRuns& runs, const SetRun& run)
{
    const Accelerator& accelerator = runs.accelerator_of(run);
    const Workload& workload = runs.workload_of(run);
    if (!run.observations.empty())
        return validate::import_run_record(run.observations, accelerator, workload, arguments.one.import);
    const SimulateArguments& simulation = arguments.one.simulation;
    sim::SimulationOptions options;
    options.machine.fidelity = simulation.fidelity;
    options.fold_classes = simulation.fold_classes;
    options.overcommit = simulation.overcommit;
    return validate::run_record_of(accelerator, sim::simulate(accelerator, workload, *run.schedule, options),
                                   &workload);
}

/// What both estimators predict, against what was seen.
std::vector<validate::BatchRow> compared_rows(const SetRuns& runs, const SetRun& run, const validate::RunRecord& seen)
{
    const Accelerator& accelerator = runs.accelerator_of(run);
    // What is outside comes first in a comparison; here rows keep the order of the hierarchy.
    constexpr double kAny = std::numeric_limits<double>::infinity();
    std::vector<validate::BatchRow> rows;
    for (Estimator estimator : {Estimator::uniform, Estimator::refined}) {
        const ScheduleCost cost = predict(accelerator, runs.workload_of(run), *run.schedule, estimator);
        const auto comparison = validate::compare(accelerator, validate::run_record_of(cost), seen, {kAny, kAny});
        const auto by_estimator = validate::rows_of(accelerator, estimator, comparison);
        rows.insert(rows.end(), by_estimator.begin(), by_estimator.end());
    }
    return rows;
}

/// Of a worker: rows and what was seen as JSON, or as a text why there are none.
std::string answer_of(const ValidateSetArguments& arguments, const SetRuns& runs, const SetRun& run)
{
    try {
        const validate::RunRecord account = reference(arguments, runs, run);
        const auto seen = quantities_of(account, runs.accelerator_of(run), runs.workload_of(run));
        return R"({"rows":)" + validate::to_json_line(compared_rows(runs, run, account)) + R"(,"seen":)" +
               nlohmann::json(seen).dump() + '}';
    } catch (const std::exception& error) {
        // Also of the machine: what is wrong with one schedule must not end the others.
        const std::string text = error.what();
        return nlohmann::json(text.substr(0, text.find('\n'))).dump();
    }
}

/// What a worker said.
void take(validate::ValidatedSchedule& schedule, const std::string& answer)
{
    const auto json = nlohmann::json::parse(answer);
    if (json.is_string()) {
        schedule.refused = json.get<std::string>();
        return;
    }
    schedule.rows = validate::rows_from_json_line(json.at("rows").dump());
    schedule.seen = json.at("seen").get<validate::Quantities>();
}

/// All that the answer depends on.
std::string fingerprint_of(const ValidateSetArguments& arguments, const SetRuns& runs, const SetRun& run)
{
    const SimulateArguments& simulation = arguments.one.simulation;
    const validate::ImportOptions& import = arguments.one.import;
    std::string all = PLUMBLINE_VERSION;
    const auto add = [&all](const std::string& text) { all += '\n' + text; };
    add("rows and what was seen");
    const auto& accelerator = runs.accelerators[run.accelerator];
    add(text_of(find_description(Description::accelerator, accelerator.name).string()));
    add(text_of(find_description(Description::workload, runs.networks[run.network].name).string()));
    if (!simulation.schedule.profile.empty()) add(text_of(simulation.schedule.profile));
    add(std::string{sim::name_of(simulation.fidelity)});
    add(simulation.fold_classes ? "one tile of each class" : "every tile");
    add(std::string{sim::name_of(simulation.overcommit)});
    for (const std::string& path : run.observations) add(text_of(path));
    if (!import.trace_mapping.empty()) add(text_of(import.trace_mapping));
    if (import.cycle_ns) add(std::to_string(*import.cycle_ns));
    add(io::to_json(*run.schedule, accelerator.description));
    return fingerprint(all);
}

}  // namespace

SetRuns set_runs(const Context& context, const ValidateSetArguments& arguments)
{
    const ExploreArguments space = arguments.space();
    SetRuns runs;
    read_descriptions(runs, space);
    if (arguments.schedules.empty())
        plan_all(context, space, runs);
    else
        read_listed(arguments.schedules, space, runs);
    return runs;
}

std::vector<validate::ValidatedSchedule> validated(const Context& context, const ValidateSetArguments& arguments,
                                                   const SetRuns& runs)
{
    std::vector<validate::ValidatedSchedule> schedules;
    std::vector<std::size_t> feasible;
    const FittedSchedules fitted{arguments.one.simulation.schedule.profile};
    StoredTasks tasks{"validate", {}, {}, arguments.processes, arguments.store};
    for (std::size_t i = 0; i < runs.runs.size(); ++i) {
        const SetRun& run = runs.runs[i];
        schedules.push_back(
            {runs.accelerators[run.accelerator].name, runs.networks[run.network].name, run.name, {}, {}, {}});
        schedules.back().in_profile =
            fitted.contains(run.name) || fitted.contains(schedules.back().network + ' ' + run.name);
        if (!run.schedule) {
            schedules.back().infeasible = run.schedule.reason();
            continue;
        }
        feasible.push_back(i);
        tasks.keys.push_back(fingerprint_of(arguments, runs, run));
    }
    tasks.work = [&](std::size_t task) { return answer_of(arguments, runs, runs.runs[feasible[task]]); };
    const std::vector<std::string> answers = answers_of(context, tasks);
    for (std::size_t task = 0; task < answers.size(); ++task) take(schedules[feasible[task]], answers[task]);
    return schedules;
}

}  // namespace plumbline::cli
