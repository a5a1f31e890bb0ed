// SPDX-License-Identifier: Apache-2.0
#include "mapper/orders/order_search.hpp"

#include <algorithm>
#include <atomic>
#include <future>
#include <limits>
#include <thread>

#include "cost/layer_evaluation.hpp"
#include "description/basics/saturating.hpp"
#include "mapper/orders/operand_energies.hpp"

namespace plumbline::detail {
namespace {

using Order = std::vector<TemporalLoop>;

using Best = FoundOrder;

/// Everything that an order is tried against; shared by all threads.
struct Search {
    const CostModel& model;
    const LoopLattice& loops;
    const LoopAllocation& allocation;
    const SearchOptions& options;
    CapacityPolicy policy;
    std::size_t memories;              ///< no memory of the layer has a higher number
    std::vector<std::int64_t> orders;  ///< of the loops outside a state
};

std::vector<std::int64_t> orders_outside(const LoopLattice& loops)
{
    std::vector<std::int64_t> orders(loops.size(), 0);
    orders[loops.end()] = 1;
    for (LoopState state = loops.end(); state-- > 0;)
        for (const LoopStep& step : loops.steps_from(state))
            orders[state] = saturating_sum(orders[state], orders[step.to]);
    return orders;
}

/// Orders that begin with the same loops: what these decide.
struct Beginning {
    LoopShares shares;
    std::array<double, kMaxOperands> energy{};  ///< 0 where it is not known
    std::array<bool, kMaxOperands> known{};
    bool hopeless = false;  ///< none of them is better than the best so far
};

/// An order that fits, and its cuts.
struct Waiting {
    Order loops;
    LoopCuts cuts{};
    double energy = 0;
};

/// Goes through orders as through a tree, in sorted order.
class OrderTree {
public:
    explicit OrderTree(const Search& search)
        : search_{search},
          layer_{search.model.layer()},
          energies_{search.model, search.loops},
          order_(search.allocation.total())
    {}

    /// The first of the best orders that begin with some loops.
    Best best_of(const Order& beginning)
    {
        best_ = {};
        ranges_.assign(search_.memories, {});
        least_ = std::numeric_limits<double>::infinity();
        path_ = {};
        Beginning here;
        bool fits = allocate(here);
        for (std::size_t i = 0; fits && i < beginning.size(); ++i) {
            const LoopSteps steps = search_.loops.steps_from(path_.last());
            fits = add(here, *std::find_if(steps.begin(), steps.end(),
                                           [&](const LoopStep& step) { return step.loop == beginning[i]; }));
        }
        if (fits) explore(here);
        score_waiting();
        if (search_.policy == CapacityPolicy::reserved) best_.ranges = ranges_;
        return std::move(best_);
    }

private:
    void explore(const Beginning& here)
    {
        const LoopState last = path_.last();
        const bool decided = search_.allocation.decided(here.shares);
        if (decided && (here.hopeless || last == search_.loops.end())) {
            best_.fitting = saturating_sum(best_.fitting, search_.orders[last]);
            if (!here.hopeless) keep(here);
            return;
        }
        for (const LoopStep& step : search_.loops.steps_from(last)) {
            Beginning next = here;
            if (add(next, step)) explore(next);
            path_.remove();
        }
    }

    /// False where none of the orders fits.
    bool add(Beginning& here, const LoopStep& step)
    {
        order_[path_.known()] = step.loop;
        path_.add(step.to);
        return allocate(here);
    }

    bool allocate(Beginning& here)
    {
        if (!search_.allocation.grow(here.shares, path_, ranges_)) return false;
        if (!here.hopeless && search_.allocation.decided(here.shares)) find_energies(here);
        return true;
    }

    void find_energies(Beginning& here)
    {
        bool more = false;
        for (std::size_t i = 0; i < layer_.operands; ++i) {
            if (here.known[i]) continue;
            const auto energy = energies_.find(i, here.shares.cut[i], path_, order_);
            if (!energy) continue;
            here.energy[i] = *energy;
            here.known[i] = more = true;
        }
        if (more) here.hopeless = bound(here) > least_;
    }

    /// As Evaluation::energy() adds up; less where an operand is not known.
    double energy(const Beginning& here) const
    {
        double memories = 0;
        for (std::size_t i = 0; i < layer_.operands; ++i) memories += here.energy[i];
        return mac_energy(layer_) + memories;
    }

