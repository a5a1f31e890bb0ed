// SPDX-License-Identifier: Apache-2.0
// ConvTranspose of a map of 3 channels, 8 rows and 10 columns, with windows of 3 x 3 unless said otherwise.
//
// Along an axis of n elements, stride s, windows of k and padding p: s * (n - 1) + k - 2 * p outputs. A convolution makes pixels of s
// outputs each, which read the same elements: output o lies at q = o + p, and element i reaches it by tap q - s * i. Pixels may begin with
// outputs that there are not, where that saves products.
#include <array>
#include <set>

#include "io/onnx/onnx_model.hpp"
#include "plumbline/workload_notes.hpp"

namespace plumbline::test {
namespace {

class OnnxTransposedConvolution : public OnnxFiles {};

/// The second layer, which reads what the first one makes.
std::string axes_of_reader(const std::string& name) { return axes_of(model(name).layers()[1].inputs[1]); }

TEST_F(OnnxTransposedConvolution, ReachesBeyondTheMap)
{
    // 8 + 2 rows, 10 + 2 columns.
    EXPECT_EQ(layers_of("transposed"), "ConvTranspose K4 C3 OY10 OX12 FY3 FX3");
    EXPECT_EQ(axes_of("transposed"), "IY 8 stride 1 dilation 1 padding 2 2; IX 10 stride 1 dilation 1 padding 2 2");
    EXPECT_EQ(model("transposed").layers().front().operation, Operation::transposed_convolution);
}

TEST_F(OnnxTransposedConvolution, MakesPixelsOfItsStride)
{
    // Rows 2n and 2n + 1 lie at 2n + 1 and 2n + 2: tap 1 of element n; tap 2 of n and tap 0 of n + 1. Of three columns each has a tap of
    // one element. 2 * 7 + 3 - 2 + 1 rows, 3 * 9 + 3 columns.
    EXPECT_EQ(layers_of("transposed_strides"), "Conv K24 C3 OY8 OX10 FY2");
    EXPECT_EQ(axes_of("transposed_strides"),
              "IY 8 stride 1 dilation 1 padding 0 1; IX 10 stride 1 dilation 1 padding 0 0");
    EXPECT_EQ(layers_of("transposed_strides_read"), "Conv K24 C3 OY8 OX10 FY2; Conv C4 OY16 OX30");
    EXPECT_EQ(axes_of_reader("transposed_strides_read"),
              "IY 16 stride 1 dilation 1 padding 0 0 in depth 2; IX 30 stride 1 dilation 1 padding 0 0 in depth 3");
    // Windows of 2 x 2 side by side, as in U-Net.
    EXPECT_EQ(layers_of("transposed_2x2_read"), "Conv K16 C3 OY8 OX10; Conv C4 OY16 OX20");
    // 39 columns in 20 pixels of two.
    EXPECT_EQ(layers_of("transposed_1d_read"), "Conv K8 C3 OX20 FX2; Conv C4 OX39");
    EXPECT_EQ(axes_of("transposed_1d"), "IX 20 stride 1 dilation 1 padding 0 1");
    EXPECT_EQ(axes_of_reader("transposed_1d_read"), "IX 39 stride 1 dilation 1 padding 0 0 in depth 2");
    // Each channel of its own, and the map of each group makes 2 * 4 channels.
    EXPECT_EQ(layers_of("transposed_strides_and_groups"), "DepthwiseConv G3 K8 OY9 OX11 FY2 FX2");
}

TEST_F(OnnxTransposedConvolution, CutsPixelsAtTheEdgesWhereThatSavesProducts)
{
    // Rows 0 to 13 lie at 1 to 14: pixels that begin at 0 have one tap, and 8 rows of them 16 outputs; those that begin at 1 would have two.
    EXPECT_EQ(layers_of("transposed_2x2_pads_read"), "Conv K16 C3 OY8 OX10; Conv C4 OY14 OX18");
    EXPECT_EQ(axes_of_reader("transposed_2x2_pads_read"),
              "IY 14 stride 1 dilation 1 padding 0 0 in depth 2 from 1; "
              "IX 18 stride 1 dilation 1 padding 0 0 in depth 2 from 1");
    // Taps 1 and 3 of 4 reach the row at 1, 0 and 2 that at 2: elements -1 and 0, 0 and 1. From 0 on two taps do.
    EXPECT_EQ(layers_of("transposed_4_2_1_1_0"), "Conv K8 C3 OX21 FX2");
}

TEST_F(OnnxTransposedConvolution, MakesZerosWhereItsWindowsAreSpread)
{
    EXPECT_EQ(layers_of("transposed_dilated_strides"), "ConvTranspose K4 C3 OY19 OX21 FY3 FX3");
    EXPECT_EQ(axes_of("transposed_dilated_strides"),
              "IY 8 stride 1 dilation 2 padding 4 3 times 2; IX 10 stride 1 dilation 1 padding 2 1 times 2");
    EXPECT_EQ(
        product_notes(model("transposed_dilated_strides")),
        std::vector<std::string>{"layer 'y_node' makes 4 times the products of hardware that leaves out the zeros "
                                 "between the elements of its map"});
    for (const char* name : {"transposed_2x2", "transposed_2x2_read", "transposed_read", "transposed_groups_read"})
        EXPECT_EQ(product_notes(model(name)), std::vector<std::string>{}) << name;
    // 2 * 7 + 5 rows are all that windows fit: behind the last element there are no zeros.
    EXPECT_EQ(size_notes(model("transposed_dilated_strides")), std::vector<std::string>{});
}

TEST_F(OnnxTransposedConvolution, CutsOffMoreThanWindowsReach)
{
    // 2 * 7 + 3 - 6 = 11 rows from position 3 on, which elements 1 to 7 reach; 15 columns.
    EXPECT_EQ(layers_of("transposed_cut_read"), "Conv K16 C3 OY6 OX8 FY2 FX2; Conv C4 OY11 OX15");
    EXPECT_EQ(axes_of("transposed_cut"),
              "IY 8 stride 1 dilation 1 padding -1 0; IX 10 stride 1 dilation 1 padding -1 0");
    EXPECT_EQ(axes_of_reader("transposed_cut_read"),
              "IY 11 stride 1 dilation 1 padding 0 0 in depth 2; IX 15 stride 1 dilation 1 padding 0 0 in depth 2");
}

TEST_F(OnnxTransposedConvolution, MakesAsManyPixelsAsAreAskedFor)
{
    // Rows: 17 less 2, from position 1 on. Columns: 21 less 1, which is cut off before.
    EXPECT_EQ(layers_of("transposed_shape_read"), "Conv K16 C3 OY8 OX10 FY2 FX2; Conv C4 OY15 OX20");
    EXPECT_EQ(axes_of("transposed_shape"),
              "IY 8 stride 1 dilation 1 padding 0 1; IX 10 stride 1 dilation 1 padding 0 1");
    // Four rows of taps, from position 1 on: 9 pixels of two outputs, the first and the last of which are cut. Columns: 21 less 1, behind
    // or before.
    EXPECT_EQ(layers_of("transposed_same_upper"), "Conv K16 C3 OY9 OX10 FY2 FX2");
    EXPECT_EQ(axes_of("transposed_same_upper"),
              "IY 8 stride 1 dilation 1 padding 1 1; IX 10 stride 1 dilation 1 padding 1 0");
    EXPECT_EQ(layers_of("transposed_same_lower"), "Conv K16 C3 OY9 OX10 FY2 FX2");
    EXPECT_EQ(axes_of("transposed_same_lower"),
              "IY 8 stride 1 dilation 1 padding 1 1; IX 10 stride 1 dilation 1 padding 0 1");
}

TEST_F(OnnxTransposedConvolution, IsFollowedByWhatIsDoneToValues)
{
    EXPECT_EQ(layers_of("transposed_3x3_relu"), "Conv K16 C3 OY8 OX10 FY2 FX2");
    EXPECT_EQ(layers_of("transposed_3x3_slopes"), "Conv K16 C3 OY8 OX10 FY2 FX2");
    EXPECT_EQ(layers_of("transposed_4x4_slopes"), "Conv K16 C3 OY9 OX11 FY2 FX2");
    EXPECT_EQ(layers_of("transposed_4x4_bias_read"), "Conv K16 C3 OY9 OX11 FY2 FX2; Conv C4 OY16 OX20");
}

TEST_F(OnnxTransposedConvolution, IsJoinedAndReadWhereItLies)
{
    // An up-convolution of U-Net: 4 * 8 * 2 * 2 products for each of 24 pixels, as published; each channel is copied once beside the other
    // map; and a convolution.
    EXPECT_EQ(layers_of("unet_decoder"), "Conv K16 C8 OY4 OX6; Concat G8 OY8 OX12; Conv K4 C8 OY8 OX12 FY3 FX3");
    EXPECT_EQ(model("unet_decoder").layers()[0].macs(), 4 * 8 * 2 * 2 * 24);
    EXPECT_EQ(axes_of(model("unet_decoder").layers()[1].inputs[1]),
              "IYY 8 stride 1 dilation 1 padding 0 0 in depth 2; IXY 12 stride 1 dilation 1 padding 0 0 in depth 2; "
              "GY 4 stride 1 dilation 1 padding 4 0");
    // Windows of 4 x 4 with stride 2 and padding 1 after each other (a generator): 4 to 8 to 16 rows, in 5 and 9 pixels of two.
    EXPECT_EQ(layers_of("generator"),
              "ConvTranspose K6 C8 OY4 OX4 FY4 FX4; Conv K20 C6 OY5 OX5 FY2 FX2; Conv K12 C5 OY9 OX9 FY2 FX2");
    EXPECT_EQ(axes_of(model("generator").layers()[2].inputs[1]),
              "IY 8 stride 1 dilation 1 padding 1 1 in depth 2 from 1; "
              "IX 8 stride 1 dilation 1 padding 1 1 in depth 2 from 1");
}

TEST_F(OnnxTransposedConvolution, IsCopiedForReadersThatFindNoRowsAmongChannels)
{
    EXPECT_EQ(layers_of("transposed_add"), "Conv K16 C8 OY4 OX6; Pooling G4 OY8 OX12; Add G4 OY8 OX12");
    // Of 10 rows and 14 columns those that are cut are left out of the copy, which both passes read.
    EXPECT_EQ(layers_of("transposed_twice"),
              "Conv K16 C8 OY5 OX7 FY2 FX2; Pooling G4 OY8 OX12; Softmax C4 OY8 OX12; Softmax G4 OY8 OX12");
}

/// Along an axis of 20 elements; which of them reach which output, by which tap.
struct Geometry {
    std::int64_t kernel, stride, before, behind, more;

