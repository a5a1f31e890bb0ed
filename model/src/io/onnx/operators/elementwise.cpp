// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <string_view>

#include "onnx/lowering.hpp"
#include "onnx/precision.hpp"

namespace plumbline::io {
namespace {

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
    const Feature& first = network.changed_feature(node, computed.front());
    const Shape& output = network.output_shape(node);
    if (first.padded() || network.shape(node, computed.front()) != output) return false;
    for (std::size_t i = 0; i < node.inputs.size(); ++i) {
        if (node.inputs[i] == kNoTensor) continue;
        const bool free = network.is_computed(node, i) ? same_map(network.changed_feature(node, i), first)
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

/// Whether rows, columns and channels lie in the order of the axes, each as a whole.
bool is_in_order(const Layout& layout, const OpenRoles& roles)
{
    std::array<std::int64_t, 3> steps{1, 1, 1};
    for (auto axis = layout.rbegin(); axis != layout.rend(); ++axis)
        for (auto factor = axis->rbegin(); factor != axis->rend(); ++factor) {
            const Role role = roles.role_of(*factor);
            if (role == Role::batch) continue;
            if (role == Role::open) return false;
            std::int64_t& step = steps[role == Role::channel ? 0 : role == Role::row ? 1 : 2];
            if (factor->step != step) return false;
            step *= factor->size;
        }
    return true;
}

/// Axes along which two maps have several positions mean the same in both.
bool lie_alike(OpenRoles& roles, const Layout& a, const Layout& b)
{
    for (std::size_t axis = 0; axis < a.size(); ++axis)
        if (!a[axis].empty() && !b[axis].empty() && !agree(roles, a[axis], b[axis])) return false;
    return true;
}

/// What a map has of the axes of another.
Layout as_in(const Layout& layout, const Layout& target)
{
    Layout result = layout;
    for (std::size_t axis = 0; axis < layout.size(); ++axis)
        if (!layout[axis].empty()) result[axis] = target[axis];
    return result;
}

/// Of maps that lie on each other differently, layers copy all but one into the order of that: the first that is as large as the output, and
/// in order if any is.
void lay_alike(Network& network, const Node& node, std::vector<Feature>& maps)
{
    const std::size_t rank = network.output_shape(node).size();
    const auto axes = [&](const Feature& map) { return aligned(map.layout, rank, Axis{}); };
    const Feature* like = nullptr;
    for (const Feature& map : maps) {
        Shape sizes;
        for (const Axis& axis : axes(map)) sizes.push_back(size_of(axis));
        if (sizes != network.output_shape(node)) continue;
        if (like == nullptr ||
            (is_in_order(map.layout, network.roles()) && !is_in_order(like->layout, network.roles())))
            like = &map;
    }
    if (like == nullptr) return;
    const Layout target = axes(*like);
    for (Feature& map : maps)
        if (map.layer && map.layout.size() == rank && !lie_alike(network.roles(), axes(map), target))
            map = network.relaid(node, map, as_in(map.layout, target));
}

/// Channels of the joint map, so many groups of so many, where a map has one value for each group, or those of one group for all.
struct ChannelGroups {
    std::int64_t groups = 1;
    std::int64_t size = 1;
};

/// Whether channels that a map has lie within a group, one beside the other.
bool lies_within(const Layout& map, std::int64_t group, const OpenRoles& roles)
{
    for (const Axis& axis : map)
        for (const Factor& factor : axis)
            if (roles.role_of(factor) == Role::channel && factor.step * factor.size > group) return false;
    return true;
}

/// \throws InputError where maps have other parts of the channels
ChannelGroups channel_groups(Network& network, const Node& node, const std::vector<Layout>& maps, const Layout& joint)
{
    const OpenRoles& roles = network.roles();
    const std::int64_t all = size_of(joint, Role::channel, roles);
    ChannelGroups found{all, 1};
    bool parts = false;
    for (const Layout& map : maps) {
        const std::int64_t size = size_of(map, Role::channel, roles);
        if (size == all || size == 1) continue;
        const ChannelGroups groups =
            lies_within(map, size, roles) ? ChannelGroups{all / size, size} : ChannelGroups{size, all / size};
        if (parts && groups.size != found.size)
            refuse(network.graph(), node,
                   "repeats two parts of the channels of a map, expected one value or all of them");
        parts = true;
        found = groups;
    }
    return found;
}

/// Indexes an operand by what it has of the output.
void index(Operand& operand, const Layout& layout, const Layout& joint, ChannelGroups groups, const OpenRoles& roles)
{
    for (Role role : {Role::batch, Role::row, Role::column})
        if (size_of(layout, role, roles) == size_of(joint, role, roles)) operand.relevant.insert(dim_of(role));
    const std::int64_t channels = size_of(layout, Role::channel, roles);
    const bool all = channels == groups.groups * groups.size;
    const bool within = channels == groups.size && lies_within(layout, channels, roles);
    if (all || (channels > 1 && !within)) operand.relevant.insert(LoopDim::g);
    if (groups.size > 1 && (all || within)) operand.relevant.insert(LoopDim::k);
}

Layer joining_layer(Network& network, const Node& node, const std::vector<Feature>& maps, const Layout& joint)
{
    const OpenRoles& roles = network.roles();
    const std::string type = node.type == "Sum" || node.type == "Mean" ? "Add" : node.type;
    std::vector<Layout> layouts;
    layouts.reserve(maps.size());
    for (const Feature& map : maps) layouts.push_back(aligned(map.layout, joint.size(), Axis{}));
    const ChannelGroups groups = channel_groups(network, node, layouts, joint);
    Layer layer = network.new_layer(node, type);
    for (Role role : {Role::batch, Role::row, Role::column}) layer.sizes[dim_of(role)] = size_of(joint, role, roles);
    layer.sizes[LoopDim::g] = groups.groups;
    layer.sizes[LoopDim::k] = groups.size;
    index(layer.output, joint, joint, groups, roles);
    for (std::size_t i = 0; i < maps.size(); ++i) {
        Operand operand = network.operand(i == 0 ? "X" : "Y", maps[i]);
        index(operand, layouts[i], joint, groups, roles);
        layer.inputs.push_back(std::move(operand));
    }
    layer.output.precision = partial_bits(layer, false, network.options());
    return layer;
}

/// What the node joins, two or more: computed maps, and constants that are more than a value for each channel.
std::vector<Feature> joined_maps(Network& network, const Node& node, const std::vector<std::size_t>& computed)
{
    const Shape& output = network.output_shape(node);
    std::vector<Feature> maps;
    for (std::size_t i = 0; i < node.inputs.size(); ++i) {
        if (node.inputs[i] == kNoTensor) continue;
        if (network.is_computed(node, i)) {
            maps.push_back(network.feature(node, i));
            continue;
        }
        const Feature& first = network.feature(node, computed.front());
        const bool alone = network.shape(node, computed.front()) == output;
        if (!alone || !is_per_channel(network, first, network.shape(node, i), output))
            maps.push_back(network.constant_map(node, i, first.layout));
    }
    return maps;
}

/// Maps of which two may be joined before the others are, one that is as large as the output before all others. \throws InputError where no two may
void put_largest_first(Network& network, const Node& node, std::vector<Feature>& maps)
{
    constexpr std::array<std::string_view, 4> kAssociative{"Sum", "Mean", "Max", "Min"};
    const bool associative = std::find(kAssociative.begin(), kAssociative.end(), node.type) != kAssociative.end();
    const Shape& output = network.output_shape(node);
    const auto largest = std::find_if(maps.begin(), maps.end(), [&](const Feature& map) {
        const Layout layout = aligned(map.layout, output.size(), Axis{});
        return std::equal(layout.begin(), layout.end(), output.begin(),
                          [](const Axis& axis, std::int64_t size) { return size_of(axis) == size; });
    });
    if (!associative || maps.size() < 2 || largest == maps.end())
        refuse(network.graph(), node, "joins " + std::to_string(maps.size()) + " maps, expected two");
    std::rotate(maps.begin(), largest, largest + 1);
}

/// A layer joins two maps of the node, and its output the rest, one at a time.
void join_in_turn(Network& network, const Node& node, std::vector<Feature> maps)
{
    if (maps.size() != 2) put_largest_first(network, node, maps);
    const std::size_t rank = network.output_shape(node).size();
    for (std::size_t next = 1; next < maps.size(); ++next) {
        std::vector<Feature> pair{maps.front(), maps[next]};
        lay_alike(network, node, pair);
        Layout joint =
            joint_layout(network, node, {aligned(pair[0].layout, rank, Axis{}), aligned(pair[1].layout, rank, Axis{})});
        Layer layer = joining_layer(network, node, pair, joint);
        if (next + 1 == maps.size()) return network.add(node, std::move(layer), std::move(joint));
        layer.name += "_part" + std::to_string(next);
        const Bits bits = feature_bits(network.graph().tensors[node.outputs[0]].type, network.options());
        maps.front() = network.add_between(node, std::move(layer), std::move(joint), bits);
    }
}

/// Maps whose rows and columns lie among channels are joined as they are where they lie alike.
void bring_out_of_depth(Network& network, const Node& node, const std::vector<std::size_t>& computed)
{
    const Layout& first = network.feature(node, computed.front()).layout;
    const bool alike = computed.size() > 1 && std::all_of(computed.begin(), computed.end(), [&](std::size_t input) {
                           return network.feature(node, input).layout == first;
                       });
    if (alike) return;
    for (std::size_t input : computed) network.out_of_depth(node, input);
}

}  // namespace

void lower_elementwise(Network& network, const Node& node)
{
    const std::vector<std::size_t> computed = computed_inputs(network, node);
    if (is_free(network, node, computed))
        return network.set_output(node, network.changed_feature(node, computed.front()));
    bring_out_of_depth(network, node, computed);
    for (std::size_t input : computed)
        for (std::size_t axis = 0; axis < network.shape(node, input).size() && computed.size() > 1; ++axis)
            network.order_channels(node, input, axis);
    join_in_turn(network, node, joined_maps(network, node, computed));
}

}  // namespace plumbline::io
