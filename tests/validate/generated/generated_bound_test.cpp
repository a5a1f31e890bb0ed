// SPDX-License-Identifier: Apache-2.0
// What a stack costs at least, before it is planned, on accelerators and networks that nobody chose: never more than what it is
// predicted to cost once it is.
#include <vector>

#include <gtest/gtest.h>

#include "exploration/cut_graph.hpp"
#include "exploration/stack_bound.hpp"
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
            detail::StackFloor floor{passage_, open};
            for (const TileSize tile : tiles_of(open.map.size))
                for (const OverlapMode mode : kAllOverlapModes)
                    planned += expect_bound(floor, open, {tile, mode}) ? 1 : 0;
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

    bool expect_bound(detail::StackFloor& floor, const detail::OpenStack& open, StackChoice choice)
    {
        const auto planned = detail::evaluated(setting_, open, {choice, {}}, [](detail::StackCost) { return false; });
        if (planned.standing != detail::Standing::known) return false;
        const detail::StackCost least = floor.of(choice);
        EXPECT_LE(least.energy, planned.cost.energy * (1 + kSumNoise)) << name_of(choice.tile);
        EXPECT_LE(least.cycles, planned.cost.cycles * (1 + kSumNoise)) << name_of(choice.tile);
        EXPECT_LE(floor.least().energy, least.energy * (1 + kSumNoise)) << name_of(choice.tile);
        EXPECT_LE(floor.least().cycles, least.cycles * (1 + kSumNoise)) << name_of(choice.tile);
        return true;
    }

    MappingCache mappings_;
    detail::PlanSetting plan_;
    detail::CandidateSetting setting_;
    detail::Passage passage_;
    std::vector<detail::OpenStack> open_;
};

class BoundOfGenerated : public ::testing::TestWithParam<Edges> {};

/// Bounds were once too high of: averages of `uniform` (10 without edges, 155, 276 with padding), windows that leave gaps between tiles (3, 11), windows in
/// padding (24, 26, 72), maps of several readers in caches (51).
TEST_P(BoundOfGenerated, IsNeverMoreThanTheCost)
{
    int planned = 0;
    for (const std::uint64_t seed : {2U, 3U, 7U, 10U, 11U, 14U, 24U, 26U, 51U, 72U, 155U, 276U}) {
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
