// SPDX-License-Identifier: Apache-2.0
#include "commands/commands.hpp"

#include <algorithm>
#include <cctype>
#include <optional>
#include <string>

#include "commands/functional.hpp"
#include "commands/validate_page.hpp"
#include "execution/output_file.hpp"
#include "execution/progress.hpp"
#include "execution/traces.hpp"
#include "inputs/descriptions.hpp"
#include "inputs/fitted_schedules.hpp"
#include "inputs/schedule_source.hpp"
#include "plumbline/error.hpp"
#include "plumbline/io/records.hpp"
#include "plumbline/io/yaml.hpp"
#include "plumbline/schedule_cost.hpp"
#include "plumbline/sim/simulate.hpp"
#include "plumbline/validate/comparison.hpp"
#include "plumbline/validate/deviation_causes.hpp"
#include "plumbline/validate/import.hpp"
#include "plumbline/validate/port_timeline.hpp"
#include "plumbline/validate/reference_check.hpp"
#include "plumbline/validate/report.hpp"
#include "plumbline/validate/run_record.hpp"

namespace plumbline::cli {
namespace {

ScheduleCost prediction(const ScheduledNetwork& network, const ScheduleArguments& arguments)
{
    return predict(network.accelerator, network.workload, network.schedule, arguments.plan.search.estimator);
}

/// Computes as well where that is wanted. \param agreement what that came to \param timeline listens, unless null
sim::Counters simulation(const Context& context, const ScheduledNetwork& network, const SimulateArguments& arguments,
                         std::optional<validate::Agreement>* agreement, validate::PortTimeline* timeline = nullptr)
{
    Traces traces{arguments.traces, network.accelerator, network.workload};
    Progress progress{context, "simulating", "tile"};
    sim::SimulationOptions options;
    options.fold_classes = arguments.fold_classes;
    options.machine.fidelity = arguments.fidelity;
    options.overcommit = arguments.overcommit;
    options.progress = [&](std::int64_t done, std::int64_t all) { progress.update(done, all); };
    options.machine.observer =
        timeline == nullptr ? traces.observer() : sim::tell_all({traces.observer(), timeline->observer()});
    options.off_chip = traces.off_chip();
    sim::Counters counters;
    if (arguments.functional.wanted && agreement != nullptr) {
        FunctionalRun run = run_functional(network, arguments.functional, options);
        *agreement = std::move(run.agreement);
        counters = std::move(run.counters);
    } else {
        counters = sim::simulate(network.accelerator, network.workload, network.schedule, options);
    }
    traces.finish();
    if (!counters.findings.empty())
        context.log->warn("{} steps need more space than there is, {} layers read what is not there",
                          counters.findings.overcommitments.size(), counters.findings.absent.size());
    return counters;
}

validate::RunRecord imported(const std::vector<std::string>& paths, const ScheduledNetwork& network,
                             const validate::ImportOptions& options)
{
    return validate::import_run_record(paths, network.accelerator, network.workload, options);
}

validate::RunRecord predicted(const ScheduledNetwork& network, const ValidateArguments& arguments)
{
    if (!arguments.predictions.empty()) return imported(arguments.predictions, network, arguments.import);
    const ScheduleArguments& schedule = arguments.simulation.schedule;
    return validate::run_record_of(prediction(network, schedule), std::string{name_of(schedule.plan.search.estimator)});
}

/// What a prediction is compared with.
struct Reference {
    validate::RunRecord account;
    std::optional<sim::Counters> counters;  ///< of a simulation
    std::optional<validate::PortTimeline> timeline;
};

Reference reference(const Context& context, const ScheduledNetwork& network, const ValidateArguments& arguments)
{
    if (!arguments.observations.empty()) return {imported(arguments.observations, network, arguments.import), {}, {}};
    Reference reference;
    if (!arguments.page.empty()) reference.timeline.emplace(network.accelerator);
    validate::PortTimeline* const timeline = reference.timeline ? &*reference.timeline : nullptr;
    reference.counters = simulation(context, network, arguments.simulation, nullptr, timeline);
    reference.account = validate::run_record_of(network.accelerator, *reference.counters, &network.workload);
    return reference;
}

/// What the accelerator as described, without its profile, is predicted to do; nothing where there is no profile.
std::optional<validate::Comparison> uncalibrated(const ScheduledNetwork& network, const ValidateArguments& arguments,
                                                 const validate::RunRecord& reference)
{
    const ScheduleArguments& schedule = arguments.simulation.schedule;
    if (schedule.profile.empty() || !arguments.predictions.empty()) return std::nullopt;
    const ScheduledNetwork described{read_accelerator(schedule.accelerator, {}), network.workload, network.schedule};
    return validate::compare(described.accelerator, validate::run_record_of(prediction(described, schedule)), reference,
                             arguments.tolerances);
}

validate::ReferenceReport checked(const Context& context, const std::string& path, const Accelerator& accelerator,
                                  const validate::ReferenceCheckOptions& options)
{
    const Progress progress{context, "evaluating records"};
    return validate::check_against_reference(path, accelerator, options);
}

std::string lower_case(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
    return text;
}

/// What the records say themselves: "Meta_prototype_DF" is the built-in meta_prototype_df, "workload_fsrcnn" fsrcnn.
CostArguments completed(CostArguments arguments)
{
    if (!arguments.accelerator.empty() && (!arguments.search || !arguments.workload.empty())) return arguments;
    const io::RecordOrigin origin = io::origin_of_records(arguments.records);
    constexpr std::string_view kPrefix = "workload_";
    const bool prefixed = origin.workload.rfind(kPrefix, 0) == 0;
    if (arguments.accelerator.empty()) arguments.accelerator = lower_case(origin.platform);
    if (arguments.workload.empty())
        arguments.workload = lower_case(origin.workload.substr(prefixed ? kPrefix.size() : 0));
    return arguments;
}

}  // namespace

ExitCode cost(const Context& context, const CostArguments& given)
{
    const CostArguments arguments = completed(given);
    const auto path = find_description(Description::accelerator, arguments.accelerator);
    const Accelerator accelerator = io::read_accelerator(path.string());
    validate::ReferenceCheckOptions options;
    options.threads = arguments.threads;
    std::optional<MappingRules> rules;
    std::optional<Workload> workload;
    if (arguments.search) {
        rules = io::read_mapping(find_mapping(arguments.mapping, arguments.accelerator).string(), accelerator);
        options.rules = &*rules;
        if (!arguments.workload.empty()) {
            workload = io::read_workload(find_description(Description::workload, arguments.workload).string());
            options.workload = &*workload;
        }
    }
    const validate::ReferenceReport report = checked(context, arguments.records, accelerator, options);
    deliver(context, arguments.report,
            arguments.report.format == Format::json ? validate::reference_json(report, arguments.tolerance)
                                                    : validate::reference_text(report, arguments.tolerance));
    return report.worst() <= arguments.tolerance ? ExitCode::done : ExitCode::out_of_tolerance;
}

ExitCode evaluate(const Context& context, const EvaluateArguments& arguments)
{
    const ScheduledNetwork network = scheduled_network(context, arguments.schedule);
    const ScheduleCost cost = prediction(network, arguments.schedule);
    const auto report = arguments.report.format == Format::json ? validate::prediction_json : validate::prediction_text;
    deliver(context, arguments.report, report(network.subject(), cost));
    return ExitCode::done;
}

ExitCode simulate(const Context& context, const SimulateArguments& arguments)
{
    const ScheduledNetwork network = scheduled_network(context, arguments.schedule);
    std::optional<validate::Agreement> agreement;
    const sim::Counters counters = simulation(context, network, arguments, &agreement);
    const validate::Agreement* functional = agreement ? &*agreement : nullptr;
    deliver(context, arguments.report,
            arguments.report.format == Format::json
                ? validate::simulation_json(network.subject(), counters, functional)
                : validate::simulation_text(network.subject(), counters, arguments.detail, functional));
    return !agreement || agreement->equal() ? ExitCode::done : ExitCode::out_of_tolerance;
}

ExitCode validate(const Context& context, const ValidateArguments& arguments)
{
    const ReportArguments& report = arguments.simulation.report;
    std::optional<validate::ValidatePageAssets> page;
    if (!arguments.page.empty()) page = report_page_assets();
    const ScheduledNetwork network = scheduled_network(context, arguments.simulation.schedule);
    const validate::RunRecord prediction = predicted(network, arguments);
    const Reference other = reference(context, network, arguments);
    validate::Comparison comparison =
        validate::compare(network.accelerator, prediction, other.account, arguments.tolerances);
    const ScheduleArguments& schedule = arguments.simulation.schedule;
    comparison.fitted_as = FittedSchedules{schedule.profile}.find(schedule, network.workload);
    if (!comparison.anything()) {
        throw InputError(prediction.source.name + ", " + other.account.source.name, "nothing is stated by both sides");
    }
    const auto write = report.format == Format::json ? validate::verdict_json : validate::verdict_text;
    const validate::DeviationCauses why = validate::deviation_causes(
        network.accelerator, network.workload, network.schedule, comparison, prediction, other.account);
    deliver(context, report, write(network.subject(), comparison, arguments.tolerances, &why));
    if (page) {
        const auto before = uncalibrated(network, arguments, other.account);
        const validate::ValidatedRun run{comparison,
                                         arguments.tolerances,
                                         why,
                                         prediction,
                                         other.account,
                                         other.counters ? &*other.counters : nullptr,
                                         other.timeline ? &*other.timeline : nullptr,
                                         arguments.simulation.fold_classes,
                                         before ? &*before : nullptr};
        write_file(arguments.page, validate_html(network.subject(), run, page_notes(arguments), *page));
        context.log->info("report written to {}", arguments.page);
    }
    return comparison.within_tolerance ? ExitCode::done : ExitCode::out_of_tolerance;
}

}  // namespace plumbline::cli
