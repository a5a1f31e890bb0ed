// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "onnx/lowering.hpp"
#include "onnx/precision.hpp"

namespace plumbline::io {
namespace {

constexpr std::array<Role, 4> kRoles{Role::batch, Role::channel, Role::row, Role::column};

LoopDim dim_of(Role role)
{
    switch (role) {
        case Role::batch: return LoopDim::b;
        case Role::row: return LoopDim::oy;
        case Role::column: return LoopDim::ox;
        case Role::channel:
        case Role::open: break;
    }
    return LoopDim::g;
}

/// Of a tensor with fewer axes than the output: sizes of 1 come before.
template <class Axes>
Axes aligned(const Axes& axes, std::size_t rank, const typename Axes::value_type& missing)
{
    Axes all(rank - axes.size(), missing);
    all.insert(all.end(), axes.begin(), axes.end());
    return all;
}

std::vector<std::size_t> computed_inputs(const Network& network, const Node& node)
{
    std::vector<std::size_t> inputs;
    for (std::size_t i = 0; i < node.inputs.size(); ++i)
        if (network.is_computed(node, i)) inputs.push_back(i);
    return inputs;
}

/// Whether a constant has a value for each channel at most, so that it is applied to values on their way.
bool is_per_channel(Network& network, const Feature& feature, const Shape& constant, const Shape& output)
{
    if (constant.size() > output.size()) return false;
    const Shape sizes = aligned(constant, output.size(), 1);
    const Layout layout = aligned(feature.layout, output.size(), Axis{});
    std::size_t open = 0;
    for (std::size_t axis = 0; axis < sizes.size(); ++axis) {
        if (sizes[axis] == 1) continue;
        for (const Factor& factor : layout[axis]) {
            const Role role = network.roles().role_of(factor);
            if (role == Role::open && open++ == 0) continue;
            if (role != Role::channel) return false;
        }
    }
    return true;
}

/// Whether all that a node does is done to the values of one map, one by one.
bool is_free(Network& network, const Node& node, const std::vector<std::size_t>& computed)
{
    const Feature& first = network.feature(node, computed.front());
    const Shape& output = network.output_shape(node);
    if (network.shape(node, computed.front()) != output) return false;
    for (std::size_t i = 0; i < node.inputs.size(); ++i) {
        if (node.inputs[i] == kNoTensor) continue;
        const bool free = network.is_computed(node, i) ? same_map(network.feature(node, i), first)
                                                       : is_per_channel(network, first, network.shape(node, i), output);
        if (!free) return false;
    }
    return true;
}

/// Axes of the output, from the maps that have them. \throws InputError where maps lie on each other differently
Layout joint_layout(Network& network, const Node& node, const std::vector<Layout>& maps)
{
    const Shape& output = network.output_shape(node);
    Layout joint(output.size());
    for (std::size_t axis = 0; axis < output.size(); ++axis) {
        for (const Layout& map : maps) {
            if (map[axis].empty()) continue;
            if (joint[axis].empty()) joint[axis] = map[axis];
            if (!agree(network.roles(), joint[axis], map[axis]))
                refuse(network.graph(), node,
                       "joins maps that mean different things along axis " + std::to_string(axis));
        }
        if (size_of(joint[axis]) != output[axis])
            refuse(
                network.graph(), node,
                "repeats a map along axis " + std::to_string(axis) + " as constants do, expected a map of that size");
    }
    bind_usual(network.roles(), joint);
    for (const Layout& map : maps)
        for (std::size_t axis = 0; axis < joint.size(); ++axis) agree(network.roles(), joint[axis], map[axis]);
    return joint;
}

/// Indexes an operand by what it has of the output. \throws InputError where that is a part
void index(Network& network, const Node& node, Operand& operand, const Layout& layout, const Layout& joint)
{
    for (Role role : kRoles) {
        const std::int64_t size = size_of(layout, role, network.roles());
        const std::int64_t all = size_of(joint, role, network.roles());
        if (size == all)
            operand.relevant.insert(dim_of(role));
        else if (size != 1)
            refuse(network.graph(), node, "repeats a part of the channels of a map, expected one value or all of them");
    }
}

Layer joining_layer(Network& network, const Node& node, const std::vector<Feature>& maps, const Layout& joint)
{
    const std::string type = node.type == "Sum" || node.type == "Mean" ? "Add" : node.type;
    Layer layer = network.new_layer(node, type);
    for (Role role : kRoles) {
        layer.sizes[dim_of(role)] = size_of(joint, role, network.roles());
        layer.output.relevant.insert(dim_of(role));
    }
    for (const Feature& map : maps) {
        Operand operand = network.operand(layer.inputs.empty() ? "X" : "Y", map);
        index(network, node, operand, aligned(map.layout, joint.size(), Axis{}), joint);
        layer.inputs.push_back(std::move(operand));
    }
    layer.output.precision = partial_bits(layer, false, network.options());
    return layer;
}

}  // namespace

void lower_elementwise(Network& network, const Node& node)
{
    const std::vector<std::size_t> computed = computed_inputs(network, node);
    if (is_free(network, node, computed)) return network.set_output(node, network.feature(node, computed.front()));
    if (computed.size() == 1)
        refuse(network.graph(), node,
               "joins a map with constants that differ along rows or columns, expected a value for each channel");
    if (node.inputs.size() > 2)
        refuse(network.graph(), node, "joins " + std::to_string(node.inputs.size()) + " inputs, expected two");
    const std::vector<Feature> maps{network.feature(node, 0), network.feature(node, 1)};
    std::vector<Layout> layouts;
    for (const Feature& map : maps) layouts.push_back(aligned(map.layout, network.output_shape(node).size(), Axis{}));
    Layout joint = joint_layout(network, node, layouts);
    Layer layer = joining_layer(network, node, maps, joint);
    network.add(node, std::move(layer), std::move(joint));
}

}  // namespace plumbline::io
