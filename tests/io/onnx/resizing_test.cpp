// SPDX-License-Identifier: Apache-2.0
// Resize and Upsample of a map of 4 channels, 6 rows and 8 columns.
#include "io/onnx/onnx_model.hpp"

namespace plumbline::test {
namespace {

class OnnxResizing : public OnnxFiles {};

TEST_F(OnnxResizing, IsReadInPlaceByWindows)
{
    // 12 x 16 positions: windows of 3 fit 10 x 14 times.
    EXPECT_EQ(layers_of("resize"), kSource + "Conv K5 C4 OY10 OX14 FY3 FX3");
    EXPECT_EQ(axes_of_layer("resize", 1),
              "IY 6 stride 1 dilation 1 padding 0 0 times 2; IX 8 stride 1 dilation 1 padding 0 0 times 2");
    EXPECT_EQ(layers_of("resize_by_scales"), layers_of("resize"));
    EXPECT_EQ(axes_of_layer("upsample", 1), axes_of_layer("resize", 1));
    // 18 rows and one of padding before: nine windows of 3, two further on each, reach the last row.
    EXPECT_EQ(layers_of("resize_rows"), kSource + "Conv K5 C4 OY9 OX8 FY3 FX3");
    EXPECT_EQ(axes_of_layer("resize_rows", 1),
              "IY 6 stride 2 dilation 1 padding 1 0 times 3; IX 8 stride 1 dilation 1 padding 1 1");
    EXPECT_EQ(layers_of("resize_under_relu"), kSource + "Pooling G4 OY6 OX8 FY2 FX2");
    EXPECT_EQ(layers_of("resize_asymmetric"), kSource + "Conv K5 C4 OY12 OX16");
}

TEST_F(OnnxResizing, AddsUpWithResizingAndCuts)
{
    EXPECT_EQ(layers_of("resize_twice"), kSource + "Conv K5 C4 OY24 OX16");
    EXPECT_EQ(axes_of_layer("resize_twice", 1),
              "IY 6 stride 1 dilation 1 padding 0 0 times 4; IX 8 stride 1 dilation 1 padding 0 0 times 2");
    // Of 12 rows, one before and one behind are cut off: eight windows of 3.
    EXPECT_EQ(layers_of("resize_then_cut"), kSource + "Conv K5 C4 OY8 OX14 FY3 FX3");
    EXPECT_EQ(axes_of_layer("resize_then_cut", 1),
              "IY 6 stride 1 dilation 1 padding -1 -1 times 2; IX 8 stride 1 dilation 1 padding 0 0 times 2");
}

TEST_F(OnnxResizing, IsReadInPlaceBesideOtherChannels)
{
    EXPECT_EQ(layers_of("resize_concat"), kSource + "Conv K2 C3 OY12 OX16 FY3 FX3; Concat G6 OY12 OX16");
    EXPECT_EQ(axes_of_layer("resize_concat", 2),
              "IYY 6 stride 1 dilation 1 padding 0 0 times 2; IXY 8 stride 1 dilation 1 padding 0 0 times 2; "
              "GY 4 stride 1 dilation 1 padding 2 0");
}

TEST_F(OnnxResizing, IsCopiedForOtherReaders)
{
    const std::string copy = "Pooling G4 OY12 OX16";
    EXPECT_EQ(layers_of("resize_output"), kSource + copy);
    EXPECT_EQ(axes_of_layer("resize_output", 1),
              "IY 6 stride 1 dilation 1 padding 0 0 times 2; IX 8 stride 1 dilation 1 padding 0 0 times 2");
    EXPECT_EQ(layers_of("resize_mean"), kSource + copy + "; Pooling G4 FY12 FX16");
    EXPECT_EQ(layers_of("resize_add"), kSource + "Conv K4 C3 OY12 OX16 FY3 FX3; " + copy + "; Add G4 OY12 OX16");
}

TEST_F(OnnxResizing, RepeatsASinglePixel)
{
    // The mean of a map, laid beside its pixels: as in the pyramid pooling of DeepLab and PSPNet.
    const std::string mean = kSource + "Pooling G4 FY6 FX8; ";
    EXPECT_EQ(layers_of("resize_pooled"), mean + "Pooling G4 OY6 OX8");
    EXPECT_EQ(axes_of_layer("resize_pooled", 2),
              "IY 1 stride 1 dilation 1 padding 0 0 times 6; IX 1 stride 1 dilation 1 padding 0 0 times 8");
    EXPECT_EQ(layers_of("resize_pooled_concat"), mean + "Concat G8 OY6 OX8");
    EXPECT_EQ(axes_of_layer("resize_pooled_concat", 2),
              "IYY 1 stride 1 dilation 1 padding 0 0 times 6; IXY 1 stride 1 dilation 1 padding 0 0 times 8; "
              "GY 4 stride 1 dilation 1 padding 4 0");
    EXPECT_EQ(layers_of("resize_pooled_twice"), mean + "Concat G8 OY6 OX8");
    EXPECT_EQ(layers_of("resize_pooled_add"), mean + "Pooling G4 OY6 OX8; Add G4 OY6 OX8");
}

TEST_F(OnnxResizing, KnowsTheOnlyRowOfATurnedMap)
{
    // A row of 8 columns, turned: 8 columns, then the row, which comes five times.
    EXPECT_EQ(layers_of("resize_row_turned"), "Conv K4 C3 OX8 FY3 FX3; Concat G8 OY5 OX8");
    EXPECT_EQ(axes_of_layer("resize_row_turned", 1),
              "IYY 1 stride 1 dilation 1 padding 0 0 times 5; GY 4 stride 1 dilation 1 padding 4 0");
}

TEST_F(OnnxResizing, InterpolatesBetweenNeighbours)
{
    // Twice: position o lies at (o - 1/2) / 2, between elements (o - 1) / 2 rounded down and the next.
    EXPECT_EQ(layers_of("resize_linear"), kSource + "DepthwiseConv G4 OY12 OX16 FY2 FX2; Conv K5 C4 OY12 OX16");
    EXPECT_EQ(axes_of_layer("resize_linear", 1),
              "IY 6 stride 1 dilation 2 padding 1 1 times 2; IX 8 stride 1 dilation 2 padding 1 1 times 2");
    // Three times rows: o lies at (o - 1) / 3; columns are as they were.
    EXPECT_EQ(layers_of("resize_linear_rows"), kSource + "DepthwiseConv G4 OY18 OX8 FY2; Conv K5 C4 OY18 OX8");
    EXPECT_EQ(axes_of_layer("resize_linear_rows", 1),
              "IY 6 stride 1 dilation 3 padding 1 2 times 3; IX 8 stride 1 dilation 1 padding 0 0");
    // At o / 2.
    EXPECT_EQ(axes_of_layer("resize_linear_asymmetric", 1),
              "IY 6 stride 1 dilation 2 padding 0 2 times 2; IX 8 stride 1 dilation 2 padding 0 2 times 2");
    EXPECT_EQ(layers_of("resize_linear_corners"), layers_of("resize_linear"));
    EXPECT_EQ(layers_of("resize_linear_pixel"), layers_of("resize_pooled"));
}

TEST_F(OnnxResizing, IsRefusedWhereItIsNoRepetition)
{
    expect_refused("resize_cubic", "Resize 'r_node'", "interpolates by mode 'cubic', expected 'nearest' or 'linear'");
    expect_refused("resize_linear_odd", "Resize 'r_node'", "expected whole multiples of rows and columns");
    expect_refused("resize_up", "Resize 'r_node'", "takes other features than the nearest");
    expect_refused("resize_odd", "Resize 'r_node'", "expected whole multiples of rows and columns");
    // 6 rows by 2.1 are 12, but not each of the 6 twice.
    expect_refused("resize_by_part", "Resize 'r_node'", "expected whole multiples of rows and columns");
    expect_refused("resize_channels", "Resize 'r_node'", "repeats batch or channels");
}

}  // namespace
}  // namespace plumbline::test
