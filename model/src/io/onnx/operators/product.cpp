// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "onnx/geometry.hpp"
#include "onnx/graph/attributes.hpp"
#include "onnx/lowering.hpp"
#include "onnx/precision.hpp"

namespace plumbline::io {
namespace {

/// The two matrices of a node, as its inputs number them.
struct Matrices {
    std::size_t first = 0;
    std::size_t second = 1;
    bool first_transposed = false;
    bool second_transposed = false;
};

Matrices matrices_of(const Node& node)
{
    if (node.type == "QLinearMatMul") return {0, 3};
    if (node.type != "Gemm") return {};
    return {0, 1, integer(node, "transA", 0) != 0, integer(node, "transB", 0) != 0};
}

std::string layer_type(const Node& node) { return node.type == "Gemm" ? "Gemm" : "MatMul"; }

bool is_quantised(const Node& node)
{
    return node.quantised || node.type == "QLinearMatMul" || node.type == "MatMulInteger";
}

/// A computed matrix that meets constant weights.
struct Operands {
    std::size_t feature = 0;  ///< input that is computed
    std::size_t weights = 1;
    std::size_t summed = 1;    ///< axis of the feature that is summed over
    std::size_t kept = 0;      ///< the other of its two axes
    std::int64_t outputs = 1;  ///< that the weights make of each sum
    bool new_axis_last = true;
};

Operands operands_of(const Network& network, const Node& node, const Matrices& matrices)
{
    const bool second = network.is_computed(node, matrices.second);
    const std::size_t feature = second ? matrices.second : matrices.first;
    const std::size_t weights = second ? matrices.first : matrices.second;
    const Shape& map = network.shape(node, feature);
    const Shape& shape = network.shape(node, weights);
    check_shape(network.graph(), node.place, shape);
    if (map.size() < 2 || shape.size() < 2)
        refuse(network.graph(), node, "multiplies a vector, expected at least 2 dimensions");
    if (count_of({shape.begin(), shape.end() - 2}) != 1)
        refuse(network.graph(), node, "has weights of " + text_of(shape) + ", expected one matrix for all");
    const bool transposed = second ? matrices.second_transposed : matrices.first_transposed;
    const bool weights_transposed = second ? matrices.first_transposed : matrices.second_transposed;
    // The feature is summed over its last axis as the first matrix, else over the one before; weights the other way round.
    const bool sums_last = second == transposed;
    const bool makes_last = second == weights_transposed;
    const std::int64_t terms = makes_last ? shape[shape.size() - 2] : shape[shape.size() - 1];
    if (terms != map[sums_last ? map.size() - 1 : map.size() - 2])
        refuse(network.graph(), node,
               "multiplies " + text_of(map) + " by weights of " + text_of(shape) + ", expected as many terms in both");
    return {feature,
            weights,
            sums_last ? map.size() - 1 : map.size() - 2,
            sums_last ? map.size() - 2 : map.size() - 1,
            makes_last ? shape[shape.size() - 1] : shape[shape.size() - 2],
            !second};
}

/// Of an input of the network: the summed axis is channels, the other one columns behind a batch, and the batch without.
void bind_axes(Network& network, const Feature& feature, std::size_t summed, std::size_t kept)
{
    network.roles().bind(feature.layout[summed], Role::channel);
    if (feature.layout.size() > 2) network.roles().bind(feature.layout[kept], Role::column);
    for (const Axis& axis : feature.layout) network.roles().bind(axis, Role::batch);
}

/// Channels are summed, and where a map was flattened its rows and columns with them: as by a window that covers it.
bool sums_channels(const Network& network, const Node& node, const Feature& feature, std::size_t summed,
                   const OpenRoles& roles)
{
    const Layout alone{feature.layout[summed]};
    if (size_of(alone, Role::batch, roles) != 1)
        refuse(network.graph(), node, "sums over the batch, expected channels");
    for (Role role : {Role::channel, Role::row, Role::column}) {
        const std::int64_t here = size_of(alone, role, roles);
        const std::int64_t all = size_of(feature.layout, role, roles);
        if (here != all && (role == Role::channel || here != 1)) return false;
    }
    return true;
}

/// A window along rows or columns: over all of them where they are summed, else one pixel at each position.
Window window_along(const Feature& feature, std::size_t summed, Role role, const OpenRoles& roles)
{
    const std::int64_t map = size_of(feature.layout, role, roles);
    const bool is_summed = size_of({feature.layout[summed]}, role, roles) == map;
    return {role, map, is_summed ? map : 1, 1, 1, 0, is_summed ? 1 : map};
}

Layer product_layer(Network& network, const Node& node, const Feature& feature, const Operands& operands)
{
    bool quantised = is_quantised(node);
    Layer layer = network.new_layer(node, layer_type(node));
    Operand weights{"W", {}, {}, weight_bits(network, node, operands.weights, &quantised), true, {}};
    Operand map = network.operand("I", feature);
    layer.sizes[LoopDim::b] = size_of(feature.layout, Role::batch, network.roles());
    layer.sizes[LoopDim::k] = operands.outputs;
    layer.sizes[LoopDim::c] = size_of(feature.layout, Role::channel, network.roles());
    for (LoopDim dim : {LoopDim::b, LoopDim::k}) layer.output.relevant.insert(dim);
    for (LoopDim dim : {LoopDim::k, LoopDim::c}) weights.relevant.insert(dim);
    for (LoopDim dim : {LoopDim::b, LoopDim::c}) map.relevant.insert(dim);
    for (Role role : {Role::row, Role::column}) {
        const Window window = window_along(feature, operands.summed, role, network.roles());
        layer.sizes[position_dim(role)] = window.output;
        layer.sizes[window_dim(role)] = window.kernel;
        layer.output.relevant.insert(position_dim(role));
        weights.relevant.insert(window_dim(role));
        map.sliding.push_back(sliding_axis(window));
    }
    layer.inputs = {weights, map};
    layer.output.precision = partial_bits(layer, quantised, network.options());
    return layer;
}

/// The axes that are kept, and a new one of channels.
Layout product_layout(const Feature& feature, const Operands& operands, std::size_t rank)
{
    Layout layout;
    for (std::size_t axis = 0; axis + 2 < feature.layout.size(); ++axis) layout.push_back(feature.layout[axis]);
    layout.push_back(feature.layout[operands.kept]);
    layout.insert(operands.new_axis_last ? layout.end() : layout.end() - 1,
                  whole_axis(Role::channel, operands.outputs));
    // Weights of more dimensions put axes of size 1 before.
    while (layout.size() < rank) layout.insert(layout.begin(), Axis{});
    return layout;
}

/// Whether weights are other ones for other parts of the batch or of the channels.
bool has_many_matrices(const Network& network, const Node& node, std::size_t weights)
{
    if (network.is_computed(node, weights)) return false;
    const Shape& shape = network.shape(node, weights);
    return shape.size() > 2 && count_of({shape.begin(), shape.end() - 2}) > 1;
}

void lower_weighted(Network& network, const Node& node, const Matrices& matrices)
{
    const Operands operands = operands_of(network, node, matrices);
    Feature feature = network.feature(node, operands.feature);
    bind_axes(network, feature, operands.summed, operands.kept);
    if (!sums_channels(network, node, feature, operands.summed, network.roles()))
        feature = as_sequence(network, node, feature, {operands.summed});
    Layer layer = product_layer(network, node, feature, operands);
    Layout layout = product_layout(feature, operands, network.output_shape(node).size());
    network.add(node, std::move(layer), std::move(layout));
}

}  // namespace

void lower_product(Network& network, const Node& node)
{
    const Matrices matrices = matrices_of(node);
    if (node.type == "Gemm" && network.is_computed(node, 2))
        refuse(network.graph(), node, "adds a computed C, expected a constant");
    const bool for_each = has_many_matrices(network, node, matrices.second);
    if (network.is_computed(node, matrices.first) && (network.is_computed(node, matrices.second) || for_each))
        return lower_computed_product(network, node, matrices.first, matrices.second);
    lower_weighted(network, node, matrices);
}

}  // namespace plumbline::io
