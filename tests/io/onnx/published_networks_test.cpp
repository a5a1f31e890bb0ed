// SPDX-License-Identifier: Apache-2.0
// Networks that others publish in ONNX, with weights that are not there (origin in tests/reference/README.md).
#include "io/onnx/onnx_model.hpp"
#include "plumbline/io/yaml.hpp"
#include "plumbline/workload_notes.hpp"
#include "test_data.hpp"

namespace plumbline::test {
namespace {

Workload published(const std::string& name)
{
    std::string path{kReferenceFolder};
    path += "/onnx/" + name;
    return io::read_onnx(path + ".onnx");
}

/// Of layers that multiply, as published counts have it.
std::int64_t product_macs(const Workload& network)
{
    std::int64_t sum = 0;
    for (const Layer& layer : network.layers())
        if (sums_products(layer.operation)) sum += layer.macs();
    return sum;
}

TEST(OnnxResNet18, HasTheMacsOfThePublishedTable)
{
    // He et al., CVPR 2016, table 1, for 224 x 224 images. A 3 x 3 convolution of 64 channels on 56 x 56 does 64 * 64 * 9 * 56^2,
    // and as much after each halving of the map, which doubles the channels. The first of each such stage reads half the channels.
    const std::int64_t stem = 64 * 3 * 7 * 7 * 112 * 112;
    const std::int64_t block_layer = 64 * 64 * 9 * 56 * 56;
    const std::int64_t first_stage = 4 * block_layer;
    const std::int64_t other_stage = block_layer / 2 + 3 * block_layer;
    const std::int64_t shortcut = 128 * 64 * 28 * 28;
    const std::int64_t classifier = 1000 * 512;
    EXPECT_EQ(stem + first_stage + 3 * (other_stage + shortcut) + classifier, 1'814'073'344);
    EXPECT_EQ(product_macs(published("resnet18")), 1'814'073'344);
}

TEST(OnnxResNet18, HasTheLayersOfThePublishedTable)
{
    const Workload net = published("resnet18");
    // 20 convolutions, 8 additions, two poolings, one fully connected layer; 17 activations and the flattening are free.
    ASSERT_EQ(net.layers().size(), 31U);
    EXPECT_EQ(net.name(), "resnet18");
    const Layer& stem = net.layers()[0];
    EXPECT_EQ(stem.name, "/conv1/Conv");
    EXPECT_EQ(text_of(stem), "Conv K64 C3 OY112 OX112 FY7 FX7");
    // 112 windows that are 2 apart reach 111 * 2 + 7 = 229 = 3 + 224 + 2.
    EXPECT_EQ(axes_of(stem.inputs[1]),
              "IY 224 stride 2 dilation 1 padding 3 2; IX 224 stride 2 dilation 1 padding 3 2");
    EXPECT_EQ(text_of(net.layers()[1]), "Pooling G64 OY56 OX56 FY3 FX3");
    EXPECT_EQ(text_of(net.layers()[29]), "Pooling G512 FY7 FX7");
    EXPECT_EQ(text_of(net.layers()[30]), "Gemm K1000 C512");
}

TEST(OnnxResNet18, AddsShortcuts)
{
    const Workload net = published("resnet18");
    const Layer& first = net.layers()[4];
    EXPECT_EQ(text_of(first), "Add G64 OY56 OX56");
    EXPECT_EQ(first.inputs[0].source, 3);
    EXPECT_EQ(first.inputs[1].source, 1) << "the pooled map";
    const Layer& second_stage = net.layers()[11];
    EXPECT_EQ(second_stage.inputs[1].source, 10) << "a 1x1 convolution of stride 2";
    EXPECT_EQ(text_of(net.layers()[10]), "Conv K128 C64 OY28 OX28");
}

TEST(OnnxFsrcnn, HasTheGeometryOfItsFile)
{
    // Eight convolutions on 540 x 960, all padded to keep that size; channels and windows as in the file.
    const Workload net = published("fsrcnn");
    const std::int64_t per_pixel = 56 * 1 * 25 + 12 * 56 + 4 * 12 * 12 * 9 + 56 * 12 + 16 * 56 * 9;
    EXPECT_EQ(product_macs(net), per_pixel * 540 * 960);
    ASSERT_EQ(net.layers().size(), 8U);
    EXPECT_EQ(text_of(net.layers()[0]), "Conv K56 OY540 OX960 FY5 FX5");
    EXPECT_EQ(axes_of(net.layers()[0].inputs[1]),
              "IY 540 stride 1 dilation 1 padding 2 2; IX 960 stride 1 dilation 1 padding 2 2");
    for (const Layer& layer : net.layers()) EXPECT_EQ(layer.final_precision, Bits{8}) << layer.name;
}

class OnnxTransformer : public OnnxFiles {};

TEST_F(OnnxTransformer, HasTheMacsOfItsPublishedSizes)
{
    // ViT-Ti/16 (Touvron et al., ICML 2021, table 1: 12 blocks of 192 channels, 3 heads) on 224 x 224 pixels, with a mean in place of the
    // class token: 14 x 14 tokens. Published as 1.3e9, where the token takes another 0.5 %.
    const std::int64_t tokens = 14 * 14;
    const std::int64_t channels = 192;
    const std::int64_t embedding = tokens * channels * 3 * 16 * 16;
    const std::int64_t projections = 4 * tokens * channels * channels;
    const std::int64_t attention = 2 * tokens * tokens * channels;
    const std::int64_t perceptron = 2 * tokens * channels * 4 * channels;
    const std::int64_t classifier = 1000 * channels;
    const std::int64_t all = embedding + 12 * (projections + attention + perceptron) + classifier;
    EXPECT_EQ(all, 1'246'563'840);
    EXPECT_EQ(product_macs(model("vit_tiny")), all);
}

TEST_F(OnnxTransformer, HasTheLayersOfItsBlocks)
{
    // An embedding and positions; of each block 6 products, 4 passes of normalisation and 2 of Softmax, 3 copies of queries, keys and
    // values out of one map, 2 of keys and values into one pixel, and 2 additions; 2 passes of the last normalisation; mean and classes.
    const Workload net = model("vit_tiny");
    ASSERT_EQ(net.layers().size(), 2 + 12 * 19 + 2 + 2);
    std::int64_t vector = 0;
    for (const Layer& layer : net.layers())
        if (!sums_products(layer.operation)) vector += layer.macs();
    const std::int64_t map = 196 * 192;
    const std::int64_t scores = 3 * 196 * 196;
    EXPECT_EQ(vector, map + 12 * ((4 + 3 + 2 + 2) * map + 2 * scores) + 2 * map + map);
}

TEST_F(OnnxTransformer, JoinsAClassTokenWithThePatches)
{
    // DeiT-Ti (Touvron et al., 2021; 1.3 GFLOPs): 196 patches of 16 x 16 and a token, of 192 channels, in 12 blocks, whose first column alone is
    // classified.
    const std::int64_t channels = 192;
    const std::int64_t tokens = 197;
    const std::int64_t block = tokens * channels * (4 + 2 * 4) * channels + 2 * tokens * tokens * channels;
    const std::int64_t all = 196 * 3 * 16 * 16 * channels + 12 * block + 1000 * channels;
    EXPECT_EQ(all, 1'253'683'200);
    const Workload net = model("deit_tiny");
    EXPECT_EQ(product_macs(net), all);
    // The patches' 14 rows and columns are copied into a pixel, in which 196 columns are found behind the token; the blocks and the last
    // normalisation are those of a transformer without one; the token is copied before its classes are found.
    ASSERT_EQ(net.layers().size(), 4 + 12 * 19 + 2 + 2);
    EXPECT_EQ(text_of(net.layers()[1]), "Concat G192 FY14 FX14");
    EXPECT_EQ(text_of(net.layers()[2]), "Concat G192 OX197");
    EXPECT_EQ(axes_of(net.layers()[2].inputs[1]), "IXY 196 stride 1 dilation 1 padding 1 0 in depth 196");
    // The token comes from off chip, as an input does: for one column.
    EXPECT_EQ(net.layers()[2].inputs[0].source, std::nullopt);
    EXPECT_EQ(axes_of(net.layers()[2].inputs[0]), "IXX 1 stride 1 dilation 1 padding 0 196");
    EXPECT_EQ(source_notes(net), std::vector<std::string>{});
    EXPECT_EQ(io::parse_workload(io::workload_text(net), "deit_tiny.yaml"), net);
}

TEST_F(OnnxTransformer, AttendsWithinWindows)
{
    // Four windows of four pixels, two heads of four channels: each head of a window is a group. Queries, keys and values are copied into one pixel
    // each, and so is what the windows make: for the projection as 16 columns, and to be added as four rows of four.
    const std::string projection = "MatMul K8 C8 OY4 OX4; ";
    const std::string in_pixel = "Concat G8 FY4 FX4; ";
    const std::string product = "MatMul G8 K4 C4 OX4; ";
    EXPECT_EQ(layers_of("window_attention"), "Conv K8 C3 OY4 OX4; " + projection + projection + projection + in_pixel +
                                                 in_pixel + product + "Softmax G8 C4 OX4; Softmax G8 K4 OX4; " +
                                                 in_pixel + product +
                                                 "Concat G32 FX4; MatMul K8 C8 OX16; Concat G8 FX16; Add G8 OY4 OX4");
    const Workload net = model("window_attention");
    // An 8 x 8 product of each of 16 pixels for queries, keys, values and outputs; of each pixel with four, by 8 channels, and back.
    EXPECT_EQ(product_macs(net), 16 * 8 * 3 + 4 * 16 * 8 * 8 + 2 * 16 * 4 * 8);
    EXPECT_EQ(axes_of(net.layers().back().inputs[1]),
              "IYY 4 stride 1 dilation 1 padding 0 0 in depth 4; IXY 4 stride 1 dilation 1 padding 0 0 in depth 4");
    EXPECT_EQ(source_notes(net), std::vector<std::string>{});
    EXPECT_EQ(io::parse_workload(io::workload_text(net), "window_attention.yaml"), net);
    // Rolled by a row: three rows, then one.
    EXPECT_EQ(layers_of("window_roll"), "Conv K8 C3 OY4 OX4; Pooling G8 OY3 OX4; Pooling G8 OX4; Concat G8 OY4 OX4");
}

TEST(OnnxNetworks, AreReadBackFromTheirYaml)
{
    for (const char* name : {"resnet18", "fsrcnn"}) {
        const Workload net = published(name);
        EXPECT_EQ(io::parse_workload(io::workload_text(net), std::string{name} + ".yaml"), net);
    }
}

}  // namespace
}  // namespace plumbline::test
