// SPDX-License-Identifier: Apache-2.0
#include "plumbline/operation.hpp"

#include <array>
#include <utility>

#include "plumbline/workload.hpp"

namespace plumbline {
namespace {

constexpr std::array<std::string_view, 9> kOperationNames{
    "convolution",    "depthwise convolution", "transposed convolution",
    "matrix product", "maximum pooling",       "average pooling",
    "addition",       "concatenation",         "other"};

using NamedOperation = std::pair<std::string_view, Operation>;

/// Operator types of pooling that say which. "Pooling" does not.
constexpr std::array<NamedOperation, 4> kPoolings{{{"MaxPool", Operation::maximum_pooling},
                                                   {"GlobalMaxPool", Operation::maximum_pooling},
                                                   {"AveragePool", Operation::average_pooling},
                                                   {"GlobalAveragePool", Operation::average_pooling}}};

/// Operator types of products that their operands may not tell apart from a convolution.
constexpr std::array<NamedOperation, 4> kProducts{{{"DepthwiseConv", Operation::depthwise_convolution},
                                                   {"ConvTranspose", Operation::transposed_convolution},
                                                   {"Gemm", Operation::matrix_product},
                                                   {"MatMul", Operation::matrix_product}}};

template <std::size_t N>
std::optional<Operation> operation_named(const std::array<NamedOperation, N>& operations, std::string_view name)
{
    for (const auto& [type, operation] : operations) {
        if (type == name) return operation;
    }
    return std::nullopt;
}

/// A layer that makes one pixel is taken for the mean of a map, which ends most networks of classification.
Operation usual_pooling(const Layer& layer)
{
    const bool one_pixel = layer.sizes[LoopDim::ox] == 1 && layer.sizes[LoopDim::oy] == 1;
    return one_pixel ? Operation::average_pooling : Operation::maximum_pooling;
}

}  // namespace

std::string_view name_of(Operation operation) { return kOperationNames[static_cast<std::size_t>(operation)]; }

std::optional<Operation> pooling_named(std::string_view function)
{
    if (function == "maximum") return Operation::maximum_pooling;
    if (function == "average") return Operation::average_pooling;
    return std::nullopt;
}

Operation implied_operation(const Layer& layer)
{
    if (const auto pooling = operation_named(kPoolings, layer.operator_type)) return *pooling;
    if (layer.operator_type == "Pooling") return usual_pooling(layer);
    const Operand* weights = weights_of(layer);
    const bool one_map = weights != nullptr && layer.inputs.size() == 2;
    // ZigZag writes pooling as a product with weights of no bits.
    if (one_map && weights->precision == Bits{}) return usual_pooling(layer);
    if (const auto product = operation_named(kProducts, layer.operator_type)) return *product;
    if (weights == nullptr && layer.operator_type == "Add") return Operation::addition;
    if (weights == nullptr && layer.operator_type == "Concat") return Operation::concatenation;
    if (!one_map) return Operation::other;
    const bool per_channel = weights->relevant.contains(LoopDim::g) && !weights->relevant.contains(LoopDim::c);
    return per_channel ? Operation::depthwise_convolution : Operation::convolution;
}

}  // namespace plumbline