    /// No order has less of what is minimised, but for rounding.
    double bound(const Beginning& here) const
    {
        constexpr double kSurely = 1 - 4e-12;
        const SearchOptions& options = search_.options;
        if (options.objective == Objective::energy) return comparable(energy(here));
        const Cycles least{layer_.dispatch + volume(search_.loops.all())};
        return kSurely * objective_value(options.objective, options.weights, Picojoules{energy(here)}, least);
    }

    /// Latency takes longer to find than energy: where energy is minimised, orders wait for it until it is known that there are none
    /// of less energy, or until many wait.
    void keep(const Beginning& here)
    {
        constexpr std::size_t kMostWaiting = 1000;
        Waiting order{order_, {}, energy(here)};
        for (std::size_t i = 0; i < layer_.operands; ++i)
            std::copy(here.shares.cut[i].begin(), here.shares.cut[i].end(), order.cuts[i].cut.begin());
        if (search_.options.objective != Objective::energy) return score(order);
        const double energy = comparable(order.energy);
        if (energy < least_) waiting_.clear();
        least_ = energy;
        waiting_.push_back(std::move(order));
        if (waiting_.size() == kMostWaiting) score_waiting();
    }

    void score_waiting()
    {
        for (Waiting& order : waiting_) score(order);
        waiting_.clear();
    }

    void score(Waiting& order)
    {
        for (std::size_t i = 0; i < layer_.operands; ++i) {
            order.cuts[i].loops = order.loops.data();
            order.cuts[i].count = order.loops.size();
        }
        Evaluation evaluation{search_.model, order.cuts};
        const Score score = score_of(order.energy, Cycles{evaluation.latency(&ranges_)}, search_.options);
        if (!score.better_than(best_.score)) return;
        best_.score = score;
        best_.order = std::move(order.loops);
        best_.cuts = order.cuts;
        least_ = score.first;
    }

    const Search& search_;
    const LayerFacts& layer_;
    OperandEnergies energies_;
    Order order_;
    LoopPath path_;
    Best best_;
    CapacityRanges ranges_;
    double least_ = 0;              ///< of what is minimised, so far
    std::vector<Waiting> waiting_;  ///< orders of the least energy
};

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
    for (Order& order : complete) order.resize(length);
    return complete;
}

void merge(Best& best, Best&& other)
{
    const std::int64_t fitting = saturating_sum(best.fitting, other.fitting);
    narrow(best.ranges, other.ranges);
    CapacityRanges ranges = std::move(best.ranges);
    if (other.score.better_than(best.score)) best = std::move(other);
    best.fitting = fitting;
    best.ranges = std::move(ranges);
}

/// Results are merged in the order of the beginnings, whichever thread found them.
Best best_of_all(const Search& search, const std::vector<Order>& beginnings, std::size_t threads)
{
    std::vector<Best> results(beginnings.size());
    std::atomic<std::size_t> next{0};
    const auto work = [&] {
        OrderTree tree{search};
        for (std::size_t i = next++; i < beginnings.size(); i = next++) results[i] = tree.best_of(beginnings[i]);
    };
    std::vector<std::future<void>> helpers;
    for (std::size_t i = 1; i < threads; ++i) helpers.push_back(std::async(std::launch::async, work));
    work();
    for (auto& helper : helpers) helper.get();
    Best best = std::move(results.front());
    for (std::size_t i = 1; i < results.size(); ++i) merge(best, std::move(results[i]));
    return best;
}

/// Fewer loops than this are not worth a thread.
constexpr std::size_t kParallelLoops = 8;

}  // namespace

FoundOrder search_orders(const CostModel& model, const SharedMemories& memories, const LoopOrder& order,
                         const SearchOptions& options)
{
    const LoopLattice loops{order};
    const LoopAllocation allocation{model.layer(), memories, loops};
    const std::size_t highest = memories.memories.empty() ? 0 : memories.memories.back().memory;
    const Search search{model, loops, allocation, options, memories.policy, highest + 1, orders_outside(loops)};
    const bool all_free = order.first_free == 0 && order.end_free == order.loops.size();
    if (!all_free || order.loops.size() < kParallelLoops || options.threads == 1) return OrderTree{search}.best_of({});
    const std::size_t threads = options.threads > 0 ? static_cast<std::size_t>(options.threads)
                                                    : std::max(1U, std::thread::hardware_concurrency());
    return best_of_all(search, beginnings(order.loops, 2), threads);
}

}  // namespace plumbline::detail
