// SPDX-License-Identifier: Apache-2.0
#include "mapper/orders/order_search.hpp"

#include <gtest/gtest.h>

#include "cost/layer_evaluation.hpp"
#include "model/mapper/orders/plain_allocation.hpp"
#include "model/mapper/prepared_problem.hpp"

namespace plumbline {
namespace {

using test::PreparedProblem;

/// Each order, one after the other.
detail::FoundOrder by_brute_force(const PreparedProblem& prepared, const detail::LoopOrder& order,
                                  const SearchOptions& options)
{
    detail::FoundOrder best;
    std::vector<TemporalLoop> loops = order.loops;
    detail::LoopCuts cuts{};
    do {
        if (!test::plain::allocate(prepared.model.layer(), prepared.memories, loops.data(), loops.size(), cuts))
            continue;
        ++best.fitting;
        detail::Evaluation evaluation{prepared.model, cuts};
        const double energy = evaluation.energy();
        const detail::Score score = detail::score_of(energy, Cycles{evaluation.latency()}, options);
        if (!score.better_than(best.score)) continue;
        best.score = score;
        best.order = loops;
        best.cuts = cuts;
    } while (std::next_permutation(loops.begin() + static_cast<std::ptrdiff_t>(order.first_free),
                                   loops.begin() + static_cast<std::ptrdiff_t>(order.end_free), detail::before));
    return best;
}

TEST(OrderSearch, FindsTheFirstOfTheBestOrders)
{
    int several = 0;
    for (unsigned seed = 0; seed < 600; ++seed) {
        const test::RandomProblem random{seed};
        for (Estimator estimator : {Estimator::uniform, Estimator::refined}) {
            const PreparedProblem prepared{random.problem, estimator};
            SearchOptions options;
            options.estimator = estimator;
            options.objective = seed % 3 == 0 ? Objective::edp : Objective::energy;
            options.threads = 1;
            const detail::FoundOrder expected = by_brute_force(prepared, prepared.order, options);
            const detail::FoundOrder found =
                detail::search_orders(prepared.model, prepared.memories, prepared.order, options);
            const std::string where = "seed " + std::to_string(seed) + ", " + std::string{name_of(estimator)};
            EXPECT_EQ(found.fitting, expected.fitting) << where;
            EXPECT_EQ(found.score.first, expected.score.first) << where;
            EXPECT_EQ(found.score.second, expected.score.second) << where;
            EXPECT_EQ(found.order, expected.order) << where;
            for (std::size_t i = 0; i < prepared.model.layer().operands; ++i)
                EXPECT_EQ(found.cuts[i].cut, expected.cuts[i].cut) << where;
            if (expected.fitting > 6) ++several;
        }
    }
    EXPECT_GT(several, 150);
}

TEST(OrderSearch, KeepsLoopsThatARuleHasPutInTheirPlace)
{
    for (unsigned seed = 0; seed < 200; ++seed) {
        const test::RandomProblem random{seed};
        const PreparedProblem prepared{random.problem, Estimator::uniform};
        detail::LoopOrder order = prepared.order;
        if (order.loops.size() < 3) continue;
        order.first_free = 1;
        order.end_free = order.loops.size() - 1;
        std::swap(order.loops.front(), order.loops.back());
        std::sort(order.loops.begin() + 1, order.loops.end() - 1, detail::before);
        SearchOptions options;
        options.threads = 1;
        const detail::FoundOrder expected = by_brute_force(prepared, order, options);
        const detail::FoundOrder found = detail::search_orders(prepared.model, prepared.memories, order, options);
        EXPECT_EQ(found.fitting, expected.fitting) << seed;
        EXPECT_EQ(found.order, expected.order) << seed;
    }
}

}  // namespace
}  // namespace plumbline
