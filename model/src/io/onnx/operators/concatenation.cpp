// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "onnx/geometry.hpp"
#include "onnx/graph/attributes.hpp"
#include "onnx/graph/limits.hpp"
#include "onnx/lowering.hpp"

namespace plumbline::io {
namespace {

/// Channels of a map among those of the layer.
struct Part {
    Feature map;
    std::int64_t channels = 1;
};

Padding cut_channels(const Part& part, std::size_t axis)
{
    return part.map.padding.empty() ? Padding{0, 0} : part.map.padding[axis];
}

std::size_t joined_axis(const Network& network, const Node& node)
{
    const auto rank = static_cast<std::int64_t>(network.output_shape(node).size());
    const std::int64_t axis = integer(node, "axis", 1);
    return static_cast<std::size_t>(axis < 0 ? axis + rank : axis);
}

/// Axes as a reader finds them: of a map that is repeated, longer than they are stored.
Layout seen(const Feature& map)
{
    Layout layout = map.layout;
    for (std::size_t axis = 0; axis < layout.size(); ++axis)
        if (map.times(axis) > 1) layout[axis].front().size *= map.times(axis);
    return layout;
}

/// Maps of which channels alone are cut, if anything is; rows and columns may be repeated.
std::vector<Part> parts_of(Network& network, const Node& node, std::size_t axis)
{
    if (node.inputs.size() > kMostJoinedMaps)
        refuse(network.graph(), node, "joins more than " + std::to_string(kMostJoinedMaps) + " maps");
    std::vector<Part> parts;
    for (std::size_t i = 0; i < node.inputs.size(); ++i) {
        if (!network.is_computed(node, i))
            refuse(network.graph(), node, "lays a constant beside a map, expected maps alone");
        Feature map = network.changed_feature(node, i);
        bool others = map.padded();
        for (std::size_t each = 0; each < map.padding.size(); ++each)
            others = others || (each != axis && map.padding[each] != Padding{0, 0});
        if (others) map = network.feature(node, i);
        const std::int64_t channels = map.size(axis);
        parts.push_back({std::move(map), channels});
    }
    return parts;
}

/// Axes of all maps mean the same, and the joined one is channels.
void check_axes(Network& network, const Node& node, const std::vector<Part>& parts, std::size_t joined)
{
    OpenRoles& roles = network.roles();
    const Layout first = seen(parts.front().map);
    for (int round = 0; round < 2; ++round) {
        for (const Part& part : parts)
            for (std::size_t axis = 0; axis < first.size(); ++axis)
                if (axis != joined && !agree(roles, first[axis], seen(part.map)[axis]))
                    refuse(network.graph(), node,
                           "joins maps that mean different things along axis " + std::to_string(axis));
        for (const Part& part : parts) bind_usual(roles, part.map.layout);
    }
    for (const Part& part : parts)
        if (!is_whole(part.map.layout, joined, Role::channel, roles))
            refuse(network.graph(), node,
                   "joins maps along axis " + std::to_string(joined) +
                       ", which is not their channels, expected channels beside each other");
}

/// Of neighbours, the first of those that have the least to copy.
std::size_t cheapest_pair(const std::vector<Part>& parts)
{
    std::size_t at = 0;
    for (std::size_t i = 1; i + 1 < parts.size(); ++i)
        if (parts[i].channels + parts[i + 1].channels < parts[at].channels + parts[at + 1].channels) at = i;
    return at;
}

/// Beyond what was cut off between the two, the one would be read for the other: such a part is copied before.
Layer pair_layer(Network& network, const Node& node, Part& first, Part& second, std::size_t axis)
{
    if (cut_channels(first, axis).second < 0) first.map = network.copy_of(first.map);
    if (cut_channels(second, axis).first < 0) second.map = network.copy_of(second.map);
    return copying_layer(network, node, {first.map, second.map}, axis);
}

/// Rows or columns one by one, each several times where the map is repeated.
void read_along(Network& network, const Feature& map, Role role, Operand& operand)
{
    for (std::size_t axis = 0; axis < map.layout.size(); ++axis) {
        if (map.times(axis) == 1 || !is_whole(map.layout, axis, role, network.roles())) continue;
        Window window{role, size_of(map.layout[axis])};
        window.times = map.times(axis);
        window.output = window.positions();
        SlidingAxis along = sliding_axis(window);
        along.name += operand.name;
        operand.sliding.push_back(along);
        return;
    }
    operand.relevant.insert(position_dim(role));
}

}  // namespace

Layer copying_layer(Network& network, const Node& node, const std::vector<Feature>& maps, std::size_t axis)
{
    Layer layer = network.new_layer(node, "Concat");
    std::int64_t total = 0;
    for (const Feature& map : maps) total += map.size(axis);
    const Layout layout = seen(maps.front());
    layer.sizes[LoopDim::b] = size_of(layout, Role::batch, network.roles());
    layer.sizes[LoopDim::g] = total;
    layer.sizes[LoopDim::oy] = size_of(layout, Role::row, network.roles());
    layer.sizes[LoopDim::ox] = size_of(layout, Role::column, network.roles());
    for (LoopDim dim : {LoopDim::b, LoopDim::g, LoopDim::oy, LoopDim::ox}) layer.output.relevant.insert(dim);
    std::int64_t begin = 0;
    for (const Feature& map : maps) {
        const std::string name = layer.inputs.empty() ? "X" : "Y";
        Operand operand = network.operand(name, map);
        operand.relevant.insert(LoopDim::b);
        for (Role role : {Role::row, Role::column}) read_along(network, map, role, operand);
        const Padding cut = map.padding.empty() ? Padding{0, 0} : map.padding[axis];
        SlidingAxis channels{'G' + name, LoopDim::g, 1, LoopDim::fx, 1};
        channels.padding_before = begin + cut.first;
        channels.padding_behind = total - begin - map.size(axis) + cut.second;
        channels.size = size_of(map.layout[axis]);
        operand.sliding.push_back(channels);
        layer.output.precision = std::max(layer.output.precision, map.bits);
        layer.inputs.push_back(std::move(operand));
        begin += map.size(axis);
    }
    return layer;
}

void lower_concatenation(Network& network, const Node& node)
{
    const std::size_t axis = joined_axis(network, node);
    std::vector<Part> parts = parts_of(network, node, axis);
    if (parts.size() == 1) return network.set_output(node, parts.front().map);
    check_axes(network, node, parts, axis);
    const std::size_t count = parts.size();
    while (parts.size() > 1) {
        const std::size_t at = cheapest_pair(parts);
        Layer layer = pair_layer(network, node, parts[at], parts[at + 1], axis);
        Layout layout = seen(parts[at].map);
        layout[axis] = whole_axis(Role::channel, layer.sizes[LoopDim::g]);
        if (parts.size() == 2) return network.add(node, std::move(layer), std::move(layout));
        layer.name += "_part" + std::to_string(count - parts.size() + 1);
        const Bits bits = layer.output.precision;
        const std::int64_t channels = layer.sizes[LoopDim::g];
        parts[at] = {network.add_between(node, std::move(layer), std::move(layout), bits), channels};
        parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(at) + 1);
    }
}

}  // namespace plumbline::io
