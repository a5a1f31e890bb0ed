// SPDX-License-Identifier: Apache-2.0
// Convolutions of ONNX files. Unless said otherwise maps have 3 channels of 8 rows and 10 columns, windows 3 x 3.
#include "io/onnx/onnx_model.hpp"

namespace plumbline::test {
namespace {

class OnnxConvolution : public OnnxFiles {};

TEST_F(OnnxConvolution, SlidesOverAMapWithoutPadding)
{
    // 8 - 3 + 1 rows, 10 - 3 + 1 columns.
    EXPECT_EQ(layers_of("conv"), "Conv K4 C3 OY6 OX8 FY3 FX3");
    EXPECT_EQ(axes_of("conv"), "IY 8 stride 1 dilation 1 padding 0 0; IX 10 stride 1 dilation 1 padding 0 0");
    EXPECT_EQ(model("conv").layers().front().macs(), 4 * 3 * 6 * 8 * 3 * 3);
}

TEST_F(OnnxConvolution, IsCalledLikeItsNode)
{
    const Workload net = model("conv");
    EXPECT_EQ(net.name(), "conv");
    EXPECT_EQ(net.layers().front().name, "y_node");
    EXPECT_EQ(net.layers().front().operation, Operation::convolution);
}

TEST_F(OnnxConvolution, PadsEachSideByItself)
{
    // Rows: 1 + 8 + 2 = 11 hold (11 - 3) / 2 + 1 = 5 windows, which reach all. Columns: 10 + 3 = 13 hold 11.
    EXPECT_EQ(layers_of("conv_pads"), "Conv K4 C3 OY5 OX11 FY3 FX3");
    EXPECT_EQ(axes_of("conv_pads"), "IY 8 stride 2 dilation 1 padding 1 2; IX 10 stride 1 dilation 1 padding 0 3");
}

TEST_F(OnnxConvolution, SpreadsItsWindows)
{
    // A window reaches 2 * 2 + 1 = 5 rows and 2 * 3 + 1 = 7 columns.
    EXPECT_EQ(layers_of("conv_dilations"), "Conv K4 C3 OY4 OX4 FY3 FX3");
    EXPECT_EQ(axes_of("conv_dilations"), "IY 8 stride 1 dilation 2 padding 0 0; IX 10 stride 1 dilation 3 padding 0 0");
}

TEST_F(OnnxConvolution, ChoosesPaddingItself)
{
    // Rows: 8 of stride 1 read 8 + 4 - 1 = 11, 3 zeros. Columns: 5 of stride 2 read 4 * 2 + 3 = 11, one zero.
    EXPECT_EQ(layers_of("conv_same_upper"), "Conv K4 C3 OY8 OX5 FY4 FX3");
    EXPECT_EQ(axes_of("conv_same_upper"),
              "IY 8 stride 1 dilation 1 padding 1 2; IX 10 stride 2 dilation 1 padding 0 1");
    EXPECT_EQ(axes_of("conv_same_lower"),
              "IY 8 stride 1 dilation 1 padding 2 1; IX 10 stride 2 dilation 1 padding 1 0");
    // (8 - 3) / 2 + 1 = 3 rows, (10 - 3) / 2 + 1 = 4 columns.
    EXPECT_EQ(layers_of("conv_valid"), "Conv K4 C3 OY3 OX4 FY3 FX3");
}

TEST_F(OnnxConvolution, ReadsAPixelOfFourWhereItIsStrided)
{
    EXPECT_EQ(layers_of("conv_1x1_stride"), "Conv K4 C3 OY4 OX5");
    EXPECT_EQ(axes_of("conv_1x1_stride"),
              "IY 8 stride 2 dilation 1 padding 0 0; IX 10 stride 2 dilation 1 padding 0 0");
}

TEST_F(OnnxConvolution, HasOneAxisWhereItsMapHas)
{
    // 2 + 20 columns hold (22 - 5) / 2 + 1 = 9 windows, the last of which ends at 8 * 2 + 5 = 21.
    EXPECT_EQ(layers_of("conv_1d"), "Conv K4 C3 OX9 FX5");
    EXPECT_EQ(axes_of("conv_1d"), "IX 20 stride 2 dilation 1 padding 2 0");
}

TEST_F(OnnxConvolution, IsGrouped)
{
    EXPECT_EQ(layers_of("conv_groups"), "Conv G2 K3 C2 OY6 OX8 FY3 FX3");
    EXPECT_EQ(model("conv_groups").layers().front().macs(), 2 * 3 * 2 * 6 * 8 * 9);
}

TEST_F(OnnxConvolution, IsDepthwiseWhereAGroupHasOneChannel)
{
    EXPECT_EQ(layers_of("conv_depthwise"), "DepthwiseConv G4 OY6 OX8 FY3 FX3");
    EXPECT_EQ(model("conv_depthwise").layers().front().operation, Operation::depthwise_convolution);
    EXPECT_EQ(layers_of("conv_multiplier"), "DepthwiseConv G4 K2 OY6 OX8 FY3 FX3");
}

TEST_F(OnnxConvolution, MayCoverTheWholeMap) { EXPECT_EQ(layers_of("conv_whole_map"), "Conv K4 C3 FY8 FX10"); }

TEST_F(OnnxConvolution, AddsABiasForFree) { EXPECT_EQ(layers_of("conv_bias"), layers_of("conv")); }

TEST_F(OnnxConvolution, IsReadOfTheOldestAndTheNewestOpset)
{
    EXPECT_EQ(layers_of("conv_opset_7"), layers_of("conv"));
    EXPECT_EQ(layers_of("conv_opset_17"), layers_of("conv"));
}

TEST_F(OnnxConvolution, IsRefusedWhereItCannotBeOne)
{
    expect_refused("conv_3d", "Conv 'y_node'", "reads 1x3x8x8x8, expected batch, channels and one or two axes");
    expect_refused("conv_too_large", "Conv 'y_node'", "expected sizes of at least 1");
    expect_refused("conv_wrong_channels", "Conv 'y_node'", "weights of 4x5x3x3 in 1 groups, but its input has 3");
    expect_refused("conv_flat_weights", "Conv 'y_node'", "slides weights of 4x3x3 over 1x3x8x10");
    expect_refused("conv_no_weights", "Conv 'y_node'", "expected sizes of at least 1");
    expect_refused("conv_computed_weights", "Conv 'y_node'", "has computed weights");
}

}  // namespace
}  // namespace plumbline::test
