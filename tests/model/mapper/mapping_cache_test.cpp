// SPDX-License-Identifier: Apache-2.0
#include "plumbline/mapping_cache.hpp"

#include <array>
#include <stdexcept>

#include <gtest/gtest.h>

#include "model/mapper/random_problem.hpp"

namespace plumbline {
namespace {

using test::RandomProblem;

/// Of one problem: all that a test asks differs in what is reserved alone.
class Kept final : public MappingStore {
public:
    std::vector<SolvedMapping> find(const MappingProblem&) override
    {
        ++asked;
        return solved;
    }
    void keep(const MappingProblem&, const SolvedMapping& each) override { solved.push_back(each); }

    std::vector<SolvedMapping> solved;
    int asked = 0;
};

SearchOptions cached_options(unsigned seed)
{
    constexpr std::array<Objective, 3> kObjectives{Objective::energy, Objective::latency, Objective::edp};
    SearchOptions options;
    options.factors = seed % 3 == 0 ? 0 : 4;
    options.estimator = seed % 2 == 0 ? Estimator::uniform : Estimator::refined;
    options.objective = kObjectives[seed / 2 % 3];
    options.threads = 1;
    return options;
}

void expect_equal(const Outcome<BestMapping>& a, const Outcome<BestMapping>& b, unsigned seed)
{
    ASSERT_EQ(a.feasible(), b.feasible()) << seed;
    if (!a) {
        EXPECT_EQ(a.reason(), b.reason()) << seed;
        return;
    }
    EXPECT_EQ(a->mapping, b->mapping) << seed;
    EXPECT_EQ(a->orders, b->orders) << seed;
    EXPECT_EQ(a->gap, b->gap) << seed;
    EXPECT_EQ(a->cost.memory_energy.count(), b->cost.memory_energy.count()) << seed;
    EXPECT_EQ(a->cost.temporal, b->cost.temporal) << seed;
    EXPECT_EQ(a->cost.stall, b->cost.stall) << seed;
    EXPECT_EQ(a->cost.loading, b->cost.loading) << seed;
    EXPECT_EQ(a->cost.offloading, b->cost.offloading) << seed;
}

TEST(MappingCache, AnswersFromAStoreWhatASearchFinds)
{
    int without_mapping = 0;
    int of_other_space = 0;
    for (unsigned seed = 0; seed < 600; ++seed) {
        RandomProblem random{seed};
        const SearchOptions options = cached_options(seed);
        const MappingProblem problem = random.with_reserved();
        const MappingProblem other = random.with_reserved();
        Kept store;
        const auto found = MappingCache{&store}.search(problem, options);
        ASSERT_EQ(store.solved.size(), 1U) << seed;
        if (!found) ++without_mapping;
        MappingCache later{&store};
        expect_equal(later.search(problem, options), found, seed);
        EXPECT_EQ(later.searched(), 0) << seed;
        EXPECT_EQ(later.reused(), 1) << seed;
        expect_equal(later.search(other, options), search_mapping(other, options), seed);
        if (later.searched() == 0 && other.reserved != problem.reserved) ++of_other_space;
    }
    EXPECT_GT(without_mapping, 20);
    EXPECT_GT(of_other_space, 50);
}

TEST(MappingCache, AsksAStoreOnceForAProblem)
{
    RandomProblem random{7};
    Kept store;
    MappingCache mappings{&store};
    for (int times = 0; times < 3; ++times) mappings.search(random.problem, cached_options(1));
    EXPECT_EQ(store.asked, 1);
    EXPECT_EQ(store.solved.size(), 1U);
    EXPECT_EQ(mappings.searched(), 1);
    EXPECT_EQ(mappings.reused(), 2);
}

TEST(MappingCache, CountsProofsOfAStoreOnce)
{
    RandomProblem random{0};
    SearchOptions options = cached_options(1);
    options.factors = 0;
    Kept store;
    MappingCache{&store}.search(random.problem, options);
    MappingCache later{&store};
    later.search(random.problem, options);
    later.search(random.problem, options);
    EXPECT_EQ(later.proof().searches, 1);
    EXPECT_EQ(later.proof().proven, 1);
}

TEST(MappingCache, KeepsNothingThatAnotherRunMayFindBetter)
{
    // A search of a nanosecond proves nothing.
    SearchOptions options;
    options.factors = 0;
    options.seconds = 1e-9;
    options.threads = 1;
    int open = 0;
    for (unsigned seed = 0; seed < 200; ++seed) {
        RandomProblem random{seed};
        Kept store;
        const auto found = MappingCache{&store}.search(random.problem, options);
        const bool proven = found && found->gap == 0.0;
        EXPECT_EQ(store.solved.size(), proven ? 1U : 0U) << seed;
        if (!proven) ++open;
    }
    EXPECT_GT(open, 5);
}

/// As a disk that is full.
class Full final : public MappingStore {
public:
    std::vector<SolvedMapping> find(const MappingProblem&) override { return {}; }
    void keep(const MappingProblem&, const SolvedMapping&) override { throw InputError{"store", "the disk is full"}; }
};

TEST(MappingCache, SaysWhatTheStoreThrows)
{
    RandomProblem random{7};
    Full store;
    MappingCache mappings{&store};
    EXPECT_THROW(mappings.search(random.problem, cached_options(1)), MappingStoreError);
    EXPECT_THROW(mappings.search(random.problem, cached_options(1)), MappingStoreError)
        << "who asks again learns it, too";
}

}  // namespace
}  // namespace plumbline
