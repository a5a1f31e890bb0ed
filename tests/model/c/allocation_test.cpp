// SPDX-License-Identifier: Apache-2.0
// A prediction of a prepared schedule allocates nothing: every allocation of this program is counted.
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <new>

#include "model/c/network.hpp"
#include "plumbline/plan.hpp"
#include "plumbline/prepared_schedule.hpp"

namespace {
std::atomic<long> allocations{0};
}

// Compilers warn where one of a pair is inlined and the other one is not.
[[gnu::noinline]] void* operator new(std::size_t size)
{
    ++allocations;
    if (void* memory = std::malloc(size > 0 ? size : 1)) return memory;
    throw std::bad_alloc{};
}
[[gnu::noinline]] void* operator new(std::size_t size, const std::nothrow_t&) noexcept
{
    ++allocations;
    return std::malloc(size > 0 ? size : 1);
}
[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace plumbline::test {
namespace {

PlanOptions options()
{
    PlanOptions options;
    options.stacks = {{TileSize{60, 72}, OverlapMode::fully_cached}};
    options.search.factors = 3;
    return options;
}

TEST(Allocations, AreCounted)
{
    const long before = allocations;
    const std::vector<int> some(100);
    EXPECT_EQ(allocations, before + 1) << some.size();
}

TEST(Allocations, AreNoneInAPredictionOfAPreparedSchedule)
{
    const Network network;
    const auto schedule = plan_schedule(network.accelerator, network.workload, network.rules, options());
    ASSERT_TRUE(schedule);
    for (Estimator estimator : {Estimator::uniform, Estimator::refined}) {
        const PreparedSchedule prepared{network.accelerator, network.workload, *schedule, estimator};
        const Rates rates = rates_of(network.accelerator);
        const long before = allocations;
        const PredictedCost cost = prepared.predict(rates);
        EXPECT_EQ(allocations, before);
        EXPECT_GT(cost.energy.count(), 0);
    }
}

TEST(Allocations, AreNoneInAPredictionThroughC)
{
    const CNetwork c;
    const auto schedule = c.schedule();
    const auto prepared = made<plumbline_prepared>(plumbline_prepare, c.session.get(), schedule.get(), "refined");
    const auto rates = made<plumbline_rates>(plumbline_rates_create, c.session.get(), c.accelerator.get());
    const long before = allocations;
    const double energy = plumbline_prepared_energy(prepared.get(), rates.get());
    const std::int64_t latency = plumbline_prepared_latency(prepared.get(), rates.get());
    EXPECT_EQ(allocations, before);
    EXPECT_GT(energy, 0);
    EXPECT_GT(latency, 0);
}

}  // namespace
}  // namespace plumbline::test
