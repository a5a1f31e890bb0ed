// SPDX-License-Identifier: Apache-2.0
#include "onnx/graph/operators.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace plumbline::io {
namespace {

using Type = std::string_view;

constexpr std::array<Type, 3> kConvolutions{"Conv", "QLinearConv", "ConvInteger"};
constexpr std::array<Type, 1> kTransposed{"ConvTranspose"};
constexpr std::array<Type, 4> kProducts{"Gemm", "MatMul", "QLinearMatMul", "MatMulInteger"};

constexpr std::array<Type, 6> kPoolings{"MaxPool",       "AveragePool",       "LpPool",
                                        "GlobalMaxPool", "GlobalAveragePool", "GlobalLpPool"};
constexpr std::array<Type, 12> kReductions{"ReduceMean",   "ReduceMax",       "ReduceMin", "ReduceSum",
                                           "ReduceProd",   "ReduceL1",        "ReduceL2",  "ReduceSumSquare",
                                           "ReduceLogSum", "ReduceLogSumExp", "ArgMax",    "ArgMin"};
constexpr std::array<Type, 6> kNormalisations{
    "Softmax",        "LogSoftmax", "LayerNormalization", "InstanceNormalization", "MeanVarianceNormalization",
    "LpNormalization"};
constexpr std::array<Type, 1> kResponses{"LRN"};

/// Arithmetic, choice, comparison and logic of the values of two maps.
constexpr std::array<Type, 21> kElementwise{
    "Add", "Sub",      "Mul",   "Div",   "Max",   "Min",     "Sum",  "Mean",           "Pow",
    "Mod", "BitShift", "PRelu", "Where", "Equal", "Greater", "Less", "GreaterOrEqual", "LessOrEqual",
    "And", "Or",       "Xor"};

constexpr std::array<Type, 16> kActivations{"Celu",      "Clip",     "Elu",  "HardSigmoid",     "HardSwish",
                                            "LeakyRelu", "Relu",     "Selu", "Shrink",          "Sigmoid",
                                            "Softplus",  "Softsign", "Tanh", "ThresholdedRelu", "BatchNormalization",
                                            "Dropout"};
/// Of a number, or of what it is: Not, IsNaN, IsInf.
constexpr std::array<Type, 28> kFunctions{"Abs",   "Acos", "Acosh", "Asin", "Asinh",      "Atan",  "Atanh",
                                          "Ceil",  "Cos",  "Cosh",  "Erf",  "Exp",        "Floor", "IsInf",
                                          "IsNaN", "Log",  "Neg",   "Not",  "Reciprocal", "Round", "Sign",
                                          "Sin",   "Sinh", "Sqrt",  "Tan",  "Identity",   "Cast",  "CastLike"};
constexpr std::array<Type, 3> kQuantisation{"DequantizeLinear", "DynamicQuantizeLinear", "QuantizeLinear"};

constexpr std::array<Type, 7> kViews{"DepthToSpace", "Flatten",   "Reshape",  "SpaceToDepth",
                                     "Squeeze",      "Transpose", "Unsqueeze"};
constexpr std::array<Type, 1> kPaddings{"Pad"};
constexpr std::array<Type, 1> kConcatenations{"Concat"};
constexpr std::array<Type, 2> kResizings{"Resize", "Upsample"};
constexpr std::array<Type, 2> kExpansions{"Expand", "Tile"};
constexpr std::array<Type, 3> kSlices{"Gather", "Slice", "Split"};
constexpr std::array<Type, 4> kFolded{"Constant", "ConstantOfShape", "Shape", "Size"};

/// Nobody computes these, but their output is as large as what they read.
constexpr std::array<Type, 4> kOthersOfOneShape{"CumSum", "Gelu", "Hardmax", "Mish"};

struct Part {
    Kind kind;
    const Type* begin;
    const Type* end;
};

template <std::size_t N>
constexpr Part part(Kind kind, const std::array<Type, N>& types)
{
    return {kind, types.data(), types.data() + N};
}

constexpr std::array<Part, 18> kParts{part(Kind::convolution, kConvolutions),
                                      part(Kind::transposed, kTransposed),
                                      part(Kind::product, kProducts),
                                      part(Kind::pooling, kPoolings),
                                      part(Kind::reduction, kReductions),
                                      part(Kind::normalisation, kNormalisations),
                                      part(Kind::response, kResponses),
                                      part(Kind::elementwise, kElementwise),
                                      part(Kind::fused, kActivations),
                                      part(Kind::fused, kFunctions),
                                      part(Kind::fused, kQuantisation),
                                      part(Kind::view, kViews),
                                      part(Kind::padding, kPaddings),
                                      part(Kind::concatenation, kConcatenations),
                                      part(Kind::resizing, kResizings),
                                      part(Kind::expansion, kExpansions),
                                      part(Kind::slice, kSlices),
                                      part(Kind::folded, kFolded)};

}  // namespace

Kind kind_of(const std::string& type)
{
    for (const Part& each : kParts)
        if (std::find(each.begin, each.end, type) != each.end) return each.kind;
    return Kind::unsupported;
}

bool keeps_shape(const std::string& type)
{
    const Kind kind = kind_of(type);
    if (kind == Kind::fused || kind == Kind::normalisation || kind == Kind::response) return true;
    return std::find(kOthersOfOneShape.begin(), kOthersOfOneShape.end(), type) != kOthersOfOneShape.end();
}

}  // namespace plumbline::io
