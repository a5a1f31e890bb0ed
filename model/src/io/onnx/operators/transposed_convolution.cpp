// SPDX-License-Identifier: Apache-2.0
// ConvTranspose: one convolution that makes all outputs which lie beside each other as channels of a pixel, where layers find them
// (depth to space); of dilated windows, one of stride 1 over a map with `stride - 1` zeros behind each element.
#include <algorithm>

#include "onnx/graph/attributes.hpp"
#include "onnx/graph/limits.hpp"
#include "onnx/lowering.hpp"
#include "onnx/operators/convolution.hpp"

namespace plumbline::io {
namespace {

constexpr std::int64_t kMostInPixel = 1 << 15;  // outputs along an axis that a workload takes

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
/// Output o lies at q = o + (what is cut off before). Element i reaches it by row q - stride * i of the kernel: the outputs of a group, which
/// lie beside each other, read the same few elements, each by kernel rows of its own.
struct OutputGroups {
    Window window;            ///< of a convolution of stride 1, which makes a pixel for each group
    std::int64_t size = 1;    ///< outputs of a group
    std::int64_t before = 0;  ///< of the first group that are cut off
    std::int64_t behind = 0;  ///< of the last

    /// Products along the axis for each channel of a pixel.
    std::int64_t products() const { return window.output * window.kernel; }
};

std::int64_t divide_up(std::int64_t value, std::int64_t by) { return value > 0 ? (value - 1) / by + 1 : value / by; }
std::int64_t divide_down(std::int64_t value, std::int64_t by) { return -divide_up(-value, by); }

/// \param before outputs of the first group that there are not, fewer than a group has
OutputGroups grouped(const Window& transposed, std::int64_t before)
{
    OutputGroups groups{transposed, transposed.times, before};
    Window& window = groups.window;
    const std::int64_t first_output = transposed.kernel - 1 - transposed.before - before;
    const std::int64_t first = divide_up(first_output - transposed.kernel + 1, groups.size);
    window.kernel = divide_down(first_output + groups.size - 1, groups.size) - first + 1;
    window.times = 1;
    window.output = divide_up(before + transposed.output, groups.size);
    window.before = -first;
    window.cut = std::max<std::int64_t>(0, window.map - (first + window.output + window.kernel - 1));
    groups.behind = window.output * groups.size - before - transposed.output;
    return groups;
}

/// Those that take the fewest products; of such, those of which the least is cut off.
OutputGroups grouped(const Window& transposed)
{
    OutputGroups best = grouped(transposed, 0);
    for (std::int64_t before = 1; before < transposed.times; ++before) {
        const OutputGroups groups = grouped(transposed, before);
        if (groups.products() < best.products()) best = groups;
    }
    return best;
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
        made.trimmed.resize(made.layout.size());
        made.trimmed[made.layout.size() - axes.size() + i] = {axes[i].before, axes[i].behind};
    }
    made.changed_by = &node;
    network.set_output(node, std::move(made));
}

/// False, and nothing done, where windows are dilated.
bool lower_in_groups(Network& network, const Node& node, Convolution convolution)
{
    std::vector<OutputGroups> axes;
    std::int64_t pixels = 1;
    for (const Window& window : convolution.windows) {
        if (window.dilation != 1 || window.times > kMostInPixel) return false;
        axes.push_back(grouped(window));
        pixels *= axes.back().size;
        // Nobody could tell the outputs of a single pixel from channels.
        if (axes.back().size > 1 && axes.back().window.output == 1) return false;
    }
    if (pixels == 1) return false;
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
    network.make_map(node, 0);
    network.order_channels(node, 0, 1);
    const Feature& read = network.changed_feature(node, 0);
    const Feature map =
        read.padding.empty() && !read.is_repeated() && !read.is_stepped() ? read : network.feature(node, 0);
    Convolution convolution{"ConvTranspose", 1, {integer(node, "group", 1), 1, weights[1]}, map, {}};
    Groups& groups = convolution.groups;
    groups.inputs = weights[0] / groups.count;
    const Shape kernel{weights.begin() + 2, weights.end()};
    convolution.windows = transposed_windows(network, node, map, kernel);
    if (groups.count * groups.inputs != weights[0] || weights[0] != size_of(map.layout[1]))
        refuse(network.graph(), node,
               "has weights of " + text_of(weights) + " in " + std::to_string(groups.count) +
                   " groups, but its input has " + std::to_string(size_of(map.layout[1])) + " channels");
    if (lower_in_groups(network, node, convolution)) return;
    convolution.map = network.out_of_depth(node, 0);
    convolution.windows = transposed_windows(network, node, convolution.map, kernel);
    add_convolution(network, node, convolution);
}

}  // namespace plumbline::io
