// SPDX-License-Identifier: Apache-2.0
#include "onnx/geometry.hpp"
#include "onnx/lowering.hpp"

namespace plumbline::io {
namespace {

/// Rows and columns of a channel lie behind each other, and become channels themselves.
Layout channels_of(const Layout& layout, std::int64_t rows, std::int64_t columns, const OpenRoles& roles)
{
    Layout turned = layout;
    for (Axis& axis : turned) {
        for (Factor& factor : axis) {
            const Role role = roles.role_of(factor);
            if (role == Role::batch) continue;
            if (role == Role::channel) factor.step *= rows * columns;
            if (role == Role::row) factor.step *= columns;
            factor.role = Role::channel;
            factor.open = 0;
        }
    }
    return turned;
}

/// Whether axes that batches lie on hold nothing else.
bool keeps_batches(const Layout& layout, const std::vector<Role>& axes, const OpenRoles& roles)
{
    for (std::size_t axis = 0; axis < layout.size(); ++axis)
        if (size_of({layout[axis]}, Role::batch, roles) > 1 && axes[axis] != Role::batch) return false;
    return true;
}

}  // namespace

Feature as_sequence(Network& network, const Node& node, const Feature& map, const std::vector<std::size_t>& channels)
{
    std::vector<Role> axes;
    for (const Axis& axis : map.layout)
        axes.push_back(held_role(axis, network.roles()) == Role::batch ? Role::batch : Role::column);
    for (std::size_t axis : channels) axes[axis] = Role::channel;
    if (!keeps_batches(map.layout, axes, network.roles()))
        refuse(network.graph(), node, "has batches among its rows, columns or channels, expected an axis of their own");
    return network.relaid(node, map, with_roles(map.layout, axes));
}

Feature as_map(Network& network, const Node& node, const Feature& map)
{
    std::vector<Role> axes;
    std::vector<std::size_t> pixels;
    for (std::size_t axis = 0; axis < map.layout.size(); ++axis) {
        axes.push_back(held_role(map.layout[axis], network.roles()));
        if (axes.back() != Role::batch && axes.back() != Role::channel) pixels.push_back(axis);
        if (axes.back() == Role::open && size_of({map.layout[axis]}, Role::channel, network.roles()) > 1) return map;
    }
    if (pixels.empty() || pixels.size() > 2) return map;
    if (pixels.size() == 2) axes[pixels.front()] = Role::row;
    axes[pixels.back()] = Role::column;
    if (!keeps_batches(map.layout, axes, network.roles())) return map;
    return network.relaid(node, map, with_roles(map.layout, axes));
}

bool has_pixels(const Layout& layout, const OpenRoles& roles)
{
    return size_of(layout, Role::row, roles) * size_of(layout, Role::column, roles) > 1;
}

Feature in_one_pixel(Network& network, const Node& node, const Feature& map)
{
    const OpenRoles& roles = network.roles();
    Layer layer = network.new_layer(node, "Concat");
    layer.name += "_operand";
    Operand read = network.operand("X", map);
    layer.sizes[LoopDim::b] = size_of(map.layout, Role::batch, roles);
    layer.sizes[LoopDim::g] = size_of(map.layout, Role::channel, roles);
    for (LoopDim dim : {LoopDim::b, LoopDim::g}) {
        layer.output.relevant.insert(dim);
        read.relevant.insert(dim);
    }
    for (Role role : {Role::row, Role::column}) {
        const std::int64_t size = size_of(map.layout, role, roles);
        layer.sizes[window_dim(role)] = size;
        for (LoopDim dim : {window_dim(role), position_dim(role)}) layer.output.relevant.insert(dim);
        read.sliding.push_back(sliding_axis({role, size, size}));
    }
    layer.output.precision = map.bits;
    layer.inputs = {read};
    Layout layout = channels_of(map.layout, layer.sizes[LoopDim::fy], layer.sizes[LoopDim::fx], roles);
    return network.add_between(node, std::move(layer), std::move(layout), map.bits);
}

}  // namespace plumbline::io
