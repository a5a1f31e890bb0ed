// SPDX-License-Identifier: Apache-2.0
#include "mapper/ranged_search.hpp"

#include <gtest/gtest.h>

#include "model/mapper/random_problem.hpp"

namespace plumbline {
namespace {

using test::RandomProblem;

std::int64_t space(const MappingProblem& problem, MemoryId memory)
{
    const Bits reserved = memory < problem.reserved.size() ? problem.reserved[memory] : Bits{};
    return (problem.accelerator->memory(memory).size - reserved).count();
}

bool in_ranges(const CapacityRanges& ranges, const MappingProblem& problem)
{
    for (MemoryId memory = 0; memory < ranges.size(); ++memory)
        if (!ranges[memory].contains(space(problem, memory))) return false;
    return true;
}

SearchOptions ranged_options(unsigned seed)
{
    constexpr std::array<Objective, 3> kObjectives{Objective::energy, Objective::latency, Objective::edp};
    SearchOptions options;
    if (seed % 5 == 0) options.factors = 0;
    if (seed % 10 == 0) options.steps = 20;  // of most that is too few
    options.estimator = seed % 2 == 0 ? Estimator::uniform : Estimator::refined;
    options.objective = kObjectives[seed / 2 % 3];
    options.threads = 1;
    return options;
}

bool equal(const Outcome<BestMapping>& a, const Outcome<BestMapping>& b)
{
    if (!a || !b) return !a && !b && a.reason() == b.reason();
    return a->mapping == b->mapping && a->orders == b->orders && a->gap == b->gap &&
           a->cost.energy() == b->cost.energy() && a->cost.latency() == b->cost.latency();
}

TEST(RangedSearch, FindsTheSameWithinItsRanges)
{
    int within = 0;
    int beyond = 0;
    int differ = 0;
    for (unsigned seed = 0; seed < 1500; ++seed) {
        RandomProblem random{seed};
        const SearchOptions options = ranged_options(seed);
        const MappingProblem problem = random.with_reserved();
        const detail::RangedSearch found = detail::search_with_ranges(problem, options);
        ASSERT_EQ(found.ranges.size(), random.memories.size()) << seed;
        EXPECT_TRUE(in_ranges(found.ranges, problem)) << seed;
        for (int tries = 0; tries < 6; ++tries) {
            const MappingProblem other = random.with_reserved();
            const bool same = equal(found.mapping, search_mapping(other, options));
            if (in_ranges(found.ranges, other)) {
                EXPECT_TRUE(same) << seed << ", " << tries;
                if (other.reserved != problem.reserved) ++within;
            } else {
                ++beyond;
                if (!same) ++differ;
            }
        }
    }
    // Ranges are worth having, and no wider than they must be for most.
    EXPECT_GT(within, 1000);
    EXPECT_GT(differ, beyond / 4);
}

TEST(RangedSearch, KnowsNoRangesWhereMemoriesMayOverflow)
{
    RandomProblem random{3};
    MappingProblem problem = random.with_reserved();
    problem.capacity = CapacityPolicy::optimistic;
    SearchOptions options;
    for (const int factors : {0, 6}) {
        options.factors = factors;
        EXPECT_TRUE(detail::search_with_ranges(problem, options).ranges.empty());
    }
}

}  // namespace
}  // namespace plumbline
