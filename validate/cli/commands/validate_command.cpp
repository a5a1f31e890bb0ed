// SPDX-License-Identifier: Apache-2.0
#include "commands/validate_command.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "commands/page_notes.hpp"
#include "execution/deliver.hpp"
#include "execution/output_file.hpp"
#include "execution/progress.hpp"
#include "inputs/assets.hpp"
#include "inputs/descriptions.hpp"
#include "inputs/fitted_schedules.hpp"
#include "inputs/schedule_source.hpp"
#include "plumbline/error.hpp"
#include "plumbline/io/tolerances_yaml.hpp"
#include "plumbline/validate/batch_calibration.hpp"
#include "plumbline/validate/batch_report.hpp"
#include "plumbline/validate/deviation_causes.hpp"
#include "plumbline/validate/generated_report.hpp"
#include "plumbline/validate/import.hpp"
#include "plumbline/validate/port_timeline.hpp"
#include "plumbline/validate/run_record.hpp"
#include "plumbline/validate/validate_page.hpp"
#include "runs/batch_runs.hpp"
#include "runs/generated_runs.hpp"
#include "runs/simulation.hpp"
#include "tasks/by_ranks.hpp"
#include "tasks/dealt_tasks.hpp"

namespace plumbline::cli {
namespace {

validate::RunRecord imported(const std::vector<std::string>& paths, const ScheduledNetwork& network,
                             const ComparisonFlags& flags)
{
    return validate::import_run_record(paths, network.accelerator, network.workload, flags.import.options);
}

validate::RunRecord predicted(const ScheduledNetwork& network, const ComparisonFlags& flags)
{
    if (!flags.import.predictions.empty()) return imported(flags.import.predictions, network, flags);
    return validate::run_record_of(prediction(network, flags.schedule),
                                   std::string{name_of(flags.schedule.planning.search.estimator)});
}

/// What a prediction is compared with.
struct Reference {
    validate::RunRecord record;
    std::optional<sim::Counters> counters;  ///< of a simulation
    std::optional<validate::PortTimeline> timeline;
};

Reference reference(const Context& context, const ScheduledNetwork& network, const ComparisonFlags& flags)
{
    if (!flags.import.observations.empty()) return {imported(flags.import.observations, network, flags), {}, {}};
    Reference reference;
    if (!flags.page.empty()) reference.timeline.emplace(network.accelerator);
    validate::PortTimeline* const timeline = reference.timeline ? &*reference.timeline : nullptr;
    reference.counters = run_on_machine(context, network, flags.simulation, timeline);
    reference.record = validate::run_record_of(network.accelerator, *reference.counters, &network.workload);
    return reference;
}

/// What the accelerator as described, without its profile, is predicted to do; nothing where there is no profile.
std::optional<validate::Comparison> uncalibrated(const ScheduledNetwork& network, const ComparisonFlags& flags,
                                                 const validate::RunRecord& reference)
{
    const SubjectFlags& subject = flags.schedule.subject;
    if (subject.profile.empty() || !flags.import.predictions.empty()) return std::nullopt;
    const ScheduledNetwork described{read_accelerator(subject.accelerator, {}), network.workload, network.schedule};
    return validate::compare(described.accelerator, validate::run_record_of(prediction(described, flags.schedule)),
                             reference, flags.tolerances);
}

std::vector<std::pair<std::string, std::string>> planning_notes(const ScheduleFlags& schedule)
{
    if (!schedule.file.empty()) return {{"schedule", schedule.file}};
    const PlanningFlags& planning = schedule.planning;
    const int factors = planning.search.factors;
    return {{"cuts", planning.cuts},
            {"mapped for", std::string{name_of(planning.search.objective)}},
            {"factors", factors == 0 ? "no limit" : std::to_string(factors)}};
}

/// How the command was run, and on which files.
validate::PageNotes page_notes(const ComparisonFlags& flags)
{
    const ScheduleFlags& schedule = flags.schedule;
    const SubjectFlags& subject = schedule.subject;
    const ImportFlags& import = flags.import;
    validate::PageNotes notes = notes_of(planning_notes(schedule));
    if (!subject.profile.empty()) notes.options.emplace_back("profile", subject.profile);
    if (import.observations.empty()) {
        notes.options.emplace_back("fidelity", std::string{sim::name_of(flags.simulation.fidelity)});
        notes.options.emplace_back("simulated",
                                   flags.simulation.fold_classes ? "one tile of each class" : "every tile");
    }
    note_file(notes, "accelerator", find_description(Description::accelerator, subject.accelerator));
    note_file(notes, "workload", find_description(Description::workload, subject.workload));
    if (schedule.file.empty())
        note_file(notes, "mapping rules", find_mapping(schedule.planning.mapping, subject.accelerator));
    else
        note_file(notes, "schedule", schedule.file);
    if (!subject.profile.empty()) note_file(notes, "profile", subject.profile);
    for (const std::string& path : import.predictions) note_file(notes, "predictions", path);
    for (const std::string& path : import.observations) note_file(notes, "observations", path);
    if (!import.options.trace_mapping.empty()) note_file(notes, "trace mapping", import.options.trace_mapping);
    return notes;
}

ExitCode validate_one(const Context& context, const ComparisonFlags& flags)
{
    std::vector<std::string> outputs = flags.simulation.traces;
    outputs.insert(outputs.end(), {flags.report.file, flags.page, flags.schedule.file_out});
    check_outputs(outputs, {flags.schedule.planning.mapping_cache});
    std::optional<validate::ValidatePageAssets> page;
    if (!flags.page.empty()) page = report_page_assets();
    const ScheduledNetwork network = scheduled_network(context, flags.schedule);
    const validate::RunRecord prediction = predicted(network, flags);
    const Reference other = reference(context, network, flags);
    validate::Comparison comparison =
        validate::compare(network.accelerator, prediction, other.record, flags.tolerances);
    const FittedSchedules fitted{flags.schedule.subject.profile};
    comparison.fitted_as = fitted.find(flags.schedule, network.workload, network.schedule);
    if (!comparison.anything()) {
        throw InputError(prediction.source.name + ", " + other.record.source.name, "nothing is stated by both sides");
    }
    const auto write = flags.report.format == Format::json ? validate::verdict_json : validate::verdict_text;
    const validate::DeviationCauses why = validate::deviation_causes(
        network.accelerator, network.workload, network.schedule, comparison, prediction, other.record);
    deliver(context, flags.report.file, write(network.subject(), comparison, flags.tolerances, &why));
    if (page) {
        const auto before = uncalibrated(network, flags, other.record);
        const validate::ValidatedRun run{comparison,
                                         flags.tolerances,
                                         why,
                                         prediction,
                                         other.record,
                                         other.counters ? &*other.counters : nullptr,
                                         other.timeline ? &*other.timeline : nullptr,
                                         flags.simulation.fold_classes,
                                         before ? &*before : nullptr};
        write_file(flags.page, validate_html(network.subject(), run, page_notes(flags), *page));
        context.log->info("report written to {}", flags.page);
    }
    return comparison.within_tolerance ? ExitCode::done : ExitCode::out_of_tolerance;
}

/// A rule about a memory that no accelerator has would judge nothing, unnoticed.
void check_memories(const std::vector<io::ToleranceRule>& rules, const BatchRuns& runs)
{
    for (const io::ToleranceRule& rule : rules) {
        const auto has_it = [&](const Named<Accelerator>& accelerator) {
            const auto& memories = accelerator.description.memories();
            return std::any_of(memories.begin(), memories.end(),
                               [&](const Memory& memory) { return memory.name == rule.memory; });
        };
        if (rule.memory.empty() || std::any_of(runs.accelerators.begin(), runs.accelerators.end(), has_it)) continue;
        throw InputError{rule.memory_at, "'" + rule.memory + "' is a memory of no accelerator that is asked for"};
    }
}

/// Accelerator by accelerator. \throws InputError naming the accelerator
void calibrate(const Context& context, const ValidateArguments& arguments, const BatchRuns& runs,
               validate::ValidationBatch& batch)
{
    Progress progress{context, "fitting", "accelerator"};
    validate::CalibrateOptions options;
    options.hold_out = batch.hold_out = arguments.batch.hold_out;
    const int threads = arguments.comparison.schedule.planning.search.threads;
    options.fit.threads = threads > 0 ? threads : static_cast<int>(std::thread::hardware_concurrency());
    const auto all = static_cast<std::int64_t>(runs.accelerators.size());
    for (std::size_t a = 0; a < runs.accelerators.size(); ++a) {
        std::vector<validate::CalibrationSubject> subjects;
        for (std::size_t i = 0; i < runs.runs.size(); ++i) {
            if (runs.runs[i].accelerator != a || !batch.schedules[i].compared()) continue;
            subjects.push_back({&batch.schedules[i], &runs.workload_of(runs.runs[i]), &*runs.runs[i].schedule});
        }
        try {
            batch.calibrations.push_back(calibrate_batch(runs.accelerators[a].description, subjects, options));
        } catch (const InputError& error) {
            throw InputError{"--calibrate", runs.accelerators[a].name + ": " + error.what()};
        }
        progress.update(static_cast<std::int64_t>(a) + 1, all);
    }
}

/// \throws InfeasibleError where there is nothing to do
ExitCode fill(const Context& context, const std::string& output, const StoredTasks& tasks)
{
    const std::string filled = fill_store(context, tasks);
    if (tasks.keys.empty()) throw InfeasibleError{"no schedule is feasible"};
    deliver(context, output, filled);
    return ExitCode::done;
}

ExitCode validate_many(const Context& context, const ValidateArguments& arguments)
{
    const auto& [comparison, flags] = arguments;
    check_outputs({comparison.report.file, flags.junit},
                  {flags.tasks.store, comparison.schedule.planning.mapping_cache});
    validate::ValidationBatch batch;
    batch.rules = flags.tolerances.empty()
                      ? validate::rules_of(comparison.tolerances, comparison.schedule.planning.search.estimator)
                      : io::read_tolerances(flags.tolerances);
    const BatchRuns runs = batch_runs(context, comparison, flags);
    check_memories(batch.rules, runs);
    if (!flags.tasks.shard.is_all())
        return fill(context, comparison.report.file, comparison_tasks(comparison, flags.tasks, runs));
    batch.schedules = validated(context, comparison, flags.tasks, runs);
    if (flags.calibrate) calibrate(context, arguments, runs, batch);
    if (!flags.junit.empty()) write_file(flags.junit, validate::batch_junit(batch));
    const auto write = comparison.report.format == Format::json ? validate::batch_json : validate::batch_text;
    deliver(context, comparison.report.file, write(batch));
    const bool nothing = std::none_of(batch.schedules.begin(), batch.schedules.end(),
                                      [](const auto& schedule) { return schedule.infeasible.empty(); });
    if (nothing) throw InfeasibleError{"no schedule is feasible"};
    return batch.within_tolerance() ? ExitCode::done : ExitCode::out_of_tolerance;
}

ExitCode validate_generated(const Context& context, const ValidateArguments& arguments)
{
    const auto& [comparison, flags] = arguments;
    check_outputs({comparison.report.file}, {flags.tasks.store});
    if (!flags.tasks.shard.is_all())
        return fill(context, comparison.report.file, generated_tasks(flags, comparison.simulation.fidelity));
    const validate::GeneratedRun run = generated_run(context, flags, comparison.simulation.fidelity);
    const auto write = comparison.report.format == Format::json ? validate::generated_json : validate::generated_text;
    deliver(context, comparison.report.file, write(run));
    return summarise(run).sound() ? ExitCode::done : ExitCode::out_of_tolerance;
}

}  // namespace

void add(CLI::App& app, ValidateArguments& arguments)
{
    add_comparison(app, arguments.comparison);
    add_batch(app, arguments.batch);
}

ExitCode validate(const Context& context, const ValidateArguments& arguments)
{
    const ComparisonFlags& comparison = arguments.comparison;
    const BatchFlags& batch = arguments.batch;
    const bool generated = batch.generated > 0;
    if (!generated && !batch.wanted()) return validate_one(context, comparison);
    const auto ranks = Ranks::begun();
    const auto deal = [&](const Context& dealing) {
        return generated ? validate_generated(dealing, arguments) : validate_many(dealing, arguments);
    };
    return by_ranks(context, ranks.get(), deal, [&](const Ranks& all) {
        const BatchRuns subjects = generated ? BatchRuns{} : batch_subjects(context, comparison.schedule.subject);
        serve_dealt(all, batch.tasks.processes, [&](const std::string& text) {
            return generated ? generated_answer(batch, comparison.simulation.fidelity, text)
                             : comparison_answer(comparison, subjects, text);
        });
    });
}

}  // namespace plumbline::cli
