// SPDX-License-Identifier: Apache-2.0
#include "onnx/operators/region.hpp"

#include <algorithm>

#include "onnx/geometry.hpp"
#include "onnx/precision.hpp"

namespace plumbline::io {
namespace {

Layout taken_of(const Layout& layout, const std::vector<std::size_t>& axes)
{
    Layout taken;
    for (std::size_t axis : axes) taken.push_back(layout[axis]);
    return taken;
}

/// Whether channels along some axes are all, or lie beside each other.
bool lie_together(const Layout& taken, const Layout& layout, const OpenRoles& roles)
{
    const std::int64_t count = size_of(taken, Role::channel, roles);
    if (count == size_of(layout, Role::channel, roles)) return true;
    for (const Axis& axis : taken)
        for (const Factor& factor : axis)
            if (roles.role_of(factor) == Role::channel && factor.step * factor.size > count) return false;
    return true;
}

}  // namespace

std::string problem_of_region(const Layout& layout, const std::vector<std::size_t>& axes, const OpenRoles& roles)
{
    const Layout taken = taken_of(layout, axes);
    for (const Axis& axis : taken)
        for (const Factor& factor : axis)
            if (roles.role_of(factor) == Role::open) return "takes an axis together that may be rows or channels";
    if (size_of(taken, Role::batch, roles) > 1) return "takes values of a batch together";
    for (Role role : {Role::row, Role::column}) {
        const std::int64_t size = size_of(taken, role, roles);
        if (size != 1 && size != size_of(layout, role, roles)) return "takes a part of rows or columns together";
    }
    if (!lie_together(taken, layout, roles)) return "takes channels together that do not lie beside each other";
    return {};
}

Region region_of(const Layout& layout, const std::vector<std::size_t>& axes, const OpenRoles& roles)
{
    const Layout taken = taken_of(layout, axes);
    const std::int64_t channels = size_of(taken, Role::channel, roles);
    return {size_of(layout, Role::channel, roles) / channels, channels, size_of(taken, Role::row, roles),
            size_of(taken, Role::column, roles)};
}

Layer region_layer(Network& network, const Node& node, const Feature& map, const Region& region)
{
    const OpenRoles& roles = network.roles();
    Layer layer = network.new_layer(node, node.type);
    Operand input = network.operand("X", map);
    layer.sizes[LoopDim::b] = size_of(map.layout, Role::batch, roles);
    layer.sizes[LoopDim::g] = region.groups;
    layer.sizes[LoopDim::c] = region.channels;
    input.relevant.insert(LoopDim::b);
    layer.output.relevant.insert(LoopDim::b);
    if (region.groups > 1) {
        input.relevant.insert(LoopDim::g);
        layer.output.relevant.insert(LoopDim::g);
    }
    if (region.channels > 1 || region.groups == 1) input.relevant.insert(LoopDim::c);
    for (Role role : {Role::row, Role::column}) {
        const std::int64_t size = size_of(map.layout, role, roles);
        const std::int64_t window = role == Role::row ? region.rows : region.columns;
        layer.sizes[position_dim(role)] = size / window;
        layer.sizes[window_dim(role)] = window;
        layer.output.relevant.insert(position_dim(role));
        if (region.has_pixels())
            input.sliding.push_back(sliding_axis({role, size, window, 1, 1, 0, size / window}));
        else
            input.relevant.insert(position_dim(role));
    }
    layer.inputs = {input};
    layer.output.precision = partial_bits(layer, false, network.options());
    return layer;
}

Layout left_of(const Layout& layout, const std::vector<std::size_t>& axes, const Region& region, const OpenRoles& roles)
{
    Layout left = layout;
    for (std::size_t axis : axes) left[axis].clear();
    // What was a group of channels is one.
    for (Axis& axis : left)
        for (Factor& factor : axis)
            if (roles.role_of(factor) == Role::channel) factor.step /= region.channels;
    return left;
}

}  // namespace plumbline::io
