// SPDX-License-Identifier: Apache-2.0
#include "exploration/equal_stacks.hpp"

#include <gtest/gtest.h>

#include "model/hand_machine.hpp"
#include "plumbline/optimize.hpp"

namespace plumbline {
namespace {

/// Convolutions of 3 x 3 with padding, one after the other, of equal maps but where a stride of 2 halves them.
Workload chain(std::size_t layers, std::size_t strided)
{
    std::vector<Layer> chain;
    std::int64_t size = 8;
    for (std::size_t i = 0; i < layers; ++i) {
        const std::int64_t stride = i == strided ? 2 : 1;
        const std::int64_t output = size / stride;
        const auto id = static_cast<LayerId>(i);
        Layer layer =
            tiny::convolution(id, {2, 2, output, output, 3, 3, stride}, i > 0 ? std::optional{id - 1} : std::nullopt);
        for (SlidingAxis& axis : layer.inputs[1].sliding) {
            axis.size = size;
            axis.padding_before = 1;
            axis.padding_behind = 2 - stride;
        }
        chain.push_back(layer);
        size = output;
    }
    return {"chain", chain};
}

std::vector<std::size_t> kinds_of(const Workload& workload, const std::vector<std::vector<LayerId>>& stacks)
{
    const MappingRules rules = tiny::rules();
    const auto open = detail::open_stacks(workload, rules, stacks, CapacityPolicy::reserved);
    return detail::stack_kinds(open).kind_of;
}

TEST(EqualStacks, HaveTheSameLayersOnTheSameMaps)
{
    const Workload workload = chain(7, 3);
    const std::vector<std::vector<LayerId>> single{{0}, {1}, {2}, {3}, {4}, {5}, {6}};
    // The first reads the network's input, which is not a layer's output.
    EXPECT_EQ(kinds_of(workload, single), (std::vector<std::size_t>{0, 1, 1, 2, 3, 3, 3}));
    EXPECT_EQ(kinds_of(workload, {{0}, {1, 2}, {3, 4}, {5, 6}}), (std::vector<std::size_t>{0, 1, 2, 3}));
    EXPECT_EQ(kinds_of(workload, {{0, 1, 2, 3}, {4, 5}, {6}}), (std::vector<std::size_t>{0, 1, 2}));
}

TEST(EqualStacks, SayWhichIsTheFirst)
{
    const Workload workload = chain(5, 9);
    const MappingRules rules = tiny::rules();
    const auto open = detail::open_stacks(workload, rules, {{0}, {1}, {2}, {3}, {4}}, CapacityPolicy::reserved);
    EXPECT_EQ(detail::stack_kinds(open).first, (std::vector<std::size_t>{0, 1}));
}

TEST(EqualStacks, ArePlannedOnce)
{
    const Accelerator accelerator = tiny::accelerator(Bits{4000});
    OptimizeOptions options;
    options.tiles = {{8, 8}, {4, 4}, {2, 8}};
    options.modes = {kAllOverlapModes.begin(), kAllOverlapModes.end()};
    options.search.factors = 3;
    options.threads = 1;
    const auto planned = [&](std::size_t layers) {
        return optimize(accelerator, chain(layers, layers), tiny::rules(), options)->planned;
    };
    // A chain of 6 has 21 stacks, one of 12 has 78. Of each length there are two kinds: that which begins the network, and others.
    EXPECT_LT(planned(12) * 21, planned(6) * 78);
}

}  // namespace
}  // namespace plumbline
