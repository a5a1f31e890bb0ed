// SPDX-License-Identifier: Apache-2.0
#include "plumbline/sim/layer_function.hpp"

#include <algorithm>
#include <limits>
#include <string>

#include "functional/channels_read.hpp"
#include "plumbline/error.hpp"

namespace plumbline::sim {
namespace {

[[noreturn]] void refuse(const Layer& layer, const std::string& problem)
{
    throw InputError{"layers." + layer.name, problem};
}

void expect_bytes(const Layer& layer, const std::string& operand, Bits precision)
{
    if (precision == Bits{8}) return;
    refuse(layer,
           operand + " has " + std::to_string(precision.count()) + " bits, expected 8: the machine computes with int8");
}

/// A layer that was built by hand, say an "Add" that was left the convolution that every layer is until it says otherwise.
void expect_implied_operation(const Layer& layer)
{
    const Operation implied = implied_operation(layer);
    if (implied == layer.operation || implied == Operation::other) return;
    throw InputError{"layers." + layer.name + ".operation",
                     "is '" + std::string{name_of(layer.operation)} + "', expected '" + std::string{name_of(implied)} +
                         "', which the operands of '" + layer.operator_type + "' imply"};
}

/// Products need one map and weights, pooling one map; an addition takes any number of maps and nothing else.
void check_operands(const Layer& layer)
{
    const Operand* weights = weights_of(layer);
    const std::size_t maps = layer.inputs.size() - (weights == nullptr ? 0 : 1);
    switch (layer.operation) {
        case Operation::convolution:
        case Operation::depthwise_convolution:
        case Operation::transposed_convolution:
        case Operation::matrix_product:
            if (weights != nullptr && maps == 1) return;
            break;
        case Operation::maximum_pooling:
        case Operation::average_pooling:
            if (maps == 1) return;
            break;
        case Operation::addition:
        case Operation::concatenation:
            if (weights == nullptr) return;
            break;
        case Operation::other: break;
    }
    expect_implied_operation(layer);
    refuse(layer, "is a '" + layer.operator_type +
                      "' that the machine cannot compute, expected a convolution, pooling or 'Add'");
}

/// All have 8 bits, but the weights of pooling have no values.
void check_precisions(const Layer& layer)
{
    expect_bytes(layer, layer.output.name + "_final", layer.final_precision);
    for (const Operand& input : layer.inputs) {
        if (!input.constant || !is_pooling(layer.operation)) {
            expect_bytes(layer, input.name, input.precision);
        } else if (input.precision > Bits{}) {
            refuse(layer, input.name + " has " + std::to_string(input.precision.count()) +
                              " bits, expected 0: a layer of " + std::string{name_of(layer.operation)} +
                              " has no weights");
        }
    }
}

Window window_of(const Layer& layer, const Operand& input, LoopDim position)
{
    for (const SlidingAxis& axis : input.sliding) {
        if (axis.position == position) return {axis.stride, axis.dilation, layer.sizes[axis.window], axis.window};
    }
    return {1, 1, 1, position == LoopDim::ox ? LoopDim::fx : LoopDim::fy};
}

/// Single features side by side, of which each output takes one.
bool takes_one_by_one(const Layer& layer, const SlidingAxis& axis)
{
    return axis.stride == 1 && layer.sizes[axis.window] == 1;
}

/// Channels of one map after another, all of the layer's. Of the first map some before may be left out, of the last behind. Rows
/// and columns may be up-sampled, or left out at the edges.
void check_concatenation(const Layer& layer)
{
    std::int64_t next = 0;
    for (const Operand& input : layer.inputs) {
        for (const SlidingAxis& axis : input.sliding) {
            if (takes_one_by_one(layer, axis)) continue;
            refuse(layer, axis.name + " has a window or a stride, expected one feature of " + input.name +
                              " for each of the output");
        }
        const SlidingAxis* const channels = axis_along(input, LoopDim::g);
        if (channels == nullptr || std::max<std::int64_t>(0, channels->padding_before) != next)
            refuse(layer, input.name + " does not follow channel " + std::to_string(next) +
                              ", expected one map beside the other");
        next += channels_read(*channels, layer.sizes[LoopDim::g]).count;
    }
    if (next == layer.sizes[LoopDim::g]) return;
    refuse(layer,
           "has " + std::to_string(layer.sizes[LoopDim::g]) + " channels, but its maps have " + std::to_string(next));
}

void check_axes(const Layer& layer, const Operand& input)
{
    for (const SlidingAxis& axis : input.sliding) {
        const bool window = axis.window == LoopDim::fx || axis.window == LoopDim::fy;
        if ((axis.position == LoopDim::ox || axis.position == LoopDim::oy) && window) continue;
        refuse(layer, axis.name + " slides along " + std::string{name_of(axis.position)} + " under " +
                          std::string{name_of(axis.window)} + ", expected OX or OY under FX or FY");
    }
}

bool corresponds(const Layer& layer, const Operand& input)
{
    DimSet indices = input.relevant;
    for (const SlidingAxis& axis : input.sliding) {
        if (!takes_one_by_one(layer, axis)) return false;
        indices.insert(axis.position);
    }
    return indices == layer.output.relevant;
}

/// Added features correspond one to one; rows and columns may lie in channels of a pixel, be up-sampled, or left out at the edges.
void check_addition(const Layer& layer)
{
    for (const Operand& input : layer.inputs) {
        if (corresponds(layer, input)) continue;
        refuse(layer, input.name + " has other indices than " + layer.output.name + ", expected the same");
    }
}

/// Iterations that one output sums over.
std::int64_t terms_of(const Layer& layer)
{
    std::int64_t terms = 1;
    for (LoopDim dim : kAllLoopDims) {
        if (!layer.output.relevant.contains(dim)) terms *= layer.sizes[dim];
    }
    return terms;
}

Requantisation scale_of(const Layer& layer)
{
    const bool addition = layer.operation == Operation::addition;
    const std::int64_t terms = addition ? static_cast<std::int64_t>(layer.inputs.size()) : terms_of(layer);
    if (terms >= kMostTerms) {
        refuse(layer, "sums " + std::to_string(terms) + " products, expected less than " + std::to_string(kMostTerms) +
                          ", or int32 overflows");
    }
    if (sums_products(layer.operation)) return convolution_scale(terms);
    if (layer.operation == Operation::average_pooling) return average_scale(terms);
    return addition ? addition_scale(terms) : Requantisation{};
}

}  // namespace

std::int8_t beyond_edges(const Layer& layer, bool bounded)
{
    const bool only_features = bounded && layer.operation == Operation::maximum_pooling;
    return only_features ? std::numeric_limits<std::int8_t>::min() : std::int8_t{0};
}

LayerFunction function_of(const Layer& layer)
{
    check_operands(layer);
    check_precisions(layer);
    LayerFunction function;
    function.operation = layer.operation;
    for (const Operand& input : layer.inputs) {
        if (layer.operation != Operation::concatenation) check_axes(layer, input);
        if (input.constant) continue;
        function.columns = window_of(layer, input, LoopDim::ox);
        function.rows = window_of(layer, input, LoopDim::oy);
    }
    if (layer.operation == Operation::addition) check_addition(layer);
    if (layer.operation == Operation::concatenation) check_concatenation(layer);
    function.scale = scale_of(layer);
    return function;
}

std::int64_t channels_of(const Operand& operand, const LoopSizes& sizes)
{
    std::int64_t product = 1;
    for (LoopDim dim : {LoopDim::b, LoopDim::g, LoopDim::k, LoopDim::c}) {
        if (operand.relevant.contains(dim)) product *= sizes[dim];
    }
    for (const SlidingAxis& axis : operand.sliding) {
        if (axis.position != LoopDim::ox && axis.position != LoopDim::oy) product *= axis.size.value_or(1);
    }
    return product;
}

const Operand* multiplied_weights(const Layer& layer)
{
    return sums_products(layer.operation) ? weights_of(layer) : nullptr;
}

std::int64_t weight_count(const Layer& layer)
{
    const Operand* weights = multiplied_weights(layer);
    return weights == nullptr ? 0 : elements(*weights, layer.sizes);
}

}  // namespace plumbline::sim
