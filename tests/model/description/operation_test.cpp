// SPDX-License-Identifier: Apache-2.0
#include "plumbline/operation.hpp"

#include <gtest/gtest.h>

#include "model/tiny.hpp"

namespace plumbline::test {
namespace {

Layer of_type(const std::string& operator_type, Layer layer = conv3x3())
{
    layer.operator_type = operator_type;
    return layer;
}

Layer global(Layer layer)
{
    layer.sizes[LoopDim::ox] = layer.sizes[LoopDim::oy] = 1;
    return layer;
}

/// As ZigZag writes pooling: weights of no bits.
Layer without_weight_bits(Layer layer)
{
    layer.inputs[0].precision = Bits{0};
    return layer;
}

TEST(ImpliedOperation, IsThatOfTheOperatorType)
{
    EXPECT_EQ(implied_operation(of_type("Conv")), Operation::convolution);
    EXPECT_EQ(implied_operation(of_type("DepthwiseConv")), Operation::depthwise_convolution);
    EXPECT_EQ(implied_operation(of_type("Gemm")), Operation::matrix_product);
    EXPECT_EQ(implied_operation(of_type("MatMul")), Operation::matrix_product);
}

TEST(ImpliedOperation, OfNamedPoolingDoesNotDependOnTheSizes)
{
    for (const Layer& layer : {conv3x3(), global(conv3x3()), without_weight_bits(global(conv3x3()))}) {
        EXPECT_EQ(implied_operation(of_type("MaxPool", layer)), Operation::maximum_pooling);
        EXPECT_EQ(implied_operation(of_type("GlobalMaxPool", layer)), Operation::maximum_pooling);
        EXPECT_EQ(implied_operation(of_type("AveragePool", layer)), Operation::average_pooling);
        EXPECT_EQ(implied_operation(of_type("GlobalAveragePool", layer)), Operation::average_pooling);
    }
}

TEST(ImpliedOperation, OfPoolingAloneIsTheAverageOfOnePixel)
{
    EXPECT_EQ(implied_operation(of_type("Pooling")), Operation::maximum_pooling);
    EXPECT_EQ(implied_operation(global(of_type("Pooling"))), Operation::average_pooling);
    // The same notation under another operator type.
    EXPECT_EQ(implied_operation(without_weight_bits(of_type("Conv"))), Operation::maximum_pooling);
    EXPECT_EQ(implied_operation(without_weight_bits(global(of_type("Conv")))), Operation::average_pooling);
}

TEST(ImpliedOperation, IsDepthwiseWhereWeightsBelongToOneChannel)
{
    Layer layer = of_type("Conv");
    layer.inputs[0].relevant = dims({LoopDim::g, LoopDim::fy, LoopDim::fx});
    EXPECT_EQ(implied_operation(layer), Operation::depthwise_convolution);
}

TEST(ImpliedOperation, WithoutWeightsIsAnAdditionOrUnknown)
{
    Layer layer = of_type("Add");
    layer.inputs[0].constant = false;
    EXPECT_EQ(implied_operation(layer), Operation::addition);
    layer.operator_type = "Mul";
    EXPECT_EQ(implied_operation(layer), Operation::other);
}

TEST(Operations, HaveNamesOfTheirOwn)
{
    EXPECT_EQ(name_of(Operation::convolution), "convolution");
    EXPECT_EQ(name_of(Operation::average_pooling), "average pooling");
    EXPECT_EQ(name_of(Operation::other), "other");
}

TEST(PoolingFunctions, AreMaximumAndAverage)
{
    EXPECT_EQ(pooling_named("maximum"), Operation::maximum_pooling);
    EXPECT_EQ(pooling_named("average"), Operation::average_pooling);
    EXPECT_EQ(pooling_named("median"), std::nullopt);
}

}  // namespace
}  // namespace plumbline::test
