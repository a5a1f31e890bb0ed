// SPDX-License-Identifier: Apache-2.0
#include "plumbline/sim/layer_function.hpp"

#include <string>

#include "plumbline/error.hpp"

namespace plumbline::sim {
namespace {

using Kind = LayerFunction::Kind;

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

const Operand* constant_of(const Layer& layer)
{
    for (const Operand& input : layer.inputs) {
        if (input.constant) return &input;
    }
    return nullptr;
}

Kind kind_of(const Layer& layer)
{
    const Operand* constant = constant_of(layer);
    const std::size_t maps = layer.inputs.size() - (constant == nullptr ? 0 : 1);
    if (constant == nullptr && layer.operator_type == "Add") return Kind::addition;
    if (constant == nullptr || maps != 1) {
        refuse(layer, "is a '" + layer.operator_type +
                          "' that the machine cannot compute, expected a convolution, pooling or 'Add'");
    }
    if (constant->precision > Bits{}) return Kind::convolution;
    return layer.sizes[LoopDim::oy] * layer.sizes[LoopDim::ox] == 1 ? Kind::average : Kind::maximum;
}

Window window_of(const Layer& layer, const Operand& input, LoopDim position)
{
    for (const SlidingAxis& axis : input.sliding) {
        if (axis.position == position) return {axis.stride, axis.dilation, layer.sizes[axis.window], axis.window};
    }
    return {1, 1, 1, position == LoopDim::ox ? LoopDim::fx : LoopDim::fy};
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

/// Added features correspond one to one.
void check_addition(const Layer& layer)
{
    for (const Operand& input : layer.inputs) {
        if (input.relevant == layer.output.relevant && input.sliding.empty()) continue;
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

Requantisation scale_of(const Layer& layer, Kind kind)
{
    const std::int64_t terms =
        kind == Kind::addition ? static_cast<std::int64_t>(layer.inputs.size()) : terms_of(layer);
    if (terms >= kMostTerms) {
        refuse(layer, "sums " + std::to_string(terms) + " products, expected less than " + std::to_string(kMostTerms) +
                          ", or int32 overflows");
    }
    if (kind == Kind::convolution) return convolution_scale(terms);
    if (kind == Kind::average) return average_scale(terms);
    return kind == Kind::addition ? addition_scale(terms) : Requantisation{};
}

}  // namespace

std::string_view name_of(Kind kind)
{
    switch (kind) {
        case Kind::convolution: return "convolution";
        case Kind::maximum: return "maximum";
        case Kind::average: return "average";
        case Kind::addition: break;
    }
    return "addition";
}

LayerFunction function_of(const Layer& layer)
{
    LayerFunction function;
    function.kind = kind_of(layer);
    expect_bytes(layer, layer.output.name + "_final", layer.final_precision);
    for (const Operand& input : layer.inputs) {
        check_axes(layer, input);
        const bool no_weights = input.constant && input.precision == Bits{};
        if (!no_weights) expect_bytes(layer, input.name, input.precision);
        if (input.constant) continue;
        function.columns = window_of(layer, input, LoopDim::ox);
        function.rows = window_of(layer, input, LoopDim::oy);
    }
    if (function.kind == Kind::addition) check_addition(layer);
    function.scale = scale_of(layer, function.kind);
    return function;
}

std::int64_t channels_of(const Operand& operand, const LoopSizes& sizes)
{
    std::int64_t product = 1;
    for (LoopDim dim : {LoopDim::b, LoopDim::g, LoopDim::k, LoopDim::c}) {
        if (operand.relevant.contains(dim)) product *= sizes[dim];
    }
    return product;
}

std::int64_t weight_count(const Layer& layer)
{
    const Operand* constant = constant_of(layer);
    return constant == nullptr || constant->precision == Bits{} ? 0 : elements(*constant, layer.sizes);
}

}  // namespace plumbline::sim
