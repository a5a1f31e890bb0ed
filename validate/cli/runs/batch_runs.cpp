// SPDX-License-Identifier: Apache-2.0
#include "runs/batch_runs.hpp"

#include <algorithm>
#include <exception>
#include <limits>
#include <tuple>
#include <utility>

#include <nlohmann/json.hpp>

#include "execution/fingerprint.hpp"
#include "execution/progress.hpp"
#include "execution/refusal.hpp"
#include "inputs/descriptions.hpp"
#include "inputs/fitted_schedules.hpp"
#include "inputs/lists.hpp"
#include "inputs/planned_points.hpp"
#include "inputs/run_list.hpp"
#include "inputs/workload_content.hpp"
#include "inputs/workload_notes.hpp"
#include "plumbline/io/schedule_json.hpp"
#include "plumbline/schedule_cost.hpp"
#include "plumbline/validate/import.hpp"
#include "plumbline/validate/run_record.hpp"
#include "runs/simulation.hpp"
#include "stores/run_fingerprint.hpp"

namespace plumbline::cli {
namespace {

/// \param profile path; empty: none
void plan_all(const Context& context, const PlanningFlags& planning, const DesignSpaceFlags& space,
              const std::string& profile, BatchRuns& runs)
{
    Progress progress{context, "planning", "network"};
    const auto pairs = static_cast<std::int64_t>(runs.accelerators.size() * runs.networks.size());
    std::int64_t done = 0;
    for (std::size_t a = 0; a < runs.accelerators.size(); ++a) {
        for (std::size_t n = 0; n < runs.networks.size(); ++n) {
            const auto& [name, accelerator] = runs.accelerators[a];
            const Workload& workload = runs.networks[n].description;
            const PlanningInputs inputs{
                accelerator, workload, read_rules(planning.mapping, name, accelerator),
                planning_content({name, runs.networks[n].name, planning.mapping, profile}, workload)};
            for (PlannedPoint& point : planned_points(planning, space, inputs))
                runs.runs.push_back({a, n, std::move(point.name), std::move(point.schedule), {}});
            progress.update(++done, pairs);
        }
    }
}

void read_listed(const std::string& path, BatchRuns& runs)
{
    RunListNames names;
    for (const auto& accelerator : runs.accelerators) names.accelerators.push_back(accelerator.name);
    for (const auto& [name, network] : runs.networks) names.networks.push_back({name, network.name()});
    for (ListedRun& run : read_run_list(path, names, Observed::maybe)) {
        Schedule schedule = io::read_schedule(run.schedule, runs.accelerators[run.accelerator].description,
                                              runs.networks[run.network].description);
        runs.runs.push_back({run.accelerator, run.network, run.name, std::move(schedule), std::move(run.observations)});
    }
    std::stable_sort(runs.runs.begin(), runs.runs.end(), [](const BatchRun& a, const BatchRun& b) {
        return std::tie(a.accelerator, a.network) < std::tie(b.accelerator, b.network);
    });
}

validate::RunRecord reference(const ComparisonFlags& comparison, const BatchRuns& runs, const BatchRun& run)
{
    const Accelerator& accelerator = runs.accelerator_of(run);
    const Workload& workload = runs.workload_of(run);
    if (!run.observations.empty())
        return validate::import_run_record(run.observations, accelerator, workload, comparison.import.options);
    const auto counters =
        sim::simulate(accelerator, workload, *run.schedule, simulation_options(comparison.simulation));
    return validate::run_record_of(accelerator, counters, &workload);
}

/// What both estimators predict, against what was seen.
std::vector<validate::BatchRow> compared_rows(const BatchRuns& runs, const BatchRun& run,
                                              const validate::RunRecord& seen)
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

validate::ValidatedSchedule schedule_of(const BatchRuns& runs, const BatchRun& run)
{
    return {runs.accelerators[run.accelerator].name, runs.networks[run.network].name, run.name, {}, {}, {}};
}

/// Of a worker, a line of JSON.
std::string answer_of(const ComparisonFlags& comparison, const BatchRuns& runs, const BatchRun& run)
{
    validate::ValidatedSchedule schedule = schedule_of(runs, run);
    const auto refusal = refusal_of([&] {
        const validate::RunRecord seen = reference(comparison, runs, run);
        schedule.seen = quantities_of(seen, runs.accelerator_of(run), runs.workload_of(run));
        schedule.rows = compared_rows(runs, run, seen);
    });
    if (refusal) schedule.refused = *refusal;
    return validate::to_json_line(schedule);
}

/// From which another rank knows the run.
std::string json_of(const BatchRuns& runs, const BatchRun& run)
{
    const nlohmann::json parts{run.accelerator, run.network, run.name,
                               io::to_json(*run.schedule, runs.accelerator_of(run)), run.observations};
    return parts.dump();
}

BatchRun run_of(const BatchRuns& subjects, const std::string& json)
{
    const auto parts = nlohmann::json::parse(json);
    const std::size_t accelerator = parts[0];
    const std::size_t network = parts[1];
    const std::string name = parts[2];
    Schedule schedule =
        io::schedule_from_json(parts[3].get<std::string>(), name, subjects.accelerators[accelerator].description,
                               subjects.networks[network].description);
    return {accelerator, network, name, std::move(schedule), parts[4].get<std::vector<std::string>>()};
}

/// All that the answer depends on.
std::string fingerprint_of(const ComparisonFlags& comparison, const BatchRuns& runs, const BatchRun& run)
{
    const SimulationFlags& simulation = comparison.simulation;
    const validate::ImportOptions& import = comparison.import.options;
    const std::string& profile = comparison.schedule.subject.profile;
    const auto& accelerator = runs.accelerators[run.accelerator];
    const auto file = [](Description kind, const std::string& name) {
        return text_of(find_description(kind, name).string());
    };
    // A value that may be absent is a list of its own.
    std::vector<std::string> observations;
    for (const std::string& path : run.observations) observations.push_back(text_of(path));
    return run_fingerprint({"rows and what was seen", file(Description::accelerator, accelerator.name),
                            content_of(runs.networks[run.network].name, runs.workload_of(run)),
                            profile.empty() ? "described" : "calibrated " + text_of(profile),
                            std::string{sim::name_of(simulation.fidelity)},
                            simulation.fold_classes ? "one tile of each class" : "every tile",
                            std::string{sim::name_of(simulation.overcommit)}, joint_fingerprint(observations),
                            import.trace_mapping.empty() ? "no mapping" : "mapping " + text_of(import.trace_mapping),
                            import.cycle_ns ? exact(*import.cycle_ns) : "no cycle",
                            io::to_json(*run.schedule, accelerator.description)});
}

}  // namespace

BatchRuns batch_subjects(const Context& context, const SubjectFlags& subject)
{
    BatchRuns runs;
    const auto accelerators = names_of(Description::accelerator, split(subject.accelerator, ','));
    if (!subject.profile.empty() && accelerators.size() > 1)
        throw InputError{"--profile",
                         "is of one accelerator, but --accelerator names " + std::to_string(accelerators.size())};
    for (const std::string& name : accelerators)
        runs.accelerators.push_back({name, read_accelerator(name, subject.profile)});
    for (const std::string& name : names_of(Description::workload, split(subject.workload, ',')))
        runs.networks.push_back({name, read_workload(context, name)});
    return runs;
}

BatchRuns batch_runs(const Context& context, const ComparisonFlags& comparison, const BatchFlags& batch)
{
    BatchRuns runs = batch_subjects(context, comparison.schedule.subject);
    if (batch.schedules.empty())
        plan_all(context, comparison.schedule.planning, batch.space, comparison.schedule.subject.profile, runs);
    else
        read_listed(batch.schedules, runs);
    return runs;
}

StoredTasks comparison_tasks(const ComparisonFlags& comparison, const TaskFlags& flags, const BatchRuns& runs)
{
    StoredTasks tasks{"validate", {}, {}, {}, flags.processes, flags.store, flags.shard};
    std::vector<const BatchRun*> feasible;
    for (const BatchRun& run : runs.runs) {
        if (!run.schedule) continue;
        feasible.push_back(&run);
        const validate::ValidatedSchedule named = schedule_of(runs, run);
        tasks.names.push_back(named.name + " of " + named.network + " on " + named.accelerator);
        tasks.keys.push_back(fingerprint_of(comparison, runs, run));
    }
    tasks.work = [&comparison, &runs, feasible](std::size_t task) {
        return answer_of(comparison, runs, *feasible[task]);
    };
    tasks.text = [&runs, feasible](std::size_t task) { return json_of(runs, *feasible[task]); };
    return tasks;
}

std::string comparison_answer(const ComparisonFlags& comparison, const BatchRuns& subjects, const std::string& text)
{
    return answer_of(comparison, subjects, run_of(subjects, text));
}

std::vector<validate::ValidatedSchedule> validated(const Context& context, const ComparisonFlags& comparison,
                                                   const TaskFlags& flags, const BatchRuns& runs)
{
    const std::vector<std::string> answers = answers_of(context, comparison_tasks(comparison, flags, runs));
    const FittedSchedules fitted{comparison.schedule.subject.profile};
    std::vector<validate::ValidatedSchedule> schedules;
    auto answer = answers.begin();
    for (const BatchRun& run : runs.runs) {
        validate::ValidatedSchedule& schedule = schedules.emplace_back(schedule_of(runs, run));
        schedule.in_profile = fitted.contains(run.name) || fitted.contains(schedule.network + ' ' + run.name);
        if (run.schedule)
            take_from_json_line(schedule, *answer++);
        else
            schedule.infeasible = run.schedule.reason();
    }
    return schedules;
}

}  // namespace plumbline::cli
