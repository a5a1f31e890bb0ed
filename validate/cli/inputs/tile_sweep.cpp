// SPDX-License-Identifier: Apache-2.0
#include "inputs/tile_sweep.hpp"

#include <algorithm>
#include <limits>
#include <string>
#include <vector>

#include "execution/progress.hpp"
#include "inputs/explore_space.hpp"
#include "inputs/planning_mappings.hpp"
#include "plumbline/error.hpp"
#include "plumbline/explore.hpp"
#include "plumbline/objective.hpp"

namespace plumbline::cli {
namespace {

constexpr std::size_t kSizesAlongAnAxis = 3;

std::vector<std::int64_t> largest(std::vector<std::int64_t> ladder)
{
    const std::size_t count = std::min(ladder.size(), kSizesAlongAnAxis);
    return {ladder.end() - static_cast<std::ptrdiff_t>(count), ladder.end()};
}

/// The smallest first.
std::vector<DesignPoint> points_of(const SweptNetwork& network, OverlapMode mode)
{
    const TileSize whole = whole_map(network.accelerator, network.workload, network.rules, network.cuts);
    std::vector<DesignPoint> points;
    for (std::int64_t x : largest(ladder(whole.x)))
        for (std::int64_t y : largest(ladder(whole.y))) points.push_back({{x, y}, mode, network.cuts});
    return points;
}

double value_of(const CostSummary& cost, const SearchOptions& search)
{
    return objective_value(search.objective, search.weights, cost.energy(), cost.latency());
}

}  // namespace

StackChoice best_tile(const Context& context, const SweptNetwork& network, const PlanningFlags& flags, OverlapMode mode)
{
    ExploreOptions options;
    options.capacity = flags.capacity;
    options.search = flags.search;
    options.threads = flags.search.threads;
    PlanningMappings known{flags, network.content};
    options.mappings = &known.cache();
    const std::vector<DesignPoint> points = points_of(network, mode);
    const Progress progress{context, "choosing a tile"};
    const auto results = explore(network.accelerator, network.workload, network.rules, points, options);
    const ExploredPoint* best = nullptr;
    double least = std::numeric_limits<double>::infinity();
    for (const auto& result : results) {
        if (!result->cost || value_of(*result->cost, flags.search) >= least) continue;
        best = &*result;
        least = value_of(*result->cost, flags.search);
    }
    if (best == nullptr) throw InfeasibleError(results.front()->cost.reason());
    context.log->warn("no --tile: {} is the best of {} tried ({})", name_of(best->point.tile), points.size(),
                      name_of(flags.search.objective));
    return {best->point.tile, mode};
}

}  // namespace plumbline::cli
