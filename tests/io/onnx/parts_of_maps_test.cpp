// SPDX-License-Identifier: Apache-2.0
// Slice and Split of a map of 4 channels, 6 rows and 8 columns.
#include "io/onnx/onnx_model.hpp"

namespace plumbline::test {
namespace {

class OnnxPartsOfMaps : public OnnxFiles {};

TEST_F(OnnxPartsOfMaps, AreReadInPlaceByWindows)
{
    // Rows 1 to 4: two windows of 3, of 6 rows one before and one behind is left out.
    EXPECT_EQ(layers_of("slice_rows"), kSource + "Conv K5 C4 OY2 OX6 FY3 FX3");
    EXPECT_EQ(axes_of_layer("slice_rows", 1),
              "IY 6 stride 1 dilation 1 padding -1 -1; IX 8 stride 1 dilation 1 padding 0 0");
    EXPECT_EQ(layers_of("slice_opset_9"), layers_of("slice_rows"));
    EXPECT_EQ(layers_of("slice_under_relu"), layers_of("slice_rows"));
    EXPECT_EQ(layers_of("slice_columns_from_the_end"), kSource + "Conv K5 C4 OY6 OX3");
    EXPECT_EQ(axes_of_layer("slice_columns_from_the_end", 1),
              "IY 6 stride 1 dilation 1 padding 0 0; IX 8 stride 1 dilation 1 padding -5 0");
    // Columns 2 to 6 hold two windows of 2; column 6 is left over, column 7 is cut off.
    EXPECT_EQ(layers_of("slice_under_pooling"), kSource + "Pooling G4 OY3 OX2 FY2 FX2");
    EXPECT_EQ(axes_of_layer("slice_under_pooling", 1),
              "IY 6 stride 2 dilation 1 padding 0 0; IX 8 stride 2 dilation 1 padding -2 -1");
}

TEST_F(OnnxPartsOfMaps, OfPartsAreParts)
{
    // Rows 1 to 5, of these rows 1 and 2: rows 2 and 3.
    EXPECT_EQ(layers_of("slice_twice"), kSource + "Conv K5 C4 OY2 OX8");
    EXPECT_EQ(axes_of_layer("slice_twice", 1),
              "IY 6 stride 1 dilation 1 padding -2 -2; IX 8 stride 1 dilation 1 padding 0 0");
    EXPECT_EQ(layers_of("slice_everything"), kSource + "Conv K5 C4 OY4 OX6 FY3 FX3");
    // Two zeros before 6 rows, of which one is cut off: 7 rows, five windows.
    EXPECT_EQ(layers_of("pad_then_slice"), kSource + "Conv K5 C4 OY5 OX6 FY3 FX3");
    EXPECT_EQ(axes_of_layer("pad_then_slice", 1),
              "IY 6 stride 1 dilation 1 padding 1 0; IX 8 stride 1 dilation 1 padding 0 0");
}

TEST_F(OnnxPartsOfMaps, AreCopiedWhereZerosLieAroundThem)
{
    EXPECT_EQ(layers_of("slice_under_padding"), kSource + "Pooling G4 OY4 OX8; Conv K5 C4 OY4 OX8 FY3 FX3");
    EXPECT_EQ(axes_of_layer("slice_under_padding", 1),
              "IY 6 stride 1 dilation 1 padding -1 -1; IX 8 stride 1 dilation 1 padding 0 0");
    EXPECT_EQ(axes_of_layer("slice_under_padding", 2),
              "IY 4 stride 1 dilation 1 padding 1 1; IX 8 stride 1 dilation 1 padding 1 1");
    // Rows 0 to 4 with a zero before them, where the map ends too.
    EXPECT_EQ(layers_of("slice_at_the_edge_under_padding"), kSource + "Conv K5 C4 OY4 OX8 FY3 FX3");
    EXPECT_EQ(axes_of_layer("slice_at_the_edge_under_padding", 1),
              "IY 6 stride 1 dilation 1 padding 1 -1; IX 8 stride 1 dilation 1 padding 1 1");
    EXPECT_EQ(layers_of("slice_then_pad"), kSource + "Pooling G4 OY4 OX8; Conv K5 C4 OY3 OX6 FY3 FX3");
    EXPECT_EQ(layers_of("slice_under_mean"), kSource + "Pooling G4 OY6 OX5; Pooling G4 FY6 FX5");
}

TEST_F(OnnxPartsOfMaps, OfChannelsAreCopied)
{
    EXPECT_EQ(layers_of("slice_channels"), kSource + "Concat G2 OY6 OX8; Conv K5 C2 OY6 OX8");
    EXPECT_EQ(axes_of_layer("slice_channels", 1), "GX 4 stride 1 dilation 1 padding -1 -1");
    EXPECT_EQ(layers_of("slice_last"), kSource + "Concat G2 OY6 OX8");
    EXPECT_EQ(layers_of("split"), kSource +
                                      "Concat OY6 OX8; Conv K5 OY6 OX8; Concat G3 OY6 OX8; Conv K5 C3 OY6 OX8; "
                                      "Add G5 OY6 OX8");
    EXPECT_EQ(axes_of_layer("split", 3), "GX 4 stride 1 dilation 1 padding -1 0");
    EXPECT_EQ(layers_of("split_opset_11"), kSource + "Concat G2 OY6 OX8; Concat G2 OY6 OX8; Add G2 OY6 OX8");
    EXPECT_EQ(layers_of("slice_both"), kSource + "Pooling G4 OY6 OX4; Concat G2 OY6 OX4; Pooling G2 FY6 FX4");
}

TEST_F(OnnxPartsOfMaps, AreCopiedOnce)
{
    EXPECT_EQ(layers_of("split_silu"), kSource + "Concat G2 OY6 OX8; Conv K5 C2 OY6 OX8");
    EXPECT_EQ(layers_of("split_rows"), kSource + "Conv K5 C4 OX6 FY3 FX3; Pooling G4 OY3 OX8");
}

TEST_F(OnnxPartsOfMaps, AreReadInPlaceByConcatWhereNoOtherMapFollows)
{
    const std::string second = "Conv K2 C3 OY6 OX8 FY3 FX3; ";
    EXPECT_EQ(layers_of("split_concat"), kSource + second + "Concat G5 OY6 OX8");
    const Workload net = model("split_concat");
    EXPECT_EQ(axes_of(net.layers()[2].inputs[0]), "GX 4 stride 1 dilation 1 padding -1 2");
    EXPECT_EQ(axes_of(net.layers()[2].inputs[1]), "GY 2 stride 1 dilation 1 padding 3 0");
    // Behind channel 0 of the first map lie more of its own: they would be read for those of the second.
    EXPECT_EQ(layers_of("split_concat_first"), kSource + second + "Concat OY6 OX8; Concat G3 OY6 OX8");
}

TEST_F(OnnxPartsOfMaps, AreGatheredByNeighbours)
{
    EXPECT_EQ(layers_of("gather_channel"), kSource + "Concat OY6 OX8");
    EXPECT_EQ(axes_of_layer("gather_channel", 1), "GX 4 stride 1 dilation 1 padding -2 -1");
    EXPECT_EQ(axes_of_layer("gather_rows", 1),
              "IY 6 stride 1 dilation 1 padding -1 -2; IX 8 stride 1 dilation 1 padding 0 0");
    // The second of 7 tokens: one pixel, whose axis is there no more.
    EXPECT_EQ(layers_of("gather_token"), "MatMul K8 C16 OX7; Pooling G8; Gemm K3 C8");
    EXPECT_EQ(axes_of_layer("gather_token", 1),
              "IY 1 stride 1 dilation 1 padding 0 0; IX 7 stride 1 dilation 1 padding -1 -5");
    // Rows of a table that 7 numbers pick are 7 tokens from off chip.
    EXPECT_EQ(layers_of("gather_embedding"), "MatMul K8 C16 OX7");
}

TEST_F(OnnxPartsOfMaps, AreRefusedWhereALayerCannotSayThem)
{
    expect_refused("slice_backwards", "Slice 's_node'", "goes backwards, expected steps of 1 or more");
    expect_refused("slice_channels_between", "Slice 's_node'", "leaves out channels between");
    expect_refused("slice_batch", "Slice 's_node'", "leaves a part of axis 0, expected channels, rows or columns");
    expect_refused("gather_scattered", "Gather 's_node'", "positions that do not follow each other");
    expect_refused("gather_beyond", "Gather 's_node'", "beyond the 6 that there are");
    expect_refused("slice_empty", "Slice 's_node'", "expected");
}

TEST_F(OnnxPartsOfMaps, LeaveOutRowsBetween)
{
    // Rows 1, 3 and 5 of six.
    EXPECT_EQ(layers_of("slice_steps"), kSource + "Pooling G4 OY3 OX8; Conv K5 C4 OY3 OX8");
    EXPECT_EQ(axes_of_layer("slice_steps", 1),
              "IY 6 stride 2 dilation 1 padding -1 0; IX 8 stride 1 dilation 1 padding 0 0");
    // Every third column from 1 to 5: 1 and 4, of which the second is left.
    EXPECT_EQ(layers_of("slice_steps_twice"), kSource + "Pooling G4 OY6 OX2; Conv K5 C4 OY6");
    EXPECT_EQ(axes_of_layer("slice_steps_twice", 2),
              "IY 6 stride 1 dilation 1 padding 0 0; IX 2 stride 1 dilation 1 padding -1 0");
}

TEST_F(OnnxPartsOfMaps, OfAllStepsAreChannelsOfBlocks)
{
    // A window of 3 x 3 blocks of 2 x 2 with one block of padding is one of 6 x 6 with a stride and padding of 2 (as in YOLOv5): 12 channels
    // times 9 are 3 times 36.
    for (const char* name : {"focus", "space_to_depth_of_input"}) {
        EXPECT_EQ(layers_of(name), "Conv K6 C3 OY4 OX6 FY6 FX6") << name;
        EXPECT_EQ(axes_of(name), "IY 8 stride 2 dilation 1 padding 2 2; IX 12 stride 2 dilation 1 padding 2 2") << name;
        EXPECT_EQ(model(name).layers()[0].macs(), 6 * 12 * 3 * 3 * 24) << name;
    }
    // A part is missing: three are copied, and joined in pairs.
    EXPECT_EQ(layers_of("focus_of_three"),
              "Pooling G3 OY4 OX6; Pooling G3 OY4 OX6; Pooling G3 OY4 OX6; Concat G6 OY4 OX6; Concat G9 OY4 OX6; "
              "Conv K6 C9 OY4 OX6 FY3 FX3");
    // Patches of 2 x 2 are merged (Swin): what is summed is copied so that it is channels, 8 columns of 32.
    EXPECT_EQ(layers_of("patch_merging"), "Conv K8 C3 OY4 OX8; Concat G8 FY4 FX8; MatMul K16 C32 OX8");
}

}  // namespace
}  // namespace plumbline::test
