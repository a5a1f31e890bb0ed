// SPDX-License-Identifier: Apache-2.0
// LRN, the normalisation of AlexNet.
#include "io/onnx/onnx_model.hpp"

namespace plumbline::test {
namespace {

class OnnxLocalResponse : public OnnxFiles {};

TEST_F(OnnxLocalResponse, NormalisesTheHeadOfAlexNet)
{
    // Krizhevsky et al., 2012: (227 - 11) / 4 + 1 = 55 pixels, pooled to (55 - 3) / 2 + 1 = 27 and to 13.
    EXPECT_EQ(layers_of("alexnet_head"),
              "Conv K96 C3 OY55 OX55 FY11 FX11; LRN G96 OY55 OX55; Pooling G96 OY27 OX27 FY3 FX3; "
              "Conv G2 K128 C48 OY27 OX27 FY5 FX5; LRN G256 OY27 OX27; "
              "Pooling G256 OY13 OX13 FY3 FX3");
}

TEST_F(OnnxLocalResponse, PassesOnceOverItsMap)
{
    const Workload net = model("alexnet_head");
    const Layer& first = net.layers()[1];
    const std::int64_t values = 96 * 55 * 55;
    EXPECT_EQ(first.macs(), values) << "a square enters the sum for each value, and one leaves";
    ASSERT_EQ(first.inputs.size(), 1U);
    EXPECT_EQ(elements(first.inputs[0], first.sizes), values);
    EXPECT_EQ(elements(first.output, first.sizes), values);
    EXPECT_EQ(first.inputs[0].source, 0);
    EXPECT_EQ(first.operation, Operation::other);
    EXPECT_EQ(first.final_precision, Bits{8});
    EXPECT_EQ(net.layers()[2].inputs[1].source, 1);
}

TEST_F(OnnxLocalResponse, OfOneValueIsFree) { EXPECT_EQ(layers_of("lrn_of_one"), "Conv K4 C3 OY6 OX8 FY3 FX3"); }

TEST_F(OnnxLocalResponse, OfAnInputFindsItsChannels)
{
    EXPECT_EQ(layers_of("lrn_of_input"), "LRN G3 OY8 OX10; Conv K4 C3 OY6 OX8 FY3 FX3");
}

TEST_F(OnnxLocalResponse, IsRefusedAlongOtherAxes)
{
    expect_refused("lrn_of_tokens", "LRN 'y_node'", "sums squares along axis 1, which is not channels there");
}

}  // namespace
}  // namespace plumbline::test
