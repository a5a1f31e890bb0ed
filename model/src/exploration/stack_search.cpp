// SPDX-License-Identifier: Apache-2.0
#include "exploration/stack_search.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <tuple>

#include "exploration/parallel.hpp"

namespace plumbline::detail {
namespace {

/// Enough for several threads; few, since a schedule that is found makes others hopeless.
constexpr std::size_t kPlannedAtOnce = 16;
/// More, since bounds are cheaper than plans.
constexpr std::size_t kListedAtOnce = 64;

/// Those of `list` that differ once they are cut to a map, in the order of x and y.
std::vector<TileSize> cut_to(TileSize map, const std::vector<TileSize>& list)
{
    std::vector<TileSize> tiles;
    for (TileSize each : list) tiles.push_back({std::min(each.x, map.x), std::min(each.y, map.y)});
    std::sort(tiles.begin(), tiles.end(),
              [](TileSize a, TileSize b) { return std::tie(a.x, a.y) < std::tie(b.x, b.y); });
    tiles.erase(std::unique(tiles.begin(), tiles.end()), tiles.end());
    return tiles;
}

std::vector<TileSize> grid(TileSize map)
{
    std::vector<TileSize> tiles;
    for (const std::int64_t x : optimization_grid(map.x))
        for (const std::int64_t y : optimization_grid(map.y)) tiles.push_back({x, y});
    return tiles;
}

/// Those that no other equals or beats in both, by energy.
void leave_undominated(std::vector<StackCost>& costs)
{
    std::sort(costs.begin(), costs.end(),
              [](StackCost a, StackCost b) { return std::tie(a.energy, a.cycles) < std::tie(b.energy, b.cycles); });
    double fastest = std::numeric_limits<double>::infinity();
    const auto beaten = [&](StackCost each) {
        if (each.cycles >= fastest) return true;
        fastest = each.cycles;
        return false;
    };
    costs.erase(std::remove_if(costs.begin(), costs.end(), beaten), costs.end());
}

}  // namespace

StackSearch::StackSearch(const CandidateSetting& setting, const CutGraph& cuts, const std::vector<OpenStack>& open,
                         const OptimizeOptions& options)
    : setting_{setting},
      cuts_{cuts},
      open_{open},
      options_{options},
      passage_{setting.plan.accelerator, setting.plan.search.estimator},
      kinds_{stack_kinds(open)},
      edges_(kinds_.first.size()),
      best_{options.optima, options.search.objective, options.search.weights}
{
    for (const std::size_t first : kinds_.first) candidates_.emplace_back(passage_, open[first]);
    for (const OpenStack& each : open)
        largest_ = {std::max(largest_.x, each.map.size.x), std::max(largest_.y, each.map.size.y)};
    for (auto [edge, end] = boost::edges(cuts.graph()); edge != end; ++edge)
        edges_[kinds_.kind_of[cuts.graph()[*edge].stack]].push_back(*edge);
}

std::vector<CutPath> StackSearch::run()
{
    begin();
    while (true) {
        const Surroundings around = surroundings();
        std::vector<Task> tasks = open_tasks(around);
        if (tasks.empty()) return final_paths();
        if (options_.progress) options_.progress({planned_, choices_left()});
        const bool unlisted = !candidates_[tasks.front().kind].listed();
        tasks.erase(std::remove_if(tasks.begin(), tasks.end(),
                                   [&](const Task& task) { return candidates_[task.kind].listed() == unlisted; }),
                    tasks.end());
        if (unlisted) {
            list(tasks);
        } else {
            leave_most_promising(tasks, kPlannedAtOnce);
            plan(tasks, around);
            note_paths();
        }
    }
}

/// Single layers with their largest tiles: a schedule to begin with, that others have to beat.
void StackSearch::begin()
{
    std::vector<Task> tasks;
    for (std::size_t kind = 0; kind < candidates_.size(); ++kind)
        if (cuts_.stacks()[kinds_.first[kind]].size() == 1) tasks.push_back({0, kind, 0});
    list(tasks);
    for (Task& task : tasks) task.choice = tiles_of(open(task.kind)).size() - 1;
    plan(tasks, surroundings());
    note_paths();
}

StackSearch::Surroundings StackSearch::surroundings() const
{
    std::vector<double> energies;
    std::vector<double> latencies;
    for (const std::size_t kind : kinds_.kind_of) {
        const StackCost least = candidates_[kind].least();
        energies.push_back(least.energy);
        latencies.push_back(least.cycles);
    }
    const CutDistances energy = cut_distances(cuts_, energies);
    const CutDistances cycles = cut_distances(cuts_, latencies);
    Surroundings around(candidates_.size());
    for (std::size_t kind = 0; kind < candidates_.size(); ++kind) {
        for (const CutGraph::Edge& edge : edges_[kind]) {
            const auto from = boost::source(edge, cuts_.graph());
            const auto to = boost::target(edge, cuts_.graph());
            around[kind].push_back(
                {energy.from_begin[from] + energy.to_end[to], cycles.from_begin[from] + cycles.to_end[to]});
        }
        leave_undominated(around[kind]);
    }
    return around;
}

/// The most promising choices, and stacks whose choices are not listed. Gives up what cannot be part of a best schedule. Kinds of
/// stacks are looked at in the order of what they cost at least, until no other can have a better choice; all of them now and then.
std::vector<StackSearch::Task> StackSearch::open_tasks(const Surroundings& around)
{
    constexpr std::size_t kRoundsBetween = 16;
    const bool all = rounds_++ % kRoundsBetween == 0;
    std::vector<Task> kinds = open_kinds(around);
    if (!all) std::sort(kinds.begin(), kinds.end(), is_more_promising);
    std::vector<Task> tasks;
    for (const Task& kind : kinds) {
        if (!all && tasks.size() == kListedAtOnce && tasks.back().value < kind.value) break;
        const std::vector<Task> more = open_tasks(kind.kind, around[kind.kind]);
        tasks.insert(tasks.end(), more.begin(), more.end());
        leave_most_promising(tasks, kListedAtOnce);
    }
    return tasks;
}

/// With the least value that any of their choices may have.
std::vector<StackSearch::Task> StackSearch::open_kinds(const Surroundings& around)
{
    std::vector<Task> kinds;
    for (std::size_t kind = 0; kind < candidates_.size(); ++kind) {
        StackCandidates& candidates = candidates_[kind];
        if (candidates.open() == 0) continue;
        const double value = least_value(around[kind], candidates.least());
        if (std::isinf(value))
            candidates.drop();
        else
            kinds.push_back({value, kind, 0});
    }
    return kinds;
}

/// Of a schedule with a stack of this cost; infinite where none can be best. \param rests what may stand around the stack
double StackSearch::least_value(const std::vector<StackCost>& rests, StackCost cost) const
{
    double least = std::numeric_limits<double>::infinity();
    for (StackCost rest : rests)
        if (!std::isinf(rest.energy) && !best_.beats(rest + cost)) least = std::min(least, best_.value(rest + cost));
    return least;
}

/// Of one kind of stacks.
std::vector<StackSearch::Task> StackSearch::open_tasks(std::size_t kind, const std::vector<StackCost>& rests)
{
    StackCandidates& candidates = candidates_[kind];
    if (!candidates.listed()) return {{least_value(rests, candidates.least()), kind, 0}};
    std::vector<Task> tasks;
    std::vector<std::size_t> hopeless;
    for (std::size_t choice = 0; choice < candidates.all().size(); ++choice) {
        const Candidate& each = candidates.all()[choice];
        if (!each.has_bound()) continue;
        const double value = least_value(rests, each.cost);
        if (std::isinf(value))
            hopeless.push_back(choice);
        else
            tasks.push_back({value, kind, choice});
    }
    candidates.drop(hopeless);
    return tasks;
}

void StackSearch::list(const std::vector<Task>& tasks)
{
    for_each_index(tasks.size(), thread_count(options_.threads), [&](std::size_t i) {
        candidates_[tasks[i].kind].list(tiles_of(open(tasks[i].kind)), options_.modes);
    });
}

bool StackSearch::is_more_promising(const Task& a, const Task& b)
{
    return std::tie(a.value, a.kind, a.choice) < std::tie(b.value, b.kind, b.choice);
}

void StackSearch::leave_most_promising(std::vector<Task>& tasks, std::size_t count)
{
    const auto end = tasks.begin() + static_cast<std::ptrdiff_t>(std::min(tasks.size(), count));
    std::partial_sort(tasks.begin(), end, tasks.end(), is_more_promising);
    tasks.erase(end, tasks.end());
}

/// Those that take longest first, so that no thread waits long for another: all tiles of many layers.
std::vector<std::size_t> StackSearch::longest_first(const std::vector<Task>& tasks) const
{
    constexpr std::size_t kClasses = 8;  // about as many
    const auto work = [&](std::size_t i) {
        const bool all = candidates_[tasks[i].kind].all()[tasks[i].choice].standing == Standing::begun;
        return open(tasks[i].kind).graph.nodes.size() * (all ? kClasses : 1);
    };
    std::vector<std::size_t> order(tasks.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return work(a) > work(b); });
    return order;
}

