// SPDX-License-Identifier: Apache-2.0
#include "commands/capacity_command.hpp"

#include <algorithm>
#include <map>
#include <sstream>

#include <nlohmann/json.hpp>

#include "execution/progress.hpp"
#include "inputs/descriptions.hpp"
#include "inputs/schedule_source.hpp"
#include "options/flags.hpp"
#include "options/planning.hpp"
#include "plumbline/error.hpp"
#include "plumbline/explore.hpp"
#include "plumbline/io/yaml.hpp"
#include "plumbline/sim/capacity_check.hpp"
#include "plumbline/validate/table.hpp"

namespace plumbline::cli {
namespace {

/// A schedule, and what the machine finds of it.
struct Checked {
    std::string accelerator;
    std::string workload;
    TileSize tile;
    OverlapMode mode = OverlapMode::fully_cached;
    std::string infeasible;  ///< empty where there is a schedule
    std::string refused;     ///< what the machine says of a schedule that computes or copies what no tile needs
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

    bool fits() const { return infeasible.empty() && refused.empty() && over.empty() && absent == 0; }
};

/// An accelerator with a network, and the mappings that its schedules share.
struct Pair {
    Accelerator accelerator;
    Workload workload;
    MappingRules rules;
    MappingCache mappings;

    Pair(const std::string& accelerator_name, const std::string& workload_name)
        : accelerator{io::read_accelerator(find_description(Description::accelerator, accelerator_name).string())},
          workload{io::read_workload(find_description(Description::workload, workload_name).string())},
          rules{io::read_mapping(find_mapping({}, accelerator_name).string(), accelerator)}
    {}
};

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

TileSize cut_to(TileSize map, const TileOption& tile)
{
    return tile.whole_map ? map : TileSize{std::min(tile.size.x, map.x), std::min(tile.size.y, map.y)};
}

void check_one(const CapacityArguments& arguments, Pair& pair, Checked& checked)
{
    PlanOptions options;
    options.stacks = {{checked.tile, checked.mode}};
    options.cuts = parse_cuts(arguments.cuts, pair.workload);
    options.capacity = arguments.capacity;
    options.search = arguments.search;
    options.mappings = &pair.mappings;
    const Outcome<Schedule> schedule = plan_schedule(pair.accelerator, pair.workload, pair.rules, options);
    if (!schedule) {
        checked.infeasible = schedule.reason();
        return;
    }
    try {
        note_worst(sim::check_capacity(pair.accelerator, pair.workload, *schedule), pair.accelerator, pair.workload,
                   *schedule, checked);
    } catch (const InputError& error) {
        checked.refused = error.what();
    }
}

std::string text_of(TileSize tile) { return std::to_string(tile.x) + 'x' + std::to_string(tile.y); }

std::string text(const std::vector<Checked>& all)
{
    validate::Table table{{"accelerator", validate::Align::left},
                          {"network", validate::Align::left},
                          {"tile"},
                          {"mode", validate::Align::left},
                          {"memory", validate::Align::left},
                          {"step", validate::Align::left},
                          {"column, row", validate::Align::left},
                          {"needed [bit]"},
                          {"size [bit]"},
                          {"over"}};
    std::size_t fitting = 0;
    std::size_t infeasible = 0;
    for (const Checked& each : all) {
        const auto add = [&](const std::string& memory, const std::string& step, const std::string& tile,
                             const std::string& needed, const std::string& size, const std::string& over) {
            table.add({each.accelerator, each.workload, text_of(each.tile), std::string{name_of(each.mode)}, memory,
                       step, tile, needed, size, over});
        };
        if (each.fits()) ++fitting;
        if (!each.infeasible.empty()) {
            ++infeasible;
            add("", "infeasible: " + each.infeasible, "", "", "", "");
        }
        if (!each.refused.empty()) add("", each.refused, "", "", "", "");
        for (const Checked::Over& over : each.over) {
            const auto needed = static_cast<double>(over.needed.count());
            add(over.memory, over.step, over.tile, validate::grouped(over.needed.count()),
                validate::grouped(over.size.count()),
                validate::percent(needed / static_cast<double>(over.size.count()) - 1));
        }
        if (each.absent > 0)
            add("", validate::counted(each.absent, "read") + " of what was not copied there", "", "", "", "");
    }
    std::ostringstream out;
    if (!table.empty()) out << table << '\n';
    out << fitting << " of " << validate::counted(all.size() - infeasible, "schedule") << " fit";
    if (infeasible > 0) out << "; " << infeasible << " infeasible";
    out << '\n';
    return out.str();
}

std::string json(const std::vector<Checked>& all)
{
    nlohmann::ordered_json schedules = nlohmann::ordered_json::array();
    for (const Checked& each : all) {
        nlohmann::ordered_json one{{"accelerator", each.accelerator},    {"workload", each.workload},
                                   {"tile", {each.tile.x, each.tile.y}}, {"mode", std::string{name_of(each.mode)}},
                                   {"absent_reads", each.absent},        {"over", nlohmann::ordered_json::array()}};
        if (!each.infeasible.empty()) one["infeasible"] = each.infeasible;
        if (!each.refused.empty()) one["refused"] = each.refused;
        for (const Checked::Over& over : each.over)
            one["over"].push_back({{"memory", over.memory},
                                   {"step", over.step},
                                   {"tile", over.tile},
                                   {"needed_bits", over.needed.count()},
                                   {"size_bits", over.size.count()}});
        schedules.push_back(std::move(one));
    }
    return nlohmann::ordered_json{{"schema", "plumbline/capacity/1"}, {"schedules", schedules}}.dump(2) + '\n';
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
    add_list(app, "--tile", arguments.tiles, parse_tile_option,
             "Tiles of each stack's output, columns x rows, cut to the map; full: the whole map")
        ->type_name("60x72,16x8,full")
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
    const auto count =
        static_cast<std::int64_t>(accelerators.size() * workloads.size() * arguments.tiles.size() * modes.size());
    Progress progress{context, "checking", "schedule"};
    std::vector<Checked> all;
    for (const std::string& accelerator : accelerators) {
        for (const std::string& workload : workloads) {
            Pair pair{accelerator, workload};
            const TileSize map =
                whole_map(pair.accelerator, pair.workload, pair.rules, parse_cuts(arguments.cuts, pair.workload));
            for (const TileOption& tile : arguments.tiles) {
                for (OverlapMode mode : modes) {
                    all.push_back({accelerator, workload, cut_to(map, tile), mode, {}, {}, {}, 0});
                    check_one(arguments, pair, all.back());
                    progress.update(static_cast<std::int64_t>(all.size()), count);
                }
            }
        }
    }
    deliver(context, arguments.report, arguments.report.format == Format::json ? json(all) : text(all));
    return ExitCode::done;
}

}  // namespace plumbline::cli
