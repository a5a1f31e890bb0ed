// SPDX-License-Identifier: Apache-2.0
#include "onnx/precision.hpp"

#include <algorithm>

namespace plumbline::io {
namespace {

constexpr Bits kQuantised{8};
constexpr Bits kNarrowSum{16};
constexpr Bits kWideSum{32};

Bits type_bits(std::int32_t type)
{
    switch (type) {
        case onnx::TensorProto::INT16:
        case onnx::TensorProto::UINT16: return Bits{16};
        case onnx::TensorProto::INT32:
        case onnx::TensorProto::UINT32: return Bits{32};
        case onnx::TensorProto::INT64:
        case onnx::TensorProto::UINT64: return Bits{64};
        default: return kQuantised;
    }
}

}  // namespace

Bits feature_bits(std::int32_t type, const OnnxOptions& options)
{
    return options.activations.value_or(type_bits(type));
}

Bits weight_bits(const Network& network, const Node& node, std::size_t input, bool* quantised)
{
    const Tensor& weights = network.tensor(node, input);
    if (weights.dequantised_from != 0) *quantised = true;
    const std::int32_t type = weights.dequantised_from != 0 ? weights.dequantised_from : weights.type;
    return network.options().weights.value_or(type_bits(type));
}

Bits partial_bits(const Layer& layer, bool quantised, const OnnxOptions& options)
{
    if (options.partial_sums) return *options.partial_sums;
    const bool wide = std::any_of(layer.inputs.begin(), layer.inputs.end(),
                                  [](const Operand& input) { return kQuantised < input.precision; });
    return quantised || wide ? kWideSum : kNarrowSum;
}

}  // namespace plumbline::io
