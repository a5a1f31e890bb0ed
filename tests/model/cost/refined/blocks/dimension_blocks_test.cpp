// SPDX-License-Identifier: Apache-2.0
// Blocks of a loop dimension and of sliding windows, counted in closed form and index by index.
#include "cost/refined/blocks/dimension_blocks.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <set>

#include "cost/refined/blocks/window_blocks.hpp"

namespace plumbline::detail::refined {
namespace {

using Indices = std::vector<std::int64_t>;

/// Indices of one block in one instance: lane l of step i has index l + lanes * i.
Indices indices(const DimLanes& dim, std::int64_t steps, std::int64_t block, std::int64_t instance)
{
    Indices all;
    for (std::int64_t step = block * steps; step < (block + 1) * steps; ++step)
        for (std::int64_t lane = instance * dim.inside; lane < (instance + 1) * dim.inside; ++lane)
            if (step * dim.lanes + lane < dim.size) all.push_back(step * dim.lanes + lane);
    return all;
}

std::int64_t blocks(const DimLanes& dim, std::int64_t steps) { return divide_up(dim.size, steps * dim.lanes); }

/// Lanes that divide into instances, and blocks that do and do not divide the tile.
std::vector<DimLanes> all_dims()
{
    std::vector<DimLanes> all;
    for (std::int64_t size : {1, 5, 12, 23, 46})
        for (std::int64_t lanes : {1, 4, 6})
            for (std::int64_t inside : {1, 2, 4, 6})
                if (lanes % inside == 0) all.push_back({size, lanes, inside});
    return all;
}

template <class Check>
void for_all_blocks(Check check)
{
    for (const DimLanes& dim : all_dims())
        for (std::int64_t steps : {1, 2, 3, 12}) {
            SCOPED_TRACE(testing::Message() << dim.size << " on " << dim.lanes << " lanes, " << dim.inside
                                            << " inside, blocks of " << steps << " steps");
            check(dim, steps);
        }
}

TEST(DimensionBlocks, HoldTheIndicesOfTheirInstances)
{
    for_all_blocks([](const DimLanes& dim, std::int64_t steps) {
        std::map<std::size_t, std::int64_t> counted;
        for (std::int64_t block = 0; block < blocks(dim, steps); ++block)
            for (std::int64_t instance = 0; instance < dim.instances(); ++instance)
                if (const auto held = indices(dim, steps, block, instance).size(); held > 0) ++counted[held];
        std::map<std::size_t, std::int64_t> shares;
        for (const DimShare& share : shares_along(dim, steps))
            shares[static_cast<std::size_t>(share.steps * dim.inside + share.extra)] += share.count;
        EXPECT_EQ(shares, counted);
    });
}

TEST(DimensionBlocks, HaveAFullAndAnEdgeKind)
{
    // 46 rows on 4 lanes in blocks of 6 steps: 24 rows, then 22.
    const DimShares shares = shares_along({46, 4, 4}, 6);
    ASSERT_EQ(shares.count, 2U);
    EXPECT_EQ(shares.share[0].steps * 4 + shares.share[0].extra, 24);
    EXPECT_EQ(shares.share[1].steps * 4 + shares.share[1].extra, 22);
}

TEST(Rounds, CountInstancesThatHaveABusyLane)
{
    for_all_blocks([](const DimLanes& dim, std::int64_t steps) {
        std::vector<double> busy;
        for (std::int64_t block = 0; block < blocks(dim, steps); ++block) {
            busy.push_back(0);
            for (std::int64_t instance = 0; instance < dim.instances(); ++instance)
                if (!indices(dim, steps, block, instance).empty()) ++busy.back();
        }
        const Rounds in_instances = instance_rounds_along(dim, steps);
        EXPECT_EQ(in_instances.all, std::accumulate(busy.begin(), busy.end(), 0.0));
        EXPECT_EQ(in_instances.first, busy.front());
        EXPECT_EQ(in_instances.last, busy.back());
        EXPECT_EQ(rounds_along(dim, steps).all, static_cast<double>(busy.size()));
    });
}

SlidingAxis axis(std::int64_t stride, std::int64_t dilation)
{
    return {"IX", LoopDim::ox, stride, LoopDim::fx, dilation};
}

std::set<std::int64_t> reached(const SlidingAxis& sliding, const Indices& positions, const Indices& offsets)
{
    std::set<std::int64_t> all;
    for (std::int64_t position : positions)
        for (std::int64_t offset : offsets) all.insert(sliding.stride * position + sliding.dilation * offset);
    return all;
}

TEST(Features, AreCountedOnceHoweverManyWindowsReachThem)
{
    const DimLanes offsets{3, 1, 1};
    for (std::int64_t stride : {1, 2, 5})
        for (std::int64_t dilation : {1, 2})
            for_all_blocks([&](const DimLanes& positions, std::int64_t steps) {
                const SlidingAxis sliding = axis(stride, dilation);
                std::map<std::size_t, std::int64_t> counted;
                for (std::int64_t block = 0; block < blocks(positions, steps); ++block)
                    for (std::int64_t instance = 0; instance < positions.instances(); ++instance) {
                        const Indices held = indices(positions, steps, block, instance);
                        if (!held.empty()) ++counted[reached(sliding, held, {0, 1, 2}).size()];
                    }
                std::map<std::size_t, std::int64_t> shares;
                for (const DimShare& share : shares_along(positions, steps)) {
                    const std::int64_t each = features(sliding, positions, share, offsets, {3, 0, 1});
                    shares[static_cast<std::size_t>(each)] += share.count;
                }
                EXPECT_EQ(shares, counted);
            });
}

TEST(Features, StayWhereTheWindowStartsAgainAsFarBackAsPositionsAdvance)
{
    // FX (3 offsets) inside OX (size 5), one lane each: stride 2 forward is 2 offsets back, from offset 2 to 0, each of
    // the 4 times that OX advances.
    const BlockedDim positions{{5, 1, 1}, 1};
    const BlockedDim offsets{{3, 1, 1}, 1};
    EXPECT_EQ(stays({positions, 2, 1, 5, offsets, 1, 3}), 4);
    // Stride 1 forward, 2 back: other features.
    EXPECT_EQ(stays({positions, 1, 1, 5, offsets, 1, 3}), 0);
}

TEST(Features, OfAPartlyIdleBlockDoNotStay)
{
    // 2 lanes for positions, stride 1: again 2 forward. 9 positions are 4 full steps and one half-empty, into which the
    // last advance leads.
    const BlockedDim offsets{{3, 1, 1}, 1};
    EXPECT_EQ(stays({{{10, 2, 2}, 1}, 1, 1, 5, offsets, 1, 3}), 4);
    EXPECT_EQ(stays({{{9, 2, 2}, 1}, 1, 1, 5, offsets, 1, 3}), 3);
}

}  // namespace
}  // namespace plumbline::detail::refined
