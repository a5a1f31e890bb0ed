// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <numeric>

#include "onnx/graph/attributes.hpp"
#include "onnx/lowering.hpp"
#include "onnx/operators/region.hpp"
#include "onnx/precision.hpp"

namespace plumbline::io {
namespace {

/// Axes from one on.
std::vector<std::int64_t> axes_from(std::int64_t first, std::int64_t rank)
{
    std::vector<std::int64_t> axes(static_cast<std::size_t>(std::max<std::int64_t>(0, rank - first)));
    std::iota(axes.begin(), axes.end(), first);
    return axes;
}

/// As the node names them. Before opset 13, Softmax took all axes from the one that it names on; LayerNormalization always does.
std::vector<std::int64_t> named_axes(const Network& network, const Node& node, std::int64_t rank)
{
    if (!node.axes.empty()) return node.axes;
    if (node.type == "InstanceNormalization") return axes_from(2, rank);
    if (node.type == "MeanVarianceNormalization") {
        const std::vector<std::int64_t> given = integers(node, "axes");
        return given.empty() ? std::vector<std::int64_t>{0, 2, 3} : given;
    }
    const bool softmax = node.type == "Softmax" || node.type == "LogSoftmax";
    const bool old = softmax && network.graph().opset < 13;
    const std::int64_t given = integer(node, "axis", old ? 1 : -1);
    if (node.type != "LayerNormalization" && !old) return {given};
    return axes_from(given < 0 ? given + rank : given, rank);
}

std::vector<std::size_t> normalised_axes(const Network& network, const Node& node)
{
    const auto rank = static_cast<std::int64_t>(network.output_shape(node).size());
    std::vector<std::size_t> axes;
    for (std::int64_t axis : named_axes(network, node, rank)) {
        if (axis < -rank || axis >= rank)
            refuse(network.graph(), node, "names axis " + std::to_string(axis) + " of " + std::to_string(rank));
        axes.push_back(static_cast<std::size_t>(axis < 0 ? axis + rank : axis));
    }
    if (axes.empty()) refuse(network.graph(), node, "normalises no axis of " + std::to_string(rank));
    return axes;
}

/// Of an input of the network: what several axes that nobody has named are, rows before columns. They may lie in one, which a Reshape has made.
void bind_pixels(OpenRoles& roles, const Layout& layout, const std::vector<std::size_t>& axes)
{
    std::vector<Factor> open;
    for (std::size_t axis : axes)
        for (const Factor& factor : layout[axis])
            if (roles.role_of(factor) == Role::open && (open.empty() || open.back().open != factor.open))
                open.push_back(factor);
    if (!open.empty()) roles.bind({open.back()}, Role::column);
    if (open.size() == 2) roles.bind({open.front()}, Role::row);
}

/// Of an input of the network: what is normalised is channels. Before a last axis lie the tokens of a sequence, or the rows and columns of a
/// map; Softmax finds the heads of attention before them. Several axes are what they usually are.
void bind_axes(Network& network, const Node& node, const Layout& layout)
{
    OpenRoles& roles = network.roles();
    const std::vector<std::size_t> axes = normalised_axes(network, node);
    if (node.type == "InstanceNormalization") {
        roles.bind(layout[1], Role::channel);
        bind_pixels(roles, layout, axes);
    }
    const bool usual = node.type == "MeanVarianceNormalization" || node.type == "InstanceNormalization" ||
                       (node.type == "LayerNormalization" && axes.size() > 1);
    if (usual) return bind_usual(roles, layout);
    for (std::size_t axis : axes) roles.bind(layout[axis], Role::channel);
    const bool last = layout.size() > 2 && axes.front() + 1 == layout.size();
    if (last) roles.bind(layout[layout.size() - 2], Role::column);
    if (last && layout.size() == 4)
        roles.bind(layout[1], node.type == "LayerNormalization" ? Role::row : Role::channel);
    bind_usual(roles, layout);
}

/// Whether axes are channels, or may be: an input of the network has channels behind the tokens of a sequence, before pixels else.
bool are_channels(Network& network, const Layout& layout, const std::vector<std::size_t>& axes)
{
    const OpenRoles& roles = network.roles();
    return std::all_of(axes.begin(), axes.end(), [&](std::size_t axis) {
        return std::all_of(layout[axis].begin(), layout[axis].end(), [&](const Factor& factor) {
            const Role role = roles.role_of(factor);
            const std::size_t usual = layout.size() == 3 && roles.expects_sequences() ? 2 : 1;
            return role == Role::channel || (role == Role::open && axis == usual);
        });
    });
}

bool holds_channels_alone(const Layout& layout, const std::vector<std::size_t>& axes, const OpenRoles& roles)
{
    return std::all_of(axes.begin(), axes.end(), [&](std::size_t axis) {
        return layout[axis].empty() || held_role(layout[axis], roles) == Role::channel;
    });
}

/// Whether axes hold channels, and rows or columns with them.
bool mixes_channels(const Layout& layout, const std::vector<std::size_t>& axes, const OpenRoles& roles)
{
    return std::any_of(axes.begin(), axes.end(), [&](std::size_t axis) {
        return is_mixed(layout, axis, roles) && size_of({layout[axis]}, Role::channel, roles) > 1;
    });
}

/// What is normalised together. Softmax finds channels alone: a layer copies a map so that they are.
Region normalised_region(Network& network, const Node& node, Feature& map)
{
    const std::vector<std::size_t> axes = normalised_axes(network, node);
    const bool softmax = node.type == "Softmax" || node.type == "LogSoftmax" || node.type == "LpNormalization";
    if (!softmax) {
        const std::string problem = problem_of_region(map.layout, axes, network.roles());
        if (problem.empty()) return region_of(map.layout, axes, network.roles());
        if (node.type != "LayerNormalization")
            refuse(network.graph(), node, problem + ", expected rows and columns, and channels beside each other");
    }
    if (!holds_channels_alone(map.layout, axes, network.roles())) map = as_sequence(network, node, map, axes);
    Region region;
    for (std::size_t axis : axes) region.channels *= size_of(map.layout[axis]);
    region.groups = size_of(map.layout, Role::channel, network.roles()) / region.channels;
    return region;
}

/// Reads all values, and keeps of each region what the second pass needs of all of it.
Feature statistics(Network& network, const Node& node, const Feature& map, const Region& region)
{
    Layer layer = region_layer(network, node, map, region);
    layer.name += "_statistics";
    const Bits bits = layer.output.precision;
    return network.add_between(node, std::move(layer), map.layout, bits);
}

/// Reads each value and the statistics of its region.
Layer second_pass(Network& network, const Node& node, const Feature& map, const Feature& found, const Region& region)
{
    const bool grouped = region.groups > 1;
    Layer layer = network.new_layer(node, node.type);
    layer.sizes[LoopDim::b] = size_of(map.layout, Role::batch, network.roles());
    layer.sizes[LoopDim::oy] = size_of(map.layout, Role::row, network.roles());
    layer.sizes[LoopDim::ox] = size_of(map.layout, Role::column, network.roles());
    layer.sizes[LoopDim::g] = grouped ? region.groups : region.channels;
    layer.sizes[LoopDim::k] = grouped ? region.channels : 1;
    Operand values = network.operand("X", map);
    Operand shared = network.operand("Y", found);
    for (Operand* operand : {&layer.output, &values})
        for (LoopDim dim : {LoopDim::b, LoopDim::g, LoopDim::k, LoopDim::oy, LoopDim::ox})
            if (dim == LoopDim::b || dim == LoopDim::oy || dim == LoopDim::ox || layer.sizes[dim] > 1)
                operand->relevant.insert(dim);
    shared.relevant.insert(LoopDim::b);
    if (grouped) shared.relevant.insert(LoopDim::g);
    if (region.rows == 1) shared.relevant.insert(LoopDim::oy);
    if (region.columns == 1) shared.relevant.insert(LoopDim::ox);
    layer.inputs = {values, shared};
    layer.output.precision = partial_bits(layer, false, network.options());
    return layer;
}

}  // namespace

void lower_normalisation(Network& network, const Node& node)
{
    for (std::size_t i = 1; i < node.inputs.size(); ++i)
        if (network.is_computed(node, i))
            refuse(network.graph(), node, "has a computed input " + std::to_string(i) + ", expected a constant");
    Feature map = network.feature(node, 0);
    bind_axes(network, node, map.layout);
    const Region region = normalised_region(network, node, map);
    const Feature found = statistics(network, node, map, region);
    Layer layer = second_pass(network, node, map, found, region);
    network.add(node, std::move(layer), map.layout);
}

bool lower_found_normalisation(Network& network, const Normalisation& found)
{
    Node node = network.graph().nodes[found.nodes.front()];
    node.type = "LayerNormalization";
    node.inputs = {found.input};
    node.axes = found.axes;
    if (!network.is_computed(node, 0)) return false;
    const Layout& layout = network.changed_feature(node, 0).layout;
    if (!are_channels(network, layout, normalised_axes(network, node)) &&
        !mixes_channels(layout, normalised_axes(network, node), network.roles()))
        return false;
    lower_normalisation(network, node);
    return true;
}

}  // namespace plumbline::io
