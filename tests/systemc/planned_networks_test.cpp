// SPDX-License-Identifier: Apache-2.0
// What is planned with space reserved runs as it is: it fits, and finds what it reads. On generated networks, with tiles
// from one pixel to the whole map.
#include <gtest/gtest.h>

#include "generated_network.hpp"
#include "plumbline/explore.hpp"
#include "plumbline/io/yaml.hpp"
#include "plumbline/plan.hpp"
#include "plumbline/sim/capacity_check.hpp"

namespace plumbline::sim {
namespace {

const std::string kPlatforms = PLUMBLINE_PLATFORMS;

struct Machine {
    const char* accelerator;
    const char* rules;
    friend std::ostream& operator<<(std::ostream& out, const Machine& each) { return out << each.accelerator; }
};

class GeneratedNetworks : public ::testing::TestWithParam<Machine> {
protected:
    /// Planned and checked in all modes; how many schedules there were.
    int check(const Workload& workload, plumbline::Cuts::Kind cuts, const std::vector<TileSize>& tiles)
    {
        MappingCache mappings;
        PlanOptions options;
        options.cuts.kind = cuts;
        options.search.factors = 3;
        options.search.threads = 1;
        options.mappings = &mappings;
        int planned = 0;
        for (TileSize tile : tiles) {
            for (OverlapMode mode : {OverlapMode::fully_recompute, OverlapMode::h_cached, OverlapMode::fully_cached}) {
                options.stacks = {{tile, mode}};
                const auto schedule = plan_schedule(accelerator, workload, rules, options);
                if (!schedule) continue;
                ++planned;
                SCOPED_TRACE(std::to_string(tile.x) + "x" + std::to_string(tile.y) + ' ' + std::string{name_of(mode)});
                const Findings findings = check_capacity(accelerator, workload, *schedule);
                EXPECT_TRUE(findings.overcommitments.empty());
                EXPECT_TRUE(findings.absent.empty());
            }
        }
        return planned;
    }

    Accelerator accelerator =
        io::read_accelerator(kPlatforms + "/accelerators/" + std::string{GetParam().accelerator} + ".yaml");
    MappingRules rules =
        io::read_mapping(kPlatforms + "/mappings/" + std::string{GetParam().rules} + ".yaml", accelerator);
};

TEST_P(GeneratedNetworks, RunAsTheyArePlanned)
{
    using Kind = plumbline::Cuts::Kind;
    constexpr std::uint64_t kNetworks = 60;
    int planned = 0;
    for (std::uint64_t seed = 0; seed < kNetworks; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        const Workload workload = generated::network(seed);
        const Kind cuts = std::vector<Kind>{Kind::none, Kind::automatic, Kind::each}[seed % 3];
        const TileSize map = whole_map(accelerator, workload, rules, {cuts, {}});
        const std::vector<TileSize> tiles{
            {1, 1}, {1, map.y}, {std::min<std::int64_t>(3, map.x), 1}, {divide_up(map.x, 2), divide_up(map.y, 3)}, map};
        planned += check(workload, cuts, tiles);
    }
    EXPECT_GT(planned, 800) << "of " << kNetworks * 15;
}

INSTANTIATE_TEST_SUITE_P(On, GeneratedNetworks,
                         ::testing::Values(Machine{"ascend_like_df", "ascend_like"},
                                           Machine{"tesla_npu_like_df", "tesla_npu_like"},
                                           Machine{"edge_tpu_like_df", "edge_tpu_like"},
                                           Machine{"meta_prototype_df", "meta_prototype"}),
                         [](const auto& each) { return std::string{each.param.accelerator}; });

}  // namespace
}  // namespace plumbline::sim
