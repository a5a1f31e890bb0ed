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

}  // namespace
}  // namespace plumbline::test
