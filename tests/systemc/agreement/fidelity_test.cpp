// SPDX-License-Identifier: Apache-2.0
// Both fidelities are of one machine: the same counters, and latencies within 1 %, as is what time is lost to. All time
// is accounted for.
#include "plumbline/sim/fidelity.hpp"

#include <gmock/gmock.h>

#include "systemc/deviation.hpp"
#include "systemc/full_tile.hpp"
#include "systemc/generated_machine.hpp"
#include "test_data.hpp"

namespace plumbline::sim {
namespace {

constexpr double kTolerance = 0.01;

void expect_agreement(const std::vector<Deviation>& all, const std::string& what)
{
    for (std::size_t i = 0; i < all.size(); ++i) {
        EXPECT_TRUE(all[i].equal_counters) << what << ' ' << i;
        EXPECT_EQ(all[i].violation, "") << what << ' ' << i;
        EXPECT_LE(std::abs(all[i].relative()), kTolerance)
            << what << ' ' << i << ": " << all[i].transaction.count() << " cycles instead of " << all[i].cycle.count();
    }
}

TEST(Fidelity, IsKnownByName)
{
    EXPECT_EQ(fidelity_named("cycle"), Fidelity::cycle);
    EXPECT_EQ(fidelity_named(name_of(Fidelity::transaction)), Fidelity::transaction);
    EXPECT_EQ(fidelity_named("exact"), std::nullopt);
}

TEST(Fidelity, OfAMachineIsThatOfItsProgram)
{
    sc_core::sc_report_handler::set_actions(sc_core::SC_ERROR, sc_core::SC_THROW);
    const auto machine = generated::generated_machine(0);
    const ScheduleProgram program =
        compile(machine.accelerator, machine.workload, machine.schedule, Overcommit::report);
    MachineOptions options;
    options.fidelity = Fidelity::cycle;
    EXPECT_THROW(Machine("machine", machine.accelerator, program, options), sc_core::sc_report);
}

/// A seed is the number that a failure prints.
TEST(Fidelity, ChangesNoCounterAndHardlyTheLatencyOfGeneratedMachines)
{
    std::deque<generated::GeneratedMachine> machines;
    Deviations deviations;
    for (unsigned seed = 0; seed < 200; ++seed) {
        machines.push_back(generated::generated_machine(seed));
        const auto& [accelerator, workload, schedule] = machines.back();
        deviations.add(accelerator, workload, schedule);
    }
    const std::vector<Deviation> all = deviations.run();
    expect_agreement(all, "seed");
    for (std::size_t seed = 0; seed < all.size(); ++seed) {
        EXPECT_LE(all[seed].array_apart, kTolerance) << "seed " << seed;
        EXPECT_LE(all[seed].ports_apart, kTolerance) << "seed " << seed;
    }
}

TEST(Fidelity, DoesNotDependOnTheSizeOfTheTimingCache)
{
    std::deque<generated::GeneratedMachine> machines;
    Deviations deviations;
    for (unsigned seed = 0; seed < 40; ++seed) {
        machines.push_back(generated::generated_machine(seed));
        const auto& [accelerator, workload, schedule] = machines.back();
        deviations.add(accelerator, workload, schedule);
        deviations.add(accelerator, workload, schedule, {}, 5);
    }
    const std::vector<Deviation> all = deviations.run();
    for (std::size_t i = 0; i < all.size(); i += 2) {
        EXPECT_EQ(all[i].transaction, all[i + 1].transaction) << "seed " << i / 2;
        EXPECT_TRUE(all[i + 1].equal_counters) << "seed " << i / 2;
    }
}

/// A full tile of each network on each accelerator.
class FidelityOnNetworks : public testing::TestWithParam<const char*> {};

TEST_P(FidelityOnNetworks, ChangesNoCounterAndHardlyTheLatency)
{
    std::deque<FullTile> tiles;
    Deviations deviations;
    for (const char* network : {"fsrcnn", "mccnn", "dmcnnvd", "defines/mobilenetv1", "defines/resnet18"}) {
        tiles.push_back(full_tile(kPlatformsFolder, GetParam(), network));
        const auto& [accelerator, workload, schedule] = tiles.back();
        deviations.add(accelerator, workload, schedule,
                       [&](const TileClass& tile) { return is_typical(tiles.back().schedule, tile); });
    }
    expect_agreement(deviations.run(), "network");
}

INSTANTIATE_TEST_SUITE_P(Accelerators, FidelityOnNetworks,
                         testing::Values("meta_prototype", "meta_prototype_df", "tpu_like", "tpu_like_df",
                                         "edge_tpu_like", "edge_tpu_like_df", "ascend_like", "ascend_like_df",
                                         "tesla_npu_like", "tesla_npu_like_df"),
                         [](const auto& accelerator) { return std::string{accelerator.param}; });

}  // namespace
}  // namespace plumbline::sim
