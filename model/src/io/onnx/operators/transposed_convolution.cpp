// SPDX-License-Identifier: Apache-2.0
// ConvTranspose: a convolution of stride 1 over a map with `stride - 1` zeros behind each element.
#include "onnx/graph/attributes.hpp"
#include "onnx/lowering.hpp"
#include "onnx/operators/convolution.hpp"

namespace plumbline::io {
namespace {

/// Positions that are cut off before those of all products: as the node says, or its share of what its output lacks.
///
/// Windows that touch an element at all make `stride * (map - 1) + output_padding + reach` positions, `reach` those of one
/// window. What an `output_shape` leaves out is shared between both ends; the odd one is behind for SAME_UPPER, else before.
std::int64_t cut_before(const Node& node, const Window& window, std::size_t axis)
{
    const std::string automatic = text(node, "auto_pad");
    const bool same = automatic == "SAME_UPPER" || automatic == "SAME_LOWER";
    if (!same && attribute(node, "output_shape") == nullptr) return integer_at(node, "pads", axis, 0);
    const std::int64_t reach = (window.kernel - 1) * window.dilation + 1;
    const std::int64_t all = window.times * (window.map - 1) + integer_at(node, "output_padding", axis, 0) + reach;
    const std::int64_t total = all - window.output;
    return automatic == "SAME_UPPER" ? total / 2 : total - total / 2;
}

std::vector<Window> transposed_windows(Network& network, const Node& node, const Feature& map, const Shape& kernel)
{
    std::vector<Window> windows = whole_windows(network, node, map);
    const Shape& output = network.output_shape(node);
    const std::size_t first = output.size() - windows.size();
    for (std::size_t axis = 0; axis < windows.size(); ++axis) {
        Window& window = windows[axis];
        window.kernel = kernel[axis];
        window.dilation = integer_at(node, "dilations", axis, 1);
        window.times = integer_at(node, "strides", axis, 1);
        window.output = output[first + axis];
        window.before = (window.kernel - 1) * window.dilation - cut_before(node, window, axis);
    }
    return windows;
}

}  // namespace

void lower_transposed_convolution(Network& network, const Node& node)
{
    const Shape& weights = shape_of_weights(network, node, 1);
    network.order_channels(node, 0, 1);
    const Feature& map = network.feature(node, 0);
    Convolution convolution{"ConvTranspose", 1, {integer(node, "group", 1), 1, weights[1]}, map, {}};
    Groups& groups = convolution.groups;
    groups.inputs = weights[0] / groups.count;
    convolution.windows = transposed_windows(network, node, map, {weights.begin() + 2, weights.end()});
    if (groups.count * groups.inputs != weights[0] || weights[0] != size_of(map.layout[1]))
        refuse(network.graph(), node,
               "has weights of " + text_of(weights) + " in " + std::to_string(groups.count) +
                   " groups, but its input has " + std::to_string(size_of(map.layout[1])) + " channels");
    add_convolution(network, node, convolution);
}

}  // namespace plumbline::io
