// SPDX-License-Identifier: Apache-2.0
// Reductions of a map of 4 channels, 6 rows and 8 columns, or of 7 tokens of 10 channels.
#include "io/onnx/onnx_model.hpp"
#include "plumbline/mapping.hpp"

namespace plumbline::test {
namespace {

class OnnxReductions : public OnnxFiles {};

const std::vector<std::string> kOthers{"Sum", "Min", "Prod", "L1", "L2", "SumSquare", "LogSum", "LogSumExp"};

std::string file_of(const std::string& kind, const std::string& of)
{
    std::string name = "reduce_" + kind + '_' + of;
    for (char& each : name) each = static_cast<char>(std::tolower(each));
    return name;
}

TEST_F(OnnxReductions, MakeOneValueOfTheChannelsOfAPixel)
{
    const std::string reduced = kSource + "Reduce";
    for (const std::string& kind : kOthers)
        EXPECT_EQ(layers_of(file_of(kind, "channels")), reduced + kind + " C4 OY6 OX8");
    EXPECT_EQ(layers_of("reduce_sum_attribute"), layers_of("reduce_sum_channels"));
    // A face recogniser divides by the length of its vector.
    EXPECT_EQ(layers_of("l2_normalised"), kSource + "ReduceL2 C4 OY6 OX8; Div G4 OY6 OX8");
}

TEST_F(OnnxReductions, MakeOneValueOfTheRowsAndColumnsOfAChannel)
{
    const std::string reduced = kSource + "Reduce";
    for (const std::string& kind : kOthers)
        EXPECT_EQ(layers_of(file_of(kind, "pixels")), reduced + kind + " G4 FY6 FX8");
    EXPECT_EQ(layers_of("reduce_sum_tokens"), "MatMul K10 C16 OX7; ReduceSum G10 FX7");
}

TEST_F(OnnxReductions, ReadEachValueOnce)
{
    const Layer channels = model("reduce_l2_channels").layers()[1];
    // 4 * 6 * 8 values are read, and as many operations done; each pixel is left with one.
    EXPECT_EQ(channels.macs(), 192);
    ASSERT_EQ(channels.inputs.size(), 1U);
    EXPECT_EQ(elements(channels.inputs[0], channels.sizes), 192);
    EXPECT_EQ(elements(channels.output, channels.sizes), 48);
    const Layer pixels = model("reduce_sum_pixels").layers()[1];
    EXPECT_EQ(pixels.macs(), 192);
    EXPECT_EQ(elements(pixels.inputs[0], pixels.sizes), 192);
    EXPECT_EQ(elements(pixels.output, pixels.sizes), 4);
}

TEST_F(OnnxReductions, AreNoMeansWhereTheySayOtherwise)
{
    // The functional mode computes means and maxima alone; a pooling would divide a sum by 48.
    for (const std::string& kind : kOthers)
        EXPECT_EQ(model(file_of(kind, "pixels")).layers()[1].operation, Operation::other) << kind;
    EXPECT_EQ(model("reduce_mean").layers()[0].operation, Operation::average_pooling);
    for (const char* name : {"lp_pool", "global_lp_pool"})
        EXPECT_EQ(model(name).layers()[0].operation, Operation::other) << name;
}

TEST_F(OnnxReductions, OfPowersSlideAsPoolingDoes)
{
    // Windows of 2 x 2 on 8 x 10.
    EXPECT_EQ(layers_of("lp_pool"), "LpPool G3 OY7 OX9 FY2 FX2");
    EXPECT_EQ(axes_of(model("lp_pool").layers()[0].inputs[0]),
              "IY 8 stride 1 dilation 1 padding 0 0; IX 10 stride 1 dilation 1 padding 0 0");
    EXPECT_EQ(layers_of("global_lp_pool"), "GlobalLpPool G3 FY8 FX10");
}

TEST_F(OnnxReductions, TakeChannelsWithRowsAndColumns)
{
    EXPECT_EQ(layers_of("reduce_map"), kSource + "ReduceMean C4 FY6 FX8");
    EXPECT_EQ(layers_of("reduce_everything"), kSource + "ReduceSum C4 FY6 FX8");
    EXPECT_EQ(layers_of("reduce_channels_and_rows"), kSource + "ReduceMax C4 OX8 FY6");
    const Layer all = model("reduce_map").layers()[1];
    EXPECT_EQ(all.operation, Operation::other) << "pooling has windows of a channel";
    EXPECT_EQ(elements(all.inputs[0], all.sizes), 192);
    EXPECT_EQ(elements(all.output, all.sizes), 1);
}

TEST_F(OnnxReductions, TakeChannelsThatLieBesideEachOther)
{
    // Two groups of two, of which two channels are left.
    EXPECT_EQ(layers_of("reduce_groups"), kSource + "ReduceMean G2 C2 OY6 OX8; Conv K5 C2 OY6 OX8");
    expect_refused("reduce_between_groups", "ReduceMean 'y_node'",
                   "takes channels together that do not lie beside each other, expected channels, rows or columns");
}

TEST_F(OnnxReductions, OfOneValueAreFree)
{
    EXPECT_EQ(layers_of("reduce_nothing"), "Conv K4 C3 OY6 OX8 FY3 FX3");
    EXPECT_EQ(layers_of("reduce_one_channel"), "Conv C3 OY6 OX8 FY3 FX3");
}

TEST_F(OnnxReductions, AreRefusedWhereALayerCannotSayThem)
{
    expect_refused("reduce_batch", "ReduceL2 'y_node'", "takes values of a batch together");
    expect_refused("reduce_computed_axes", "ReduceSum 'y_node'", "makes a map whose size the file does not tell");
    expect_refused("reduce_wrong_axis", "ReduceSum 'y_node'", "names axis 4, expected one of 4 dimensions");
}

TEST_F(OnnxReductions, FindTheClassOfEachPixel)
{
    // 16 x 24 pixels, halved and made twice as large again: the largest of 21 values of each.
    EXPECT_EQ(
        layers_of("segmentation"),
        "Conv K8 C3 OY8 OX12 FY3 FX3; Conv K21 C8 OY8 OX12; DepthwiseConv G21 OY16 OX24 FY2 FX2; ArgMax C21 OY16 OX24");
    const Layer classes = model("segmentation").layers()[3];
    EXPECT_EQ(classes.macs(), 21 * 16 * 24);
    EXPECT_EQ(elements(classes.output, classes.sizes), 16 * 24);
    EXPECT_EQ(classes.operation, Operation::other);
    EXPECT_EQ(layers_of("arg_min_rows"), kSource + "ArgMin G4 OX8 FY6");
    expect_refused("arg_max_wrong_axis", "ArgMax 'y_node'", "names axis 4, expected one of 4 dimensions");
}

TEST_F(OnnxReductions, NumberClassesWithAsFewBytesAsTheyNeed)
{
    // INT64 in the file: a memory of 64 bits for 21 classes is nobody's.
    EXPECT_EQ(model("segmentation").layers()[3].final_precision, Bits{8});
    EXPECT_EQ(model("arg_max_of_many").layers()[1].final_precision, Bits{16});
    EXPECT_EQ(model("arg_max_cast").layers()[1].final_precision, Bits{8}) << "INT32 then";
    EXPECT_EQ(layers_of("arg_max_as_map"), kSource + "ArgMax C4 OY6 OX8; Conv K5 OY6 OX8");
    io::OnnxOptions options;
    options.activations = Bits{16};
    EXPECT_EQ(model("segmentation", options).layers()[3].final_precision, Bits{16});
}

TEST_F(OnnxReductions, GoByTheRuleOfAdditions)
{
    const MappingRules rules{{MappingRule{"default", {}, {}}, MappingRule{"Add", {}, {}}}};
    for (const char* name : {"reduce_sum_pixels", "reduce_l2_channels", "arg_min_rows"})
        EXPECT_EQ(rules.rule_for(model(name).layers()[1]).name, "Add") << name;
    EXPECT_EQ(rules.rule_for(model("lp_pool").layers()[0]).name, "Add");
}

}  // namespace
}  // namespace plumbline::test
