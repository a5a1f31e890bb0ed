// SPDX-License-Identifier: Apache-2.0
#include "capacity_command.hpp"

#include <algorithm>
#include <map>
#include <sstream>

#include <nlohmann/json.hpp>

#include "descriptions.hpp"
#include "flags.hpp"
#include "planning.hpp"
#include "plumbline/error.hpp"
#include "plumbline/io/yaml.hpp"
#include "plumbline/sim/capacity_check.hpp"
#include "plumbline/validate/table.hpp"
#include "progress.hpp"
#include "schedule_source.hpp"

namespace plumbline::cli {
namespace {

/// A schedule, and what the machine finds of it.
struct Checked {
    std::string accelerator;
    std::string workload;
    OverlapMode mode = OverlapMode::fully_cached;
    std::string infeasible;  ///< empty where there is a schedule
    /// Of each memory the step that is most over.
    struct Over {
        std::string memory;
        std::string step;
        std::string tile;
        Bits needed{};
        Bits size{};
    };
    std::vector<Over> over;
    std::size_t absent = 0;

    bool fits() const { return infeasible.empty() && over.empty() && absent == 0; }
};

std::vector<std::string> names_of(Description kind, const std::vector<std::string>& given)
{
    return given == std::vector<std::string>{"all"} ? built_in_names(kind) : given;
}

void note_worst(const sim::Findings& findings, const Accelerator& accelerator, const Workload& workload,
                const Schedule& schedule, Checked& checked)
{
    std::map<MemoryId, sim::Overcommitment> worst;
    for (const sim::Overcommitment& each : findings.overcommitments) {
        const auto [known, is_new] = worst.emplace(each.memory, each);
        if (!is_new && each.needed > known->second.needed) known->second = each;
    }
    for (const auto& [memory, each] : worst) {
        const TileClass& tile = schedule.stacks[each.stack].classes[each.tile_class];
        const std::string column{name_of(tile.column)};
        const std::string row{name_of(tile.row)};
        checked.over.push_back({accelerator.memory(memory).name, text_of(each.activity, workload), column + ", " + row,
                                each.needed, each.size});
    }
    checked.absent = findings.absent.size();
}

Checked check_one(const CapacityArguments& arguments, const std::string& accelerator_name,
                  const std::string& workload_name, OverlapMode mode)
{
    const Accelerator accelerator =
        io::read_accelerator(find_description(Description::accelerator, accelerator_name).string());
    const Workload workload = io::read_workload(find_description(Description::workload, workload_name).string());
    const MappingRules rules = io::read_mapping(find_mapping({}, accelerator_name).string(), accelerator);
    PlanOptions options;
    options.stacks = {{arguments.tile, mode}};
    options.cuts = parse_cuts(arguments.cuts, workload);
    options.capacity = arguments.capacity;
    options.search = arguments.search;
    Checked checked{accelerator_name, workload_name, mode, {}, {}, 0};
    const Outcome<Schedule> schedule = plan_schedule(accelerator, workload, rules, options);
    if (schedule)
        note_worst(sim::check_capacity(accelerator, workload, *schedule), accelerator, workload, *schedule, checked);
    else
        checked.infeasible = schedule.reason();
    return checked;
}

std::string text(const std::vector<Checked>& all)
{
    validate::Table table{{"accelerator", validate::Align::left},
                          {"network", validate::Align::left},
                          {"mode", validate::Align::left},
                          {"memory", validate::Align::left},
                          {"step", validate::Align::left},
                          {"tile (column, row)", validate::Align::left},
                          {"needed [bit]"},
                          {"size [bit]"},
                          {"over"}};
    std::size_t fitting = 0;
    for (const Checked& each : all) {
        const std::string mode{name_of(each.mode)};
        if (each.fits()) ++fitting;
        if (!each.infeasible.empty())
            table.add({each.accelerator, each.workload, mode, "", "infeasible: " + each.infeasible, "", "", "", ""});
        for (const Checked::Over& over : each.over) {
            const auto needed = static_cast<double>(over.needed.count());
            table.add({each.accelerator, each.workload, mode, over.memory, over.step, over.tile,
                       validate::grouped(over.needed.count()), validate::grouped(over.size.count()),
                       validate::percent(needed / static_cast<double>(over.size.count()) - 1)});
        }
        if (each.absent > 0)
            table.add({each.accelerator, each.workload, mode, "",
                       validate::counted(each.absent, "read") + " of what was not copied there", "", "", "", ""});
    }
    std::ostringstream out;
    if (!table.empty()) out << table << '\n';
    out << fitting << " of " << validate::counted(all.size(), "schedule") << " fit\n";
    return out.str();
}

std::string json(const std::vector<Checked>& all)
{
    nlohmann::ordered_json schedules = nlohmann::ordered_json::array();
    for (const Checked& each : all) {
        nlohmann::ordered_json one{{"accelerator", each.accelerator},
                                   {"workload", each.workload},
                                   {"mode", std::string{name_of(each.mode)}},
                                   {"absent_reads", each.absent},
                                   {"over", nlohmann::ordered_json::array()}};
        if (!each.infeasible.empty()) one["infeasible"] = each.infeasible;
        for (const Checked::Over& over : each.over)
            one["over"].push_back({{"memory", over.memory},
                                   {"step", over.step},
                                   {"tile", over.tile},
                                   {"needed_bits", over.needed.count()},
                                   {"size_bits", over.size.count()}});
        schedules.push_back(std::move(one));
    }
    return nlohmann::ordered_json{{"schema", "plumbline.capacity/1"}, {"schedules", schedules}}.dump(2) + '\n';
}

}  // namespace

void add(CLI::App& app, CapacityArguments& arguments)
{
    app.add_option("--accelerator", arguments.accelerators, "Accelerators: files or built-in names, or all")
        ->delimiter(',')
        ->required();
    app.add_option("--workload", arguments.workloads, "Networks: files or built-in names, or all")
        ->delimiter(',')
        ->required();
    app.add_option_function<std::string>(
           "--tile", [&arguments](const std::string& given) { arguments.tile = parse_tile(given); },
           "Tile of each stack's output, columns x rows")
        ->type_name("60x72")
        ->default_str("16x18");
    add_list(app, "--modes", arguments.modes, parse_mode, "Overlap modes (default: all)")
        ->type_name("fully-recompute,h-cached,fully-cached");
    app.add_option("--cuts", arguments.cuts, "Where stacks end: auto, none, each, or a list of layers")
        ->type_name("auto|none|each|3,7")
        ->capture_default_str();
    add_factors(app, arguments.search);
    add_objective(app, arguments.search);
    add_capacity(app, arguments.capacity);
    add_report(app, arguments.report, {Format::table, Format::json});
}

ExitCode capacity(const Context& context, const CapacityArguments& arguments)
{
    std::vector<OverlapMode> modes = arguments.modes;
    if (modes.empty()) modes = {OverlapMode::fully_recompute, OverlapMode::h_cached, OverlapMode::fully_cached};
    const auto accelerators = names_of(Description::accelerator, arguments.accelerators);
    const auto workloads = names_of(Description::workload, arguments.workloads);
    const auto count = static_cast<std::int64_t>(accelerators.size() * workloads.size() * modes.size());
    Progress progress{context, "checking", "schedule"};
    std::vector<Checked> all;
    for (const std::string& accelerator : accelerators) {
        for (const std::string& workload : workloads) {
            for (OverlapMode mode : modes) {
                all.push_back(check_one(arguments, accelerator, workload, mode));
                progress.update(static_cast<std::int64_t>(all.size()), count);
            }
        }
    }
    deliver(context, arguments.report, arguments.report.format == Format::json ? json(all) : text(all));
    return ExitCode::done;
}

}  // namespace plumbline::cli
