// SPDX-License-Identifier: Apache-2.0
#include "io/onnx/onnx_model.hpp"

namespace plumbline::test {
namespace {

class OnnxElementwise : public OnnxFiles {};

const std::string kStem = "Conv K4 C4 OY8 OX10 FY3 FX3; ";

TEST_F(OnnxElementwise, JoinsTwoMaps)
{
    for (const std::string type : {"Add", "Sub", "Mul", "Div", "Max", "Min"}) {
        std::string name = type;
        name[0] = static_cast<char>(std::tolower(name[0]));
        EXPECT_EQ(layers_of("join_" + name), kStem + type + " G4 OY8 OX10");
    }
    for (const std::string type :
         {"Equal", "Greater", "Less", "GreaterOrEqual", "LessOrEqual", "Mod", "And", "Or", "Xor", "BitShift"}) {
        std::string name = type;
        for (char& each : name) each = static_cast<char>(std::tolower(each));
        EXPECT_EQ(layers_of("join_" + name), kStem + type + " G4 OY8 OX10");
    }
    EXPECT_EQ(layers_of("join_sum"), kStem + "Add G4 OY8 OX10");
    EXPECT_EQ(layers_of("join_mean"), kStem + "Add G4 OY8 OX10");
}

TEST_F(OnnxElementwise, ReadsItsInputsInTheirOrder)
{
    const Workload net = model("join_add");
    const Layer& sum = net.layers()[1];
    EXPECT_EQ(sum.operation, Operation::addition);
    ASSERT_EQ(sum.inputs.size(), 2U);
    EXPECT_EQ(sum.inputs[0].name, "X");
    EXPECT_EQ(sum.inputs[0].source, net.layers()[0].id);
    EXPECT_EQ(sum.inputs[1].name, "Y");
    EXPECT_EQ(sum.inputs[1].source, std::nullopt) << "the input of the network";
}

TEST_F(OnnxElementwise, RepeatsAMapOfOnePixel)
{
    const Workload net = model("squeeze_excite");
    ASSERT_EQ(net.layers().size(), 4U);
    const Layer& scaled = net.layers()[3];
    EXPECT_EQ(text_of(scaled), "Mul G4 OY8 OX10");
    EXPECT_TRUE(scaled.inputs[0].relevant.contains(LoopDim::ox));
    EXPECT_FALSE(scaled.inputs[1].relevant.contains(LoopDim::ox));
    EXPECT_TRUE(scaled.inputs[1].relevant.contains(LoopDim::g));
    EXPECT_EQ(scaled.inputs[1].source, net.layers()[2].id);
}

TEST_F(OnnxElementwise, IsFreeWithAConstantForEachChannel)
{
    EXPECT_EQ(layers_of("add_channel_constants"), "Conv K4 C3 OY8 OX10 FY3 FX3");
}

TEST_F(OnnxElementwise, MakesTruthValuesOfEightBits)
{
    const Layer larger = model("join_greater").layers()[1];
    EXPECT_EQ(larger.operation, Operation::other);
    EXPECT_EQ(larger.final_precision, Bits{8});
    EXPECT_EQ(layers_of("compare_with_constants"), "Conv K4 C3 OY8 OX10 FY3 FX3");
}

TEST_F(OnnxElementwise, IsFreeWhereBothInputsAreOneMap) { EXPECT_EQ(layers_of("silu"), "Conv K4 C3 OY8 OX10 FY3 FX3"); }

TEST_F(OnnxElementwise, ReadsConstantsThatDifferByPixelAsAMapFromOffChip)
{
    EXPECT_EQ(layers_of("add_row_constants"), "Conv K4 C3 OY8 OX10 FY3 FX3; Add G4 OY8 OX10");
    const Operand constants = model("add_row_constants").layers()[1].inputs[1];
    EXPECT_EQ(constants.source, std::nullopt);
    EXPECT_FALSE(constants.constant) << "of each tile its part alone is fetched";
    EXPECT_FALSE(constants.relevant.contains(LoopDim::g)) << "one value for all channels of a pixel";
    EXPECT_EQ(layers_of("add_positions"), "MatMul K16 C16 OX7; Add G16 OX7; MatMul K4 C16 OX7");
    EXPECT_EQ(layers_of("add_positions_to_input"), "Add G16 OX7; MatMul K4 C16 OX7");
    EXPECT_EQ(layers_of("where_channels"), "Conv K4 C3 OY8 OX10 FY3 FX3");
}

TEST_F(OnnxElementwise, AddsVectors) { EXPECT_EQ(layers_of("add_vectors"), "Gemm K10 C16; Gemm K10 C16; Add G10"); }

TEST_F(OnnxElementwise, IsRefusedWhereALayerCannotSayIt)
{
    expect_refused("choice_between_maps", "Where 'y_node'", "joins 3 maps, expected two");
    expect_refused("sum_of_rows_columns_and_channels", "Sum 'y_node'", "joins 3 maps, expected two");
}

TEST_F(OnnxElementwise, JoinsMoreThanTwoMapsOneAfterTheOther)
{
    const Workload sum = model("sum_of_three");
    EXPECT_EQ(layers_of("sum_of_three"),
              "Conv K4 C3 OY6 OX8 FY3 FX3; Conv K4 C3 OY6 OX8 FY3 FX3; Conv K4 C3 OY6 OX8 FY3 FX3; "
              "Add G4 OY6 OX8; Add G4 OY6 OX8");
    EXPECT_EQ(sum.layers()[3].inputs[0].source, 0);
    EXPECT_EQ(sum.layers()[3].inputs[1].source, 1);
    EXPECT_EQ(sum.layers()[4].inputs[0].source, 3);
    EXPECT_EQ(sum.layers()[4].inputs[1].source, 2);
    EXPECT_EQ(sum.layers()[3].final_precision, sum.layers()[4].final_precision);
    EXPECT_EQ(sum.layers()[3].operation, Operation::addition);
}

TEST_F(OnnxElementwise, JoinsTheLargestOfSeveralMapsFirst)
{
    const Workload network = model("maximum_with_vector_first");
    const std::vector<Layer>& layers = network.layers();
    ASSERT_EQ(layers.size(), 5U);
    EXPECT_EQ(layers[3].inputs[0].source, 0) << "the first convolution, as large as the output";
    EXPECT_EQ(layers[3].inputs[1].source, 1) << "its mean, one value for each channel";
    EXPECT_EQ(layers[4].inputs[0].source, 3);
    EXPECT_EQ(layers[4].inputs[1].source, 2);
}

TEST_F(OnnxElementwise, CopiesWhatLiesInAnotherOrder)
{
    // The second map is put into one pixel, of 6 x 6 positions and 4 channels.
    EXPECT_EQ(layers_of("add_transposed"), "Conv K4 C3 OY6 OX6 FY3 FX3; Concat G4 FY6 FX6; Add G4 OY6 OX6");
    EXPECT_EQ(axes_of(model("add_transposed").layers()[2].inputs[1]),
              "IYY 6 stride 1 dilation 1 padding 0 0 in depth 6; IXY 6 stride 1 dilation 1 padding 0 0 in depth 6");
}

}  // namespace
}  // namespace plumbline::test
