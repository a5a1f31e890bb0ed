// SPDX-License-Identifier: Apache-2.0
#include "onnx/graph/operators.hpp"

#include <unordered_map>
#include <unordered_set>

namespace plumbline::io {
namespace {

const std::unordered_map<std::string, Kind>& kinds()
{
    static const std::unordered_map<std::string, Kind> table{
        {"Conv", Kind::convolution},
        {"QLinearConv", Kind::convolution},
        {"ConvInteger", Kind::convolution},
        {"ConvTranspose", Kind::transposed},
        {"Gemm", Kind::product},
        {"MatMul", Kind::product},
        {"QLinearMatMul", Kind::product},
        {"MatMulInteger", Kind::product},
        {"MaxPool", Kind::pooling},
        {"AveragePool", Kind::pooling},
        {"GlobalMaxPool", Kind::pooling},
        {"GlobalAveragePool", Kind::pooling},
        {"ReduceMean", Kind::pooling},
        {"ReduceMax", Kind::pooling},
        {"Add", Kind::elementwise},
        {"Sub", Kind::elementwise},
        {"Mul", Kind::elementwise},
        {"Div", Kind::elementwise},
        {"Max", Kind::elementwise},
        {"Min", Kind::elementwise},
        {"Sum", Kind::elementwise},
        {"Mean", Kind::elementwise},
        {"Pow", Kind::elementwise},
        {"PRelu", Kind::elementwise},
        {"Where", Kind::elementwise},
        {"Softmax", Kind::normalisation},
        {"LogSoftmax", Kind::normalisation},
        {"LayerNormalization", Kind::normalisation},
        {"Abs", Kind::fused},
        {"BatchNormalization", Kind::fused},
        {"Cast", Kind::fused},
        {"Ceil", Kind::fused},
        {"Celu", Kind::fused},
        {"Clip", Kind::fused},
        {"DequantizeLinear", Kind::fused},
        {"DynamicQuantizeLinear", Kind::fused},
        {"Dropout", Kind::fused},
        {"Elu", Kind::fused},
        {"Erf", Kind::fused},
        {"Exp", Kind::fused},
        {"Floor", Kind::fused},
        {"HardSigmoid", Kind::fused},
        {"HardSwish", Kind::fused},
        {"Identity", Kind::fused},
        {"LeakyRelu", Kind::fused},
        {"Log", Kind::fused},
        {"Neg", Kind::fused},
        {"QuantizeLinear", Kind::fused},
        {"Reciprocal", Kind::fused},
        {"Relu", Kind::fused},
        {"Round", Kind::fused},
        {"Selu", Kind::fused},
        {"Sigmoid", Kind::fused},
        {"Sign", Kind::fused},
        {"Softplus", Kind::fused},
        {"Softsign", Kind::fused},
        {"Sqrt", Kind::fused},
        {"Tanh", Kind::fused},
        {"ThresholdedRelu", Kind::fused},
        {"DepthToSpace", Kind::view},
        {"Flatten", Kind::view},
        {"Reshape", Kind::view},
        {"SpaceToDepth", Kind::view},
        {"Squeeze", Kind::view},
        {"Transpose", Kind::view},
        {"Unsqueeze", Kind::view},
        {"Pad", Kind::padding},
        {"Concat", Kind::concatenation},
        {"Constant", Kind::folded},
        {"ConstantOfShape", Kind::folded},
        {"Equal", Kind::folded},
        {"Expand", Kind::folded},
        {"Greater", Kind::folded},
        {"Less", Kind::folded},
        {"ReduceProd", Kind::folded},
        {"Shape", Kind::folded},
        {"Resize", Kind::resizing},
        {"Upsample", Kind::resizing},
        {"Gather", Kind::slice},
        {"Slice", Kind::slice},
        {"Split", Kind::slice},
    };
    return table;
}

}  // namespace

Kind kind_of(const std::string& type)
{
    const auto found = kinds().find(type);
    return found == kinds().end() ? Kind::unsupported : found->second;
}

bool keeps_shape(const std::string& type)
{
    static const std::unordered_set<std::string> others{"Acos",
                                                        "Asin",
                                                        "Atan",
                                                        "Cos",
                                                        "CumSum",
                                                        "Hardmax",
                                                        "InstanceNormalization",
                                                        "LRN",
                                                        "LayerNormalization",
                                                        "LogSoftmax",
                                                        "LpNormalization",
                                                        "MeanVarianceNormalization",
                                                        "Mish",
                                                        "Gelu",
                                                        "Not",
                                                        "Sin",
                                                        "Softmax",
                                                        "Tan"};
    return kind_of(type) == Kind::fused || others.count(type) != 0;
}

}  // namespace plumbline::io
