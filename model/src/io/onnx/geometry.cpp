// SPDX-License-Identifier: Apache-2.0
#include "onnx/geometry.hpp"

#include <algorithm>
#include <string>

#include "onnx/graph/attributes.hpp"

namespace plumbline::io {
namespace {

constexpr std::size_t kMapAxis = 2;  // after batch and channels

std::string name_of(Role role)
{
    switch (role) {
        case Role::batch: return "batch";
        case Role::channel: return "channels";
        case Role::row: return "rows";
        case Role::column: return "columns";
        case Role::open: break;
    }
    return "no role";
}

/// Rows before columns, unless what made the map says otherwise.
std::vector<Role> map_roles(const OpenRoles& roles, const Feature& feature)
{
    const auto holds = [&](std::size_t axis, Role role) {
        return !feature.layout[axis].empty() && roles.role_of(feature.layout[axis].front()) == role;
    };
    if (feature.layout.size() == kMapAxis + 1) return {holds(kMapAxis, Role::row) ? Role::row : Role::column};
    const bool swapped = holds(kMapAxis, Role::column) || holds(kMapAxis + 1, Role::row);
    if (swapped) return {Role::column, Role::row};
    return {Role::row, Role::column};
}

void require_role(Network& network, const Node& node, const Feature& feature, std::size_t axis, Role role)
{
    network.roles().bind(feature.layout[axis], role);
    if (is_whole(feature.layout, axis, role, network.roles())) return;
    refuse(network.graph(), node,
           "reads axis " + std::to_string(axis) + " as " + name_of(role) +
               ", but a Reshape, Transpose or the like before it put something else there");
}

/// Of each axis of the map; empty where none of its positions lie among channels.
std::vector<std::int64_t> depth_of(const OpenRoles& roles, const Feature& feature)
{
    if (feature.layout.size() < kMapAxis + 1 || feature.layout.size() > kMapAxis + 2) return {};
    return depth_of(feature.layout, map_roles(roles, feature), roles).value_or(std::vector<std::int64_t>{});
}

/// \param depth of each axis of the map, or empty
void set_depth(Window& window, const Feature& feature, std::size_t axis, const std::vector<std::int64_t>& depth)
{
    if (depth.empty()) return;
    window.depth = depth[axis - kMapAxis];
    window.offset = feature.trimmed.empty() ? 0 : feature.trimmed[axis].first;
}

/// Zeros before and behind `size` positions where the node says that its output has size / stride of them.
Padding same_padding(const Window& window, std::int64_t size, bool more_before)
{
    const std::int64_t positions = (size - 1) / window.stride;
    const std::int64_t reach = positions * window.stride + (window.kernel - 1) * window.dilation + 1;
    const std::int64_t total = std::max<std::int64_t>(0, reach - size);
    const std::int64_t less = total / 2;
    return more_before ? Padding{total - less, less} : Padding{less, total - less};
}

/// What the node adds to `more`, which a node before it added.
Padding padding_of(const Node& node, const Window& window, const Padding& more, std::size_t index, std::size_t axes)
{
    const std::string automatic = text(node, "auto_pad");
    Padding padding{0, 0};
    if (automatic == "SAME_UPPER" || automatic == "SAME_LOWER") {
        padding = same_padding(window, window.positions() + more.first + more.second, automatic == "SAME_LOWER");
    } else if (automatic != "VALID") {
        padding = {integer_at(node, "pads", index, 0), integer_at(node, "pads", index + axes, 0)};
    }
    return {padding.first + more.first, padding.second + more.second};
}

/// As the operator is defined: the last window may begin anywhere in the map and its padding.
std::int64_t output_size(const Window& window, std::int64_t behind, bool round_up)
{
    const std::int64_t covered = (window.kernel - 1) * window.dilation + 1;
    const std::int64_t room = window.before + window.positions() + behind - covered;
    if (room < 0) return 0;
    return (room + (round_up ? window.stride - 1 : 0)) / window.stride + 1;
}

/// From the first position of all windows to the last.
std::int64_t reach_of(const Window& window)
{
    return (window.output - 1) * window.stride + (window.kernel - 1) * window.dilation + 1;
}

void check_padding(const Network& network, const Node& node, const Feature& feature)
{
    for (std::size_t axis = 0; axis < std::min(kMapAxis, feature.padding.size()); ++axis)
        if (feature.padding[axis].first > 0 || feature.padding[axis].second > 0)
            refuse(network.graph(), node, "reads what " + feature.changed_by->place + " pads along batch or channels");
}

}  // namespace

void require_map(Network& network, const Node& node, const Feature& feature)
{
    if (feature.layout.size() < kMapAxis + 1 || feature.layout.size() > kMapAxis + 2)
        refuse(network.graph(), node,
               "reads a tensor of " + std::to_string(feature.layout.size()) +
                   " dimensions, expected batch, channels and one or two axes of a map");
    require_role(network, node, feature, 0, Role::batch);
    network.roles().bind(feature.layout[1], Role::channel);
    if (is_in_depth(network.roles(), feature)) return;
    require_role(network, node, feature, 1, Role::channel);
    const std::vector<Role> roles = map_roles(network.roles(), feature);
    for (std::size_t i = 0; i < roles.size(); ++i) require_role(network, node, feature, kMapAxis + i, roles[i]);
}

bool is_in_depth(const OpenRoles& roles, const Feature& feature) { return !depth_of(roles, feature).empty(); }

bool holds_parts(const OpenRoles& roles, const Feature& feature)
{
    const Layout& layout = feature.layout;
    if (layout.size() < kMapAxis + 1 || layout.size() > kMapAxis + 2 || is_in_depth(roles, feature)) return false;
    for (const Axis& axis : layout)
        for (const Factor& factor : axis)
            if (roles.role_of(factor) == Role::open) return false;
    if (!is_whole(layout, 1, Role::channel, roles) && !is_shuffled(layout, 1, roles)) return true;
    const std::vector<Role> along = map_roles(roles, feature);
    for (std::size_t i = 0; i < along.size(); ++i)
        if (!is_whole(layout, kMapAxis + i, along[i], roles)) return true;
    return false;
}

Layout out_of_depth(const OpenRoles& roles, const Feature& feature)
{
    if (!is_in_depth(roles, feature)) return feature.layout;
    Layout layout{feature.layout[0], whole_axis(Role::channel, size_of(feature.layout[1]))};
    for (Role role : map_roles(roles, feature)) layout.push_back(whole_axis(role, feature.positions(layout.size())));
    return layout;
}

std::vector<Window> pixel_windows(const OpenRoles& roles, const Feature& feature)
{
    const std::vector<std::int64_t> depth = depth_of(roles, feature);
    std::vector<Window> windows;
    for (Role role : map_roles(roles, feature)) {
        const std::size_t axis = kMapAxis + windows.size();
        Window window{role, feature.positions(axis)};
        set_depth(window, feature, axis, depth);
        window.output = feature.size(axis);
        if (!feature.padding.empty()) {
            window.before = feature.padding[axis].first;
            window.cut = -feature.padding[axis].second;
        }
        windows.push_back(window);
    }
    return windows;
}

std::vector<Window> windows_of(Network& network, const Node& node, const Feature& feature, const Shape& kernel)
{
    require_map(network, node, feature);
    check_padding(network, node, feature);
    const std::vector<Role> roles = map_roles(network.roles(), feature);
    const Shape& output = network.output_shape(node);
    if (kernel.size() != roles.size() || output.size() != feature.layout.size())
        refuse(network.graph(), node,
               "has windows of " + text_of(kernel) + ", expected one size for each axis of its map");
    const std::vector<std::int64_t> depth = depth_of(network.roles(), feature);
    const bool same = text(node, "auto_pad").compare(0, 4, "SAME") == 0;
    std::vector<Window> windows;
    for (std::size_t i = 0; i < roles.size(); ++i) {
        Window window{roles[i], feature.positions(kMapAxis + i) / feature.times(kMapAxis + i), kernel[i],
                      integer_at(node, "strides", i, 1), integer_at(node, "dilations", i, 1)};
        window.times = feature.times(kMapAxis + i);
        set_depth(window, feature, kMapAxis + i, depth);
        const Padding more = feature.padding.empty() ? Padding{0, 0} : feature.padding[kMapAxis + i];
        const Padding padding = padding_of(node, window, more, i, roles.size());
        window.before = padding.first;
        window.cut = std::max<std::int64_t>(0, -more.second);
        window.output = same ? (window.positions() + more.first + more.second - 1) / window.stride + 1
                             : output_size(window, padding.second, integer(node, "ceil_mode", 0) != 0);
        if (window.output != output[kMapAxis + i])
            refuse(network.graph(), node,
                   "makes " + std::to_string(window.output) + ' ' + name_of(roles[i]) +
                       ", but the shape of its output is " + text_of(output));
        windows.push_back(window);
    }
    return windows;
}

bool keep_to_part(const std::vector<Window>& windows, const Feature& feature)
{
    if (!feature.cut()) return true;
    for (std::size_t axis = 0; axis < kMapAxis; ++axis)
        if (feature.padding[axis] != Padding{0, 0}) return false;
    for (std::size_t i = 0; i < windows.size(); ++i) {
        const Window& window = windows[i];
        const Padding& part = feature.padding[kMapAxis + i];
        const std::int64_t end = reach_of(window) - window.before;
        if (part.first < 0 && window.before > part.first) return false;
        if (part.second < 0 && end > window.positions() + part.second) return false;
    }
    return true;
}

std::vector<Window> whole_windows(Network& network, const Node& node, const Feature& feature)
{
    require_map(network, node, feature);
    if (feature.padded())
        refuse(network.graph(), node, "reads the whole of what " + feature.changed_by->place + " pads");
    const std::vector<Role> roles = map_roles(network.roles(), feature);
    const std::vector<std::int64_t> depth = depth_of(network.roles(), feature);
    std::vector<Window> windows;
    for (std::size_t i = 0; i < roles.size(); ++i) {
        const std::int64_t size = feature.positions(kMapAxis + i) / feature.times(kMapAxis + i);
        windows.push_back({roles[i], size, size});
        set_depth(windows.back(), feature, kMapAxis + i, depth);
    }
    return windows;
}

void find_in_depth(Operand& operand, Role role, std::int64_t size)
{
    const LoopDim position = position_dim(role);
    for (SlidingAxis& axis : operand.sliding)
        if (axis.position == position) axis.depth_to_space = size;
    if (!operand.relevant.contains(position)) return;
    DimSet others;
    for (LoopDim dim : kAllLoopDims)
        if (dim != position && operand.relevant.contains(dim)) others.insert(dim);
    operand.relevant = others;
    SlidingAxis axis = sliding_axis({role, size, 1, 1, 1, 0, size});
    axis.name += operand.name;
    axis.depth_to_space = size;
    operand.sliding.push_back(axis);
}

LoopDim position_dim(Role role) { return role == Role::row ? LoopDim::oy : LoopDim::ox; }
LoopDim window_dim(Role role) { return role == Role::row ? LoopDim::fy : LoopDim::fx; }

SlidingAxis sliding_axis(const Window& window)
{
    SlidingAxis axis;
    axis.name = window.role == Role::row ? "IY" : "IX";
    axis.position = position_dim(window.role);
    axis.stride = window.stride;
    axis.window = window_dim(window.role);
    axis.dilation = window.dilation;
    axis.size = window.map;
    axis.padding_before = window.before;
    axis.padding_behind = std::max<std::int64_t>(-window.cut, reach_of(window) - window.before - window.positions());
    axis.upsampling = window.times;
    axis.depth_to_space = window.depth;
    axis.depth_offset = window.offset;
    return axis;
}

}  // namespace plumbline::io
