// SPDX-License-Identifier: Apache-2.0
// Expand and Tile: maps of one position along axes that are repeated.
#include "io/onnx/onnx_model.hpp"

namespace plumbline::test {
namespace {

class OnnxExpansions : public OnnxFiles {};

const std::string kMean = "Conv K4 C3 OY6 OX8 FY3 FX3; Pooling G4 FY6 FX8; ";
const std::string kPadded = "Conv K4 C3 OY8 OX10 FY3 FX3; Pooling G4 FY8 FX10; ";

TEST_F(OnnxExpansions, CostNothingWhereTheirReaderRepeatsByItself)
{
    const Workload plain = model("squeeze_excite");
    EXPECT_EQ(text_of(plain.layers()[3]), "Mul G4 OY8 OX10");
    for (const char* name : {"excite_expanded", "excite_expanded_by_choice", "excite_tiled"}) {
        SCOPED_TRACE(name);
        Workload expanded = model(name);
        ASSERT_EQ(expanded.layers().size(), plain.layers().size());
        for (std::size_t i = 0; i + 1 < plain.layers().size(); ++i) EXPECT_EQ(expanded.layers()[i], plain.layers()[i]);
        const Layer& product = expanded.layers()[3];
        EXPECT_EQ(text_of(product), "Mul G4 OY8 OX10");
        const bool turned = std::string{name} == "excite_expanded_by_choice";
        const Operand& factors = product.inputs[turned ? 0 : 1];
        // 4 factors, and 4 * 8 * 10 values.
        EXPECT_EQ(elements(factors, product.sizes), 4);
        EXPECT_EQ(factors.source, 2);
        EXPECT_EQ(elements(product.inputs[turned ? 1 : 0], product.sizes), 320);
    }
    EXPECT_EQ(model("excite_expanded").layers()[3], plain.layers()[3]);
    EXPECT_EQ(layers_of("expand_slope"), kMean + "PRelu G4 OY6 OX8");
}

TEST_F(OnnxExpansions, CostNothingTwice) { EXPECT_EQ(layers_of("expand_twice"), kPadded + "Add G4 OY8 OX10"); }

TEST_F(OnnxExpansions, AreCopiedOnceWhereNobodyElseHasTheAxis)
{
    // One of the two maps has to have 8 x 10 pixels.
    EXPECT_EQ(layers_of("expand_by_two"), kPadded + "Pooling G4 FY8 FX10; Pooling G4 OY8 OX10; Mul G4 OY8 OX10");
}

TEST_F(OnnxExpansions, AreUpSampledRowsAndColumnsForOthers)
{
    EXPECT_EQ(layers_of("expand_concat"), kMean + "Concat G8 OY6 OX8");
    EXPECT_EQ(axes_of(model("expand_concat").layers()[2].inputs[1]),
              "IYY 1 stride 1 dilation 1 padding 0 0 times 6; IXY 1 stride 1 dilation 1 padding 0 0 times 8; "
              "GY 4 stride 1 dilation 1 padding 4 0");
    EXPECT_EQ(layers_of("tile_concat"), layers_of("expand_concat"));
    EXPECT_EQ(layers_of("expand_silu"), layers_of("expand_concat")) << "joins nothing";
    EXPECT_EQ(layers_of("expand_conv"), kMean + "Conv K5 C4 OY6 OX8 FY3 FX3");
    EXPECT_EQ(axes_of(model("expand_conv").layers()[2].inputs[1]),
              "IY 1 stride 1 dilation 1 padding 1 1 times 6; IX 1 stride 1 dilation 1 padding 1 1 times 8");
    EXPECT_EQ(layers_of("expand_last"), kMean + "Pooling G4 OY6 OX8");
    EXPECT_EQ(layers_of("expand_for_two_readers"), kMean + "Mul G4 OY6 OX8; Concat G8 OY6 OX8");
    EXPECT_EQ(layers_of("expand_column_vector"), kPadded + "Pooling G4 OY8 OX10");
}

TEST_F(OnnxExpansions, RepeatChannelsForElementwiseNodesAlone)
{
    const std::string mean = "Conv K4 C3 OY6 OX8 FY3 FX3; ReduceMean C4 OY6 OX8; ";
    EXPECT_EQ(layers_of("expand_channels_for_product"), mean + "Mul G4 OY6 OX8");
    expect_refused("expand_channels", "Expand 's_node'", "repeats axis 1 for other nodes than element-wise ones");
    expect_refused("expand_batch", "Expand 's_node'", "repeats axis 0 for other nodes than element-wise ones");
}

TEST_F(OnnxExpansions, ByOneAreNothing)
{
    EXPECT_EQ(layers_of("tile_once"), "Conv K4 C3 OY6 OX8 FY3 FX3");
    EXPECT_EQ(layers_of("expand_to_the_same"), "Conv K4 C3 OY6 OX8 FY3 FX3; Conv K5 C4 OY6 OX8");
}

TEST_F(OnnxExpansions, AreRefusedWhereTheyMakePatterns)
{
    expect_refused("tile_pattern", "Tile 's_node'",
                   "repeats axis 2, which has several positions, expected axes of one");
}

}  // namespace
}  // namespace plumbline::test
