// SPDX-License-Identifier: Apache-2.0
#include "commands.hpp"

#include <algorithm>
#include <cctype>
#include <optional>
#include <string>

#include "descriptions.hpp"
#include "plumbline/io/records.hpp"
#include "plumbline/io/yaml.hpp"
#include "plumbline/schedule_cost.hpp"
#include "plumbline/sim/simulate.hpp"
#include "plumbline/validate/comparison.hpp"
#include "plumbline/validate/record_check.hpp"
#include "plumbline/validate/report.hpp"
#include "progress.hpp"
#include "schedule_source.hpp"
#include "traces.hpp"

namespace plumbline::cli {
namespace {

ScheduleCost prediction(const ScheduledNetwork& network, const ScheduleArguments& arguments)
{
    return predict(network.accelerator, network.workload, network.schedule, arguments.plan.search.estimator);
}

sim::Counters simulation(const Context& context, const ScheduledNetwork& network, const SimulateArguments& arguments)
{
    Traces traces{arguments.traces, network.accelerator, network.workload};
    Progress progress{context, "simulating", "tile"};
    sim::SimulationOptions options;
    options.fold_classes = arguments.fold_classes;
    options.progress = [&](std::int64_t done, std::int64_t all) { progress.update(done, all); };
    options.machine.observer = traces.observer();
    sim::Counters counters = sim::simulate(network.accelerator, network.workload, network.schedule, options);
    traces.finish();
    return counters;
}

validate::RecordReport checked(const Context& context, const std::string& path, const Accelerator& accelerator,
                               const validate::RecordCheckOptions& options)
{
    const Progress progress{context, "evaluating records"};
    return validate::check_records(path, accelerator, options);
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
    if (arguments.workload.empty()) arguments.workload = lower_case(origin.workload.substr(prefixed ? kPrefix.size() : 0));
    return arguments;
}

}  // namespace

ExitCode cost(const Context& context, const CostArguments& given)
{
    const CostArguments arguments = completed(given);
    const auto path = find_description(Description::accelerator, arguments.accelerator);
    const Accelerator accelerator = io::read_accelerator(path.string());
    validate::RecordCheckOptions options;
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
    const validate::RecordReport report = checked(context, arguments.records, accelerator, options);
    deliver(context, arguments.report,
            arguments.report.format == Format::json ? validate::record_json(report, arguments.tolerance)
                                                    : validate::record_text(report, arguments.tolerance));
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
    const sim::Counters counters = simulation(context, network, arguments);
    deliver(context, arguments.report,
            arguments.report.format == Format::json
                ? validate::simulation_json(network.subject(), counters)
                : validate::simulation_text(network.subject(), counters, arguments.detail));
    return ExitCode::done;
}

ExitCode validate(const Context& context, const ValidateArguments& arguments)
{
    const SimulateArguments& simulated = arguments.simulation;
    const ScheduledNetwork network = scheduled_network(context, simulated.schedule);
    const ScheduleCost cost = prediction(network, simulated.schedule);
    const sim::Counters counters = simulation(context, network, simulated);
    const validate::Comparison comparison =
        validate::compare(network.accelerator, cost, counters, arguments.tolerances);
    const auto report = simulated.report.format == Format::json ? validate::verdict_json : validate::verdict_text;
    deliver(context, simulated.report, report(network.subject(), comparison, arguments.tolerances));
    return comparison.within_tolerance ? ExitCode::done : ExitCode::out_of_tolerance;
}

}  // namespace plumbline::cli
