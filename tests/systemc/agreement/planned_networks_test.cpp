// SPDX-License-Identifier: Apache-2.0
// What is planned with space reserved runs as it is: it fits, and finds what it reads. On generated networks, with tiles
// from one pixel to the whole map, and memories of any size.
#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "plumbline/explore.hpp"
#include "plumbline/io/yaml.hpp"
#include "plumbline/memory_use.hpp"
#include "plumbline/plan.hpp"
#include "plumbline/sim/capacity_check.hpp"
#include "systemc/generated_network.hpp"
#include "test_data.hpp"

namespace plumbline::sim {
namespace {

const std::string kPlatforms = kPlatformsFolder;

struct Machine {
    const char* accelerator;
    const char* rules;
    friend std::ostream& operator<<(std::ostream& out, const Machine& each) { return out << each.accelerator; }
};

Accelerator with_memories(const Accelerator& accelerator, const std::vector<Memory>& memories)
{
    return {accelerator.name(), accelerator.array(), memories, accelerator.dispatch()};
}

/// With on-chip memories no larger than what a schedule says that it holds there while layers run.
Accelerator no_larger_than_held(const Accelerator& accelerator, const Workload& workload, const Schedule& schedule)
{
    std::vector<Memory> memories = accelerator.memories();
    for (const MemoryUse& use : memory_use(accelerator, workload, schedule))
        if (use.memory != accelerator.top()) memories[use.memory].size = use.total();
    return with_memories(accelerator, memories);
}

/// With on-chip buffers of 1/128 of their size up to all of it.
Accelerator with_smaller_buffers(const Accelerator& accelerator, std::uint64_t seed)
{
    constexpr Bits kSmallestBuffer{2048};
    std::mt19937_64 random{seed * 7919 + 13};
    std::vector<Memory> memories = accelerator.memories();
    for (MemoryId id = 0; id < accelerator.top(); ++id) {
        Bits& size = memories[id].size;
        const double part = std::exp2(-static_cast<double>(random() % 700) / 100.0);
        const Bits less{static_cast<std::int64_t>(static_cast<double>(size.count()) * part)};
        size = std::min(size, std::max(kSmallestBuffer, less));
    }
    return with_memories(accelerator, memories);
}

class GeneratedNetworks : public ::testing::TestWithParam<Machine> {
protected:
    /// Fits, finds what it reads, and holds no more than it says: else a fuller memory would not have held it.
    static void check_run(const Accelerator& machine, const Workload& workload, const Schedule& schedule)
    {
        const Findings findings = check_capacity(machine, workload, schedule);
        EXPECT_TRUE(findings.overcommitments.empty());
        EXPECT_TRUE(findings.absent.empty());
        const Accelerator filled = no_larger_than_held(machine, workload, schedule);
        for (const Overcommitment& over : check_capacity(filled, workload, schedule).overcommitments) {
            if (over.activity.kind == Activity::Kind::compute)
                ADD_FAILURE() << text_of(over.activity, workload) << " needs " << over.needed << " of "
                              << filled.memory(over.memory).name << ", where it says that it holds " << over.size;
        }
    }

    /// Planned and checked in all modes, for some tiles; how many schedules there were.
    int check(const Accelerator& machine, const Workload& workload, plumbline::Cuts::Kind cuts) const
    {
        MappingCache mappings;
        PlanOptions options;
        options.cuts.kind = cuts;
        options.search.factors = 3;
        options.search.threads = 1;
        options.mappings = &mappings;
        const TileSize map = whole_map(machine, workload, rules, {cuts, {}});
        int planned = 0;
        for (TileSize tile : {TileSize{1, 1}, TileSize{1, map.y}, TileSize{std::min<std::int64_t>(3, map.x), 1},
                              TileSize{divide_up(map.x, 2), divide_up(map.y, 3)}, map}) {
            for (OverlapMode mode : {OverlapMode::fully_recompute, OverlapMode::h_cached, OverlapMode::fully_cached}) {
                options.stacks = {{tile, mode}};
                const auto schedule = plan_schedule(machine, workload, rules, options);
                if (!schedule) continue;
                ++planned;
                SCOPED_TRACE(std::to_string(tile.x) + "x" + std::to_string(tile.y) + ' ' + std::string{name_of(mode)});
                check_run(machine, workload, *schedule);
            }
        }
        return planned;
    }

    static plumbline::Cuts::Kind cuts_of(std::uint64_t seed)
    {
        using Kind = plumbline::Cuts::Kind;
        return std::vector<Kind>{Kind::none, Kind::automatic, Kind::each}[seed % 3];
    }

    Accelerator accelerator =
        io::read_accelerator(kPlatforms + "/accelerators/" + std::string{GetParam().accelerator} + ".yaml");
    MappingRules rules =
        io::read_mapping(kPlatforms + "/mappings/" + std::string{GetParam().rules} + ".yaml", accelerator);
};

constexpr std::uint64_t kNetworks = 60;

TEST_P(GeneratedNetworks, RunAsTheyArePlanned)
{
    int planned = 0;
    for (std::uint64_t seed = 0; seed < kNetworks; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        planned += check(accelerator, generated::network(seed), cuts_of(seed));
    }
    EXPECT_GT(planned, 800) << "of " << kNetworks * 15;
}

TEST_P(GeneratedNetworks, RunAsTheyArePlannedInSmallMemories)
{
    int planned = 0;
    for (std::uint64_t seed = 0; seed < kNetworks; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        planned += check(with_smaller_buffers(accelerator, seed), generated::network(seed), cuts_of(seed));
    }
    EXPECT_GT(planned, 750) << "of " << kNetworks * 15;
}

INSTANTIATE_TEST_SUITE_P(On, GeneratedNetworks,
                         ::testing::Values(Machine{"ascend_like_df", "ascend_like"},
                                           Machine{"tesla_npu_like_df", "tesla_npu_like"},
                                           Machine{"edge_tpu_like_df", "edge_tpu_like"},
                                           Machine{"meta_prototype_df", "meta_prototype"}),
                         [](const auto& each) { return std::string{each.param.accelerator}; });

}  // namespace
}  // namespace plumbline::sim
