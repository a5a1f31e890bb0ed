// SPDX-License-Identifier: Apache-2.0
#include "arguments.hpp"

#include <charconv>
#include <initializer_list>
#include <vector>

namespace plumbline::cli {
namespace {

/// A flag whose value is the name of an enumerator.
template <class Enum, class Parse>
CLI::Option* add_choice(CLI::App& app, const std::string& flag, Enum& target, std::initializer_list<Enum> values,
                        Parse parse, const std::string& help)
{
    std::vector<std::string> names;
    for (Enum value : values) names.emplace_back(name_of(value));
    const auto assign = [&target, parse](const std::string& name) { target = *parse(name); };
    return app.add_option_function<std::string>(flag, assign, help)
        ->check(CLI::IsMember(names))
        ->default_str(std::string{name_of(target)});
}

std::int64_t positive(std::string_view digits)
{
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return error == std::errc{} && end == digits.data() + digits.size() ? value : 0;
}

std::string check_cuts(const std::string& cuts)
{
    if (cuts == "none") return {};
    return "cannot cut after '" + cuts + "': the whole network is planned as one stack, expected none";
}

std::vector<CLI::Option*> add_planning(CLI::App& app, ScheduleArguments& arguments)
{
    PlanOptions& plan = arguments.plan;
    const auto set_tile = [&plan](const std::string& text) { plan.tile = parse_tile(text); };
    return {
        app.add_option("--mapping", arguments.mapping,
                       "Mapping rules: file or built-in name (default: those of the accelerator's family)"),
        app.add_option_function<std::string>("--tile", set_tile, "Tile of the network's output, columns x rows")
            ->type_name("60x72"),
        add_choice(app, "--mode", plan.mode,
                   {OverlapMode::fully_recompute, OverlapMode::h_cached, OverlapMode::fully_cached}, overlap_mode_named,
                   "What neighbouring tiles share is recomputed or cached"),
        app.add_option("--cuts", "Stack cuts: none (one stack)")
            ->check(CLI::Validator(check_cuts, "none"))
            ->default_str("none"),
        app.add_option("--factors", plan.search.factors, "Temporal loop factors per layer at most (0: no limit)")
            ->check(CLI::NonNegativeNumber)
            ->capture_default_str(),
        add_choice(app, "--objective", plan.search.objective, {Objective::energy, Objective::latency, Objective::edp},
                   objective_named, "What the mapping search minimises"),
        add_choice(app, "--capacity", plan.capacity, {CapacityPolicy::optimistic, CapacityPolicy::reserved},
                   capacity_policy_named, "Whether space that caches and weights take is kept free of tiles"),
    };
}

void add_schedule(CLI::App& app, ScheduleArguments& arguments)
{
    app.add_option("--accelerator", arguments.accelerator, "Accelerator: file or built-in name")->required();
    app.add_option("--workload", arguments.workload, "Network: file or built-in name")->required();
    const auto planning = add_planning(app, arguments);
    auto* file = app.add_option("--schedule", arguments.file, "Use this schedule (JSON) instead of planning one");
    for (CLI::Option* option : planning) file->excludes(option);
    add_choice(app, "--estimator", arguments.plan.search.estimator, {Estimator::uniform}, estimator_named,
               "Formulas to predict with");
    app.add_option("--threads", arguments.plan.search.threads, "Threads of the mapping search (0: one per core)")
        ->check(CLI::NonNegativeNumber)
        ->capture_default_str();
    app.add_option("--schedule-out", arguments.file_out, "Write the schedule (JSON) to this file");
    app.final_callback([&app] {
        if (app.count("--tile") + app.count("--schedule") == 0) throw CLI::RequiredError("--tile or --schedule");
    });
}

void add_report(CLI::App& app, ReportArguments& arguments)
{
    const auto set_format = [&arguments](const std::string& name) {
        arguments.format = name == "json" ? Format::json : Format::table;
    };
    app.add_option_function<std::string>("--format", set_format, "How results are written")
        ->check(CLI::IsMember({"table", "json"}))
        ->default_str("table");
    app.add_option("-o,--output", arguments.file, "Write results to this file (default: standard output)");
}

void add_tolerance(CLI::App& app, const std::string& flag, double& target, const std::string& help)
{
    app.add_option(flag, target, help)->check(CLI::NonNegativeNumber)->capture_default_str();
}

}  // namespace

TileSize parse_tile(const std::string& text)
{
    const auto cross = text.find('x');
    const std::string_view all{text};
    const TileSize tile = cross == std::string::npos
                              ? TileSize{0, 0}
                              : TileSize{positive(all.substr(0, cross)), positive(all.substr(cross + 1))};
    if (tile.x < 1 || tile.y < 1) {
        throw CLI::ValidationError("--tile", "'" + text + "' is no tile, expected columns x rows such as 60x72");
    }
    return tile;
}

void add(CLI::App& app, EvaluateArguments& arguments)
{
    add_schedule(app, arguments.schedule);
    add_report(app, arguments.report);
}

void add(CLI::App& app, SimulateArguments& arguments)
{
    add_schedule(app, arguments.schedule);
    add_report(app, arguments.report);
    app.add_flag("--fold-classes", arguments.fold_classes,
                 "Execute one tile of each class and multiply, instead of every tile");
}

void add(CLI::App& app, ValidateArguments& arguments)
{
    add(app, arguments.simulation);
    add_tolerance(app, "--tolerance-accesses", arguments.tolerances.accesses,
                  "Largest relative deviation of the accesses of a memory, operand and direction");
    add_tolerance(app, "--tolerance-latency", arguments.tolerances.latency,
                  "Largest relative deviation of the cycles of a layer, of a copy and of the whole");
}

void add(CLI::App& app, CostArguments& arguments)
{
    app.add_option("--accelerator", arguments.accelerator, "Accelerator: file or built-in name")->required();
    app.add_option("--records", arguments.records, "Layers under given mappings and copies: .jsonl or .jsonl.gz")
        ->required();
    auto* search = app.add_flag("--search", arguments.search, "Also search the mapping of records of kind best");
    app.add_option("--mapping", arguments.mapping,
                   "Mapping rules for --search: file or built-in name (default: those of the accelerator's family)")
        ->needs(search);
    app.add_option("--threads", arguments.threads, "Threads of --search (0: one per core)")
        ->check(CLI::NonNegativeNumber)
        ->needs(search);
    add_tolerance(app, "--tolerance", arguments.tolerance, "Largest relative deviation from what records expect");
    add_report(app, arguments.report);
}

}  // namespace plumbline::cli
