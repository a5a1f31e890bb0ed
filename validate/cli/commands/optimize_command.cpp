// SPDX-License-Identifier: Apache-2.0
#include "commands/optimize_command.hpp"

#include <algorithm>

#include "commands/optimized_networks.hpp"
#include "execution/deliver.hpp"
#include "execution/output_file.hpp"
#include "inputs/descriptions.hpp"
#include "options/flags.hpp"
#include "plumbline/error.hpp"
#include "plumbline/validate/optimize_report.hpp"

namespace plumbline::cli {
namespace {

void check_arguments(const OptimizeArguments& arguments, std::size_t pairs)
{
    check_outputs({arguments.report.file, arguments.schedule_out}, {arguments.planning.mapping_cache});
    if (!arguments.schedule_out.empty() && pairs != 1)
        throw InputError("--schedule-out", "is one schedule, expected one accelerator and one network");
    if (!arguments.schedule_out.empty() && arguments.front)
        throw InputError("--schedule-out", "is one schedule, expected no --front");
}

/// All of them, so that what cannot be read is said before anything is optimised.
std::vector<OptimizePair> read_pairs(const Context& context, const OptimizeArguments& arguments)
{
    const auto accelerators = names_of(Description::accelerator, arguments.subjects.accelerators);
    const auto workloads = names_of(Description::workload, arguments.subjects.workloads);
    check_arguments(arguments, accelerators.size() * workloads.size());
    std::vector<OptimizePair> pairs;
    for (const std::string& accelerator : accelerators)
        for (const std::string& workload : workloads)
            pairs.push_back({accelerator, workload,
                             read_planning_inputs(
                                 context, {accelerator, workload, arguments.planning.mapping, arguments.profile})});
    return pairs;
}

std::string formatted(const validate::OptimizationReport& report, Format format)
{
    switch (format) {
        case Format::json: return validate::optimize_json(report);
        case Format::csv: return validate::optimize_csv(report);
        case Format::table: break;
    }
    return validate::optimize_text(report);
}

}  // namespace

void add(CLI::App& app, OptimizeArguments& arguments)
{
    PlanningFlags& planning = arguments.planning;
    add_subjects(app, arguments.subjects, ", or all");
    add_mapping(app, planning.mapping,
                "Mapping rules: file or built-in name (default: those of each accelerator's family)");
    add_profile(app, arguments.profile);
    add_design_space(app, arguments.space);
    add_search(app, planning);
    add_threads(app, arguments.threads, "Choices that are planned at once (0: one per core)")->capture_default_str();
    app.add_flag("--front", arguments.front,
                 "All energies and latencies that no other schedule equals or beats in both");
    app.add_flag("--uniform", arguments.uniform, "Compare the best with one tile and mode for all stacks");
    add_file(app, "--schedule-out", arguments.schedule_out, "Write the best schedule (JSON) to this file");
    add_period(app, arguments.period);
    add_report(app, arguments.report, {Format::table, Format::json, Format::csv});
}

ExitCode optimize(const Context& context, const OptimizeArguments& arguments)
{
    const std::vector<OptimizePair> pairs = read_pairs(context, arguments);
    const PlanningFlags& planning = arguments.planning;
    validate::OptimizationReport report{planning.search,
                                        planning.capacity,
                                        arguments.front ? Optima::pareto_front : Optima::best,
                                        {},
                                        arguments.period};
    report.networks = optimized_networks(context, arguments, pairs);
    const bool feasible = std::any_of(report.networks.begin(), report.networks.end(),
                                      [](const validate::OptimizedNetwork& each) { return each.found.feasible(); });
    if (!feasible) throw InfeasibleError(report.networks.front().found.reason());
    deliver(context, arguments.report.file, formatted(report, arguments.report.format));
    return ExitCode::done;
}

}  // namespace plumbline::cli
