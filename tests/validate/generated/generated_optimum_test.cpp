// SPDX-License-Identifier: Apache-2.0
// On accelerators and networks that nobody chose, nothing that can be planned from the same tiles and modes beats the optimum: what
// the search gives up by its bounds was not needed.
#include <optional>
#include <vector>

#include <gtest/gtest.h>

#include "plumbline/error.hpp"
#include "plumbline/optimize.hpp"
#include "plumbline/plan.hpp"
#include "plumbline/schedule_cost.hpp"
#include "plumbline/validate/generated_accelerator.hpp"
#include "plumbline/validate/generated_network.hpp"

namespace plumbline::validate::test {
namespace {

/// An accelerator, a network, and how both are searched; all drawn.
struct Drawn {
    Drawn(std::uint64_t seed, Extent extent, Edges edges)
        : machine{generated_accelerator(seed, extent)},
          workload{generated_network(seed, edges, extent)}
    {
        const LoopSizes& last = workload.layers().back().sizes;
        const TileSize whole{last[LoopDim::ox], last[LoopDim::oy]};
        options.tiles = {whole, {divide_up(whole.x, 2), divide_up(whole.y, 3)}, {1, whole.y}};
        options.modes = {kAllOverlapModes.begin(), kAllOverlapModes.end()};
        options.capacity = seed % 4 == 0 ? CapacityPolicy::optimistic : CapacityPolicy::reserved;
        options.search.estimator = seed % 3 == 0 ? Estimator::uniform : Estimator::refined;
        options.search.objective = seed % 5 == 0 ? Objective::latency : Objective::energy;
        options.search.factors = 3;
        options.search.threads = 1;
        options.threads = 1;
    }

    GeneratedAccelerator machine;
    Workload workload;
    OptimizeOptions options;
};

double value(Objective objective, Picojoules energy, Cycles latency)
{
    return objective == Objective::energy ? energy.count() : static_cast<double>(latency.count());
}

/// What one tile and mode for all stacks come to; nothing where that cannot be planned.
std::optional<double> value_of(const Drawn& drawn, Cuts::Kind cuts, StackChoice choice)
{
    PlanOptions plan;
    plan.stacks = {choice};
    plan.cuts.kind = cuts;
    plan.capacity = drawn.options.capacity;
    plan.search = drawn.options.search;
    try {
        const auto schedule = plan_schedule(drawn.machine.accelerator, drawn.workload, drawn.machine.rules, plan);
        if (!schedule) return std::nullopt;
        const auto cost = predict(drawn.machine.accelerator, drawn.workload, *schedule, drawn.options.search.estimator);
        return value(drawn.options.search.objective, cost.energy(), cost.latency());
    } catch (const InputError&) {
        return std::nullopt;  // a stack of several outputs
    }
}

/// \return how many schedules were compared
int expect_no_better(const Drawn& drawn)
{
    const auto best = optimize(drawn.machine.accelerator, drawn.workload, drawn.machine.rules, drawn.options);
    int compared = 0;
    for (const Cuts::Kind cuts : {Cuts::Kind::none, Cuts::Kind::each, Cuts::Kind::automatic})
        for (const TileSize tile : drawn.options.tiles)
            for (const OverlapMode mode : drawn.options.modes) {
                const auto other = value_of(drawn, cuts, {tile, mode});
                if (!other) continue;
                if (!best) {
                    ADD_FAILURE() << "infeasible: " << best.reason();
                    return compared;
                }
                const OptimizedSchedule& schedule = best->schedules.front();
                EXPECT_LE(value(drawn.options.search.objective, schedule.energy(), schedule.latency()),
                          *other * (1 + 1e-9));
                ++compared;
            }
    return compared;
}

class OptimumOfGenerated : public ::testing::TestWithParam<Edges> {};

TEST_P(OptimumOfGenerated, IsBeatenByNoOneTileAndMode)
{
    int compared = 0;
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        SCOPED_TRACE(seed);
        compared += expect_no_better({seed, seed % 2 == 0 ? Extent::tiny : Extent::usual, GetParam()});
    }
    EXPECT_GT(compared, 600);
}

INSTANTIATE_TEST_SUITE_P(Edges, OptimumOfGenerated, ::testing::Values(Edges::none, Edges::padded, Edges::rearranged));

}  // namespace
}  // namespace plumbline::validate::test
