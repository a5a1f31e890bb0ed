// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "onnx/geometry.hpp"
#include "onnx/lowering.hpp"
#include "onnx/precision.hpp"

namespace plumbline::io {
namespace {

/// Loops that axes before the two of a matrix run over.
struct Leading {
    std::int64_t batches = 1;
    std::int64_t groups = 1;  ///< parts of the channels, as heads of attention
};

/// Axes before the last two are batches, the last one is channels, that before it is columns (of two axes alone: the batch).
void bind_first(OpenRoles& roles, const Layout& layout)
{
    roles.bind(layout.back(), Role::channel);
    if (layout.size() > 2) roles.bind(layout[layout.size() - 2], Role::column);
    for (const Axis& axis : layout) roles.bind(axis, Role::batch);
}

void bind_second(OpenRoles& roles, const Layout& layout)
{
    for (std::size_t axis = layout.size() - 2; axis < layout.size(); ++axis) roles.bind(layout[axis], Role::channel);
    for (const Axis& axis : layout) roles.bind(axis, Role::batch);
}

bool holds_only(const Axis& axis, std::initializer_list<Role> allowed, const OpenRoles& roles)
{
    return std::all_of(axis.begin(), axis.end(), [&](const Factor& factor) {
        return std::find(allowed.begin(), allowed.end(), roles.role_of(factor)) != allowed.end();
    });
}

Leading leading_of(Network& network, const Node& node, const Layout& layout)
{
    Leading leading;
    for (std::size_t axis = 0; axis + 2 < layout.size(); ++axis) {
        if (!holds_only(layout[axis], {Role::batch, Role::channel}, network.roles()))
            refuse(network.graph(), node,
                   "repeats a product for rows or columns, expected batches or parts of the channels");
        const Layout alone{layout[axis]};
        leading.batches *= size_of(alone, Role::batch, network.roles());
        leading.groups *= size_of(alone, Role::channel, network.roles());
    }
    return leading;
}

bool has_leading_pixels(const Layout& layout, const OpenRoles& roles)
{
    return std::any_of(layout.begin(), layout.end() - 2, [&](const Axis& axis) {
        return !holds_only(axis, {Role::batch, Role::channel}, roles);
    });
}

/// Whether the last axis of the first map is channels, that before it none of them, and others no rows or columns.
bool lies_as_matrices(const Layout& first, const OpenRoles& roles)
{
    return holds_only(first.back(), {Role::channel}, roles) &&
           holds_only(first[first.size() - 2], {Role::batch, Role::row, Role::column}, roles) &&
           !has_leading_pixels(first, roles);
}

/// As a map of these: rows of matrices are its columns, parts of the map for which there is a matrix each are groups of its channels.
Feature as_matrices(Network& network, const Node& node, const Feature& map)
{
    std::vector<std::size_t> channels;
    for (std::size_t axis = 0; axis < map.layout.size(); ++axis)
        if (axis + 2 != map.layout.size() && held_role(map.layout[axis], network.roles()) != Role::batch)
            channels.push_back(axis);
    return as_sequence(network, node, map, channels);
}

void check_matrices(Network& network, const Node& node, const Layout& second)
{
    const OpenRoles& roles = network.roles();
    for (std::size_t axis = second.size() - 2; axis < second.size(); ++axis)
        if (!holds_only(second[axis], {Role::channel}, roles))
            refuse(network.graph(), node,
                   "multiplies by a computed map whose matrices have batches in them, expected rows, columns and "
                   "channels");
}

/// A group keeps its place among the channels, which are as many as the product makes.
Layout output_layout(const Layout& first, std::int64_t terms, std::int64_t outputs, const OpenRoles& roles)
{
    Layout layout{first.begin(), first.end() - 1};
    for (Axis& axis : layout)
        for (Factor& factor : axis)
            if (roles.role_of(factor) == Role::channel) factor.step = factor.step / terms * outputs;
    layout.push_back(whole_axis(Role::channel, outputs));
    return layout;
}

void index_maps(Layer& layer, Operand& second, Operand& first, const Leading& leading)
{
    for (Operand* operand : {&layer.output, &first}) {
        for (LoopDim dim : {LoopDim::b, LoopDim::oy, LoopDim::ox}) operand->relevant.insert(dim);
        if (leading.groups > 1) operand->relevant.insert(LoopDim::g);
    }
    layer.output.relevant.insert(LoopDim::k);
    first.relevant.insert(LoopDim::c);
    for (LoopDim dim : {LoopDim::k, LoopDim::c}) second.relevant.insert(dim);
}

/// Axes before the last two mean what those of the first map do.
Feature constant_matrices(Network& network, const Node& node, std::size_t input, const Feature& first)
{
    Layout like = first.layout;
    for (std::size_t axis = like.size() - 2; axis < like.size(); ++axis) like[axis].clear();
    return network.constant_map(node, input, like);
}

}  // namespace

void lower_computed_product(Network& network, const Node& node, std::size_t first_input, std::size_t second_input)
{
    Feature first = network.feature(node, first_input);
    if (first.layout.size() < 2) refuse(network.graph(), node, "multiplies a vector, expected at least 2 dimensions");
    const bool constant = !network.is_computed(node, second_input);
    Feature second =
        constant ? constant_matrices(network, node, second_input, first) : network.feature(node, second_input);
    if (node.type == "Gemm" || second.layout.size() < 2)
        refuse(network.graph(), node, "multiplies two computed maps, expected MatMul of at least 2 dimensions each");
    bind_first(network.roles(), first.layout);
    bind_second(network.roles(), second.layout);
    if (!lies_as_matrices(first.layout, network.roles())) first = as_matrices(network, node, first);
    if (has_pixels({second.layout.end() - 2, second.layout.end()}, network.roles()) ||
        has_leading_pixels(second.layout, network.roles()))
        second = in_one_pixel(network, node, second);
    check_matrices(network, node, second.layout);
    const Leading leading = leading_of(network, node, first.layout);
    const Leading of_second = leading_of(network, node, second.layout);
    const std::int64_t terms = size_of(first.layout.back());
    const std::int64_t outputs = size_of(second.layout.back());
    const bool alike = (of_second.batches == 1 || of_second.batches == leading.batches) &&
                       (of_second.groups == 1 || of_second.groups == leading.groups) &&
                       size_of(first.layout, Role::channel, network.roles()) == leading.groups * terms;
    if (!alike || first.layout.size() < second.layout.size())
        refuse(network.graph(), node,
               "repeats its two matrices differently, expected equal batches or one matrix for all");

    Layer layer = network.new_layer(node, "MatMul");
    Operand map = network.operand("I", first);
    Operand weights = network.operand("W", second);
    weights.constant = !second.layer;
    bool quantised = node.type != "MatMul" || node.quantised;
    if (constant) weights.precision = weight_bits(network, node, second_input, &quantised);
    layer.sizes[LoopDim::b] = size_of(first.layout, Role::batch, network.roles());
    layer.sizes[LoopDim::g] = leading.groups;
    layer.sizes[LoopDim::oy] = size_of(first.layout, Role::row, network.roles());
    layer.sizes[LoopDim::ox] = size_of(first.layout, Role::column, network.roles());
    layer.sizes[LoopDim::c] = terms;
    layer.sizes[LoopDim::k] = outputs;
    index_maps(layer, weights, map, leading);
    if (of_second.batches > 1) weights.relevant.insert(LoopDim::b);
    if (of_second.groups > 1) weights.relevant.insert(LoopDim::g);
    layer.inputs = {weights, map};
    layer.output.precision = partial_bits(layer, quantised, network.options());
    network.add(node, std::move(layer), output_layout(first.layout, terms, outputs, network.roles()));
}

}  // namespace plumbline::io
