// SPDX-License-Identifier: Apache-2.0
#include "io/onnx/onnx_model.hpp"
#include "plumbline/mapping.hpp"

namespace plumbline::test {
namespace {

class OnnxNormalisation : public OnnxFiles {};

const std::string kProduct = "MatMul K10 C16 OX7; ";

TEST_F(OnnxNormalisation, PassesTwiceOverChannels)
{
    // 7 tokens of 10 channels: 70 values are read for the statistics, and 70 made of them.
    EXPECT_EQ(layers_of("softmax"), kProduct + "Softmax C10 OX7; Softmax G10 OX7");
    EXPECT_EQ(layers_of("softmax_opset_11"), layers_of("softmax"));
    EXPECT_EQ(layers_of("log_softmax"), kProduct + "LogSoftmax C10 OX7; LogSoftmax G10 OX7");
    EXPECT_EQ(layers_of("layer_normalization"), kProduct + "LayerNormalization C10 OX7; LayerNormalization G10 OX7");
}

TEST_F(OnnxNormalisation, ReadsTheMapTwiceAndItsStatisticsOnce)
{
    const Workload net = model("softmax");
    const Layer& statistics = net.layers()[1];
    const Layer& values = net.layers()[2];
    EXPECT_EQ(statistics.name, "y_node_statistics");
    EXPECT_EQ(values.name, "y_node");
    EXPECT_EQ(statistics.operation, Operation::other);
    ASSERT_EQ(statistics.inputs.size(), 1U);
    EXPECT_EQ(statistics.inputs[0].source, 0);
    EXPECT_FALSE(statistics.output.relevant.contains(LoopDim::c));
    EXPECT_EQ(statistics.final_precision, Bits{16});
    ASSERT_EQ(values.inputs.size(), 2U);
    EXPECT_EQ(values.inputs[0].source, 0);
    EXPECT_EQ(values.inputs[1].source, 1);
    EXPECT_FALSE(values.inputs[1].relevant.contains(LoopDim::g));
    EXPECT_EQ(values.final_precision, Bits{8});
}

TEST_F(OnnxNormalisation, KeepsGroupsOfChannelsApart)
{
    // 12 channels are 3 heads of 4.
    EXPECT_EQ(layers_of("softmax_heads"), "MatMul K12 C16 OX7; Softmax G3 C4 OX7; Softmax G3 K4 OX7");
}

TEST_F(OnnxNormalisation, IsFoundInTheNodesThatItIsMadeOf)
{
    for (const char* name : {"layer_normalization_of_nodes", "layer_normalization_of_two_differences",
                             "layer_normalization_scaled", "root_mean_square"})
        EXPECT_EQ(layers_of(name), layers_of("layer_normalization")) << name;
    EXPECT_EQ(layers_of("layer_normalization_of_channels"),
              "Conv K4 C3 OY6 OX8 FY3 FX3; LayerNormalization C4 OY6 OX8; LayerNormalization G4 OY6 OX8");
}

TEST_F(OnnxNormalisation, OfPixelsStaysWhatItsNodesAre)
{
    // Means of each channel over 48 pixels, differences, means of their squares, quotients.
    EXPECT_EQ(layers_of("instance_normalization_of_nodes"),
              "Conv K4 C3 OY6 OX8 FY3 FX3; Pooling G4 FY6 FX8; Sub G4 OY6 OX8; Pooling G4 FY6 FX8; Div G4 OY6 OX8");
    // Nobody need keep the mean of a pixel that LayerNormalization makes; here another node reads it.
    EXPECT_EQ(layers_of("mean_read_by_others"),
              "MatMul K10 C16 OX7; ReduceMean C10 OX7; Sub G10 OX7; ReduceMean C10 OX7; Div G10 OX7");
}

TEST_F(OnnxNormalisation, OfAnInputOfTheNetworkSaysWhichAxisIsChannels)
{
    EXPECT_EQ(layers_of("layer_normalization_of_input"),
              "LayerNormalization C16 OX7; LayerNormalization G16 OX7; MatMul K10 C16 OX7");
    // Scores of 3 heads: 7 tokens by 5.
    EXPECT_EQ(layers_of("softmax_of_input"), "Softmax G3 C5 OX7; Softmax G3 K5 OX7");
}

TEST_F(OnnxNormalisation, GoesByTheRuleOfAdditions)
{
    const MappingRules rules{{MappingRule{"default", {}, {}}, MappingRule{"Add", {}, {}}}};
    const Workload net = model("layer_normalization");
    EXPECT_EQ(rules.rule_for(net.layers()[1]).name, "Add");
    EXPECT_EQ(rules.rule_for(net.layers()[2]).name, "Add");
}

TEST_F(OnnxNormalisation, CopiesWhatIsNotChannelsSoThatItIs)
{
    // Seven tokens of ten channels: ten columns of seven channels.
    const std::string copied = "MatMul K10 C16 OX7; Concat G10 FX7; ";
    EXPECT_EQ(layers_of("softmax_tokens"), copied + "Softmax C7 OX10; Softmax G7 OX10");
    EXPECT_EQ(axes_of(model("softmax_tokens").layers()[2].inputs[0]),
              "IXX 10 stride 1 dilation 1 padding 0 0 in depth 10");
    EXPECT_EQ(layers_of("softmax_map_opset_11"), copied + "Softmax C70; Softmax G70");
}

}  // namespace
}  // namespace plumbline::test
