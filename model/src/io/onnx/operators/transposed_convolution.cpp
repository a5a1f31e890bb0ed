// SPDX-License-Identifier: Apache-2.0
// ConvTranspose: one convolution that makes all outputs which lie beside each other as channels of a pixel, where nobody reads
// them but whoever takes the network's outputs; else one of stride 1 over a map with `stride - 1` zeros behind each element.
#include <algorithm>

#include "onnx/graph/attributes.hpp"
#include "onnx/graph/limits.hpp"
#include "onnx/graph/operators.hpp"
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

/// Outputs along an axis that one pixel of a convolution holds, as many as the stride.
///
/// Output o lies at q = o + (what is cut off before). Element i reaches it by row q - stride * i of the kernel, so that all outputs of
/// equal q / stride read the same elements, each by kernel rows of its own: q % stride, and so many strides behind it.
struct OutputGroups {
    Window window;            ///< of a convolution of stride 1, which makes a pixel for each group
    std::int64_t size = 1;    ///< outputs of a group
    std::int64_t before = 0;  ///< of the first group that are cut off
    std::int64_t behind = 0;  ///< of the last
};

OutputGroups grouped(const Window& transposed)
{
    OutputGroups groups{transposed, transposed.times};
    Window& window = groups.window;
    const std::int64_t cut = transposed.kernel - 1 - transposed.before;
    const std::int64_t first = cut / groups.size;
    const std::int64_t last = (cut + transposed.output - 1) / groups.size;
    window.kernel = (transposed.kernel + groups.size - 1) / groups.size;
    window.times = 1;
    window.output = last - first + 1;
    window.before = window.kernel - 1 - first;
    window.cut = std::max<std::int64_t>(0, window.map - (last + 1));
    groups.before = cut % groups.size;
    groups.behind = window.output * groups.size - groups.before - transposed.output;
    return groups;
}

/// Whether a node changes single values of one map, and each by constants for its channel at most.
bool applies_to_values(const Graph& graph, const Node& node)
{
    if (kind_of(node.type) == Kind::fused) return true;
    if (kind_of(node.type) != Kind::elementwise) return false;
    std::size_t computed = 0;
    for (TensorIndex input : node.inputs) {
        if (input == kNoTensor) continue;
        const Tensor& tensor = graph.tensors[input];
        if (!tensor.constant) ++computed;
        const std::int64_t values = tensor.shape ? count_of(*tensor.shape) : 0;
        const Shape& output = *graph.tensors[node.outputs[0]].shape;
        const bool per_channel =
            values == 1 || (tensor.shape && values == output[1] && tensor.shape->size() + 1 >= output.size() &&
                            (*tensor.shape)[tensor.shape->size() + 1 - output.size()] == values);
        if (tensor.constant && !per_channel) return false;
    }
    return computed == 1;
}

/// Whether no layer reads what a node makes. \param as_it_is what is cut off has not been left out
bool leaves_network(const Graph& graph, const Node& from, bool as_it_is)
{
    std::vector<bool> followed(graph.tensors.size());
    followed[from.outputs[0]] = true;
    for (const Node& node : graph.nodes) {
        const bool reads = std::any_of(node.inputs.begin(), node.inputs.end(),
                                       [&](TensorIndex input) { return input != kNoTensor && followed[input]; });
        if (!reads) continue;
        if (!applies_to_values(graph, node) || (!as_it_is && kind_of(node.type) != Kind::fused)) return false;
        followed[node.outputs[0]] = true;
    }
    return true;
}

/// Axes of the output: outputs of a group are channels of their pixel, rows before columns behind the channels proper.
void place_groups(Network& network, const Node& node, const std::vector<OutputGroups>& axes, std::int64_t channels)
{
    Feature made = network.made(node);
    std::int64_t step = 1;
    for (std::size_t i = axes.size(); i-- > 0;) {
        Axis& axis = made.layout[made.layout.size() - axes.size() + i];
        if (axes[i].size > 1) axis.push_back({Role::channel, axes[i].size, step});
        step *= axes[i].size;
    }
    made.layout[1] = whole_axis(Role::channel, channels);
    for (Factor& factor : made.layout[1]) factor.step = step;
    for (std::size_t i = 0; i < axes.size(); ++i) {
        if (axes[i].before + axes[i].behind == 0) continue;
        made.padding.resize(made.layout.size());
        made.padding[made.layout.size() - axes.size() + i] = {-axes[i].before, -axes[i].behind};
    }
    made.changed_by = &node;
    network.set_output(node, std::move(made));
}

/// False, and nothing done, where a layer reads the output, which would have to find its pixels among channels.
bool lower_in_groups(Network& network, const Node& node, Convolution convolution)
{
    std::vector<OutputGroups> axes;
    std::int64_t pixels = 1;
    std::int64_t cut = 0;
    for (const Window& window : convolution.windows) {
        if (window.dilation != 1 || window.before > window.kernel - 1) return false;
        axes.push_back(grouped(window));
        pixels *= axes.back().size;
        if (pixels > kMostOnnxSize) return false;
        cut += axes.back().before + axes.back().behind;
        // Nobody could tell the values of one pixel from channels.
        if (cut > 0 && axes.back().window.output == 1) return false;
    }
    if (pixels == 1 || !leaves_network(network.graph(), node, cut == 0)) return false;
    for (std::size_t i = 0; i < axes.size(); ++i) convolution.windows[i] = axes[i].window;
    Groups& groups = convolution.groups;
    const std::int64_t channels = groups.count * groups.outputs;
    if (channels > kMostOnnxSize / pixels) return false;
    groups.outputs *= pixels;
    convolution.operator_type = groups.count > 1 && groups.inputs == 1 ? "DepthwiseConv" : "Conv";
    add_convolution(network, node, convolution);
    place_groups(network, node, axes, channels);
    return true;
}

}  // namespace

void lower_transposed_convolution(Network& network, const Node& node)
{
    const Shape& weights = shape_of_weights(network, node, 1);
    network.order_channels(node, 0, 1);
    const Feature map = network.feature(node, 0);
    Convolution convolution{"ConvTranspose", 1, {integer(node, "group", 1), 1, weights[1]}, map, {}};
    Groups& groups = convolution.groups;
    groups.inputs = weights[0] / groups.count;
    convolution.windows = transposed_windows(network, node, map, {weights.begin() + 2, weights.end()});
    if (groups.count * groups.inputs != weights[0] || weights[0] != size_of(map.layout[1]))
        refuse(network.graph(), node,
               "has weights of " + text_of(weights) + " in " + std::to_string(groups.count) +
                   " groups, but its input has " + std::to_string(size_of(map.layout[1])) + " channels");
    if (!lower_in_groups(network, node, convolution)) add_convolution(network, node, convolution);
}

}  // namespace plumbline::io
