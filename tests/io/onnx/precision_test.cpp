// SPDX-License-Identifier: Apache-2.0
#include "io/onnx/onnx_model.hpp"

namespace plumbline::test {
namespace {

class OnnxPrecision : public OnnxFiles {};

/// "O 16 8, W 8, I 8": partial and final outputs, then inputs.
std::string bits_of(const Layer& layer)
{
    std::string text =
        "O " + std::to_string(layer.output.precision.count()) + ' ' + std::to_string(layer.final_precision.count());
    for (const Operand& input : layer.inputs) text += ", " + input.name + ' ' + std::to_string(input.precision.count());
    return text;
}

std::string bits_of(const std::string& name, const io::OnnxOptions& options = {})
{
    return bits_of(model(name, options).layers().front());
}

TEST_F(OnnxPrecision, OfFloatingPointIsThatOfQuantisedNetworks) { EXPECT_EQ(bits_of("conv"), "O 16 8, W 8, I 8"); }

TEST_F(OnnxPrecision, OfIntegersIsThatOfTheirTypes)
{
    EXPECT_EQ(bits_of("int16_features"), "O 32 16, W 16, I 16");
    EXPECT_EQ(bits_of("q_linear_conv"), "O 32 8, W 8, I 8");
    EXPECT_EQ(bits_of("q_linear_mat_mul"), "O 32 8, W 8, I 8");
}

TEST_F(OnnxPrecision, OfSumsThatAreKeptIsTheirs)
{
    EXPECT_EQ(bits_of("conv_integer"), "O 32 32, W 8, I 8");
    EXPECT_EQ(bits_of("mat_mul_integer"), "O 32 32, W 8, I 8");
    EXPECT_EQ(bits_of("conv_integer_rescaled"), "O 32 8, W 8, I 8") << "a cast to floating point leaves what is usual";
}

TEST_F(OnnxPrecision, OfDequantisedValuesIsThatOfTheIntegers)
{
    const Workload net = model("qdq");
    ASSERT_EQ(net.layers().size(), 2U);
    EXPECT_EQ(bits_of(net.layers()[0]), "O 32 8, W 8, I 8");
    EXPECT_EQ(bits_of(net.layers()[1]), "O 16 8, W 0, I 8");
}

TEST_F(OnnxPrecision, IsWhatOptionsSay)
{
    io::OnnxOptions options;
    options.weights = Bits{4};
    options.activations = Bits{6};
    options.partial_sums = Bits{24};
    EXPECT_EQ(bits_of("conv", options), "O 24 6, W 4, I 6");
    EXPECT_EQ(bits_of("q_linear_conv", options), "O 24 6, W 4, I 6");
}

TEST_F(OnnxPrecision, IsThatOfIntegersWhereMapsAreQuantisedWhileTheNetworkRuns)
{
    // Scale and zero point of the map are scalars that the network computes: each is applied to values on their way.
    EXPECT_EQ(layers_of("dynamic_mat_mul"), "MatMul K10 C16 OX7");
    EXPECT_EQ(layers_of("dynamic_conv"), "Conv K4 C3 OY8 OX10 FY3 FX3");
    const Workload net = model("dynamic_mat_mul");
    const Layer& layer = net.layers().front();
    EXPECT_EQ(layer.inputs[0].precision, Bits{8});
    EXPECT_EQ(layer.inputs[1].precision, Bits{8});
    EXPECT_EQ(layer.output.precision, Bits{32});
}

TEST_F(OnnxPrecision, IsKeptByNodesOfOnnxRuntime)
{
    const std::string conv = "Conv K4 C3 OY6 OX8 FY3 FX3; ";
    EXPECT_EQ(layers_of("runtime_add"), conv + conv + "Add G4 OY6 OX8; Pooling G4 FY6 FX8");
    EXPECT_EQ(layers_of("runtime_concat"), conv + conv + "Concat G8 OY6 OX8; Pooling G8 OY3 OX4 FY2 FX2");
    EXPECT_EQ(layers_of("runtime_gemm"), "Gemm K10 C16");
    EXPECT_EQ(model("runtime_gemm").layers().front().output.precision, Bits{32});
    EXPECT_EQ(layers_of("fused_conv"), "Conv K4 C3 OY6 OX8 FY3 FX3");
    expect_refused("runtime_channels_last", "com.microsoft.QLinearGlobalAveragePool 'y_node'", "has channels last");
    expect_refused("fused_conv_add", "com.microsoft.FusedConv 'y_node'", "adds a map to what it makes");
}

}  // namespace
}  // namespace plumbline::test
