// SPDX-License-Identifier: Apache-2.0
#include "mapper/orders/order_search.hpp"

#include <algorithm>
#include <atomic>
#include <future>
#include <thread>

#include "cost/layer_evaluation.hpp"

namespace plumbline::detail {
namespace {

using Order = std::vector<TemporalLoop>;

using Best = FoundOrder;

/// Everything that an order is tried against; shared by all threads.
struct Search {
    const CostModel& model;
    const SharedMemories& memories;
    const SearchOptions& options;
};

/// False once the order cannot beat `best`: latency takes longer to find than energy.
bool score_order(const Search& search, const LoopCuts& cuts, const Score& best, Score& score)
{
    Evaluation evaluation{search.model, cuts};
    const double energy = evaluation.energy();
    if (search.options.objective == Objective::energy && comparable(energy) > best.first) return false;
    score = score_of(energy, Cycles{evaluation.latency()}, search.options);
    return score.better_than(best);
}

/// Tries all orders of the free loops. \pre those are sorted
Best try_orders(const Search& search, LoopOrder given)
{
    Order& order = given.loops;
    Best best;
    LoopCuts cuts{};
    const auto first = order.begin() + static_cast<std::ptrdiff_t>(given.first_free);
    const auto end = order.begin() + static_cast<std::ptrdiff_t>(given.end_free);
    do {
        if (!allocate(search.model.layer(), search.memories, order.data(), order.size(), cuts)) continue;
        ++best.fitting;
        Score score;
        if (!score_order(search, cuts, best.score, score)) continue;
        best.score = score;
        best.order = order;
        best.cuts = cuts;
    } while (std::next_permutation(first, end, before));
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

Best search_all(const Search& search, const LoopOrder& order, int threads)
{
    const Order& sorted = order.loops;
    if (order.first_free > 0 || order.end_free < sorted.size()) return try_orders(search, order);
    const std::size_t fixed = sorted.size() < kParallelLoops ? 0 : 2;
    if (threads == 0) threads = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    return run_jobs(search, beginnings(sorted, fixed), fixed, fixed == 0 ? 1 : threads);
}

}  // namespace

FoundOrder search_orders(const CostModel& model, const SharedMemories& memories, const LoopOrder& order,
                         const SearchOptions& options)
{
    return search_all({model, memories, options}, order, options.threads);
}

}  // namespace plumbline::detail
