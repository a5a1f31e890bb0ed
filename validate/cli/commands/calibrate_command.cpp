// SPDX-License-Identifier: Apache-2.0
#include "commands/calibrate_command.hpp"

#include <algorithm>
#include <thread>

#include "commands/calibrate_runs.hpp"
#include "commands/validate_page.hpp"
#include "execution/output_file.hpp"
#include "execution/progress.hpp"
#include "execution/run_store.hpp"
#include "execution/worker_processes.hpp"
#include "inputs/descriptions.hpp"
#include "inputs/schedule_source.hpp"
#include "plumbline/error.hpp"
#include "plumbline/io/calibration_yaml.hpp"
#include "plumbline/validate/accuracy.hpp"
#include "plumbline/validate/calibrate_page.hpp"
#include "plumbline/validate/model_predictor.hpp"

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
        throw InputError{"--parameters", "'" + name + "' is none, expected " + expected};
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

validate::RunPredictor by_machine(const CalibrationRuns& runs, const CalibrateArguments& arguments)
{
    return [&](const Accelerator& accelerator, const std::vector<std::string>& names) {
        std::vector<Quantities> all(names.size());
        run_in_processes(
            names.size(), arguments.processes,
            [&](std::size_t i) {
                return to_line(
                    simulated(runs, runs.named(names[i]), accelerator, arguments.fidelity, Tiles::of_each_class));
            },
            [&](std::size_t i, const std::string& line) { all[i] = quantities_from_line(line); });
        return all;
    };
}

validate::CalibrateOptions options_of(const CalibrateArguments& arguments, const Accelerator& described)
{
    validate::CalibrateOptions options;
    if (!arguments.schedules.profile.empty())
        options.start = io::read_calibration(arguments.schedules.profile, described);
    options.parameters = chosen_parameters(arguments.parameters, described);
    options.hold_out = arguments.hold_out;
    options.fit.confidence = arguments.confidence;
    const int threads = arguments.schedules.search.threads;
    // Processes are forked by one thread alone, and are as many as there are cores already.
    const bool model = arguments.predict_with == PredictWith::model;
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
    const ExploreArguments& schedules = arguments.schedules;
    validate::PageNotes notes{PLUMBLINE_VERSION, {{"predicted by", std::string{name_of(arguments.predict_with)}}}, {}};
    if (arguments.predict_with == PredictWith::model)
        notes.options.emplace_back("estimator", std::string{plumbline::name_of(schedules.search.estimator)});
    const auto add = [&](const std::string& what, const std::filesystem::path& path) {
        notes.inputs.push_back({what, path.filename().string(), fingerprint(text_of(path.string()))});
    };
    add("accelerator", find_description(Description::accelerator, schedules.accelerators.front()));
    for (const std::string& workload : schedules.workloads)
        add("workload", find_description(Description::workload, workload));
    if (arguments.runs.empty()) add("mapping rules", find_mapping(schedules.mapping, schedules.accelerators.front()));
    if (!schedules.profile.empty()) add("profile to begin with", schedules.profile);
    if (!arguments.truth.empty()) add("profile of what is observed", arguments.truth);
    if (!arguments.runs.empty()) add("runs", arguments.runs);
    return notes;
}

}  // namespace

ExitCode calibrate(const Context& context, const CalibrateArguments& arguments)
{
    std::optional<validate::ValidatePageAssets> page;
    if (!arguments.page.empty()) page = report_page_assets();
    const std::string& name = arguments.schedules.accelerators.front();
    const Accelerator described = read_accelerator(name, {});
    const Accelerator truth = read_accelerator(name, arguments.truth);
    const validate::CalibrateOptions options = options_of(arguments, described);
    const CalibrationRuns runs = calibration_runs(context, arguments, described);
    const auto rows = rows_of(runs, observed(context, arguments, runs, truth));
    const validate::RunPredictor predict = arguments.predict_with == PredictWith::model
                                               ? by_model(runs, described, arguments.schedules.search.estimator)
                                               : by_machine(runs, arguments);
    const validate::CalibrationResult result = [&] {
        const Progress progress{context, "fitting"};
        return validate::calibrate(described, rows, predict, options);
    }();
    if (!arguments.profile_out.empty()) write_file(arguments.profile_out, io::to_yaml(result.profile));
    const auto write =
        arguments.report.format == Format::json ? validate::calibration_json : validate::calibration_text;
    deliver(context, arguments.report, write(result, options));
    if (page) write_file(arguments.page, calibration_html(result, options, page_notes(arguments), *page));
    return within_tolerance(result, arguments.tolerance) ? ExitCode::done : ExitCode::out_of_tolerance;
}

}  // namespace plumbline::cli
