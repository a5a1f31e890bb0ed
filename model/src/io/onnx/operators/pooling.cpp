// SPDX-License-Identifier: Apache-2.0
#include "onnx/operators/pooling.hpp"

#include "onnx/geometry.hpp"
#include "onnx/graph/attributes.hpp"
#include "onnx/lowering.hpp"
#include "onnx/precision.hpp"

namespace plumbline::io {
namespace {

/// What the functional mode computes of windows; of others, as of powers, none.
std::optional<Operation> operation_of(const Node& node)
{
    if (node.type == "MaxPool" || node.type == "GlobalMaxPool") return Operation::maximum_pooling;
    if (node.type == "AveragePool" || node.type == "GlobalAveragePool") return Operation::average_pooling;
    return std::nullopt;
}

/// Whether windows are as large as the map.
bool slides_over_all(const Node& node) { return node.type.compare(0, 6, "Global") == 0; }

std::vector<Window> pooled_windows(Network& network, const Node& node, const Feature& feature)
{
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

std::optional<Layout> output_layout(Network& network, const Node& node, const Feature& feature,
                                    const std::vector<Window>& windows)
{
    Layout layout{whole_axis(Role::batch, size_of(feature.layout, Role::batch, network.roles())),
                  whole_axis(Role::channel, channels_under(network, feature, windows))};
    for (const Window& window : windows) layout.push_back(whole_axis(window.role, window.output));
    return reshaped(layout, network.output_shape(node));
}

/// A layer of the type of its node, which has no weights: no pooling that is computed.
Layer as_other(Layer pooling, const Node& node)
{
    pooling.operator_type = node.type;
    pooling.inputs.erase(pooling.inputs.begin());
    pooling.inputs.front().name = "X";
    return pooling;
}

}  // namespace

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

void lower_pooling(Network& network, const Node& node)
{
    network.make_map(node, 0);
    network.order_channels(node, 0, 1);
    network.without_steps(node, 0);
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
    if (const auto operation = operation_of(node))
        return network.add(node, std::move(layer), *std::move(output), *operation);
    network.add(node, as_other(std::move(layer), node), *std::move(output));
}

}  // namespace plumbline::io
