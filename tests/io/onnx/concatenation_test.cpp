// SPDX-License-Identifier: Apache-2.0
#include "io/onnx/onnx_model.hpp"

namespace plumbline::test {
namespace {

class OnnxConcatenation : public OnnxFiles {};

std::string stem(int channels) { return "Conv K" + std::to_string(channels) + " C3 OY6 OX8; "; }

TEST_F(OnnxConcatenation, LaysChannelsBesideEachOther)
{
    EXPECT_EQ(layers_of("concat"), stem(4) + stem(2) + "Concat G6 OY6 OX8");
    EXPECT_EQ(layers_of("concat_negative_axis"), layers_of("concat"));
    const Workload net = model("concat");
    const Layer& joined = net.layers()[2];
    EXPECT_EQ(joined.operation, Operation::concatenation);
    EXPECT_EQ(joined.name, "y_node");
    // Channels 0 to 3 are those of the first map, 4 and 5 those of the second.
    EXPECT_EQ(axes_of(joined.inputs[0]), "GX 4 stride 1 dilation 1 padding 0 2");
    EXPECT_EQ(axes_of(joined.inputs[1]), "GY 2 stride 1 dilation 1 padding 4 0");
    EXPECT_EQ(joined.inputs[0].source, 0);
    EXPECT_EQ(joined.inputs[1].source, 1);
}

TEST_F(OnnxConcatenation, OfMoreMapsJoinsThoseFirstThatHaveTheFewestChannels)
{
    // 8, 1, 1 and 4 channels: 1 + 1, then those and 4, then 8 and those.
    const Workload net = model("concat_four");
    ASSERT_EQ(net.layers().size(), 7U);
    EXPECT_EQ(text_of(net.layers()[4]), "Concat G2 OY6 OX8");
    EXPECT_EQ(text_of(net.layers()[5]), "Concat G6 OY6 OX8");
    EXPECT_EQ(text_of(net.layers()[6]), "Concat G14 OY6 OX8");
    EXPECT_EQ(net.layers()[4].name, "y_node_part1");
    EXPECT_EQ(net.layers()[6].name, "y_node");
    EXPECT_EQ(net.layers()[6].inputs[0].source, 0);
    EXPECT_EQ(net.layers()[6].inputs[1].source, 5);
}

TEST_F(OnnxConcatenation, ReadsInputsOfTheNetwork)
{
    EXPECT_EQ(layers_of("concat_inputs"), "Concat G4 OY6 OX8; Conv K4 C4 OY6 OX8");
    EXPECT_EQ(layers_of("add_inputs"), "Add G3 OY6 OX8; Conv K4 C3 OY6 OX8");
    EXPECT_EQ(model("add_inputs").layers()[0].inputs[1].relevant, model("add_inputs").layers()[0].inputs[0].relevant);
    EXPECT_EQ(layers_of("concat_nhwc"), "Conv K4 C3 OY6 OX8; Concat G7 OY6 OX8");
    EXPECT_EQ(layers_of("concat_tokens"), "MatMul K8 C16 OX7; MatMul K4 C16 OX7; Concat G12 OX7");
}

TEST_F(OnnxConcatenation, LaysRowsAndColumnsBehindEachOther)
{
    // Where the other map lies, each has padding.
    EXPECT_EQ(layers_of("concat_rows"), stem(4) + stem(4) + "Concat G4 OY12 OX8");
    const Workload rows = model("concat_rows");
    EXPECT_EQ(axes_of(rows.layers()[2].inputs[0]), "IYX 6 stride 1 dilation 1 padding 0 6");
    EXPECT_EQ(axes_of(rows.layers()[2].inputs[1]), "IYY 6 stride 1 dilation 1 padding 6 0");
    EXPECT_EQ(layers_of("concat_columns"), stem(4) + stem(4) + "Concat G4 OY6 OX16");
    EXPECT_EQ(axes_of(model("concat_columns").layers()[2].inputs[1]), "IXY 8 stride 1 dilation 1 padding 8 0");
}

TEST_F(OnnxConcatenation, ReadsConstantsFromOffChip)
{
    EXPECT_EQ(layers_of("concat_constant"), "Conv K4 C3 OY6 OX8 FY3 FX3; Concat G6 OY6 OX8");
    EXPECT_EQ(model("concat_constant").layers()[1].inputs[1].source, std::nullopt);
    // A token before seven.
    EXPECT_EQ(layers_of("concat_class_token"), "MatMul K8 C16 OX7; Concat G8 OX8");
    EXPECT_EQ(axes_of(model("concat_class_token").layers()[1].inputs[1]), "IXY 7 stride 1 dilation 1 padding 1 0");
}

TEST_F(OnnxConcatenation, OfOneMapIsFree) { EXPECT_EQ(layers_of("concat_one"), "Conv K4 C3 OY6 OX8"); }

TEST_F(OnnxConcatenation, ReadsAMapTwice)
{
    EXPECT_EQ(layers_of("concat_twice_the_same"), stem(4) + "Concat G8 OY6 OX8");
}

TEST_F(OnnxConcatenation, IsRefusedWhereALayerCannotSayIt)
{
    expect_refused("concat_batch", "Concat 'y_node'",
                   "joins maps along axis 0, which is not their channels, rows or columns");
    expect_refused("concat_transposed", "Concat 'y_node'", "joins maps that mean different things along axis 2");
    expect_refused("concat_padded", "Concat 'y_node'", "reads what Pad 'q_node' pads");
}

}  // namespace
}  // namespace plumbline::test
