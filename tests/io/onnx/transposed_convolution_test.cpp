// SPDX-License-Identifier: Apache-2.0
// ConvTranspose of a map of 3 channels, 8 rows and 10 columns, with windows of 3 x 3 unless said otherwise.
//
// Along an axis of n elements, stride s, windows of k and padding p: s * (n - 1) + k - 2 * p outputs. Windows slide over s * n
// positions, of which the first lies k - 1 - p behind the first that they reach.
#include "io/onnx/onnx_model.hpp"

namespace plumbline::test {
namespace {

class OnnxTransposedConvolution : public OnnxFiles {};

TEST_F(OnnxTransposedConvolution, ReachesBeyondTheMap)
{
    // 8 + 2 rows, 10 + 2 columns.
    EXPECT_EQ(layers_of("transposed"), "ConvTranspose K4 C3 OY10 OX12 FY3 FX3");
    EXPECT_EQ(axes_of("transposed"), "IY 8 stride 1 dilation 1 padding 2 2; IX 10 stride 1 dilation 1 padding 2 2");
    EXPECT_EQ(model("transposed").layers().front().operation, Operation::transposed_convolution);
}

TEST_F(OnnxTransposedConvolution, StridesOverItsOutput)
{
    // Rows: 2 * 7 + 3 - 2 + 1 of output_padding. Columns: 3 * 9 + 3.
    EXPECT_EQ(layers_of("transposed_strides"), "ConvTranspose K4 C3 OY16 OX30 FY3 FX3");
    EXPECT_EQ(axes_of("transposed_strides"),
              "IY 8 stride 1 dilation 1 padding 1 1 times 2; IX 10 stride 1 dilation 1 padding 2 0 times 3");
    // Windows of 2 x 2 side by side, as in U-Net.
    EXPECT_EQ(layers_of("transposed_2x2"), "ConvTranspose K4 C3 OY16 OX20 FY2 FX2");
    EXPECT_EQ(axes_of("transposed_2x2"),
              "IY 8 stride 1 dilation 1 padding 1 0 times 2; IX 10 stride 1 dilation 1 padding 1 0 times 2");
    EXPECT_EQ(layers_of("transposed_1d"), "ConvTranspose K4 C3 OX39 FX3");
    EXPECT_EQ(axes_of("transposed_1d"), "IX 20 stride 1 dilation 1 padding 1 0 times 2");
}

TEST_F(OnnxTransposedConvolution, CutsOffMoreThanWindowsReach)
{
    // 2 * 7 + 3 - 6 = 11 rows from position 1 on.
    EXPECT_EQ(layers_of("transposed_cut"), "ConvTranspose K4 C3 OY11 OX15 FY3 FX3");
    EXPECT_EQ(axes_of("transposed_cut"),
              "IY 8 stride 1 dilation 1 padding -1 0 times 2; IX 10 stride 1 dilation 1 padding -1 0 times 2");
}

TEST_F(OnnxTransposedConvolution, MakesAsManyPixelsAsAreAskedFor)
{
    // Rows: 17 less 2. Columns: 21 less 1, which is cut off before.
    EXPECT_EQ(layers_of("transposed_shape"), "ConvTranspose K4 C3 OY15 OX20 FY3 FX3");
    EXPECT_EQ(axes_of("transposed_shape"),
              "IY 8 stride 1 dilation 1 padding 1 0 times 2; IX 10 stride 1 dilation 1 padding 1 1 times 2");
    // Columns: 21 less 1, behind or before.
    EXPECT_EQ(layers_of("transposed_same_upper"), "ConvTranspose K4 C3 OY16 OX20 FY4 FX3");
    EXPECT_EQ(axes_of("transposed_same_upper"),
              "IY 8 stride 1 dilation 1 padding 2 1 times 2; IX 10 stride 1 dilation 1 padding 2 0 times 2");
    EXPECT_EQ(axes_of("transposed_same_lower"),
              "IY 8 stride 1 dilation 1 padding 2 1 times 2; IX 10 stride 1 dilation 1 padding 1 1 times 2");
}

TEST_F(OnnxTransposedConvolution, HasGroupsAndSpreadWindows)
{
    // A window reaches 2 * 2 + 1 rows.
    EXPECT_EQ(layers_of("transposed_groups"), "ConvTranspose G3 K2 OY12 OX12 FY3 FX3");
    EXPECT_EQ(axes_of("transposed_groups"),
              "IY 8 stride 1 dilation 2 padding 4 4; IX 10 stride 1 dilation 1 padding 2 2");
}

TEST_F(OnnxTransposedConvolution, IsRefusedWhereItsNodeIsWrong)
{
    expect_refused("transposed_channels", "ConvTranspose 'y_node'", "");
    expect_refused("transposed_negative", "ConvTranspose 'y_node'", "'output_padding'");
    expect_refused("transposed_computed", "ConvTranspose 'y_node'", "has computed weights");
}

}  // namespace
}  // namespace plumbline::test
