// SPDX-License-Identifier: Apache-2.0
#include "commands/optimize_command.hpp"

#include <algorithm>
#include <utility>

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
#include "plumbline/explore.hpp"
#include "plumbline/io/schedule_json.hpp"
#include "plumbline/optima.hpp"
#include "plumbline/optimize.hpp"
#include "plumbline/validate/optimize_report.hpp"

namespace plumbline::cli {
namespace {

/// Without tiles on the command line the library chooses them, stack by stack.
std::vector<TileSize> tiles_of(const OptimizeArguments& arguments, const PlanningInputs& inputs)
{
    const TileSpace& tiles = arguments.space.tiles;
    if (tiles.list.empty() && tiles.columns.empty()) return {};
    const auto whole = whole_map(inputs.accelerator, inputs.workload, inputs.rules, {Cuts::Kind::each, {}});
    return tiles_for(tiles, whole);
}

OptimizeOptions options_of(const OptimizeArguments& arguments, const PlanningInputs& inputs, MappingCache& mappings)
{
    OptimizeOptions options;
    options.tiles = tiles_of(arguments, inputs);
    options.modes = modes_of(arguments.space.modes);
    options.capacity = arguments.planning.capacity;
    options.search = arguments.planning.search;
    options.optima = arguments.front ? Optima::pareto_front : Optima::best;
    options.threads = arguments.threads;
    options.mappings = &mappings;
    return options;
}

/// Every other size of the grid that `optimize` has for the largest map, so that no uniform choice is better than its best.
std::vector<std::int64_t> every_other(std::int64_t map)
{
    const std::vector<std::int64_t> sizes = optimization_grid(map);
    std::vector<std::int64_t> chosen;
    for (std::size_t i = 0; i < sizes.size(); i += 2) chosen.push_back(sizes[sizes.size() - 1 - i]);
    return {chosen.rbegin(), chosen.rend()};
}

std::vector<TileSize> uniform_tiles(const OptimizeOptions& options, const PlanningInputs& inputs)
{
    if (!options.tiles.empty()) return options.tiles;
    const TileSize map = whole_map(inputs.accelerator, inputs.workload, inputs.rules, {Cuts::Kind::each, {}});
    std::vector<TileSize> tiles;
    for (const std::int64_t x : every_other(map.x))
        for (const std::int64_t y : every_other(map.y)) tiles.push_back({x, y});
    return tiles;
}

void add_points(std::vector<DesignPoint>& points, Cuts::Kind kind, const OptimizeOptions& options,
                const PlanningInputs& inputs)
{
    const TileSize whole = whole_map(inputs.accelerator, inputs.workload, inputs.rules, {kind, {}});
    for (OverlapMode mode : options.modes)
        for (TileSize tile : uniform_tiles(options, inputs))
            points.push_back({{std::min(tile.x, whole.x), std::min(tile.y, whole.y)}, mode, {kind, {}}});
}

std::vector<DesignPoint> uniform_points(const OptimizeOptions& options, const PlanningInputs& inputs)
{
    std::vector<DesignPoint> points;
    add_points(points, Cuts::Kind::automatic, options, inputs);
    add_points(points, Cuts::Kind::each, options, inputs);
    // A network of several outputs is no single stack.
    if (inputs.workload.outputs().size() == 1) add_points(points, Cuts::Kind::none, options, inputs);
    return points;
}

/// One tile and mode for all stacks, cut as `explore` can cut.
void compare_with_uniform(validate::OptimizedNetwork& network, const OptimizeOptions& options,
                          const PlanningInputs& inputs)
{
    ExploreOptions exploring;
    exploring.capacity = options.capacity;
    exploring.search = options.search;
    exploring.threads = options.threads;
    exploring.mappings = options.mappings;
    const std::vector<DesignPoint> points = uniform_points(options, inputs);
    auto results = explore(inputs.accelerator, inputs.workload, inputs.rules, points, exploring);
    PointCosts costs;
    for (const auto& each : results) costs.push_back(each->cost ? &*each->cost : nullptr);
    const auto best = optimum(costs, {options.search.objective, options.search.weights, CostView::everything});
    network.uniform_points = results.size();
    if (best) network.best_uniform = std::move(results[best->index]);
}

void write_schedule(const Context& context, const OptimizeArguments& arguments, const PlanningInputs& inputs,
                    const OptimizedSchedule& best, MappingCache& mappings)
{
    PlanOptions options = plan_options(arguments.planning);
    options.mappings = &mappings;
    const auto schedule = plan_schedule(inputs.accelerator, inputs.workload, inputs.rules, best, options);
    write_file(arguments.schedule_out, io::to_json(*schedule, inputs.accelerator));
    context.log->info("schedule written to {}", arguments.schedule_out);
}

validate::OptimizedNetwork optimized(const Context& context, const OptimizeArguments& arguments,
                                     const std::string& accelerator, const std::string& workload)
{
    const PlanningInputs inputs =
        read_planning_inputs(context, {accelerator, workload, arguments.planning.mapping, arguments.profile});
    PlanningMappings known{arguments.planning, inputs.content};
    MappingCache& mappings = known.cache();
    OptimizeOptions options = options_of(arguments, inputs, mappings);
    Progress progress{context, "optimising", "choice"};
    options.progress = [&](const OptimizeProgress& now) {
        progress.update(static_cast<std::int64_t>(now.planned), static_cast<std::int64_t>(now.planned + now.open));
    };
    auto found = optimize(inputs.accelerator, inputs.workload, inputs.rules, options);
    if (found && !arguments.schedule_out.empty())
        write_schedule(context, arguments, inputs, found->schedules.front(), mappings);
    validate::OptimizedNetwork network{inputs.accelerator.name(), inputs.workload, std::move(found), {}, 0};
    if (arguments.planning.search.factors == 0) network.search = mappings.proof();
    if (arguments.uniform && network.found) compare_with_uniform(network, options, inputs);
    context.log->info("{} {}: {} mapping problems searched, {} met again", accelerator, workload, mappings.searched(),
                      mappings.reused());
    return network;
}

void check_arguments(const OptimizeArguments& arguments, std::size_t pairs)
{
    check_outputs({arguments.report.file, arguments.schedule_out}, {arguments.planning.mapping_cache});
    if (!arguments.schedule_out.empty() && pairs != 1)
        throw InputError("--schedule-out", "is one schedule, expected one accelerator and one network");
    if (!arguments.schedule_out.empty() && arguments.front)
        throw InputError("--schedule-out", "is one schedule, expected no --front");
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
    add_report(app, arguments.report, {Format::table, Format::json});
}

ExitCode optimize(const Context& context, const OptimizeArguments& arguments)
{
    const auto accelerators = names_of(Description::accelerator, arguments.subjects.accelerators);
    const auto workloads = names_of(Description::workload, arguments.subjects.workloads);
    check_arguments(arguments, accelerators.size() * workloads.size());
    const PlanningFlags& planning = arguments.planning;
    validate::OptimizationReport report{
        planning.search, planning.capacity, arguments.front ? Optima::pareto_front : Optima::best, {}};
    for (const std::string& accelerator : accelerators)
        for (const std::string& workload : workloads)
            report.networks.push_back(optimized(context, arguments, accelerator, workload));
    const bool json = arguments.report.format == Format::json;
    const bool feasible = std::any_of(report.networks.begin(), report.networks.end(),
                                      [](const validate::OptimizedNetwork& each) { return each.found.feasible(); });
    if (!feasible) throw InfeasibleError(report.networks.front().found.reason());
    deliver(context, arguments.report.file, json ? validate::optimize_json(report) : validate::optimize_text(report));
    return ExitCode::done;
}

}  // namespace plumbline::cli