void StackSearch::plan(const std::vector<Task>& tasks, const Surroundings& around)
{
    std::vector<Candidate> done(tasks.size());
    const std::vector<std::size_t> order = longest_first(tasks);
    for_each_index(tasks.size(), thread_count(options_.threads), [&](std::size_t place) {
        const std::size_t i = order[place];
        const auto& rests = around[tasks[i].kind];
        const auto too_much = [&](StackCost cost) {
            return std::all_of(rests.begin(), rests.end(),
                               [&](StackCost rest) { return std::isinf(rest.energy) || best_.beats(rest + cost); });
        };
        done[i] = candidates_[tasks[i].kind].evaluated(setting_, tasks[i].choice, too_much);
    });
    for (std::size_t i = 0; i < tasks.size(); ++i) {
        if (candidates_[tasks[i].kind].all()[tasks[i].choice].standing == Standing::open) ++planned_;
        if (done[i].standing == Standing::infeasible && reason_.empty()) reason_ = done[i].reason;
        candidates_[tasks[i].kind].set(tasks[i].choice, std::move(done[i]));
    }
}

StackOffers StackSearch::offers() const
{
    StackOffers offers;
    for (const std::size_t kind : kinds_.kind_of) offers.push_back(candidates_[kind].offers());
    return offers;
}

