// SPDX-License-Identifier: Apache-2.0
// Pooling of ONNX files: 3 channels of 8 rows and 10 columns.
#include "io/onnx/onnx_model.hpp"

namespace plumbline::test {
namespace {

class OnnxPooling : public OnnxFiles {};

TEST_F(OnnxPooling, HasAWindowForEachChannel)
{
    // 1 + 8 + 1 rows hold (10 - 3) / 2 + 1 = 4 windows that end at 3 * 2 + 3 = 9; 12 columns hold 5, which end at 11.
    EXPECT_EQ(layers_of("max_pool"), "Pooling G3 OY4 OX5 FY3 FX3");
    EXPECT_EQ(axes_of("max_pool"), "IY 8 stride 2 dilation 1 padding 1 0; IX 10 stride 2 dilation 1 padding 1 0");
    const Layer pool = model("max_pool").layers().front();
    EXPECT_EQ(pool.operation, Operation::maximum_pooling);
    EXPECT_EQ(pool.inputs[0].precision, Bits{0});
}

TEST_F(OnnxPooling, RoundsUpWhereItIsTold)
{
    // (8 - 3) / 2 + 1 = 3 rows of windows and half a window more; the fourth ends at 9, one behind the map.
    EXPECT_EQ(layers_of("max_pool_floor"), "Pooling G3 OY3 OX4 FY3 FX3");
    EXPECT_EQ(layers_of("max_pool_ceil"), "Pooling G3 OY4 OX5 FY3 FX3");
    EXPECT_EQ(axes_of("max_pool_ceil"), "IY 8 stride 2 dilation 1 padding 0 1; IX 10 stride 2 dilation 1 padding 0 1");
}

TEST_F(OnnxPooling, SpreadsItsWindows)
{
    // A window reaches 4 rows and 3 columns.
    EXPECT_EQ(layers_of("max_pool_dilations"), "Pooling G3 OY5 OX8 FY2 FX2");
}

TEST_F(OnnxPooling, AveragesWithPaddingOrWithout)
{
    // 9 rows of 2 hold 8 windows, 11 columns hold 10.
    EXPECT_EQ(layers_of("average_pool"), "Pooling G3 OY8 OX10 FY2 FX2");
    EXPECT_EQ(axes_of("average_pool"), "IY 8 stride 1 dilation 1 padding 1 0; IX 10 stride 1 dilation 1 padding 0 1");
    EXPECT_EQ(model("average_pool").layers().front().operation, Operation::average_pooling);
    EXPECT_EQ(layers_of("average_pool_1d"), "Pooling G3 OX5 FX4");
}

TEST_F(OnnxPooling, IsGlobalWithAWindowThatIsTheMap)
{
    EXPECT_EQ(layers_of("global_average_pool"), "Pooling G3 FY8 FX10");
    EXPECT_EQ(model("global_average_pool").layers().front().operation, Operation::average_pooling);
    EXPECT_EQ(layers_of("global_max_pool"), "Pooling G3 FY8 FX10");
    EXPECT_EQ(model("global_max_pool").layers().front().operation, Operation::maximum_pooling);
}

TEST_F(OnnxPooling, IsAReductionOfRowsOrColumns)
{
    EXPECT_EQ(layers_of("reduce_mean"), layers_of("global_average_pool"));
    EXPECT_EQ(layers_of("reduce_mean_rows"), "Pooling G3 OX10 FY8");
    EXPECT_EQ(layers_of("reduce_mean_tokens"), "MatMul K10 C16 OX7; Pooling G10 FX7");
    EXPECT_EQ(layers_of("reduce_mean_flattened"), "Conv K4 C3 OY6 OX8 FY3 FX3; Pooling G4 FY6 FX8");
}

TEST_F(OnnxPooling, MakesOneValueOfTheChannelsOfAPixel)
{
    EXPECT_EQ(layers_of("reduce_mean_channels"), "ReduceMean C3 OY8 OX10");
    EXPECT_EQ(layers_of("reduce_max_dropped"), "MatMul K10 C16 OX7; ReduceMax C10 OX7");
    // The two are channels of the map that a convolution makes one factor for each pixel of.
    EXPECT_EQ(layers_of("spatial_attention"),
              "Conv K4 C3 OY6 OX8 FY3 FX3; ReduceMean C4 OY6 OX8; ReduceMax C4 OY6 OX8; Concat G2 OY6 OX8; "
              "Conv C2 OY6 OX8 FY7 FX7; Mul G4 OY6 OX8");
}

TEST_F(OnnxPooling, IsRefusedWhereItIsNone)
{
    expect_refused("max_pool_indices", "Cast 'y_node'", "reads 'i', which is not computed");
}

}  // namespace
}  // namespace plumbline::test
