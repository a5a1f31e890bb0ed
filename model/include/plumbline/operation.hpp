// SPDX-License-Identifier: Apache-2.0
// What a layer computes of its operands.
//
// The equation of a layer says which loop dimensions index its operands, and with them what it costs. Its operation says
// what is done with the values, which the cost does not depend on: whether window and input channels are summed or the
// largest value is taken. A reader finds it in the description (`operator_type` and `pooling` of a workload's YAML) and
// writes it to `Layer::operation`; nobody guesses it again. Layers built in C++ say it themselves, or ask
// `implied_operation` (workload.hpp).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#pragma GCC visibility push(default)
namespace plumbline {

/// What becomes of the values of a layer's operands.
enum class Operation : std::uint8_t {
    convolution,            ///< sums of weights times features; a fully connected layer is one of 1x1 on one pixel
    depthwise_convolution,  ///< a convolution in which each channel has weights of its own and sums nothing of others
    /// A convolution of a map with zeros between its features: `upsampling - 1` behind each along an axis (SlidingAxis). Products
    /// with these zeros are made and counted, as those with padding are.
    transposed_convolution,
    matrix_product,   ///< sums of products of two matrices; either may be weights
    maximum_pooling,  ///< the largest feature of each window
    average_pooling,  ///< the mean of the features of each window
    addition,         ///< sums of the corresponding features of two maps
    concatenation,    ///< channels of two maps beside each other, copied as they are
    other,            ///< anything else: it has a cost, but the functional mode cannot compute it
};

/// "convolution", "depthwise convolution", "transposed convolution", "matrix product", "maximum pooling", "average pooling", "addition", "concatenation",
/// "other".
std::string_view name_of(Operation operation);

/// Whether an output is a sum of products of weights (or a second matrix) and features.
constexpr bool sums_products(Operation operation)
{
    return operation == Operation::convolution || operation == Operation::depthwise_convolution ||
           operation == Operation::transposed_convolution || operation == Operation::matrix_product;
}

/// Whether an output is the maximum or the mean of a window, so that weights have no values.
constexpr bool is_pooling(Operation operation)
{
    return operation == Operation::maximum_pooling || operation == Operation::average_pooling;
}

/// Pooling of the function called "maximum" or "average"; nothing for other names.
std::optional<Operation> pooling_named(std::string_view function);

}  // namespace plumbline
#pragma GCC visibility pop
