// SPDX-License-Identifier: Apache-2.0
// Normalisation over pixels: of each channel, of groups of channels, of whole maps. Maps have 6 rows and 8 columns.
#include "io/onnx/onnx_model.hpp"
#include "plumbline/mapping.hpp"

namespace plumbline::test {
namespace {

class OnnxMapNormalisation : public OnnxFiles {};

/// Values that a layer reads of each of its maps.
std::vector<std::int64_t> values_read(const Layer& layer)
{
    std::vector<std::int64_t> counts;
    for (const Operand& input : layer.inputs) counts.push_back(elements(input, layer.sizes));
    return counts;
}

TEST_F(OnnxMapNormalisation, KeepsStatisticsOfEachChannel)
{
    EXPECT_EQ(layers_of("instance_normalization"),
              kSource + "InstanceNormalization G4 FY6 FX8; InstanceNormalization G4 OY6 OX8");
    const Workload net = model("instance_normalization");
    const Layer& statistics = net.layers()[1];
    const Layer& values = net.layers()[2];
    EXPECT_EQ(statistics.name, "n_node_statistics");
    EXPECT_EQ(values_read(statistics), (std::vector<std::int64_t>{4 * 48}));
    EXPECT_EQ(elements(statistics.output, statistics.sizes), 4);
    EXPECT_EQ(statistics.final_precision, Bits{16});
    EXPECT_EQ(statistics.operation, Operation::other);
    EXPECT_EQ(values_read(values), (std::vector<std::int64_t>{4 * 48, 4}));
    EXPECT_EQ(values.inputs[0].source, 0);
    EXPECT_EQ(values.inputs[1].source, 1);
    EXPECT_EQ(elements(values.output, values.sizes), 4 * 48);
    EXPECT_EQ(values.final_precision, Bits{8});
    EXPECT_EQ(statistics.macs() + values.macs(), 2 * 4 * 48);
    EXPECT_EQ(layers_of("instance_normalization_1d"),
              "Conv K4 C3 OX16 FX5; InstanceNormalization G4 FX16; InstanceNormalization G4 OX16");
    EXPECT_EQ(layers_of("mean_variance"),
              kSource + "MeanVarianceNormalization G4 FY6 FX8; MeanVarianceNormalization G4 OY6 OX8");
}

TEST_F(OnnxMapNormalisation, KeepsStatisticsOfGroupsOfChannels)
{
    // As PyTorch writes it: 12 channels as 3 groups, whose scale and bias are constants of each channel behind.
    EXPECT_EQ(layers_of("group_norm"),
              "Conv K12 C3 OY6 OX8 FY3 FX3; InstanceNormalization G3 C4 FY6 FX8; "
              "InstanceNormalization G3 K4 OY6 OX8; Conv K5 C12 OY6 OX8");
    const Workload net = model("group_norm");
    EXPECT_EQ(values_read(net.layers()[1]), (std::vector<std::int64_t>{12 * 48}));
    EXPECT_EQ(elements(net.layers()[1].output, net.layers()[1].sizes), 3);
    EXPECT_EQ(values_read(net.layers()[2]), (std::vector<std::int64_t>{12 * 48, 3}));
    EXPECT_EQ(layers_of("group_norm_of_one"),
              "Conv K12 C3 OY6 OX8 FY3 FX3; InstanceNormalization C12 FY6 FX8; "
              "InstanceNormalization G12 OY6 OX8");
}

TEST_F(OnnxMapNormalisation, OfAnInputFindsItsAxes)
{
    EXPECT_EQ(layers_of("instance_normalization_of_input"),
              "InstanceNormalization G3 FY8 FX10; InstanceNormalization G3 OY8 OX10; Conv K4 C3 OY6 OX8 FY3 FX3");
    EXPECT_EQ(layers_of("group_norm_of_input"),
              "InstanceNormalization G2 C2 FY6 FX8; InstanceNormalization G2 K2 OY6 OX8; Conv K5 C4 OY4 OX6 FY3 FX3");
    EXPECT_EQ(layers_of("layer_normalization_of_input_map"),
              "LayerNormalization C3 FY8 FX10; LayerNormalization G3 OY8 OX10; Conv K4 C3 OY6 OX8 FY3 FX3");
}

TEST_F(OnnxMapNormalisation, OfAWholeMapCopiesNothing)
{
    EXPECT_EQ(layers_of("layer_normalization_of_map"),
              kSource + "LayerNormalization C4 FY6 FX8; LayerNormalization G4 OY6 OX8");
    const Layer values = model("layer_normalization_of_map").layers()[2];
    EXPECT_EQ(values_read(values), (std::vector<std::int64_t>{4 * 48, 1}));
    EXPECT_EQ(layers_of("layer_normalization_of_all"),
              "MatMul K10 C16 OX7; LayerNormalization C10 FX7; LayerNormalization G10 OX7");
    // Of columns alone: statistics of each row of each channel.
    EXPECT_EQ(layers_of("layer_normalization_of_columns"),
              kSource + "LayerNormalization G4 OY6 FX8; LayerNormalization G4 OY6 OX8");
    const Layer columns = model("layer_normalization_of_columns").layers()[2];
    EXPECT_EQ(values_read(columns), (std::vector<std::int64_t>{4 * 48, 4 * 6}));
}

TEST_F(OnnxMapNormalisation, OfChannelsIsThatOfPixels)
{
    EXPECT_EQ(layers_of("lp_normalization"), kSource + "LpNormalization C4 OY6 OX8; LpNormalization G4 OY6 OX8");
    EXPECT_EQ(layers_of("mean_variance_of_channels"),
              kSource + "MeanVarianceNormalization C4 OY6 OX8; MeanVarianceNormalization G4 OY6 OX8");
    // Rows are copied so that they are channels, as for Softmax: 4 x 8 columns of 6.
    EXPECT_EQ(layers_of("lp_normalization_of_rows"),
              kSource + "Concat G4 FY6 FX8; LpNormalization C6 OX32; LpNormalization G6 OX32");
}

TEST_F(OnnxMapNormalisation, IsRefusedWhereALayerCannotSayIt)
{
    expect_refused("group_norm_between", "InstanceNormalization 'y_node'",
                   "takes channels together that do not lie beside each other, expected rows and columns");
    expect_refused("mean_variance_of_batch", "MeanVarianceNormalization 'y_node'", "takes values of a batch together");
}

TEST_F(OnnxMapNormalisation, GoesByTheRuleOfAdditions)
{
    const MappingRules rules{{MappingRule{"default", {}, {}}, MappingRule{"Add", {}, {}}}};
    for (const char* name : {"instance_normalization", "mean_variance", "lp_normalization", "lrn_of_input"})
        EXPECT_EQ(rules.rule_for(model(name).layers()[name == std::string{"lrn_of_input"} ? 0 : 2]).name, "Add")
            << name;
}

}  // namespace
}  // namespace plumbline::test
