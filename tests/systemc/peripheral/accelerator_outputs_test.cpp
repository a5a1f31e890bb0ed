// SPDX-License-Identifier: Apache-2.0
// A network of several outputs: each lies in an area of its own from the job's output address on.
#include <gmock/gmock.h>

#include <cstring>

#include "accelerator_platform.hpp"
#include "functional/networks.hpp"
#include "functional/two_heads.hpp"
#include "plumbline/validate/reference_network.hpp"

namespace plumbline::test {
namespace {

using Platform = AcceleratorPlatform;

class Outputs : public testing::TestWithParam<sim::AcceleratorFidelity> {};

TEST_P(Outputs, AreAllComputedInSystemMemory)
{
    Setting setting = planned("meta_prototype_df", two_heads(), OverlapMode::fully_cached, {7, 5});
    sim::AcceleratorOptions options;
    options.fidelity = GetParam();
    options.data = sim::AcceleratorData::real;
    Platform platform{options,
                      {{setting.workload, setting.schedule}},
                      "",
                      Platform::Memory::loosely_timed,
                      std::move(setting.accelerator)};
    platform.forget_output();
    platform.run([&](RegisterHost& host) {
        host.start(platform.store(Platform::job()));
        host.await_idle();
        EXPECT_EQ(host.read(PLUMBLINE_REG_ERROR), PLUMBLINE_ERROR_NONE);
    });
    ASSERT_TRUE(platform.host.done);
    const auto expected = validate::reference_outputs(setting.workload, platform.data);
    std::size_t found = 0;
    for (const sim::JobArea& area : platform.accelerator.layout(0).areas) {
        if (area.group != sim::JobGroup::output) continue;
        const auto* bytes = reinterpret_cast<const std::int8_t*>(platform.ram.at(Platform::kOutput + area.offset));
        ASSERT_LT(found, expected.size());
        EXPECT_EQ((sim::FeatureValues{bytes, bytes + area.tensor.size}), expected[found]) << area.tensor.layer;
        ++found;
    }
    EXPECT_EQ(found, 2U);
}

INSTANTIATE_TEST_SUITE_P(AtEveryFidelity, Outputs,
                         testing::Values(sim::AcceleratorFidelity::cycle, sim::AcceleratorFidelity::transaction,
                                         sim::AcceleratorFidelity::analytical),
                         [](const auto& test) { return std::string{sim::name_of(test.param)}; });

}  // namespace
}  // namespace plumbline::test
