// SPDX-License-Identifier: Apache-2.0
// ConvTranspose of a map of 3 channels, 8 rows and 10 columns, with windows of 3 x 3 unless said otherwise.
//
// Along an axis of n elements, stride s, windows of k and padding p: s * (n - 1) + k - 2 * p outputs. Where a layer reads them,
// windows slide over s * n positions, of which the first lies k - 1 - p behind the first that they reach. Where none does, a
// convolution makes pixels of s outputs each: output o lies in number (o + p) / s, and one window has k / s taps, rounded up.
#include <array>
#include <set>

#include "io/onnx/onnx_model.hpp"
#include "plumbline/workload_notes.hpp"

namespace plumbline::test {
namespace {

class OnnxTransposedConvolution : public OnnxFiles {};

std::string first_layer(const std::string& name) { return text_of(model(name).layers().front()); }

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
    EXPECT_EQ(first_layer("transposed_strides_read"), "ConvTranspose K4 C3 OY16 OX30 FY3 FX3");
    EXPECT_EQ(axes_of("transposed_strides_read"),
              "IY 8 stride 1 dilation 1 padding 1 1 times 2; IX 10 stride 1 dilation 1 padding 2 0 times 3");
    // Windows of 2 x 2 side by side, as in U-Net.
    EXPECT_EQ(first_layer("transposed_2x2_read"), "ConvTranspose K4 C3 OY16 OX20 FY2 FX2");
    EXPECT_EQ(axes_of("transposed_2x2_read"),
              "IY 8 stride 1 dilation 1 padding 1 0 times 2; IX 10 stride 1 dilation 1 padding 1 0 times 2");
    EXPECT_EQ(first_layer("transposed_1d_read"), "ConvTranspose K4 C3 OX39 FX3");
    EXPECT_EQ(axes_of("transposed_1d_read"), "IX 20 stride 1 dilation 1 padding 1 0 times 2");
}

TEST_F(OnnxTransposedConvolution, SaysHowManyProductsItMakesWithZeros)
{
    EXPECT_EQ(
        product_notes(model("transposed_2x2_read")),
        std::vector<std::string>{"layer 't_node' makes 4 times the products of hardware that leaves out the zeros "
                                 "between the elements of its map"});
    for (const char* name : {"transposed_2x2", "transposed_read", "transposed_groups_read"})
        EXPECT_EQ(product_notes(model(name)), std::vector<std::string>{}) << name;
    // 2 * 7 + 2 - 2 rows are all that windows fit: behind the last element there are no zeros.
    EXPECT_EQ(first_layer("transposed_2x2_pads_read"), "ConvTranspose K4 C3 OY14 OX18 FY2 FX2");
    EXPECT_EQ(size_notes(model("transposed_2x2_pads_read")), std::vector<std::string>{});
}

TEST_F(OnnxTransposedConvolution, CutsOffMoreThanWindowsReach)
{
    // 2 * 7 + 3 - 6 = 11 rows from position 1 on.
    EXPECT_EQ(first_layer("transposed_cut_read"), "ConvTranspose K4 C3 OY11 OX15 FY3 FX3");
    EXPECT_EQ(axes_of("transposed_cut_read"),
              "IY 8 stride 1 dilation 1 padding -1 0 times 2; IX 10 stride 1 dilation 1 padding -1 0 times 2");
    // Of rows 3 to 13 the pixels 1 to 6, which read rows 0 to 6: of columns 3 to 17 those to 8, and columns to 8.
    EXPECT_EQ(layers_of("transposed_cut"), "Conv K16 C3 OY6 OX8 FY2 FX2");
    EXPECT_EQ(axes_of("transposed_cut"),
              "IY 8 stride 1 dilation 1 padding 0 -1; IX 10 stride 1 dilation 1 padding 0 -1");
}

TEST_F(OnnxTransposedConvolution, MakesAsManyPixelsAsAreAskedFor)
{
    // Rows: 17 less 2. Columns: 21 less 1, which is cut off before.
    EXPECT_EQ(first_layer("transposed_shape_read"), "ConvTranspose K4 C3 OY15 OX20 FY3 FX3");
    EXPECT_EQ(axes_of("transposed_shape_read"),
              "IY 8 stride 1 dilation 1 padding 1 0 times 2; IX 10 stride 1 dilation 1 padding 1 1 times 2");
    // Columns: 21 less 1, behind or before.
    EXPECT_EQ(first_layer("transposed_same_upper_read"), "ConvTranspose K4 C3 OY16 OX20 FY4 FX3");
    EXPECT_EQ(axes_of("transposed_same_upper_read"),
              "IY 8 stride 1 dilation 1 padding 2 1 times 2; IX 10 stride 1 dilation 1 padding 2 0 times 2");
    EXPECT_EQ(axes_of("transposed_same_lower_read"),
              "IY 8 stride 1 dilation 1 padding 2 1 times 2; IX 10 stride 1 dilation 1 padding 1 1 times 2");
    // Rows 1 to 15 in pixels 0 to 7; columns 1 to 20 in pixels 0 to 10.
    EXPECT_EQ(layers_of("transposed_shape"), "Conv K16 C3 OY8 OX11 FY2 FX2");
    EXPECT_EQ(axes_of("transposed_shape"),
              "IY 8 stride 1 dilation 1 padding 1 0; IX 10 stride 1 dilation 1 padding 1 1");
    // Rows 1 to 16 in pixels 0 to 8; columns 0 to 19 in pixels 0 to 9, or 1 to 20 in pixels 0 to 10.
    EXPECT_EQ(layers_of("transposed_same_upper"), "Conv K16 C3 OY9 OX10 FY2 FX2");
    EXPECT_EQ(layers_of("transposed_same_lower"), "Conv K16 C3 OY9 OX11 FY2 FX2");
}

TEST_F(OnnxTransposedConvolution, MakesPixelsOfItsStrideWhereNoLayerReadsThem)
{
    // Rows 1 to 16 in pixels 0 to 8 of two, two taps each; columns 0 to 29 in pixels 0 to 9 of three, one tap each.
    EXPECT_EQ(layers_of("transposed_strides"), "Conv K24 C3 OY9 OX10 FY2");
    EXPECT_EQ(axes_of("transposed_strides"),
              "IY 8 stride 1 dilation 1 padding 1 1; IX 10 stride 1 dilation 1 padding 0 0");
    EXPECT_EQ(layers_of("transposed_2x2"), "Conv K16 C3 OY8 OX10");
    // Columns 1 to 39 in pixels 0 to 19.
    EXPECT_EQ(layers_of("transposed_1d"), "Conv K8 C3 OX20 FX2");
    EXPECT_EQ(axes_of("transposed_1d"), "IX 20 stride 1 dilation 1 padding 1 0");
    // Rows 1 to 16: 9 pixels. Each channel of its own, and the map of each group makes 2 * 4 channels.
    EXPECT_EQ(layers_of("transposed_strides_and_groups"), "DepthwiseConv G3 K8 OY9 OX11 FY2 FX2");
    EXPECT_EQ(layers_of("transposed_dilated_strides"), "ConvTranspose K4 C3 OY19 OX21 FY3 FX3");
}

TEST_F(OnnxTransposedConvolution, IsFollowedByWhatIsDoneToValues)
{
    // Rows 1 to 15 in pixels 0 to 7; columns 1 to 19 in pixels 0 to 9.
    EXPECT_EQ(layers_of("transposed_3x3_relu"), "Conv K16 C3 OY8 OX10 FY2 FX2");
    // Slopes by channel are sought in maps that are cut off at pixels alone.
    EXPECT_EQ(layers_of("transposed_3x3_slopes"), "ConvTranspose K4 C3 OY15 OX19 FY3 FX3");
    EXPECT_EQ(layers_of("transposed_4x4_slopes"), "Conv K16 C3 OY9 OX11 FY2 FX2");
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

/// As the layer computes: channel r of pixel n is output stride * n + r, counted from the first pixel on.
Products of_layer(const Geometry& given, const Layer& layer)
{
    const SlidingAxis& axis = layer.inputs[1].sliding.front();
    const std::int64_t taps = layer.sizes[LoopDim::fx];
    Products all;
    for (std::int64_t pixel = 0; pixel < layer.sizes[LoopDim::ox]; ++pixel)
        for (std::int64_t channel = 0; channel < given.stride; ++channel)
            for (std::int64_t window = 0; window < taps; ++window) {
                const std::int64_t first = given.before / given.stride;
                const std::int64_t output = given.stride * (first + pixel) + channel - given.before;
                const std::int64_t element = pixel + window - axis.padding_before;
                const std::int64_t tap = channel + given.stride * (taps - 1 - window);
                const bool there = output >= 0 && output < given.outputs() && tap < given.kernel;
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
        const Workload net = model(given.name());
        const Layer& layer = net.layers().front();
        EXPECT_EQ(layer.operator_type, "Conv");
        EXPECT_EQ(layer.sizes[LoopDim::k], 4 * given.stride);
        EXPECT_EQ(of_layer(given, layer), scattered(given));
        EXPECT_EQ(size_notes(net), std::vector<std::string>{});
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