/// Schedules of what is known: the best ones for energy and for latency, and where both count those that are best for a
/// weighted sum, which is cheap to find.
void StackSearch::note_paths()
{
    const StackOffers known = offers();
    const auto cheapest = best_paths(cuts_, known, Keep::least_energy);
    if (cheapest.empty()) return;
    best_.note(cheapest.front().cost);
    if (options_.optima == Optima::best && options_.search.objective == Objective::energy) return;
    const auto fastest = best_paths(cuts_, known, Keep::least_latency);
    best_.note(fastest.front().cost);
    if (options_.optima == Optima::best && options_.search.objective == Objective::latency) return;
    const double scale = cheapest.front().cost.energy / fastest.front().cost.cycles;
    for (const double weight : {0.125, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0}) {
        std::vector<double> lengths;
        StackOffers single(known.size());
        for (std::size_t stack = 0; stack < known.size(); ++stack) {
            const auto sum = [&](const StackOffer& offer) {
                return offer.cost.energy + weight * scale * offer.cost.cycles;
            };
            const auto least = std::min_element(known[stack].begin(), known[stack].end(),
                                                [&](const auto& a, const auto& b) { return sum(a) < sum(b); });
            if (least != known[stack].end())
                single[stack] = {{{sum(*least), 0}, static_cast<std::size_t>(least - known[stack].begin())}};
        }
        StackCost total;
        const auto path = best_paths(cuts_, single, Keep::least_energy).front();
        for (const CutStep& step : path.steps) total = total + known[step.stack][step.choice].cost;
        best_.note(total);
    }
}

std::vector<CutPath> StackSearch::final_paths() const
{
    const StackOffers known = offers();
    if (options_.optima == Optima::best && options_.search.objective == Objective::energy)
        return best_paths(cuts_, known, Keep::least_energy);
    if (options_.optima == Optima::best && options_.search.objective == Objective::latency)
        return best_paths(cuts_, known, Keep::least_latency);
    std::vector<double> energies;
    std::vector<double> latencies;
    for (const auto& each : known) {
        StackCost least{std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity()};
        for (const StackOffer& offer : each)
            least = {std::min(least.energy, offer.cost.energy), std::min(least.cycles, offer.cost.cycles)};
        energies.push_back(least.energy);
        latencies.push_back(least.cycles);
    }
    const CutDistances energy = cut_distances(cuts_, energies);
    const CutDistances cycles = cut_distances(cuts_, latencies);
    const auto hopeless = [&](CutGraph::Node node, StackCost cost) {
        const StackCost rest{energy.to_end[node], cycles.to_end[node]};
        return std::isinf(rest.energy) || best_.beats(cost + rest);
    };
    auto paths = best_paths(cuts_, known, Keep::undominated, hopeless);
    if (options_.optima == Optima::pareto_front || paths.empty()) return paths;
    const auto best = std::min_element(paths.begin(), paths.end(), [&](const CutPath& a, const CutPath& b) {
        return best_.value(a.cost) < best_.value(b.cost);
    });
    return {*best};
}

std::size_t StackSearch::choices_left() const
{
    return std::accumulate(candidates_.begin(), candidates_.end(), std::size_t{0},
                           [](std::size_t sum, const StackCandidates& each) { return sum + each.open(); });
}

std::vector<TileSize> StackSearch::tiles_of(const OpenStack& open) const
{
    if (!options_.tiles.empty()) return cut_to(open.map.size, options_.tiles);
    auto tiles = grid(open.map.size);
    const auto shared = grid(largest_);
    tiles.insert(tiles.end(), shared.begin(), shared.end());
    return cut_to(open.map.size, tiles);
}

std::size_t StackSearch::choices() const
{
    std::size_t choices = 0;
    for (const OpenStack& each : open_) choices += tiles_of(each).size() * options_.modes.size();
    return choices;
}

}  // namespace plumbline::detail
