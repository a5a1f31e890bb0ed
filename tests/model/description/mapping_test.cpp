// SPDX-License-Identifier: Apache-2.0
#include "plumbline/mapping.hpp"

#include <gtest/gtest.h>

#include "model/input_error.hpp"
#include "model/tiny.hpp"

namespace plumbline::test {
namespace {

template <class Change>
void expect_mapping_refused(Change change, const std::string& field, const std::string& part)
{
    const Layer layer = conv3x3();
    LayerMapping mapping = tiny_mapping(layer, 6);
    change(mapping);
    expect_input_error([&] { check(mapping, layer, tiny_accelerator()); }, field, part);
}

TEST(LayerMapping, ThatFitsPasses)
{
    EXPECT_NO_THROW(check(tiny_mapping(conv3x3(), 6), conv3x3(), tiny_accelerator()));
}

TEST(LayerMapping, UnrollsFractionallyIntoWholeLanes)
{
    // Three output channels on two MACs: two iterations, 1.5 MACs busy on average.
    Layer layer = conv3x3();
    layer.sizes[LoopDim::k] = 3;
    LayerMapping mapping = tiny_mapping(layer, 6);
    for (OperandMapping& operand : mapping.operands) {
        operand.temporal.back().push_back({LoopDim::k, 2});
        for (auto& loops : operand.spatial) {
            for (SpatialLoop& loop : loops) loop.size = 1.5;
        }
    }
    EXPECT_NO_THROW(check(mapping, layer, tiny_accelerator()));
}

TEST(LayerMapping, KeepsToTheOperandsOfItsLayer)
{
    expect_mapping_refused([](auto& m) { m.operands.pop_back(); }, "operands", "are 2, but layer 'conv' has 3");
    expect_mapping_refused([](auto& m) { std::swap(m.operands[1], m.operands[2]); }, "operands[1].operand",
                           "expected 'W'");
    expect_mapping_refused([](auto& m) { m.operands[1].memory_operand = MemoryOperand::o; },
                           "operands[1].memory_operand", "I1");
}

TEST(LayerMapping, UsesLevelsFromTheLowestUp)
{
    expect_mapping_refused(
        [](auto& m) {
            m.operands[0].levels = {1, 2};
        },
        "operands[0].levels[0]", "expected reg_o, level 0");
    expect_mapping_refused([](auto& m) { m.operands[1].levels = {1, 2, 2}; }, "operands[1].levels", "I2 has only 2");
    expect_mapping_refused([](auto& m) { m.operands[1].levels.clear(); }, "operands[1].levels", "is empty");
}

TEST(LayerMapping, HasLoopsForEachLevel)
{
    expect_mapping_refused([](auto& m) { m.operands[0].temporal.pop_back(); }, "operands[0].temporal",
                           "one per level: 2");
    expect_mapping_refused([](auto& m) { m.operands[0].spatial.pop_back(); }, "operands[0].spatial",
                           "one more than levels: 3");
}

TEST(LayerMapping, HasLoopsOfPositiveSize)
{
    expect_mapping_refused([](auto& m) { m.operands[0].temporal[1][0].size = 0; }, "operands[0].temporal[1][0]",
                           "size 0");
    expect_mapping_refused([](auto& m) { m.operands[0].spatial[1][0].size = 0.5; }, "operands[0].spatial[1][0]", "0.5");
    expect_mapping_refused([](auto& m) { m.sizes[LoopDim::ox] = -1; }, "sizes.OX", "is -1");
    expect_mapping_refused([](auto& m) { m.operands[0].spatial[1][0].size = 1e300; }, "operands[0].spatial[1][0]",
                           "at most 2^31");
    const auto run_forever = [](LayerMapping& mapping) {
        const std::vector<TemporalLoop> forever(3, {LoopDim::b, std::int64_t{1} << 31});
        for (OperandMapping& operand : mapping.operands)
            operand.temporal[0].insert(operand.temporal[0].begin(), forever.begin(), forever.end());
    };
    expect_mapping_refused(run_forever, "operands[0].temporal", "more than 2^50 times");
}

TEST(LayerMapping, RunsTheSameLoopsForEveryOperand)
{
    expect_mapping_refused([](auto& m) { std::swap(m.operands[2].temporal[0][0], m.operands[2].temporal[0][1]); },
                           "operands[2].temporal", "same sequence");
    expect_mapping_refused([](auto& m) { m.operands[1].spatial[0][0].dim = LoopDim::c; }, "operands[1].spatial",
                           "same unrolled");
}

TEST(LayerMapping, CoversTheTile)
{
    expect_mapping_refused([](auto& m) { m.sizes[LoopDim::ox] = 7; }, "operands[0].temporal",
                           "cover 6 of 7 iterations of OX");
}

TEST(LayerMapping, FitsTheArray)
{
    const auto unroll = [](LayerMapping& mapping) {
        for (OperandMapping& operand : mapping.operands) {
            for (auto& loops : operand.spatial) {
                for (SpatialLoop& loop : loops) loop.size = 4;
            }
        }
    };
    expect_mapping_refused(unroll, "operands[0].spatial[1]", "needs 4 instances of reg_o, there are 2");
    const auto below = [&](LayerMapping& mapping) {
        unroll(mapping);
        std::swap(mapping.operands[0].spatial[0], mapping.operands[0].spatial[1]);
    };
    expect_mapping_refused(below, "operands[0].spatial", "needs 4 MACs, there are 2");
}

TEST(MappingRules, PreferTheLayersNameThenItsOperatorThenTheDefault)
{
    const MappingRules rules{{{"default", {}, {}}, {"Conv", {}, {}}, {"pointwise", {}, {}}}};
    EXPECT_EQ(rules.rule_for(pointwise()).name, "pointwise");
    EXPECT_EQ(rules.rule_for(conv3x3()).name, "Conv");
    Layer pooling = conv3x3();
    pooling.operator_type = "Pooling";
    EXPECT_EQ(rules.rule_for(pooling).name, "default");
}

TEST(MappingRules, TakeNoRuleOfAnOperatorByTheNameOfAnotherLayer)
{
    const MappingRules rules{{{"default", {}, {}}, {"Add", {}, {}}, {"Conv", {}, {}}}};
    Layer layer = conv3x3();
    layer.name = "Add";
    EXPECT_EQ(rules.rule_for(layer).name, "Conv");
    layer.operator_type = "Add";
    EXPECT_EQ(rules.rule_for(layer).name, "Add");
    layer.name = "Conv";
    EXPECT_EQ(rules.rule_for(layer).name, "Add");
    layer.operator_type = "Gemm";
    EXPECT_EQ(rules.rule_for(layer).name, "default");
}

TEST(MappingRules, TakeThatOfAdditionsWhereMapsAreJoinedLikewise)
{
    Layer product = conv3x3();
    product.operator_type = "Mul";
    const MappingRules additions{{{"default", {}, {}}, {"Add", {}, {}}}};
    EXPECT_EQ(additions.rule_for(product).name, "Add");
    Layer mean = conv3x3();
    mean.operator_type = "ReduceMean";
    EXPECT_EQ(additions.rule_for(mean).name, "Add");
    for (const char* type :
         {"Greater", "Xor", "Mod", "ReduceSum", "ArgMax", "LpPool", "LRN", "InstanceNormalization"}) {
        mean.operator_type = type;
        EXPECT_EQ(additions.rule_for(mean).name, "Add") << type;
    }
    const MappingRules own{{{"default", {}, {}}, {"Add", {}, {}}, {"Mul", {}, {}}}};
    EXPECT_EQ(own.rule_for(product).name, "Mul");
    const MappingRules none{{{"default", {}, {}}}};
    EXPECT_EQ(none.rule_for(product).name, "default");
}

void expect_mapping_refused(const std::vector<MappingRule>& rules, const std::string& field, const std::string& part)
{
    expect_input_error([&] { const MappingRules built{rules}; }, field, part);
}

TEST(MappingRules, RefuseWhatIsMissingOrGivenTwice)
{
    const MappingRule empty{"default", {}, {}};
    const Unrolling channels{"D1", LoopDim::k, 2};
    const OperandLink weights{"W", MemoryOperand::i2};
    expect_mapping_refused({{"Conv", {}, {}}}, "rules", "'default'");
    expect_mapping_refused({empty, empty}, "rules[1].name", "another rule is called 'default'");
    expect_mapping_refused({{"default", {channels, channels}, {}}}, "rules[0].spatial_mapping.D1", "unrolls K twice");
    expect_mapping_refused({{"default", {{"D1", LoopDim::k, 0}}, {}}}, "rules[0].spatial_mapping.D1", "is 0");
    expect_mapping_refused({{"default", {}, {weights, weights}}}, "rules[0].memory_operand_links.W", "twice");
}

}  // namespace
}  // namespace plumbline::test
