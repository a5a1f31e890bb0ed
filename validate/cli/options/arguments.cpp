// SPDX-License-Identifier: Apache-2.0
#include "options/arguments.hpp"

#include <vector>

#include "execution/traces.hpp"
#include "options/flags.hpp"

namespace plumbline::cli {
namespace {

std::vector<CLI::Option*> add_planning(CLI::App& app, ScheduleArguments& arguments)
{
    PlanOptions& plan = arguments.plan;
    return {
        app.add_option("--mapping", arguments.mapping,
                       "Mapping rules: file or built-in name (default: those of the accelerator's family)"),
        add_list(app, "--tile", arguments.tiles, parse_tile,
                 "Tile of a stack's output, columns x rows: one for all stacks, or a list")
            ->type_name("60x72"),
        add_list(app, "--mode", arguments.modes, parse_mode,
                 "What neighbouring tiles share is recomputed or cached: one for all stacks, or a list")
            ->type_name("fully-recompute|h-cached|fully-cached")
            ->default_str("fully-cached"),
        app.add_option(
               "--cuts", arguments.cuts,
               "Where stacks end: auto (where weights overflow), none (one stack), each (layer), or a list of layers")
            ->type_name("auto|none|each|3,7")
            ->capture_default_str(),
        add_factors(app, plan.search),
        add_objective(app, plan.search),
        add_capacity(app, plan.capacity),
    };
}

void add_schedule(CLI::App& app, ScheduleArguments& arguments)
{
    app.add_option("--accelerator", arguments.accelerator, "Accelerator: file or built-in name")->required();
    app.add_option("--workload", arguments.workload, "Network: file or built-in name")->required();
    add_profile(app, arguments.profile);
    const auto planning = add_planning(app, arguments);
    auto* file = app.add_option("--schedule", arguments.file, "Use this schedule (JSON) instead of planning one");
    for (CLI::Option* option : planning) file->excludes(option);
    add_estimator(app, arguments.plan.search.estimator);
    app.add_option("--threads", arguments.plan.search.threads, "Threads of the mapping search (0: one per core)")
        ->check(CLI::NonNegativeNumber)
        ->capture_default_str();
    app.add_option("--schedule-out", arguments.file_out, "Write the schedule (JSON) to this file");
    app.final_callback([&app] {
        if (app.count("--tile") + app.count("--schedule") == 0) throw CLI::RequiredError("--tile or --schedule");
    });
}

void add_functional(CLI::App& app, FunctionalArguments& arguments)
{
    auto* functional = app.add_flag("--functional", arguments.wanted,
                                    "Compute as well, and compare the output with a reference; exit 1 where it differs")
                           ->excludes("--fold-classes");
    auto* seed = app.add_option("--seed", arguments.seed, "Of random features and weights")
                     ->needs(functional)
                     ->capture_default_str();
    app.add_option("--data", arguments.folder, "Folder with input.npy and weights_<layer>.npy (int8) instead")
        ->needs(functional)
        ->excludes(seed);
    app.add_option("--functional-out", arguments.output, "Write the output map to this file (.npy)")->needs(functional);
}

void add_tolerance(CLI::App& app, const std::string& flag, double& target, const std::string& help)
{
    app.add_option(flag, target, help)->check(CLI::NonNegativeNumber)->capture_default_str();
}

/// What all commands that simulate have in common.
void add_simulation(CLI::App& app, SimulateArguments& arguments)
{
    add_schedule(app, arguments.schedule);
    add_report(app, arguments.report, {Format::table, Format::json});
    app.add_flag("--fold-classes", arguments.fold_classes,
                 "Execute one tile of each class and multiply, instead of every tile");
    add_fidelity(app, arguments.fidelity);
    const auto known = [](const std::string& path) {
        return is_trace(path) ? std::string{}
                              : "'" + path + "' is no trace, expected a name that ends with " + trace_formats();
    };
    app.add_option("--trace", arguments.traces, "Write what happens in the machine to this file: " + trace_formats())
        ->check(CLI::Validator{known, "FILE", "trace"})
        ->allow_extra_args(false);
    add_choice(app, "--overcommit", arguments.overcommit, {sim::Overcommit::refuse, sim::Overcommit::report},
               sim::overcommit_named, "What becomes of a schedule that needs more space than there is");
}

/// Either side from files.
void add_import(CLI::App& app, ValidateArguments& arguments)
{
    app.add_option("--predictions", arguments.predictions,
                   "Predictions of others instead of the model's: CSV, results of ZigZag v3 (JSON)")
        ->type_name("FILE");
    app.add_option("--observations", arguments.observations,
                   "Observations instead of a simulation: CSV, traces of Chrome's format (JSON), waveforms (VCD)")
        ->type_name("FILE")
        ->excludes(app.get_option("--fold-classes"))
        ->excludes(app.get_option("--trace"));
    app.add_option("--trace-mapping", arguments.import.trace_mapping,
                   "What events and signals of foreign traces mean (YAML)")
        ->type_name("FILE");
    app.add_option("--cycle-ns", arguments.import.cycle_ns,
                   "Length of a cycle in files whose times are not cycles (default: what the mapping says, or 1)")
        ->check(CLI::PositiveNumber);
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

OverlapMode parse_mode(const std::string& text)
{
    if (const auto mode = overlap_mode_named(text)) return *mode;
    throw CLI::ValidationError(
        "--mode", "'" + text + "' is no overlap mode, expected fully-recompute, h-cached or " + "fully-cached");
}

void add(CLI::App& app, EvaluateArguments& arguments)
{
    add_schedule(app, arguments.schedule);
    add_report(app, arguments.report, {Format::table, Format::json});
}

void add(CLI::App& app, SimulateArguments& arguments)
{
    add_simulation(app, arguments);
    add_functional(app, arguments.functional);
    app.add_flag_callback(
        "--by-step", [&arguments] { arguments.detail = validate::Detail::by_step; },
        "Also list the traffic of each layer and copy (JSON always does)");
}

void add(CLI::App& app, ValidateArguments& arguments)
{
    add_simulation(app, arguments.simulation);
    add_import(app, arguments);
    app.add_option("--report", arguments.page,
                   "Also write charts and tables of it all into this HTML file, which opens by itself")
        ->type_name("FILE.html");
    add_tolerance(app, "--tolerance-accesses", arguments.tolerances.accesses,
                  "Largest relative deviation of the accesses of a memory, operand and direction");
    add_tolerance(app, "--tolerance-latency", arguments.tolerances.latency,
                  "Largest relative deviation of the cycles of a layer, of a copy and of the whole");
}

void add(CLI::App& app, CostArguments& arguments)
{
    app.add_option("--accelerator", arguments.accelerator,
                   "Accelerator: file or built-in name (default: the built-in one that the records name)");
    app.add_option("--records", arguments.records, "Layers under given mappings and copies: .jsonl or .jsonl.gz")
        ->required();
    auto* search = app.add_flag("--search", arguments.search, "Also search the mapping of records of kind best");
    app.add_option("--mapping", arguments.mapping,
                   "Mapping rules for --search: file or built-in name (default: those of the accelerator's family)")
        ->needs(search);
    app.add_option("--workload", arguments.workload,
                   "Network for --search, whose layers have mapping rules: file or built-in name (default: as above)")
        ->needs(search);
    app.add_option("--threads", arguments.threads, "Threads of --search (0: one per core)")
        ->check(CLI::NonNegativeNumber)
        ->needs(search);
    add_tolerance(app, "--tolerance", arguments.tolerance, "Largest relative deviation from what records expect");
    add_report(app, arguments.report, {Format::table, Format::json});
}

}  // namespace plumbline::cli
