// SPDX-License-Identifier: Apache-2.0
#include "commands/calibrate_command.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <thread>
#include <utility>

#include "commands/page_notes.hpp"
#include "execution/deliver.hpp"
#include "execution/output_file.hpp"
#include "execution/progress.hpp"
#include "inputs/assets.hpp"
#include "inputs/descriptions.hpp"
#include "options/flags.hpp"
#include "plumbline/error.hpp"
#include "plumbline/io/calibration_yaml.hpp"
#include "plumbline/validate/accuracy.hpp"
#include "plumbline/validate/calibrate_page.hpp"
#include "plumbline/validate/model_predictor.hpp"
#include "tasks/by_ranks.hpp"
#include "tasks/dealt_tasks.hpp"
#include "tasks/worker_processes.hpp"

namespace plumbline::cli {
namespace {

using validate::Quantities;

std::vector<ParameterId> chosen_parameters(const std::vector<std::string>& names, const Accelerator& accelerator)
{
    const std::vector<ParameterId> all = validate::parameters_of(accelerator);
    std::vector<ParameterId> chosen;
    for (const std::string& name : names) {
        const auto named = [&](const ParameterId& id) { return plumbline::name_of(id) == name; };
        const auto found = std::find_if(all.begin(), all.end(), named);
        if (found != all.end()) {
            chosen.push_back(*found);
            continue;
        }
        std::string expected;
        for (const ParameterId& id : all) expected += (expected.empty() ? "" : ", ") + plumbline::name_of(id);
        throw InputError{"--parameters", ("'" + name + "' is none, expected ").append(expected)};
    }
    return chosen;
}

validate::RunPredictor by_model(const CalibrationRuns& runs, const Accelerator& described, Estimator estimator)
{
    validate::ModelPredictor model{described, estimator};
    for (const CalibrationRun& run : runs.runs) model.add(run.name, runs.workload_of(run), run.schedule);
    return [model = std::make_shared<const validate::ModelPredictor>(std::move(model))](
               const Accelerator& accelerator, const std::vector<std::string>& names) {
        return (*model)(accelerator, names);
    };
}

validate::RunPredictor by_machine(const CalibrationRuns& runs, const ObservedFlags& observed)
{
    return [&](const Accelerator& accelerator, const std::vector<std::string>& names) {
        std::vector<Quantities> all(names.size());
        run_in_processes(
            names.size(), observed.tasks.processes,
            [&](std::size_t i) {
                return validate::to_json_line(
                    simulated(runs, runs.named(names[i]), accelerator, observed.fidelity, Tiles::of_each_class));
            },
            [&](std::size_t i, const std::string& line) { all[i] = validate::quantities_from_json_line(line); },
            [&](std::size_t i, const std::string& reason) {
                throw InputError{names[i], "no prediction, since " + reason};
            });
        return all;
    };
}

validate::CalibrateOptions options_of(const CalibrateArguments& arguments, const Accelerator& described)
{
    const FitFlags& fit = arguments.fit;
    validate::CalibrateOptions options;
    if (!arguments.profile.empty()) options.start = io::read_calibration(arguments.profile, described);
    options.parameters = chosen_parameters(fit.parameters, described);
    options.hold_out = fit.hold_out;
    options.fit.confidence = fit.confidence;
    const int threads = arguments.schedules.planning.search.threads;
    // Processes are forked by one thread alone, and are as many as there are cores already.
    const bool model = fit.predict_with == PredictWith::model;
    options.fit.threads = !model ? 1 : threads > 0 ? threads : static_cast<int>(std::thread::hardware_concurrency());
    return options;
}

std::vector<validate::Observation> rows_of(const CalibrationRuns& runs, const std::vector<Quantities>& seen)
{
    std::vector<validate::Observation> rows;
    for (std::size_t i = 0; i < seen.size(); ++i) {
        const CalibrationRun& run = runs.runs[i];
        const auto of_run = validate::observations_of(run.name, runs.networks[run.network].name, seen[i]);
        rows.insert(rows.end(), of_run.begin(), of_run.end());
    }
    return rows;
}

/// Whether held-out totals are near enough, where that was asked.
bool within_tolerance(const validate::CalibrationResult& result, double tolerance)
{
    if (tolerance < 0 || !result.judged) return true;
    const auto by_quantity = accuracy_by(result.judged->after, validate::Group::quantity);
    const auto total = by_quantity.find("total");
    if (total == by_quantity.end()) throw InputError{"--tolerance", "no held-out schedule has a total to judge"};
    return total->second.mape <= tolerance;
}

/// How the command was run, and on which files.
validate::PageNotes page_notes(const CalibrateArguments& arguments)
{
    const ObservedSchedules& schedules = arguments.schedules;
    const ObservedFlags& observed = schedules.observed;
    validate::PageNotes notes = notes_of({{"predicted by", std::string{name_of(arguments.fit.predict_with)}}});
    if (arguments.fit.predict_with == PredictWith::model)
        notes.options.emplace_back("estimator", std::string{plumbline::name_of(schedules.planning.search.estimator)});
    note_file(notes, "accelerator", find_description(Description::accelerator, schedules.accelerator()));
    for (const std::string& workload : schedules.subjects.workloads)
        note_file(notes, "workload", find_description(Description::workload, workload));
    if (observed.runs.empty())
        note_file(notes, "mapping rules", find_mapping(schedules.planning.mapping, schedules.accelerator()));
    if (!arguments.profile.empty()) note_file(notes, "profile to begin with", arguments.profile);
    if (!observed.truth.empty()) note_file(notes, "profile of what is observed", observed.truth);
    if (!observed.runs.empty()) note_file(notes, "runs", observed.runs);
    return notes;
}

/// \throws InfeasibleError where there are none, once no other rank waits for them
CalibrationRuns runs_of(const Context& context, const ObservedSchedules& schedules, const Accelerator& described)
{
    try {
        return calibration_runs(context, schedules, described);
    } catch (const InfeasibleError&) {
        if (context.ranks != nullptr) deal_nothing(*context.ranks);
        throw;
    }
}

ExitCode calibrate_dealing(const Context& context, const CalibrateArguments& arguments)
{
    const ObservedSchedules& schedules = arguments.schedules;
    check_outputs({arguments.report.file, arguments.page, arguments.profile_out},
                  {schedules.observed.tasks.store, schedules.planning.mapping_cache});
    std::optional<validate::ValidatePageAssets> page;
    if (!arguments.page.empty()) page = report_page_assets();
    const Accelerator described = read_accelerator(schedules.accelerator(), {});
    const Accelerator truth = read_accelerator(schedules.accelerator(), schedules.observed.truth);
    validate::CalibrateOptions options = options_of(arguments, described);
    const CalibrationRuns runs = runs_of(context, schedules, described);
    if (!schedules.observed.tasks.shard.is_all()) {
        deliver(context, arguments.report.file, fill_store(context, observation_tasks(schedules, runs, truth)));
        return ExitCode::done;
    }
    for (const CalibrationRun& run : runs.runs)
        options.features.emplace(run.name, validate::schedule_features(runs.workload_of(run), run.schedule));
    const auto rows = rows_of(runs, observed(context, schedules, runs, truth));
    const validate::RunPredictor predict = arguments.fit.predict_with == PredictWith::model
                                               ? by_model(runs, described, schedules.planning.search.estimator)
                                               : by_machine(runs, schedules.observed);
    const validate::CalibrationResult result = [&] {
        const Progress progress{context, "fitting"};
        return validate::calibrate(described, rows, predict, options);
    }();
    if (!arguments.profile_out.empty()) write_file(arguments.profile_out, io::to_yaml(result.profile));
    const auto write =
        arguments.report.format == Format::json ? validate::calibration_json : validate::calibration_text;
    deliver(context, arguments.report.file, write(result, options));
    if (page) write_file(arguments.page, calibration_html(result, options, page_notes(arguments), *page));
    return within_tolerance(result, arguments.fit.tolerance) ? ExitCode::done : ExitCode::out_of_tolerance;
}

}  // namespace

void add(CLI::App& app, CalibrateArguments& arguments)
{
    ObservedSchedules& schedules = arguments.schedules;
    PlanningFlags& planning = schedules.planning;
    add_subjects(app, schedules.subjects);
    app.get_option("--accelerator")->expected(1);
    add_mapping(app, planning.mapping,
                "Mapping rules: file or built-in name (default: those of each accelerator's family)");
    add_profile(app, arguments.profile);
    add_design_space(app, schedules.space);
    add_cut_alternatives(app, planning.cuts);
    add_search(app, planning);
    add_threads(app, planning.search.threads, "Threads of the mapping search and of the fit (0: one per core)")
        ->capture_default_str();
    add_observed(app, schedules.observed);
    add_fit(app, arguments.fit);
    add_file(app, "--profile-out", arguments.profile_out, "Write the profile (YAML) to this file");
    add_report(app, arguments.report, {Format::table, Format::json});
    add_page(app, arguments.page);
    // A part of the simulations tells nothing of the parameters.
    for (const char* fitted : {"--profile-out", "--report"})
        app.get_option("--shard")->excludes(app.get_option(fitted));
}

ExitCode calibrate(const Context& context, const CalibrateArguments& arguments)
{
    const ObservedSchedules& schedules = arguments.schedules;
    // What was observed elsewhere nobody has to simulate.
    const bool simulates = schedules.observed.runs.empty();
    const auto ranks = Ranks::begun();
    const auto deal = [&](const Context& dealing) { return calibrate_dealing(dealing, arguments); };
    return by_ranks(context, ranks.get(), deal, [&](const Ranks& all) {
        if (!simulates) return;
        const Accelerator truth = read_accelerator(schedules.accelerator(), schedules.observed.truth);
        const CalibrationRuns networks = calibration_networks(context, schedules);
        serve_dealt(all, schedules.observed.tasks.processes,
                    [&](const std::string& text) { return observation_answer(schedules, networks, truth, text); });
    });
}

}  // namespace plumbline::cli
