// SPDX-License-Identifier: Apache-2.0
#include "commands/optimized_networks.hpp"

#include <algorithm>
#include <atomic>
#include <functional>
#include <numeric>
#include <optional>
#include <utility>

#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/task_arena.h>

#include "execution/output_file.hpp"
#include "execution/progress.hpp"
#include "inputs/explore_space.hpp"
#include "inputs/plan_options.hpp"
#include "inputs/planning_mappings.hpp"
#include "plumbline/explore.hpp"
#include "plumbline/io/schedule_json.hpp"
#include "plumbline/optima.hpp"
#include "plumbline/optimize.hpp"

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

/// \param threads choices that are planned at once
validate::OptimizedNetwork optimized(const Context& context, const OptimizeArguments& arguments,
                                     const OptimizePair& pair, int threads,
                                     const std::function<void(OptimizeProgress)>& progress)
{
    const PlanningInputs& inputs = pair.inputs;
    PlanningMappings known{arguments.planning, inputs.content};
    MappingCache& mappings = known.cache();
    OptimizeOptions options = options_of(arguments, inputs, mappings);
    options.threads = threads;
    options.progress = progress;
    auto found = optimize(inputs.accelerator, inputs.workload, inputs.rules, options);
    if (found && !arguments.schedule_out.empty())
        write_schedule(context, arguments, inputs, found->schedules.front(), mappings);
    validate::OptimizedNetwork network{inputs.accelerator.name(), inputs.workload, std::move(found), {}, 0};
    if (arguments.planning.search.factors == 0) network.search = mappings.proof();
    if (arguments.uniform && network.found) compare_with_uniform(network, options, inputs);
    context.log->info("{} {}: {} mapping problems searched, {} met again", pair.accelerator, pair.workload,
                      mappings.searched(), mappings.reused());
    return network;
}

validate::OptimizedNetwork optimized_alone(const Context& context, const OptimizeArguments& arguments,
                                           const OptimizePair& pair)
{
    Progress progress{context, "optimising", "choice"};
    return optimized(context, arguments, pair, arguments.threads, [&](OptimizeProgress now) {
        progress.update(static_cast<std::int64_t>(now.planned), static_cast<std::int64_t>(now.planned + now.open));
    });
}

std::int64_t macs_of(const Workload& workload)
{
    const auto& layers = workload.layers();
    return std::accumulate(layers.begin(), layers.end(), std::int64_t{0},
                           [](std::int64_t sum, const Layer& layer) { return sum + layer.macs(); });
}

/// Those of most multiplications first: who begins with them is not waited for in the end.
std::vector<std::size_t> in_order_of_work(const std::vector<OptimizePair>& pairs)
{
    std::vector<std::size_t> order(pairs.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return macs_of(pairs[a].inputs.workload) > macs_of(pairs[b].inputs.workload);
    });
    return order;
}

/// Several at once, each on one thread: choices of one network wait for each other, networks do not.
std::vector<validate::OptimizedNetwork> optimized_together(const Context& context, const OptimizeArguments& arguments,
                                                           const std::vector<OptimizePair>& pairs)
{
    const int threads = arguments.threads > 0 ? arguments.threads : tbb::this_task_arena::max_concurrency();
    std::vector<std::optional<validate::OptimizedNetwork>> found(pairs.size());
    Progress progress{context, "optimising", "network"};
    std::atomic<std::int64_t> done = 0;
    const std::vector<std::size_t> order = in_order_of_work(pairs);
    std::atomic<std::size_t> next = 0;
    const auto work = [&](int) {
        for (std::size_t at = next++; at < order.size(); at = next++) {
            found[order[at]] = optimized(context, arguments, pairs[order[at]], 1, {});
            progress.update(++done, static_cast<std::int64_t>(pairs.size()));
        }
    };
    // As many as were asked for, also where there are fewer cores.
    const tbb::global_control limit{tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(threads)};
    tbb::task_arena{threads}.execute([&] { tbb::parallel_for(0, threads, work, tbb::simple_partitioner{}); });
    std::vector<validate::OptimizedNetwork> networks;
    networks.reserve(found.size());
    for (auto& each : found) networks.push_back(std::move(*each));
    return networks;
}

}  // namespace

std::vector<validate::OptimizedNetwork> optimized_networks(const Context& context, const OptimizeArguments& arguments,
                                                           const std::vector<OptimizePair>& pairs)
{
    if (pairs.size() > 1) return optimized_together(context, arguments, pairs);
    std::vector<validate::OptimizedNetwork> networks;
    networks.push_back(optimized_alone(context, arguments, pairs.front()));
    return networks;
}

}  // namespace plumbline::cli
