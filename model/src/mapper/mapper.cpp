// SPDX-License-Identifier: Apache-2.0
#include "plumbline/mapper.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <future>
#include <limits>
#include <thread>

#include "cost/layer_evaluation.hpp"
#include "mapper/loop_allocation.hpp"
#include "mapper/loop_order.hpp"
#include "mapper/open_unrollings.hpp"
#include "mapper/spatial_mapping.hpp"

namespace plumbline {
namespace {

using detail::LoopCuts;
using Order = std::vector<TemporalLoop>;

/// Sums of the same accesses in another order differ in the last bits; to be compared they are rounded to 40 bits
/// (1e-12), so that equal energies are ties.
double comparable(double value)
{
    int exponent = 0;
    const double mantissa = std::frexp(value, &exponent);
    return std::ldexp(std::nearbyint(std::ldexp(mantissa, 40)), exponent - 40);
}

struct Score {
    double first = std::numeric_limits<double>::infinity();
    double second = std::numeric_limits<double>::infinity();

    bool better_than(const Score& other) const
    {
        return first != other.first ? first < other.first : second < other.second;
    }
};

struct Best {
    Score score;
    Order order;
    LoopCuts cuts{};
    std::int64_t fitting = 0;
};

/// Everything that an order is tried against; shared by all threads.
struct Search {
    detail::CostModel model;
    detail::SharedMemories memories;
    Objective objective = Objective::energy;
    ObjectiveWeights weights;
};

/// False once the order cannot beat `best`: latency takes longer to find than energy.
bool score_order(const Search& search, const LoopCuts& cuts, const Score& best, Score& score)
{
    detail::Evaluation evaluation{search.model, cuts};
    const double energy = evaluation.energy();
    if (search.objective == Objective::energy) {
        score.first = comparable(energy);
        if (score.first > best.first) return false;
        score.second = static_cast<double>(evaluation.latency());
    } else {
        const Cycles latency{evaluation.latency()};
        score.first = comparable(objective_value(search.objective, search.weights, Picojoules{energy}, latency));
        score.second = comparable(energy);
    }
    return score.better_than(best);
}

/// Tries all orders of the free loops. \pre those are sorted
Best try_orders(const Search& search, detail::LoopOrder given)
{
    Order& order = given.loops;
    Best best;
    LoopCuts cuts{};
    const auto first = order.begin() + static_cast<std::ptrdiff_t>(given.first_free);
    const auto end = order.begin() + static_cast<std::ptrdiff_t>(given.end_free);
    do {
        if (!detail::allocate(search.model.layer(), search.memories, order.data(), order.size(), cuts)) continue;
        ++best.fitting;
        Score score;
        if (!score_order(search, cuts, best.score, score)) continue;
        best.score = score;
        best.order = order;
        best.cuts = cuts;
    } while (std::next_permutation(first, end, detail::before));
    return best;
}

/// All distinct beginnings of `length` loops, each completed by the other loops in sorted order.
std::vector<Order> beginnings(const Order& sorted, std::size_t length)
{
    std::vector<Order> complete{sorted};
    for (std::size_t position = 0; position < length; ++position) {
        std::vector<Order> longer;
        for (const Order& order : complete) {
            for (std::size_t i = position; i < order.size(); ++i) {
                if (i > position && order[i] == order[i - 1]) continue;
                Order next = order;
                std::rotate(next.begin() + static_cast<std::ptrdiff_t>(position),
                            next.begin() + static_cast<std::ptrdiff_t>(i),
                            next.begin() + static_cast<std::ptrdiff_t>(i) + 1);
                longer.push_back(std::move(next));
            }
        }
        complete = std::move(longer);
    }
    return complete;
}

void merge(Best& best, Best&& other)
{
    const std::int64_t fitting = best.fitting + other.fitting;
    if (other.score.better_than(best.score)) best = std::move(other);
    best.fitting = fitting;
}

/// The jobs' results are merged in their order, whichever thread ran them.
Best run_jobs(const Search& search, const std::vector<Order>& jobs, std::size_t fixed, int threads)
{
    std::vector<Best> results(jobs.size());
    std::atomic<std::size_t> next{0};
    const auto work = [&] {
        for (std::size_t job = next++; job < jobs.size(); job = next++)
            results[job] = try_orders(search, {jobs[job], fixed, jobs[job].size()});
    };
    std::vector<std::future<void>> helpers;
    for (int i = 1; i < threads; ++i) helpers.push_back(std::async(std::launch::async, work));
    work();
    for (auto& helper : helpers) helper.get();
    Best best;
    for (Best& result : results) merge(best, std::move(result));
    return best;
}

/// Fewer loops than this are not worth a thread: 7! orders take about ten milliseconds.
constexpr std::size_t kParallelLoops = 8;

Best search_all(const Search& search, const detail::LoopOrder& order, int threads)
{
    const Order& sorted = order.loops;
    if (order.first_free > 0 || order.end_free < sorted.size()) return try_orders(search, order);
    const std::size_t fixed = sorted.size() < kParallelLoops ? 0 : 2;
    if (threads == 0) threads = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    return run_jobs(search, beginnings(sorted, fixed), fixed, fixed == 0 ? 1 : threads);
}

LayerMapping with_loops(LayerMapping mapping, const Order& order, const LoopCuts& cuts)
{
    for (std::size_t i = 0; i < mapping.operands.size(); ++i) {
        auto& temporal = mapping.operands[i].temporal;
        for (std::size_t level = 0; level < temporal.size(); ++level)
            temporal[level].assign(order.begin() + static_cast<std::ptrdiff_t>(cuts[i].cut[level]),
                                   order.begin() + static_cast<std::ptrdiff_t>(cuts[i].cut[level + 1]));
    }
    return mapping;
}

Infeasible nothing_fits(const MappingProblem& problem)
{
    return {"layer \"" + problem.layer->name + "\": no order of its temporal loops fits the memories it may use"};
}

using Unrollings = std::vector<detail::FittedUnrolling>;

Outcome<BestMapping> search_with(const MappingProblem& problem, const Unrollings& unrollings,
                                 const SearchOptions& options)
{
    LayerMapping mapping = detail::spatial_mapping(problem, unrollings);
    detail::CostModel model =
        detail::make_cost_model(*problem.accelerator, *problem.layer, mapping, options.estimator, problem.reserved);
    detail::SharedMemories memories = detail::shared_memories(problem, model.layer());
    const Search search{std::move(model), std::move(memories), options.objective, options.weights};
    const detail::LoopOrder order =
        detail::loop_order(problem.rule->ordering, detail::temporal_sizes(problem.sizes, unrollings), options.factors);
    if (order.loops.size() > detail::kMaxLoops)
        return Infeasible{"layer \"" + problem.layer->name + "\": " + std::to_string(order.loops.size()) +
                          " loop factors, more than " + std::to_string(detail::kMaxLoops)};
    Best best = search_all(search, order, options.threads);
    if (best.fitting == 0) return nothing_fits(problem);
    for (std::size_t i = 0; i < search.model.layer().operands; ++i) best.cuts[i].loops = best.order.data();
    LayerCost cost = detail::Evaluation{search.model, best.cuts}.cost();
    return BestMapping{with_loops(std::move(mapping), best.order, best.cuts), std::move(cost), best.fitting};
}

/// Halves the widest unrolling. False where nothing is unrolled any more.
bool unroll_less(MappingRule& rule, const LoopSizes& sizes)
{
    const auto lanes = [&](const Unrolling& each) { return std::min(each.size, sizes[each.dim]); };
    const auto widest = std::max_element(rule.unrollings.begin(), rule.unrollings.end(),
                                         [&](const auto& a, const auto& b) { return lanes(a) < lanes(b); });
    if (widest == rule.unrollings.end() || lanes(*widest) < 2) return false;
    widest->size = divide_up(lanes(*widest), 2);
    return true;
}

/// By one rule, or where space is reserved by what of it fits.
Outcome<BestMapping> search_by(MappingRule rule, const MappingProblem& problem, const SearchOptions& options)
{
    MappingProblem narrowed = problem;
    narrowed.rule = &rule;
    while (true) {
        const auto unrollings = detail::fit_unrollings(rule, problem.sizes, problem.accelerator->array());
        auto mapped = search_with(narrowed, unrollings, options);
        if (mapped || problem.capacity == CapacityPolicy::optimistic || !unroll_less(rule, problem.sizes))
            return mapped;
    }
}

Score score_of(const LayerCost& cost, const SearchOptions& options)
{
    const double energy = cost.energy().count();
    if (options.objective == Objective::energy)
        return {comparable(energy), static_cast<double>(cost.latency().count())};
    return {comparable(objective_value(options.objective, options.weights, cost.energy(), cost.latency())),
            comparable(energy)};
}

}  // namespace

Outcome<BestMapping> search_mapping(const MappingProblem& problem, const SearchOptions& options)
{
    const std::vector<MappingRule> choices = detail::unrolling_choices(*problem.rule);
    Outcome<BestMapping> best = search_by(choices.front(), problem, options);
    for (std::size_t i = 1; i < choices.size(); ++i) {
        Outcome<BestMapping> other = search_by(choices[i], problem, options);
        if (!other) continue;
        if (!best || score_of(other->cost, options).better_than(score_of(best->cost, options))) best = std::move(other);
    }
    return best;
}

}  // namespace plumbline
