// SPDX-License-Identifier: Apache-2.0
// What a stack costs at least, before it is planned and while it is, on accelerators and networks that nobody chose: never more
// than what it is predicted to cost.
#include <vector>

#include <gtest/gtest.h>

#include "exploration/bounds/stack_bound.hpp"
#include "exploration/cut_graph.hpp"
#include "exploration/stack_choices.hpp"
#include "plumbline/validate/generated_accelerator.hpp"
#include "plumbline/validate/generated_network.hpp"

namespace plumbline::validate::test {
namespace {

/// Sums of the same energies in another order differ by less.
constexpr double kSumNoise = 1e-9;

std::vector<TileSize> tiles_of(TileSize map)
{
    std::vector<TileSize> tiles{map, {divide_up(map.x, 2), divide_up(map.y, 3)}, {1, map.y}};
    if (map.x >= 2 && map.y >= 2) tiles.push_back({2, 2});
    return tiles;
}

/// One way to predict all stacks of a drawn network on a drawn accelerator.
class Stacks {
public:
    Stacks(const GeneratedAccelerator& machine, const Workload& workload, CapacityPolicy capacity, Estimator estimator)
        : plan_{machine.accelerator, capacity, options_of(estimator), mappings_},
          setting_{plan_, workload},
          passage_{machine.accelerator, estimator},
          open_{detail::open_stacks(workload, machine.rules, detail::CutGraph{workload}.stacks(), capacity)}
    {}

    /// \return how many choices could be planned
    int expect_bounds()
    {
        int planned = 0;
        for (const detail::OpenStack& open : open_) {
            const detail::StackCost least = detail::StackFloor{passage_, open}.least();
            detail::StackCandidates candidates{passage_, open};
            candidates.list(tiles_of(open.map.size), {std::begin(kAllOverlapModes), std::end(kAllOverlapModes)});
            for (std::size_t choice = 0; choice < candidates.all().size(); ++choice)
                planned += expect_bounds(candidates, choice, least) ? 1 : 0;
        }
        return planned;
    }

private:
    static SearchOptions options_of(Estimator estimator)
    {
        SearchOptions options;
        options.factors = 2;
        options.threads = 1;
        options.estimator = estimator;
        return options;
    }

    /// Before it is planned, and after each of its tile classes.
    bool expect_bounds(detail::StackCandidates& candidates, std::size_t choice, detail::StackCost least)
    {
        std::vector<detail::StackCost> bounds{least, candidates.all()[choice].cost};
        const auto note = [&](detail::StackCost bound) {
            bounds.push_back(bound);
            return false;
        };
        while (candidates.all()[choice].has_bound())
            candidates.set(choice, candidates.evaluated(setting_, choice, note));
        const detail::Candidate& planned = candidates.all()[choice];
        if (planned.standing != detail::Standing::known) return false;
        for (std::size_t i = 1; i < bounds.size(); ++i) expect_at_most(bounds[i - 1], bounds[i]);
        expect_at_most(bounds.back(), planned.cost);
        return true;
    }

    static void expect_at_most(detail::StackCost less, detail::StackCost more)
    {
        EXPECT_LE(less.energy, more.energy * (1 + kSumNoise));
        EXPECT_LE(less.cycles, more.cycles * (1 + kSumNoise));
    }

    MappingCache mappings_;
    detail::PlanSetting plan_;
    detail::CandidateSetting setting_;
    detail::Passage passage_;
    std::vector<detail::OpenStack> open_;
};

class BoundOfGenerated : public ::testing::TestWithParam<Edges> {};

/// Bounds were once too high of: averages of `uniform` (10 without edges, 155, 276 with padding), windows that leave gaps between tiles (3, 11), windows in
/// padding (24, 26, 72), maps of several readers in caches (51), weights that make room when other tiles do not fit (1120, 1460), dilated windows on columns and
/// rows that are kept (3292, 3551).
TEST_P(BoundOfGenerated, IsNeverMoreThanTheCost)
{
    int planned = 0;
    for (const std::uint64_t seed :
         {2U, 3U, 7U, 10U, 11U, 14U, 24U, 26U, 51U, 72U, 155U, 276U, 1120U, 1460U, 3292U, 3551U}) {
        SCOPED_TRACE(seed);
        const Extent extent = seed % 2 == 0 ? Extent::tiny : Extent::usual;
        const GeneratedAccelerator machine = generated_accelerator(seed, extent);
        const Workload workload = generated_network(seed, GetParam(), extent);
        for (const CapacityPolicy capacity : {CapacityPolicy::reserved, CapacityPolicy::optimistic})
            for (const Estimator estimator : {Estimator::refined, Estimator::uniform})
                planned += Stacks{machine, workload, capacity, estimator}.expect_bounds();
    }
    EXPECT_GT(planned, 2000);
}

INSTANTIATE_TEST_SUITE_P(Edges, BoundOfGenerated, ::testing::Values(Edges::none, Edges::padded, Edges::rearranged));

}  // namespace
}  // namespace plumbline::validate::test
