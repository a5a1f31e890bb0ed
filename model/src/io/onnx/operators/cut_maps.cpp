// SPDX-License-Identifier: Apache-2.0
// Layers that copy parts of maps, or maps that are repeated, where readers cannot read them in place.
#include "onnx/geometry.hpp"
#include "onnx/lowering.hpp"

namespace plumbline::io {
namespace {

constexpr std::size_t kChannels = 1;

/// The role that an axis is all of; where it is a part of one, nobody can say what is left of it.
Role cut_role(Network& network, const Feature& feature, std::size_t axis)
{
    const Role role = role_of(feature.layout, axis, network.roles());
    if (role != Role::open && role != Role::batch) return role;
    refuse(network.graph(), *feature.changed_by,
           "leaves a part of axis " + std::to_string(axis) + ", expected channels, rows or columns there");
}

/// Whether an axis is there as it was made.
bool is_kept(const Feature& feature, std::size_t axis)
{
    return feature.times(axis) == 1 && !feature.is_stepped(axis) &&
           (feature.padding.empty() || feature.padding[axis] == Padding{0, 0});
}

/// A window of one pixel, which begins where the part does.
Layer pixels_layer(Network& network, const Feature& cut)
{
    Layer layer = network.new_layer(*cut.changed_by, "Pooling");
    Operand weights{"W", {}, {}, Bits{0}, true, {}};
    Operand map = network.operand("I", cut);
    layer.sizes[LoopDim::b] = size_of(cut.layout, Role::batch, network.roles());
    layer.sizes[LoopDim::g] = size_of(cut.layout, Role::channel, network.roles());
    for (LoopDim dim : {LoopDim::b, LoopDim::g}) {
        layer.output.relevant.insert(dim);
        map.relevant.insert(dim);
    }
    for (Role role : {Role::row, Role::column}) {
        Window window{role, size_of(cut.layout, role, network.roles())};
        window.output = window.map;
        for (std::size_t axis = 0; axis < cut.layout.size(); ++axis) {
            if (is_kept(cut, axis) || cut_role(network, cut, axis) != role) continue;
            if (!cut.padding.empty()) {
                window.before = cut.padding[axis].first;
                window.cut = -cut.padding[axis].second;
            }
            window.times = cut.times(axis);
            window.output = cut.size(axis);
            if (cut.is_stepped(axis)) {
                window.stride = cut.steps[axis].step;
                window.before = -cut.steps[axis].first;
                window.cut = window.map;
            }
        }
        layer.sizes[position_dim(role)] = window.output;
        layer.output.relevant.insert(position_dim(role));
        weights.relevant.insert(window_dim(role));
        map.sliding.push_back(sliding_axis(window));
    }
    layer.inputs = {weights, map};
    layer.output.precision = cut.bits;
    return layer;
}

/// Rows and columns that lie among channels, or what is left of them, as a map of its own.
Feature copied_out_of_depth(Network& network, const Feature& map)
{
    Layer layer = network.new_layer(*map.changed_by, "Pooling");
    Operand weights{"W", {}, {}, Bits{0}, true, {}};
    Operand read = network.operand("I", map);
    layer.sizes[LoopDim::b] = size_of(map.layout[0]);
    layer.sizes[LoopDim::g] = size_of(map.layout[kChannels]);
    for (LoopDim dim : {LoopDim::b, LoopDim::g}) {
        layer.output.relevant.insert(dim);
        read.relevant.insert(dim);
    }
    Layout layout{map.layout[0], whole_axis(Role::channel, layer.sizes[LoopDim::g])};
    for (const Window& window : pixel_windows(network.roles(), map)) {
        layer.sizes[position_dim(window.role)] = window.output;
        layer.output.relevant.insert(position_dim(window.role));
        weights.relevant.insert(window_dim(window.role));
        read.sliding.push_back(sliding_axis(window));
        layout.push_back(whole_axis(window.role, window.output));
    }
    layer.inputs = {weights, read};
    layer.output.precision = map.bits;
    layer.name += "_pixels";
    return network.add_between(*map.changed_by, std::move(layer), std::move(layout), map.bits);
}

/// Without what is cut along axes of a role (or all others), which a layer has left out.
Feature rest_of(Feature copy, const Feature& cut, Network& network, bool channels)
{
    copy.layout = cut.layout;
    copy.padding = cut.padding;
    copy.repeated = cut.repeated;
    copy.steps = cut.steps;
    copy.changed_by = cut.changed_by;
    for (std::size_t axis = 0; axis < cut.layout.size(); ++axis) {
        if (is_kept(cut, axis)) continue;
        const Role role = cut_role(network, cut, axis);
        if ((role == Role::channel) != channels) continue;
        copy.layout[axis] = whole_axis(role, cut.size(axis));
        if (!copy.padding.empty()) copy.padding[axis] = {0, 0};
        if (!copy.repeated.empty()) copy.repeated[axis] = 1;
        if (!copy.steps.empty()) copy.steps[axis] = {};
    }
    return copy;
}

/// The axis that is cut, where it counts the largest parts of all channels (as queries, keys and values): alone, and nothing else.
std::optional<std::size_t> axis_of_parts(const Feature& cut, const OpenRoles& roles)
{
    std::optional<std::size_t> found;
    for (std::size_t axis = 0; axis < cut.layout.size(); ++axis) {
        if (is_kept(cut, axis)) continue;
        if (found || cut.layout[axis].size() != 1) return std::nullopt;
        const Factor& factor = cut.layout[axis].front();
        if (roles.role_of(factor) != Role::channel) return std::nullopt;
        if (factor.step * factor.size != size_of(cut.layout, Role::channel, roles)) return std::nullopt;
        found = axis;
    }
    return found;
}

/// The same values as batch, channels, rows and columns, in their order in memory.
Layout as_stored(const Layout& layout, const OpenRoles& roles)
{
    Layout stored;
    for (Role role : {Role::batch, Role::channel, Role::row, Role::column})
        stored.push_back(whole_axis(role, size_of(layout, role, roles)));
    return stored;
}

/// Channels that follow each other in memory.
Feature copied_parts(Network& network, const Feature& cut, std::size_t axis)
{
    const std::int64_t step = cut.layout[axis].front().step;
    Feature map = cut;
    map.repeated.clear();
    map.layout = as_stored(cut.layout, network.roles());
    map.padding.assign(map.layout.size(), {0, 0});
    map.padding[kChannels] = {cut.padding[axis].first * step, cut.padding[axis].second * step};
    Feature copy = network.copy_of(map);
    copy.layout = cut.layout;
    copy.layout[axis].front().size = cut.size(axis);
    if (cut.size(axis) == 1) copy.layout[axis].clear();
    return copy;
}

}  // namespace

Feature in_order(Network& network, const Node& node, const Feature& map, std::size_t axis)
{
    Feature stored = map;
    stored.layout = as_stored(map.layout, network.roles());
    Layer layer = copying_layer(network, node, {stored}, kChannels);
    layer.name += "_order";
    Layout layout = map.layout;
    layout[axis] = whole_axis(Role::channel, layer.sizes[LoopDim::g]);
    return network.add_between(node, std::move(layer), std::move(layout), map.bits);
}

Feature copied(Network& network, const Feature& cut)
{
    bind_usual(network.roles(), cut.layout);
    if (is_in_depth(network.roles(), cut)) return copied_out_of_depth(network, cut);
    if (const auto parts = axis_of_parts(cut, network.roles());
        parts && role_of(cut.layout, *parts, network.roles()) == Role::open)
        return copied_parts(network, cut, *parts);
    std::optional<std::size_t> channels;
    bool pixels = false;
    for (std::size_t axis = 0; axis < cut.layout.size(); ++axis) {
        if (is_kept(cut, axis)) continue;
        if (cut_role(network, cut, axis) == Role::channel && cut.is_stepped(axis))
            refuse(network.graph(), *cut.changed_by, "leaves out channels between, expected steps of 1 along them");
        if (cut_role(network, cut, axis) == Role::channel)
            channels = axis;
        else
            pixels = true;
    }
    Feature part = cut;
    if (pixels)
        part = rest_of(network.add_between(*cut.changed_by, pixels_layer(network, part), {}, cut.bits), part, network,
                       false);
    if (channels)
        part = rest_of(network.add_between(*cut.changed_by, copying_layer(network, *cut.changed_by, {part}, *channels),
                                           {}, cut.bits),
                       part, network, true);
    part.padding.clear();
    part.repeated.clear();
    part.steps.clear();
    return part;
}

}  // namespace plumbline::io