    std::string name() const
    {
        std::string text = "transposed";
        for (std::int64_t each : {kernel, stride, before, behind, more}) text += '_' + std::to_string(each);
        return text;
    }
    std::int64_t outputs() const { return stride * 19 + kernel + more - before - behind; }
};

using Products = std::set<std::array<std::int64_t, 3>>;  ///< output, element, tap

/// As ONNX defines the operator: element i adds its product with tap f to output stride * i + f - before.
Products scattered(const Geometry& given)
{
    Products all;
    for (std::int64_t element = 0; element < 20; ++element)
        for (std::int64_t tap = 0; tap < given.kernel; ++tap) {
            const std::int64_t output = given.stride * element + tap - given.before;
            if (output >= 0 && output < given.outputs()) all.insert({output, element, tap});
        }
    return all;
}

/// As the layer computes: channel r of pixel n is output stride * n + r, less those that its reader leaves out before the first.
Products of_layer(const Geometry& given, const Layer& layer, const Layer& reader)
{
    const SlidingAxis& axis = layer.inputs[1].sliding.front();
    const std::int64_t left_out = reader.inputs[1].sliding.front().depth_offset;
    const std::int64_t taps = layer.sizes[LoopDim::fx];
    Products all;
    for (std::int64_t pixel = 0; pixel < layer.sizes[LoopDim::ox]; ++pixel)
        for (std::int64_t channel = 0; channel < given.stride; ++channel)
            for (std::int64_t window = 0; window < taps; ++window) {
                const std::int64_t output = given.stride * pixel + channel - left_out;
                const std::int64_t element = pixel + window - axis.padding_before;
                const std::int64_t tap = output + given.before - given.stride * element;
                const bool there = output >= 0 && output < given.outputs() && tap >= 0 && tap < given.kernel;
                if (there && element >= 0 && element < 20) all.insert({output, element, tap});
            }
    return all;
}

TEST_F(OnnxTransposedConvolution, MakesTheProductsThatTheOperatorIsDefinedBy)
{
    for (const Geometry& given : {Geometry{9, 3, 4, 4, 2}, Geometry{9, 3, 3, 3, 0}, Geometry{4, 2, 1, 1, 0},
                                  Geometry{3, 2, 1, 1, 1}, Geometry{2, 3, 0, 0, 0}, Geometry{5, 2, 4, 0, 0},
                                  Geometry{3, 2, 3, 3, 0}, Geometry{5, 4, 6, 1, 3}, Geometry{7, 5, 9, 12, 0}}) {
        SCOPED_TRACE(given.name());
        const Workload net = model(given.name() + "_read");
        const Layer& layer = net.layers().front();
        EXPECT_EQ(layer.operator_type, "Conv");
        EXPECT_EQ(layer.sizes[LoopDim::k], 4 * given.stride);
        EXPECT_EQ(net.layers().back().inputs[1].sliding.front().size, given.outputs());
        EXPECT_EQ(of_layer(given, layer, net.layers().back()), scattered(given));
        EXPECT_EQ(size_notes(net), std::vector<std::string>{});
        EXPECT_EQ(source_notes(net), std::vector<std::string>{});
    }
}

TEST_F(OnnxTransposedConvolution, CountsAsThePaperDoesWhereWindowsAreWholeStrides)
{
    // Nine taps of stride 3 are three for each pixel: with 3 cut off at both ends, 60 outputs are pixels 1 to 20.
    EXPECT_EQ(layers_of("transposed_9_3_3_3_0"), "Conv K12 C3 OX20 FX3");
    // With 4 and two outputs more, outputs 4 to 63 lie in pixels 1 to 21.
    EXPECT_EQ(layers_of("transposed_9_3_4_4_2"), "Conv K12 C3 OX21 FX3");
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
