// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include "onnx/geometry.hpp"
#include "onnx/graph/attributes.hpp"
#include "onnx/graph/limits.hpp"
#include "onnx/lowering.hpp"

namespace plumbline::io {
namespace {

/// A map beside others.
struct Part {
    Feature map;
    std::int64_t size = 1;  ///< along the axis that is joined
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

/// Axes as a reader finds them: of a map that is repeated, or whose rows and columns lie among channels, longer than they are stored.
Layout seen(const Feature& map, const OpenRoles& roles)
{
    Layout layout = out_of_depth(roles, map);
    for (std::size_t axis = 0; axis < layout.size(); ++axis) {
        if (map.times(axis) == 1) continue;
        if (map.layout[axis].empty())
            layout[axis] = whole_axis(role_of(map.layout, axis, roles), map.times(axis));
        else
            layout[axis].front().size *= map.times(axis);
    }
    return layout;
}

const Feature& first_computed(const Network& network, const Node& node)
{
    std::size_t input = 0;
    while (!network.is_computed(node, input)) ++input;
    return network.changed_feature(node, input);
}

/// Maps of which channels alone are cut, if anything is; rows and columns may be repeated, or lie among channels of which none are cut.
std::vector<Part> parts_of(Network& network, const Node& node, std::size_t axis)
{
    if (node.inputs.size() > kMostJoinedMaps)
        refuse(network.graph(), node, "joins more than " + std::to_string(kMostJoinedMaps) + " maps");
    const Layout like = first_computed(network, node).layout;
    std::vector<Part> parts;
    for (std::size_t i = 0; i < node.inputs.size(); ++i) {
        network.order_channels(node, i, axis);
        Feature map =
            network.is_computed(node, i) ? network.changed_feature(node, i) : network.constant_map(node, i, like);
        bool others = map.padded();
        others = others || map.is_stepped();
        for (std::size_t each = 0; each < map.padding.size(); ++each)
            others = others || (each != axis && map.padding[each] != Padding{0, 0});
        if (is_in_depth(network.roles(), map) && (axis != 1 || map.cut())) map = network.out_of_depth(node, i);
        if (others) map = network.feature(node, i);
        const std::int64_t size = map.size(axis);
        parts.push_back({std::move(map), size});
    }
    return parts;
}

/// Rows and columns together (as tokens of a sequence) are columns of a map that a layer makes of them.
void make_joinable(Network& network, const Node& node, std::vector<Part>& parts, std::size_t joined)
{
    const OpenRoles& roles = network.roles();
    for (Part& part : parts) {
        const Layout& layout = part.map.layout;
        if (!is_mixed(layout, joined, roles)) continue;
        std::vector<Role> axes;
        for (const Axis& axis : layout) axes.push_back(held_role(axis, roles));
        axes[joined] = Role::column;
        const bool alone = std::all_of(axes.begin(), axes.end(), [](Role role) {
            return role == Role::batch || role == Role::channel || role == Role::column;
        });
        if (alone && std::count(axes.begin(), axes.end(), Role::column) == 1 && part.map.padding.empty())
            part.map = network.relaid(node, part.map, with_roles(layout, axes));
    }
}

/// Parts of one map that differ in where their steps begin: all that there are.
bool are_all_steps(const std::vector<Feature>& parts, std::size_t joined)
{
    const Feature& first = parts.front();
    std::set<std::vector<std::int64_t>> begins;
    for (const Feature& part : parts) {
        const bool same = part.origin == first.origin && part.layout == first.layout && part.is_stepped() &&
                          !part.padded() && !part.cut() && !part.is_repeated() && part.trimmed.empty() &&
                          !part.is_stepped(joined);
        if (!same) return false;
        std::vector<std::int64_t> begin;
        for (std::size_t axis = 0; axis < part.layout.size(); ++axis) {
            const Steps& steps = part.steps[axis];
            if (steps.step != first.steps[axis].step || steps.first >= steps.step) return false;
            if (steps.step > 1 && (part.layout[axis].empty() || part.layout[axis].back().size % steps.step != 0 ||
                                   steps.size * steps.step != size_of(part.layout[axis])))
                return false;
            begin.push_back(steps.first);
        }
        begins.insert(begin);
    }
    std::int64_t all = 1;
    for (const Steps& steps : first.steps) all *= steps.step;
    return begins.size() == parts.size() && static_cast<std::size_t>(all) == parts.size();
}

/// The positions of a block along each axis, before what the joined axis holds; those that change with each part come last.
Feature in_blocks(const Node& node, const std::vector<Feature>& parts, std::size_t joined)
{
    Feature blocks = parts.front();
    Axis inner;
    for (std::size_t axis = 0; axis < blocks.layout.size(); ++axis) {
        const std::int64_t step = blocks.steps[axis].step;
        if (step == 1) continue;
        Factor& outer = blocks.layout[axis].back();
        Factor within = outer;
        within.size = step;
        outer.size /= step;
        outer.step *= step;
        if (outer.size == 1) blocks.layout[axis].pop_back();
        inner.insert(parts[1].steps[axis].first > 0 ? inner.end() : inner.begin(), within);
    }
    Axis& channels = blocks.layout[joined];
    channels.insert(channels.begin(), inner.begin(), inner.end());
    blocks.steps.clear();
    blocks.changed_by = &node;
    return blocks;
}

/// Whether a node joins all parts of a map that steps leave along channels: then no value is moved (space to depth).
bool lower_steps(Network& network, const Node& node, std::size_t joined)
{
    std::vector<Feature> parts;
    for (std::size_t i = 0; i < node.inputs.size(); ++i) {
        if (!network.is_computed(node, i)) return false;
        parts.push_back(network.changed_feature(node, i));
    }
    if (parts.size() < 2 || joined >= parts.front().layout.size() || !are_all_steps(parts, joined)) return false;
    network.set_output(node, in_blocks(node, parts, joined));
    return true;
}

/// Axes of all maps mean the same, but for the joined one.
void bind_axes(Network& network, const Node& node, const std::vector<Part>& parts, std::size_t joined)
{
    OpenRoles& roles = network.roles();
    for (const Part& part : parts)
        if (const Role role = role_of(part.map.layout, joined, roles);
            !part.map.layout[joined].empty() && role != Role::open)
            for (const Part& other : parts) roles.bind(other.map.layout[joined], role);
    const Layout first = seen(parts.front().map, roles);
    for (int round = 0; round < 2; ++round) {
        for (const Part& part : parts)
            for (std::size_t axis = 0; axis < first.size(); ++axis)
                if (axis != joined && !agree(roles, first[axis], seen(part.map, roles)[axis]))
                    refuse(network.graph(), node,
                           "joins maps that mean different things along axis " + std::to_string(axis));
        for (const Part& part : parts) bind_usual(roles, part.map.layout);
    }
}

/// What the joined axis is: that of the first map that has more than one position of it. \throws InputError where it is not all of that
Role joined_role(Network& network, const Node& node, const std::vector<Part>& parts, std::size_t joined)
{
    const auto longer =
        std::find_if(parts.begin(), parts.end(), [&](const Part& part) { return !part.map.layout[joined].empty(); });
    const Layout layout = out_of_depth(network.roles(), (longer == parts.end() ? parts.front() : *longer).map);
    const Role role = role_of(layout, joined, network.roles());
    for (const Part& part : parts)
        if (role == Role::batch || !is_whole(out_of_depth(network.roles(), part.map), joined, role, network.roles()))
            refuse(network.graph(), node,
                   "joins maps along axis " + std::to_string(joined) +
                       ", which is not their channels, rows or columns, expected one of these");
    return role;
}

/// Of neighbours, the first of those that have the least to copy.
std::size_t cheapest_pair(const std::vector<Part>& parts)
{
    std::size_t at = 0;
    for (std::size_t i = 1; i + 1 < parts.size(); ++i)
        if (parts[i].size + parts[i + 1].size < parts[at].size + parts[at + 1].size) at = i;
    return at;
}

/// Beyond what was cut off between the two, the one would be read for the other: such a part is copied before.
Layer channels_layer(Network& network, const Node& node, Part& first, Part& second, std::size_t axis)
{
    if (cut_channels(first, axis).second < 0) first.map = network.copy_of(first.map);
    if (cut_channels(second, axis).first < 0) second.map = network.copy_of(second.map);
    return copying_layer(network, node, {first.map, second.map}, axis);
}

void read_one_by_one(const Window& window, Operand& operand)
{
    SlidingAxis along = sliding_axis(window);
    along.name += operand.name;
    operand.sliding.push_back(along);
}

/// Rows or columns one by one, each several times where the map is repeated, or out of channels.
void read_along(Network& network, const Feature& map, Role role, Operand& operand)
{
    if (is_in_depth(network.roles(), map))
        for (const Window& window : pixel_windows(network.roles(), map))
            if (window.role == role && window.depth > 1) return read_one_by_one(window, operand);
    for (std::size_t axis = 0; axis < map.layout.size(); ++axis) {
        if (map.times(axis) == 1 || role_of(map.layout, axis, network.roles()) != role) continue;
        Window window{role, size_of(map.layout[axis])};
        window.times = map.times(axis);
        window.output = window.positions();
        return read_one_by_one(window, operand);
    }
    operand.relevant.insert(position_dim(role));
}

/// Each of the two lies where the other one has padding.
Layer pixels_layer(Network& network, const Node& node, const Part& first, const Part& second, Role joined)
{
    Layer layer = network.new_layer(node, "Concat");
    const Layout& layout = first.map.layout;
    layer.sizes[LoopDim::b] = size_of(layout, Role::batch, network.roles());
    layer.sizes[LoopDim::g] = size_of(layout, Role::channel, network.roles());
    for (Role role : {Role::row, Role::column})
        layer.sizes[position_dim(role)] = size_of(layout, role, network.roles());
    layer.sizes[position_dim(joined)] = first.size + second.size;
    for (LoopDim dim : {LoopDim::b, LoopDim::g, LoopDim::oy, LoopDim::ox}) layer.output.relevant.insert(dim);
    for (const Part* part : {&first, &second}) {
        Operand operand = network.operand(part == &first ? "X" : "Y", part->map);
        for (LoopDim dim : {LoopDim::b, LoopDim::g, LoopDim::oy, LoopDim::ox})
            if (dim != position_dim(joined)) operand.relevant.insert(dim);
        SlidingAxis along = sliding_axis({joined, part->size});
        along.name += operand.name;
        (part == &first ? along.padding_behind : along.padding_before) = (part == &first ? second : first).size;
        operand.sliding.push_back(along);
        layer.output.precision = std::max(layer.output.precision, part->map.bits);
        layer.inputs.push_back(std::move(operand));
    }
    return layer;
}

/// Rows and columns are joined of maps that lie in memory as they are.
Layer pair_layer(Network& network, const Node& node, Part& first, Part& second, std::size_t axis, Role role)
{
    if (role == Role::channel) return channels_layer(network, node, first, second, axis);
    for (Part* part : {&first, &second})
        if (part->map.cut() || part->map.is_repeated()) part->map = network.copy_of(part->map);
    return pixels_layer(network, node, first, second, role);
}

}  // namespace

Layer copying_layer(Network& network, const Node& node, const std::vector<Feature>& maps, std::size_t axis)
{
    Layer layer = network.new_layer(node, "Concat");
    std::int64_t total = 0;
    for (const Feature& map : maps) total += map.size(axis);
    const Layout layout = seen(maps.front(), network.roles());
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
    if (lower_steps(network, node, axis)) return;
    std::vector<Part> parts = parts_of(network, node, axis);
    if (parts.size() == 1) return network.set_output(node, parts.front().map);
    make_joinable(network, node, parts, axis);
    bind_axes(network, node, parts, axis);
    const Role role = joined_role(network, node, parts, axis);
    const std::size_t count = parts.size();
    while (parts.size() > 1) {
        const std::size_t at = cheapest_pair(parts);
        Layer layer = pair_layer(network, node, parts[at], parts[at + 1], axis, role);
        const std::int64_t size = parts[at].size + parts[at + 1].size;
        Layout layout = seen(parts[at].map, network.roles());
        layout[axis] = whole_axis(role, size);
        if (parts.size() == 2) return network.add(node, std::move(layer), std::move(layout));
        layer.name += "_part" + std::to_string(count - parts.size() + 1);
        const Bits bits = layer.output.precision;
        parts[at] = {network.add_between(node, std::move(layer), std::move(layout), bits), size};
        parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(at) + 1);
    }
}

}  // namespace plumbline::io
