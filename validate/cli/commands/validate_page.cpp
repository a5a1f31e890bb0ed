// SPDX-License-Identifier: Apache-2.0
#include "commands/validate_page.hpp"

#include <utility>

#include "execution/run_store.hpp"
#include "inputs/assets.hpp"
#include "inputs/descriptions.hpp"

namespace plumbline::cli {
namespace {

using Options = std::vector<std::pair<std::string, std::string>>;

Options planning_options(const ScheduleArguments& schedule)
{
    if (!schedule.file.empty()) return {{"schedule", schedule.file}};
    const PlanOptions& plan = schedule.plan;
    return {{"cuts", schedule.cuts},
            {"mapped for", std::string{name_of(plan.search.objective)}},
            {"factors", plan.search.factors == 0 ? "no limit" : std::to_string(plan.search.factors)}};
}

std::vector<std::pair<std::string, std::filesystem::path>> files_of(const ValidateArguments& arguments)
{
    const ScheduleArguments& schedule = arguments.simulation.schedule;
    std::vector<std::pair<std::string, std::filesystem::path>> files{
        {"accelerator", find_description(Description::accelerator, schedule.accelerator)},
        {"workload", find_description(Description::workload, schedule.workload)}};
    if (schedule.file.empty())
        files.emplace_back("mapping rules", find_mapping(schedule.mapping, schedule.accelerator));
    else
        files.emplace_back("schedule", schedule.file);
    if (!schedule.profile.empty()) files.emplace_back("profile", schedule.profile);
    for (const std::string& path : arguments.predictions) files.emplace_back("predictions", path);
    for (const std::string& path : arguments.observations) files.emplace_back("observations", path);
    if (!arguments.import.trace_mapping.empty()) files.emplace_back("trace mapping", arguments.import.trace_mapping);
    return files;
}

}  // namespace

validate::ValidatePageAssets report_page_assets() { return {read_asset("report.html"), page_assets()}; }

validate::PageNotes page_notes(const ValidateArguments& arguments)
{
    const SimulateArguments& simulation = arguments.simulation;
    validate::PageNotes notes{PLUMBLINE_VERSION, planning_options(simulation.schedule), {}};
    if (!simulation.schedule.profile.empty()) notes.options.emplace_back("profile", simulation.schedule.profile);
    if (arguments.observations.empty()) {
        notes.options.emplace_back("fidelity", std::string{sim::name_of(simulation.fidelity)});
        notes.options.emplace_back("simulated", simulation.fold_classes ? "one tile of each class" : "every tile");
    }
    for (const auto& [what, path] : files_of(arguments))
        notes.inputs.push_back({what, path.filename().string(), fingerprint(text_of(path.string()))});
    return notes;
}

}  // namespace plumbline::cli
