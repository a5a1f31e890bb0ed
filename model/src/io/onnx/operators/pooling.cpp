// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "onnx/geometry.hpp"
#include "onnx/graph/attributes.hpp"
#include "onnx/lowering.hpp"
#include "onnx/precision.hpp"

namespace plumbline::io {
namespace {

bool is_maximum(const Node& node) { return node.type.find("Max") != std::string::npos; }

/// A window for each axis that is reduced. Other axes of the map have none.
std::vector<Window> reduced_windows(Network& network, const Node& node, const Feature& feature)
{
    const auto rank = static_cast<std::int64_t>(feature.layout.size());
    std::vector<Window> windows;
    for (const Window& whole : whole_windows(network, node, feature))
        windows.push_back({whole.role, whole.map, 1, 1, 1, 0, whole.map});
    for (std::int64_t axis : integers(node, "axes")) {
        const std::int64_t index = axis < 0 ? axis + rank : axis;
        if (index < 2) refuse(network.graph(), node, "reduces batch or channels, expected rows or columns");
        Window& window = windows[static_cast<std::size_t>(index - 2)];
        window.kernel = window.map;
        window.output = 1;
    }
    if (integers(node, "axes").empty()) refuse(network.graph(), node, "reduces all axes, expected rows or columns");
    return windows;
}

/// Whether windows are as large as the map.
bool slides_over_all(const Node& node)
{
    return node.type.compare(0, 6, "Global") == 0 || node.type.compare(0, 6, "Reduce") == 0;
}

std::vector<Window> pooled_windows(Network& network, const Node& node, const Feature& feature)
{
    if (node.type.compare(0, 6, "Global") == 0) return whole_windows(network, node, feature);
    if (node.type.compare(0, 6, "Reduce") == 0) return reduced_windows(network, node, feature);
    return windows_of(network, node, feature, integers(node, "kernel_shape"));
}

/// As ZigZag writes it: a product with weights of no bits.
Layer pooling_layer(Network& network, const Node& node, const Feature& feature, const std::vector<Window>& windows)
{
    Layer layer = network.new_layer(node, "Pooling");
    Operand weights{"W", {}, {}, Bits{0}, true, {}};
    Operand map = network.operand("I", feature);
    layer.sizes[LoopDim::b] = size_of(feature.layout[0]);
    layer.sizes[LoopDim::g] = size_of(feature.layout[1]);
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

}  // namespace

void lower_pooling(Network& network, const Node& node)
{
    Feature feature = network.changed_feature(node, 0);
    if ((feature.cut() || feature.is_repeated()) && slides_over_all(node)) feature = network.feature(node, 0);
    std::vector<Window> windows = pooled_windows(network, node, feature);
    if (!keep_to_part(windows, feature)) {
        feature = network.feature(node, 0);
        windows = pooled_windows(network, node, feature);
    }
    Layer layer = pooling_layer(network, node, feature, windows);
    Layout layout{whole_axis(Role::batch, layer.sizes[LoopDim::b]), whole_axis(Role::channel, layer.sizes[LoopDim::g])};
    for (const Window& window : windows) layout.push_back(whole_axis(window.role, window.output));
    // A reduction may drop the axes that it leaves at size 1.
    auto output = reshaped(layout, network.output_shape(node));
    if (!output)
        refuse(network.graph(), node,
               "makes " + text_of(network.output_shape(node)) + ", expected what its windows leave");
    network.add(node, std::move(layer), *std::move(output),
                is_maximum(node) ? Operation::maximum_pooling : Operation::average_pooling);
}

}  // namespace plumbline::io
