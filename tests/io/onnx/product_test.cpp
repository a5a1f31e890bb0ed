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

TEST_F(OnnxProduct, OfTokensCopiesTheSecondMapIntoOnePixel)
{
    // 7 x 7 products of 16 terms: all 7 columns of the second map are needed for each.
    const std::string product = "MatMul K16 C16 OX7; ";
    EXPECT_EQ(layers_of("mat_mul_attention"), product + product + "Concat G16 FX7; MatMul K7 C16 OX7");
    const Workload net = model("mat_mul_attention");
    EXPECT_EQ(net.layers()[2].name, "y_node_operand");
    EXPECT_EQ(net.layers()[2].macs(), 7 * 16);
    EXPECT_EQ(axes_of(net.layers()[2].inputs[0]),
              "IY 1 stride 1 dilation 1 padding 0 0; IX 7 stride 1 dilation 1 padding 0 0");
    EXPECT_EQ(net.layers()[3].inputs[0].source, 2);
    EXPECT_EQ(net.layers()[3].inputs[1].source, 0);
    EXPECT_EQ(net.layers()[3].macs(), 7 * 7 * 16);
    // The same of a map of 6 x 8 pixels of 4 channels (non-local blocks).
    const std::string conv = "Conv K4 C3 OY6 OX8 FY3 FX3; ";
    EXPECT_EQ(layers_of("attention_of_a_map"), conv + conv + "Concat G4 FY6 FX8; MatMul K48 C4 OY6 OX8");
}

TEST_F(OnnxProduct, AttendsByHeads)
{
    // 2 heads of 8 channels: scores of 7 tokens for each of 7, then as many weighted sums of 8 values.
    const std::string product = "MatMul K16 C16 OX7; ";
    const std::string scores = product + product + product + "Concat G16 FX7; MatMul G2 K7 C8 OX7; ";
    const std::string sums =
        "Softmax G2 C7 OX7; Softmax G2 K7 OX7; Concat G16 FX7; MatMul G2 K8 C7 OX7; MatMul K16 C16 OX7";
    EXPECT_EQ(layers_of("attention_heads"), scores + sums);
    // A mask is read once for both heads.
    EXPECT_EQ(layers_of("attention_masked"), scores + "Add G2 K7 OX7; " + sums);
    EXPECT_EQ(layers_of("attention_where"), scores + "Where G2 K7 OX7; " + sums);
    const Layer mask = model("attention_masked").layers()[5];
    EXPECT_FALSE(mask.inputs[1].relevant.contains(LoopDim::g));
    EXPECT_TRUE(mask.inputs[1].relevant.contains(LoopDim::k));
    EXPECT_EQ(mask.inputs[1].source, std::nullopt);
}

TEST_F(OnnxProduct, TakesQueriesAndKeysOutOfOneMap)
{
    // Channels 0 to 15 of 48, and 16 to 31: -2 is the second of three.
    EXPECT_EQ(layers_of("attention_in_one_product"),
              "MatMul K48 C16 OX7; Concat G16 OX7; Concat G16 OX7; Concat G16 FX7; MatMul G2 K7 C8 OX7");
    const Workload net = model("attention_in_one_product");
    EXPECT_EQ(axes_of(net.layers()[1].inputs[0]), "GX 48 stride 1 dilation 1 padding 0 -32");
    EXPECT_EQ(axes_of(net.layers()[2].inputs[0]), "GX 48 stride 1 dilation 1 padding -16 -16");
}

TEST_F(OnnxProduct, HasWeightsForEachPartOfTheBatchOrOfTheChannels)
{
    EXPECT_EQ(layers_of("mat_mul_of_matrices"), "MatMul B2 K32 C16 OX7");
    const Workload batches = model("mat_mul_of_matrices");
    const Operand& weights = batches.layers().front().inputs[0];
    EXPECT_TRUE(weights.constant);
    EXPECT_TRUE(weights.relevant.contains(LoopDim::b));
    // Two heads of eight channels, six of the output each.
    EXPECT_EQ(layers_of("mat_mul_by_head"), "MatMul K16 C16 OX7; MatMul G2 K6 C8 OX7");
    const Workload heads = model("mat_mul_by_head");
    EXPECT_TRUE(heads.layers()[1].inputs[0].relevant.contains(LoopDim::g));
    EXPECT_EQ(heads.inputs().size(), 1U);
}

TEST_F(OnnxProduct, CopiesWhatItSumsSoThatItIsChannels)
{
    // Eight columns of a map of 4 channels and 6 rows.
    EXPECT_EQ(layers_of("mat_mul_over_columns"), "Conv K4 C3 OY6 OX8 FY3 FX3; Concat G4 FY6 FX8; MatMul K5 C8 OX24");
}

TEST_F(OnnxProduct, IsRefusedWhereALayerCannotSayIt)
{
    expect_refused("mat_mul_of_other_matrices", "MatMul 'y_node'", "repeats its two matrices differently");
    expect_refused("gemm_computed_c", "Gemm 'y_node'", "adds a computed C");
    expect_refused("gemm_wrong", "Gemm 'y_node'", "1x16 by weights of 15x10");
}

}  // namespace
}  // namespace plumbline::test
