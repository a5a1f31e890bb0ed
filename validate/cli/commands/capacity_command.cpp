// SPDX-License-Identifier: Apache-2.0
#include "commands/capacity_command.hpp"

#include <algorithm>
#include <cstdint>
#include <string>

#include "execution/deliver.hpp"
#include "execution/output_file.hpp"
#include "execution/progress.hpp"
#include "inputs/descriptions.hpp"
#include "inputs/explore_space.hpp"
#include "inputs/plan_options.hpp"
#include "inputs/planning_inputs.hpp"
#include "inputs/planning_mappings.hpp"
#include "options/flags.hpp"
#include "plumbline/error.hpp"
#include "plumbline/sim/capacity_check.hpp"
#include "plumbline/validate/capacity_report.hpp"

namespace plumbline::cli {
namespace {

TileSize cut_to(TileSize map, const TileOption& tile)
{
    return tile.whole_map ? map : TileSize{std::min(tile.size.x, map.x), std::min(tile.size.y, map.y)};
}

void check_one(const PlanningInputs& inputs, const PlanOptions& options, validate::CapacityCheck& check)
{
    const auto& [accelerator, workload, rules, content] = inputs;
    const Outcome<Schedule> schedule = plan_schedule(accelerator, workload, rules, options);
    if (!schedule) {
        check.infeasible = schedule.reason();
        return;
    }
    try {
        note(check, sim::check_capacity(accelerator, workload, *schedule), accelerator, workload, *schedule);
    } catch (const InputError& error) {
        check.refused = error.what();
    }
}

/// Of one network on one accelerator. \param checked is called after each
template <class Checked>
void check_all(const Context& context, const CapacityArguments& arguments, const std::string& accelerator,
               const std::string& workload, std::vector<validate::CapacityCheck>& checks, const Checked& checked)
{
    const PlanningInputs inputs =
        read_planning_inputs(context, {accelerator, workload, arguments.planning.mapping, arguments.profile});
    const Cuts cuts = cuts_of(arguments.planning, inputs.workload);
    const TileSize map = whole_map(inputs.accelerator, inputs.workload, inputs.rules, cuts);
    PlanningMappings known{arguments.planning, inputs.content};
    for (const TileOption& option : arguments.tiles) {
        const TileSize tile = cut_to(map, option);
        for (OverlapMode mode : modes_of(arguments.modes)) {
            checks.push_back({accelerator, workload, tile, mode});
            check_one(inputs, plan_options(arguments.planning, {tile, mode, cuts}, known.cache()), checks.back());
            checked();
        }
    }
}

}  // namespace

void add(CLI::App& app, CapacityArguments& arguments)
{
    add_subjects(app, arguments.subjects, ", or all");
    add_mapping(app, arguments.planning.mapping,
                "Mapping rules: file or built-in name (default: those of each accelerator's family)");
    add_profile(app, arguments.profile);
    add_list(app, "--tile", arguments.tiles, parse_tile_option,
             "Tiles of each stack's output, columns x rows, cut to the map; full: the whole map")
        ->type_name("60x72,16x8,full")
        ->default_str("16x18");
    add_modes(app, arguments.modes);
    add_cuts(app, arguments.planning.cuts, "Where stacks end: auto, none, each, or a list of layers",
             "auto|none|each|3,7");
    add_search(app, arguments.planning);
    add_threads(app, arguments.planning.search.threads, "Threads of the mapping search (0: one per core)")
        ->capture_default_str();
    add_report(app, arguments.report, {Format::table, Format::json});
}

ExitCode capacity(const Context& context, const CapacityArguments& arguments)
{
    check_outputs({arguments.report.file}, {arguments.planning.mapping_cache});
    const auto accelerators = names_of(Description::accelerator, arguments.subjects.accelerators);
    const auto workloads = names_of(Description::workload, arguments.subjects.workloads);
    const std::size_t schedules = arguments.tiles.size() * modes_of(arguments.modes).size();
    const auto count = static_cast<std::int64_t>(accelerators.size() * workloads.size() * schedules);
    Progress progress{context, "checking", "schedule"};
    std::vector<validate::CapacityCheck> checks;
    const auto checked = [&] { progress.update(static_cast<std::int64_t>(checks.size()), count); };
    for (const std::string& accelerator : accelerators)
        for (const std::string& workload : workloads)
            check_all(context, arguments, accelerator, workload, checks, checked);
    const auto write = arguments.report.format == Format::json ? validate::capacity_json : validate::capacity_text;
    deliver(context, arguments.report.file, write(checks));
    const bool nothing =
        std::none_of(checks.begin(), checks.end(), [](const auto& each) { return each.infeasible.empty(); });
    if (nothing) throw InfeasibleError{"no schedule is feasible"};
    return ExitCode::done;
}

}  // namespace plumbline::cli
