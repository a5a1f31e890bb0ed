// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "onnx/geometry.hpp"
#include "onnx/graph/attributes.hpp"
#include "onnx/lowering.hpp"
#include "onnx/precision.hpp"

namespace plumbline::io {
namespace {

bool is_maximum(const Node& node) { return node.type.find("Max") != std::string::npos; }

bool reduces(const Node& node) { return node.type.compare(0, 6, "Reduce") == 0; }

std::vector<std::size_t> reduced_axes(const Network& network, const Node& node, const Layout& layout)
{
    std::vector<std::size_t> axes;
    for (std::int64_t axis : integers(node, "axes"))
        axes.push_back(static_cast<std::size_t>(axis < 0 ? axis + static_cast<std::int64_t>(layout.size()) : axis));
    if (axes.empty()) refuse(network.graph(), node, "reduces all axes, expected rows and columns, or channels");
    return axes;
}

/// Of an input of the network: the tokens of a sequence lie before its channels.
void bind_tokens(Network& network, const Layout& layout, const std::vector<std::size_t>& axes)
{
    if (layout.size() == 3 && axes == std::vector<std::size_t>{1}) {
        network.roles().bind(layout[1], Role::column);
        network.roles().bind(layout[2], Role::channel);
    }
    bind_usual(network.roles(), layout);
}

/// A window over all rows, or columns, that are reduced. Others have windows of one pixel.
std::vector<Window> reduced_windows(Network& network, const Node& node, const Feature& feature)
{
    const std::vector<std::size_t> axes = reduced_axes(network, node, feature.layout);
    bind_tokens(network, feature.layout, axes);
    const OpenRoles& roles = network.roles();
    Layout reduced;
    for (std::size_t axis : axes) reduced.push_back(feature.layout[axis]);
    if (size_of(reduced, Role::batch, roles) * size_of(reduced, Role::channel, roles) > 1)
        refuse(network.graph(), node,
               "reduces a batch, or channels among others, expected rows and columns, or channels");
    std::vector<Window> windows;
    for (Role role : {Role::row, Role::column}) {
        const std::int64_t size = size_of(feature.layout, role, roles);
        const std::int64_t taken = size_of(reduced, role, roles);
        if (taken != 1 && taken != size)
            refuse(network.graph(), node, "reduces a part of rows or columns, expected all");
        windows.push_back({role, size, taken, 1, 1, 0, size / taken});
    }
    return windows;
}

/// Whether windows are as large as the map.
bool slides_over_all(const Node& node) { return node.type.compare(0, 6, "Global") == 0 || reduces(node); }

std::vector<Window> pooled_windows(Network& network, const Node& node, const Feature& feature)
{
    if (reduces(node)) return reduced_windows(network, node, feature);
    if (slides_over_all(node)) return whole_windows(network, node, feature);
    return windows_of(network, node, feature, integers(node, "kernel_shape"));
}

/// But those that hold rows and columns.
std::int64_t channels_under(Network& network, const Feature& feature, const std::vector<Window>& windows)
{
    std::int64_t channels = size_of(feature.layout, Role::channel, network.roles());
    for (const Window& window : windows) channels /= window.depth;
    return channels;
}

/// What is reduced has one position, or none where the node drops it; the rest stays where it is.
std::optional<Layout> output_layout(Network& network, const Node& node, const Feature& feature,
                                    const std::vector<Window>& windows)
{
    const OpenRoles& roles = network.roles();
    Layout layout = feature.layout;
    if (reduces(node)) {
        for (std::size_t axis : reduced_axes(network, node, layout)) layout[axis].clear();
    } else {
        layout = {whole_axis(Role::batch, size_of(feature.layout, Role::batch, roles)),
                  whole_axis(Role::channel, channels_under(network, feature, windows))};
        for (const Window& window : windows) layout.push_back(whole_axis(window.role, window.output));
    }
    return reshaped(layout, network.output_shape(node));
}

/// As ZigZag writes it: a product with weights of no bits.
Layer pooling_layer(Network& network, const Node& node, const Feature& feature, const std::vector<Window>& windows)
{
    Layer layer = network.new_layer(node, "Pooling");
    Operand weights{"W", {}, {}, Bits{0}, true, {}};
    Operand map = network.operand("I", feature);
    layer.sizes[LoopDim::b] = size_of(feature.layout, Role::batch, network.roles());
    layer.sizes[LoopDim::g] = channels_under(network, feature, windows);
    for (LoopDim dim : {LoopDim::b, LoopDim::g}) {
        layer.output.relevant.insert(dim);
        map.relevant.insert(dim);
    }
    for (const Window& window : windows) {
        layer.sizes[position_dim(window.role)] = window.output;
        layer.sizes[window_dim(window.role)] = window.kernel;
        layer.output.relevant.insert(position_dim(window.role));
        weights.relevant.insert(window_dim(window.role));
        map.sliding.push_back(sliding_axis(window));
    }
    layer.inputs = {weights, map};
    layer.output.precision = partial_bits(layer, false, network.options());
    return layer;
}

bool reduces_channels(Network& network, const Node& node)
{
    if (!reduces(node)) return false;
    const Layout& layout = network.changed_feature(node, 0).layout;
    const std::vector<std::size_t> axes = reduced_axes(network, node, layout);
    bind_tokens(network, layout, axes);
    return is_of_channels(layout, axes, network.roles());
}

}  // namespace

void lower_pooling(Network& network, const Node& node)
{
    if (reduces(node))
        network.out_of_depth(node, 0);
    else
        network.make_map(node, 0);
    if (!reduces(node)) network.order_channels(node, 0, 1);
    network.without_steps(node, 0);
    if (reduces_channels(network, node))
        return lower_channel_reduction(network, node, network.feature(node, 0),
                                       reduced_axes(network, node, network.changed_feature(node, 0).layout));
    Feature feature = network.changed_feature(node, 0);
    if ((feature.cut() || feature.is_repeated()) && slides_over_all(node)) feature = network.feature(node, 0);
    std::vector<Window> windows = pooled_windows(network, node, feature);
    if (!keep_to_part(windows, feature)) {
        feature = network.feature(node, 0);
        windows = pooled_windows(network, node, feature);
    }
    Layer layer = pooling_layer(network, node, feature, windows);
    auto output = output_layout(network, node, feature, windows);
    if (!output)
        refuse(network.graph(), node,
               "makes " + text_of(network.output_shape(node)) + ", expected what its windows leave");
    network.add(node, std::move(layer), *std::move(output),
                is_maximum(node) ? Operation::maximum_pooling : Operation::average_pooling);
}

}  // namespace plumbline::io
