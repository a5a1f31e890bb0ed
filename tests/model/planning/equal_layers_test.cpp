// SPDX-License-Identifier: Apache-2.0
#include "planning/geometry/equal_layers.hpp"

#include <gtest/gtest.h>

#include "model/hand_machine.hpp"

namespace plumbline {
namespace {

constexpr tiny::Shape kThreeByThree{2, 2, 6, 6, 3, 3, 1};

Layer padded(LayerId id, std::int64_t size)
{
    Layer layer = tiny::convolution(id, {2, 2, size, size, 3, 3, 1}, id > 0 ? std::optional{id - 1} : std::nullopt);
    for (SlidingAxis& axis : layer.inputs[1].sliding) {
        axis.size = size;
        axis.padding_before = axis.padding_behind = 1;
    }
    return layer;
}

/// Number of the first layer that is mapped like each.
std::vector<LayerId> first_like(const std::vector<Layer>& layers, const MappingRules& rules = tiny::rules())
{
    const Workload workload{"network", layers};
    const detail::EqualLayers equal{workload, rules};
    std::vector<LayerId> first;
    for (const Layer& layer : workload.layers()) first.push_back(equal.first_like(layer).id);
    return first;
}

TEST(EqualLayers, AreThoseThatDifferInNameSourceAndMap)
{
    Layer smaller = padded(3, 6);
    smaller.sizes[LoopDim::ox] = smaller.sizes[LoopDim::oy] = 3;
    for (SlidingAxis& axis : smaller.inputs[1].sliding) axis.padding_behind = -2;
    EXPECT_EQ(first_like({padded(0, 6), padded(1, 6), padded(2, 6), smaller}), (std::vector<LayerId>{0, 0, 0, 0}));
}

TEST(EqualLayers, AreNotThoseThatAreMappedOtherwise)
{
    const Layer first = tiny::convolution(0, kThreeByThree);
    const auto with = [&](auto change) {
        Layer other = tiny::convolution(1, kThreeByThree);
        change(other);
        other.inputs[1].source.reset();
        return first_like({first, other});
    };
    const std::vector<LayerId> unlike{0, 1};
    EXPECT_EQ(with([](Layer&) {}), (std::vector<LayerId>{0, 0}));
    EXPECT_EQ(with([](Layer& other) { other.inputs[0].precision = Bits{4}; }), unlike);
    EXPECT_EQ(with([](Layer& other) { other.output.precision = Bits{24}; }), unlike);
    EXPECT_EQ(with([](Layer& other) { other.final_precision = Bits{16}; }), unlike);
    EXPECT_EQ(with([](Layer& other) { other.inputs[1].sliding[0].stride = 2; }), unlike);
    EXPECT_EQ(with([](Layer& other) { other.inputs[1].sliding[0].dilation = 2; }), unlike);
    EXPECT_EQ(with([](Layer& other) { other.sizes[LoopDim::k] = 4; }), unlike);
    EXPECT_EQ(with([](Layer& other) { other.operation = Operation::other; }), unlike);
}

TEST(EqualLayers, AreNotThoseOfOtherRules)
{
    const std::vector<Layer> layers{padded(0, 6), padded(1, 6)};
    std::vector<MappingRule> rules = tiny::rules().rules();
    MappingRule own = rules.front();
    own.name = layers[1].name;
    rules.push_back(own);
    EXPECT_EQ(first_like(layers, MappingRules{rules}), (std::vector<LayerId>{0, 1}));
}

}  // namespace
}  // namespace plumbline
