// SPDX-License-Identifier: Apache-2.0
#include "io/onnx/onnx_model.hpp"

namespace plumbline::test {
namespace {

class OnnxProduct : public OnnxFiles {};

TEST_F(OnnxProduct, IsAFullyConnectedLayer)
{
    EXPECT_EQ(layers_of("gemm"), "Gemm K10 C16");
    EXPECT_EQ(layers_of("gemm_trans_b"), "Gemm B4 K10 C16");
    EXPECT_EQ(layers_of("gemm_trans_a"), "Gemm B4 K10 C16");
    EXPECT_EQ(layers_of("mat_mul"), "MatMul K10 C16");
    EXPECT_EQ(model("gemm").layers().front().operation, Operation::matrix_product);
}

TEST_F(OnnxProduct, RunsOverTheRowsOfItsMatrix)
{
    // Two sequences of 7 tokens with 16 channels each.
    EXPECT_EQ(layers_of("mat_mul_tokens"), "MatMul B2 K32 C16 OX7");
    EXPECT_EQ(model("mat_mul_tokens").layers().front().macs(), 2 * 7 * 16 * 32);
    EXPECT_EQ(layers_of("mat_mul_first_constant"), "MatMul K32 C16 OX7");
}

TEST_F(OnnxProduct, CoversTheMapThatIsFlattenedBeforeIt)
{
    // 6 x 8 pixels of 4 channels.
    EXPECT_EQ(layers_of("flatten_gemm"), "Conv K4 C3 OY6 OX8 FY3 FX3; Gemm K10 C4 FY6 FX8");
    const Workload net = model("flatten_gemm");
    EXPECT_EQ(net.layers()[1].macs(), 10 * 4 * 6 * 8);
    EXPECT_EQ(net.layers()[1].inputs[1].source, net.layers()[0].id);
    EXPECT_EQ(axes_of(net.layers()[1].inputs[1]),
              "IY 6 stride 1 dilation 1 padding 0 0; IX 8 stride 1 dilation 1 padding 0 0");
}

TEST_F(OnnxProduct, MultipliesTwoMatricesThatAreComputed)
{
    // 2 x 4 products of 5 x 8 and 8 x 6.
    EXPECT_EQ(layers_of("mat_mul_computed"), "MatMul B8 K6 C8 OX5");
}

TEST_F(OnnxProduct, IsRefusedWhereALayerCannotSayIt)
{
    expect_refused("mat_mul_attention", "MatMul 'y_node'", "a computed map that has rows or columns");
    expect_refused("mat_mul_over_columns", "MatMul 'y_node'", "does not sum over all channels");
    expect_refused("mat_mul_of_matrices", "MatMul 'y_node'", "weights of 2x16x32, expected one matrix for all");
    expect_refused("gemm_computed_c", "Gemm 'y_node'", "adds a computed C");
    expect_refused("gemm_wrong", "Gemm 'y_node'", "1x16 by weights of 15x10");
}

}  // namespace
}  // namespace plumbline::test
