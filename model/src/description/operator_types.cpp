// SPDX-License-Identifier: Apache-2.0
#include "description/operator_types.hpp"

#include <algorithm>
#include <array>

namespace plumbline::detail {
namespace {

/// Products, pooling, and the addition whose rules others go by.
constexpr std::array<std::string_view, 11> kUsual{
    "Conv", "DepthwiseConv", "ConvTranspose", "Gemm",          "MatMul",           "Pooling",
    "Add",  "MaxPool",       "AveragePool",   "GlobalMaxPool", "GlobalAveragePool"};
/// Values of two maps are joined one by one, as an addition does.
constexpr std::array<std::string_view, 19> kJoins{"Concat",      "Sub",   "Mul",     "Div",   "Max",
                                                  "Min",         "Pow",   "PRelu",   "Where", "Mod",
                                                  "BitShift",    "Equal", "Greater", "Less",  "GreaterOrEqual",
                                                  "LessOrEqual", "And",   "Or",      "Xor"};
/// Passes over the values of a map, of an operation each.
constexpr std::array<std::string_view, 7> kNormalisations{
    "Softmax",         "LogSoftmax", "LayerNormalization", "InstanceNormalization", "MeanVarianceNormalization",
    "LpNormalization", "LRN"};
constexpr std::array<std::string_view, 14> kReductions{
    "ReduceMean",      "ReduceMax",    "ReduceMin",       "ReduceSum", "ReduceProd", "ReduceL1", "ReduceL2",
    "ReduceSumSquare", "ReduceLogSum", "ReduceLogSumExp", "ArgMax",    "ArgMin",     "LpPool",   "GlobalLpPool"};

template <class Types>
bool holds(const Types& types, std::string_view type)
{
    return std::find(types.begin(), types.end(), type) != types.end();
}

}  // namespace

bool goes_by_values(std::string_view type)
{
    return holds(kJoins, type) || holds(kNormalisations, type) || holds(kReductions, type);
}

bool is_operator_type(std::string_view name) { return holds(kUsual, name) || goes_by_values(name); }

std::vector<std::string_view> operator_types()
{
    std::vector<std::string_view> all{kUsual.begin(), kUsual.end()};
    all.insert(all.end(), kJoins.begin(), kJoins.end());
    all.insert(all.end(), kNormalisations.begin(), kNormalisations.end());
    all.insert(all.end(), kReductions.begin(), kReductions.end());
    return all;
}

}  // namespace plumbline::detail
