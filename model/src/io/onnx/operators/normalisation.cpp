// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "onnx/graph/attributes.hpp"
#include "onnx/lowering.hpp"
#include "onnx/precision.hpp"

namespace plumbline::io {
namespace {

/// Channels that are normalised together, so many times.
struct NormalisedChannels {
    std::int64_t groups = 1;
    std::int64_t size = 1;  ///< of a group
};

/// Before opset 13, Softmax took all axes from the one that it names on; LayerNormalization always does.
std::vector<std::size_t> normalised_axes(const Network& network, const Node& node)
{
    const auto rank = static_cast<std::int64_t>(network.output_shape(node).size());
    std::vector<std::size_t> axes;
    for (std::int64_t axis : node.axes) axes.push_back(static_cast<std::size_t>(axis < 0 ? axis + rank : axis));
    if (!axes.empty()) return axes;
    const bool one = node.type != "LayerNormalization" && network.graph().opset >= 13;
    const std::int64_t usual = one || node.type == "LayerNormalization" ? -1 : 1;
    const std::int64_t given = integer(node, "axis", usual);
    const std::int64_t first = given < 0 ? given + rank : given;
    if (first < 0 || first >= rank)
        refuse(network.graph(), node, "names axis " + std::to_string(given) + " of " + std::to_string(rank));
    for (std::int64_t axis = first; axis < (one ? first + 1 : rank); ++axis)
        axes.push_back(static_cast<std::size_t>(axis));
    return axes;
}

/// Of an input of the network: what is normalised is channels. Before a last axis lie the tokens of a sequence, or the rows and columns of a
/// map; Softmax finds the heads of attention before them.
void bind_axes(Network& network, const Node& node, const Layout& layout)
{
    OpenRoles& roles = network.roles();
    const std::vector<std::size_t> axes = normalised_axes(network, node);
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

NormalisedChannels normalised_channels(Network& network, const Node& node, const Layout& layout)
{
    const OpenRoles& roles = network.roles();
    NormalisedChannels channels;
    for (std::size_t axis : normalised_axes(network, node)) channels.size *= size_of(layout[axis]);
    channels.groups = size_of(layout, Role::channel, roles) / channels.size;
    return channels;
}

void index(Layer& layer, Operand& operand, std::initializer_list<LoopDim> dims)
{
    for (LoopDim dim : dims)
        if (dim != LoopDim::g || layer.sizes[LoopDim::g] > 1) operand.relevant.insert(dim);
}

Layer pass_over(Network& network, const Node& node, const Layout& layout)
{
    Layer layer = network.new_layer(node, node.type);
    layer.sizes[LoopDim::b] = size_of(layout, Role::batch, network.roles());
    layer.sizes[LoopDim::oy] = size_of(layout, Role::row, network.roles());
    layer.sizes[LoopDim::ox] = size_of(layout, Role::column, network.roles());
    return layer;
}

/// Reads all channels, and keeps of each group what the second pass needs of all of it.
Feature statistics(Network& network, const Node& node, const Feature& map, const NormalisedChannels& channels)
{
    Layer layer = pass_over(network, node, map.layout);
    layer.name += "_statistics";
    layer.sizes[LoopDim::g] = channels.groups;
    layer.sizes[LoopDim::c] = channels.size;
    Operand input = network.operand("X", map);
    index(layer, input, {LoopDim::b, LoopDim::g, LoopDim::c, LoopDim::oy, LoopDim::ox});
    index(layer, layer.output, {LoopDim::b, LoopDim::g, LoopDim::oy, LoopDim::ox});
    layer.inputs = {input};
    layer.output.precision = partial_bits(layer, false, network.options());
    const Bits bits = layer.output.precision;
    return network.add_between(node, std::move(layer), map.layout, bits);
}

}  // namespace

void lower_normalisation(Network& network, const Node& node)
{
    for (std::size_t i = 1; i < node.inputs.size(); ++i)
        if (network.is_computed(node, i))
            refuse(network.graph(), node, "has a computed input " + std::to_string(i) + ", expected a constant");
    Feature map = network.feature(node, 0);
    bind_axes(network, node, map.layout);
    if (!holds_channels_alone(map.layout, normalised_axes(network, node), network.roles()))
        map = as_sequence(network, node, map, normalised_axes(network, node));
    const NormalisedChannels channels = normalised_channels(network, node, map.layout);
    const Feature found = statistics(network, node, map, channels);
    Layer layer = pass_over(network, node, map.layout);
    const bool grouped = channels.groups > 1;
    layer.sizes[LoopDim::g] = grouped ? channels.groups : channels.size;
    layer.sizes[LoopDim::k] = grouped ? channels.size : 1;
    Operand values = network.operand("X", map);
    Operand shared = network.operand("Y", found);
    for (Operand* operand : {&layer.output, &values}) {
        index(layer, *operand, {LoopDim::b, LoopDim::g, LoopDim::oy, LoopDim::ox});
        if (grouped) operand->relevant.insert(LoopDim::k);
    }
    index(layer, shared, {LoopDim::b, LoopDim::oy, LoopDim::ox});
    if (grouped) shared.relevant.insert(LoopDim::g);
    layer.inputs = {values, shared};
    layer.output.precision = partial_bits(layer, false, network.options());
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
