// SPDX-License-Identifier: Apache-2.0
// Nodes that cost nothing: what is done to single values, and views.
#include "io/onnx/onnx_model.hpp"

namespace plumbline::test {
namespace {

class OnnxFreeNodes : public OnnxFiles {};

const std::string kConv = "Conv K4 C3 OY6 OX8 FY3 FX3";

TEST_F(OnnxFreeNodes, ActivationsBecomePartOfTheLayerBefore)
{
    for (const char* type : {"abs",       "ceil",
                             "celu",      "clip",
                             "dropout",   "elu",
                             "erf",       "exp",
                             "floor",     "hardsigmoid",
                             "hardswish", "identity",
                             "leakyrelu", "log",
                             "neg",       "reciprocal",
                             "relu",      "round",
                             "selu",      "sigmoid",
                             "sign",      "softplus",
                             "softsign",  "sqrt",
                             "tanh",      "thresholdedrelu",
                             "acos",      "acosh",
                             "asin",      "asinh",
                             "atan",      "atanh",
                             "cos",       "cosh",
                             "isinf",     "isnan",
                             "castlike",  "not",
                             "shrink",    "sin",
                             "sinh",      "tan",
                             "gelu",      "fastgelu",
                             "quickgelu", "batch_normalization",
                             "p_relu",    "pow",
                             "constant"})
        EXPECT_EQ(layers_of(std::string{"free_"} + type), kConv) << type;
}

TEST_F(OnnxFreeNodes, ActivationsAddConstantsOfEachChannel)
{
    for (const char* name : {"fastgelu_of_tokens", "biasgelu_of_tokens"})
        EXPECT_EQ(layers_of(name), "MatMul K10 C16 OX7") << name;
    expect_refused("fast_gelu_of_two", "com.microsoft.FastGelu 'y_node'", "adds a map to what it reads");
    // Of the last axis, which in a map of pixels is columns: eight values from off chip.
    EXPECT_EQ(layers_of("free_biasgelu"), kConv + "; Add G4 OY6 OX8");
}

TEST_F(OnnxFreeNodes, ViewsKeepWhatAxesMean)
{
    EXPECT_EQ(layers_of("free_squeeze"), kConv + "; Pooling G4 FY6 FX8");
    EXPECT_EQ(layers_of("view_nhwc"), kConv + "; Conv K5 C4 OY6 OX8");
    EXPECT_EQ(layers_of("view_tokens"), kConv + "; MatMul K9 C4 OY6 OX8") << "48 tokens are 6 rows of 8 columns";
}

TEST_F(OnnxFreeNodes, WindowsOverOtherAxesReadACopy)
{
    // 8 columns are channels, 4 channels columns.
    EXPECT_EQ(layers_of("view_columns_as_channels"), kConv + "; Concat G4 FY6 FX8; Conv K5 C8 OY6 OX4");
}

TEST_F(OnnxFreeNodes, ViewsAreRefusedWhereTheyMixAxes)
{
    expect_refused("view_mixing", "Reshape 'y_node'", "makes 1x64x3 of 1x4x6x8, whose axes would mix");
    expect_refused("depth_to_space_part", "DepthToSpace 'y_node'", "expected sizes of at least 1");
}

TEST_F(OnnxFreeNodes, BlocksAreOtherPlacesOfTheSameValues)
{
    for (const char* name : {"depth_to_space", "depth_to_space_crd", "space_to_depth"})
        EXPECT_EQ(layers_of(name), kConv) << name;
    // One channel of 12 rows and 16 columns, which windows find in pixels of four.
    for (const char* name : {"depth_to_space_inside", "pixel_shuffle_inside"}) {
        EXPECT_EQ(layers_of(name), kConv + "; Conv K5 OY10 OX14 FY3 FX3") << name;
        EXPECT_EQ(axes_of(model(name).layers()[1].inputs[1]),
                  "IY 12 stride 1 dilation 1 padding 0 0 in depth 2; IX 16 stride 1 dilation 1 padding 0 0 in depth 2");
    }
    EXPECT_EQ(layers_of("depth_to_space_pooled"), kConv + "; Pooling OY6 OX8 FY2 FX2");
    EXPECT_EQ(layers_of("depth_to_space_mean"), kConv + "; Pooling FY12 FX16");
}

TEST_F(OnnxFreeNodes, ShuffledChannelsAreInOrderForWeightsThatMayBeInAnother)
{
    EXPECT_EQ(layers_of("view_shuffle"), kConv + "; Conv K5 C4 OY6 OX8");
}

TEST_F(OnnxFreeNodes, ShuffledChannelsAreCopiedForOthers)
{
    const std::string ordered = kConv + "; Concat G4 OY6 OX8; ";
    EXPECT_EQ(layers_of("shuffle_depthwise"), ordered + "DepthwiseConv G4 OY6 OX8");
    EXPECT_EQ(layers_of("shuffle_pool"), ordered + "Pooling G4 OY5 OX7 FY2 FX2");
    EXPECT_EQ(layers_of("shuffle_add"), ordered + "Add G4 OY6 OX8");
    // Once for both halves; the first is copied for the convolution, the second read in place.
    EXPECT_EQ(layers_of("shuffle_split"), ordered + "Concat G2 OY6 OX8; Conv K2 C2 OY6 OX8; Concat G4 OY6 OX8");
}

TEST_F(OnnxFreeNodes, ShapesAreComputed) { EXPECT_EQ(layers_of("shape_arithmetic"), kConv + "; Gemm K10 C4 FY6 FX8"); }

TEST_F(OnnxFreeNodes, PaddingBecomesThatOfTheWindowsBehind)
{
    // Rows: 1 and 1 more before, 3 behind, so 1 + 1 + 8 + 3 - 3 + 1 = 11. Columns: 2 + 10 + 4 - 3 + 1 = 14.
    EXPECT_EQ(layers_of("pad_conv"), "Conv K4 C3 OY11 OX14 FY3 FX3");
    EXPECT_EQ(axes_of("pad_conv"), "IY 8 stride 1 dilation 1 padding 2 3; IX 10 stride 1 dilation 1 padding 2 4");
    // 1 + 8 + 3 - 2 + 1 rows, 2 + 10 + 4 - 2 + 1 columns.
    EXPECT_EQ(layers_of("pad_attribute"), "Pooling G3 OY11 OX15 FY2 FX2");
}

TEST_F(OnnxFreeNodes, PaddingIsRefusedWhereNoWindowTakesIt)
{
    expect_refused("pad_reflect", "Pad 'q_node'", "pads by mode 'reflect', expected constant");
    expect_refused("pad_negative", "Pad 'q_node'", "amounts of 0 or more");
    expect_refused("pad_channels", "Conv 'y_node'", "pads along batch or channels");
    expect_refused("pad_last", "Pad 'y_node'", "pads an output of the network");
}

TEST_F(OnnxFreeNodes, WhatNobodyNeedsIsNotThere) { EXPECT_EQ(layers_of("dead_branch"), kConv); }

TEST_F(OnnxFreeNodes, AloneAreNoNetwork) { expect_refused("only_relu", "graph", "no node that computes"); }

TEST_F(OnnxFreeNodes, ComputeSizesOfConstants)
{
    // Columns 0 before and 1 behind, rows 2 before: as pairs, the last axis first, which a slice of step -1 and a transpose turn round.
    EXPECT_EQ(layers_of("fold_padding"), "Conv K4 C3 OY8 OX9 FY3 FX3");
    EXPECT_EQ(axes_of("fold_padding"), "IY 8 stride 1 dilation 1 padding 2 0; IX 10 stride 1 dilation 1 padding 0 1");
    // 6 and 8, as floating-point numbers, times 2.
    EXPECT_EQ(layers_of("fold_resize"), "Conv K4 C3 OY6 OX8 FY3 FX3; Conv K5 C4 OY12 OX16");
    EXPECT_EQ(axes_of(model("fold_resize").layers()[1].inputs[1]),
              "IY 6 stride 1 dilation 1 padding 0 0 times 2; IX 8 stride 1 dilation 1 padding 0 0 times 2");
    // 1 where -1 is asked for; 6 * 8; what is below 0 is left to be found.
    for (const char* name : {"fold_choice", "fold_product", "fold_size", "fold_logic"})
        EXPECT_EQ(layers_of(name), "Conv K4 C3 OY6 OX8 FY3 FX3; Pooling G4 FY6 FX8") << name;
}

}  // namespace
}  // namespace plumbline::test
