// SPDX-License-Identifier: Apache-2.0
// Resize and Upsample by whole factors: rows and columns that are repeated (nearest neighbour), or between which a layer interpolates.
#include <algorithm>

#include "onnx/graph/attributes.hpp"
#include "onnx/lowering.hpp"
#include "onnx/operators/convolution.hpp"

namespace plumbline::io {
namespace {

/// Whether position `p` of a map repeated `times` times is element `p / times`, rounded down, as the operator rounds.
///
/// `half_pixel` looks at `(p + 1/2) / times - 1/2`, which is nearest to that element and never in the middle of two.
/// `asymmetric` looks at `p / times`: rounded down that is the element; rounded to the nearest it is for factors of 2, whose
/// middle goes down.
bool repeats(const Node& node, std::int64_t times)
{
    if (node.type == "Upsample" || times == 1) return true;
    const std::string rounding = text(node, "nearest_mode");
    const std::string places = text(node, "coordinate_transformation_mode");
    const bool to_nearest = rounding.empty() || rounding == "round_prefer_floor";
    if (places == "asymmetric") return rounding == "floor" || (to_nearest && times == 2);
    const bool half_pixel = places.empty() || places == "half_pixel" || places == "pytorch_half_pixel";
    return half_pixel && (to_nearest || rounding == "round_prefer_ceil");
}

bool interpolates(const Node& node)
{
    const std::string mode = text(node, "mode");
    return mode == "linear" || mode == "bilinear";
}

/// The constant that says them as factors, not as sizes; empty where it does not.
std::vector<double> stated_factors(const Network& network, const Node& node)
{
    const std::size_t input = node.type == "Resize" && node.inputs.size() > 2 ? 2 : 1;
    if (node.inputs.size() <= input || node.inputs[input] == kNoTensor) return {};
    return network.tensor(node, input).reals.value_or(std::vector<double>{});
}

/// \throws InputError where an axis is made larger by no whole factor, or is none that windows slide along
std::vector<std::int64_t> factors(const Network& network, const Node& node, const Feature& map)
{
    const Shape& made = network.output_shape(node);
    const std::vector<double> stated = stated_factors(network, node);
    std::vector<std::int64_t> factors;
    for (std::size_t axis = 0; axis < map.layout.size(); ++axis) {
        const std::int64_t size = map.size(axis);
        const std::int64_t times = made[axis] / size;
        const bool rounded = axis < stated.size() && stated[axis] != static_cast<double>(times);
        if (made[axis] < 1 || made[axis] % size != 0 || rounded)
            refuse(network.graph(), node,
                   "makes " + text_of(made) + " of " + text_of(network.shape(node, 0)) +
                       ", expected whole multiples of rows and columns");
        factors.push_back(times);
        if (factors.back() > 1 && map.layout[axis].size() > 1)
            refuse(network.graph(), node,
                   "repeats axis " + std::to_string(axis) + ", which a Reshape before it put together of several");
        if (!interpolates(node) && !repeats(node, factors.back()))
            refuse(network.graph(), node,
                   "takes other features than the nearest, expected coordinate_transformation_mode 'half_pixel' with "
                   "nearest_mode 'round_prefer_floor', or 'asymmetric' with 'floor'");
    }
    return factors;
}

/// Position o lies between elements (o + 1/2) / times - 1/2 rounded down (half_pixel), or o / times (asymmetric), and the next: taps of a
/// window that are one element apart. Where corners are aligned they drift by less than an element from the former.
std::vector<Window> interpolating_windows(Network& network, const Node& node, const Feature& map,
                                          const std::vector<std::int64_t>& times)
{
    const std::string places = text(node, "coordinate_transformation_mode");
    const bool at_begin = places == "asymmetric" || node.type == "Upsample";
    if (places == "tf_crop_and_resize" || places == "tf_half_pixel_for_nn")
        refuse(network.graph(), node,
               "has coordinate_transformation_mode '" + places +
                   "', expected 'half_pixel', 'pytorch_half_pixel', 'align_corners' or 'asymmetric'");
    std::vector<Window> windows = whole_windows(network, node, map);
    const std::size_t first = map.layout.size() - windows.size();
    for (std::size_t axis = 0; axis < windows.size(); ++axis) {
        Window& window = windows[axis];
        window.times = times[first + axis];
        window.kernel = window.times > 1 && window.map > 1 ? 2 : 1;
        window.dilation = window.times;
        window.before = at_begin || window.kernel == 1 ? 0 : window.times / 2;
        window.output = window.positions();
    }
    return windows;
}

/// Whether there is anything to interpolate between: a single pixel is repeated.
bool has_neighbours(const Feature& map, const std::vector<std::int64_t>& times)
{
    for (std::size_t axis = 0; axis < times.size(); ++axis)
        if (times[axis] > 1 && size_of(map.layout[axis]) > 1) return true;
    return false;
}

/// A product with a weight for each of the elements that a position lies between.
void lower_interpolation(Network& network, const Node& node, const Feature& map, const std::vector<std::int64_t>& times)
{
    std::vector<Window> windows = interpolating_windows(network, node, map, times);
    const Groups groups{size_of(map.layout[1]), 1, 1};
    const std::string type = groups.count > 1 ? "DepthwiseConv" : "Conv";
    add_convolution(network, node,
                    {type, 0, groups, map, std::move(windows), network.options().weights.value_or(Bits{8})});
}

}  // namespace

void lower_resizing(Network& network, const Node& node)
{
    for (std::size_t i = 1; i < node.inputs.size(); ++i)
        if (network.is_computed(node, i))
            refuse(network.graph(), node, "has a computed input " + std::to_string(i) + ", expected a constant");
    const std::string mode = text(node, "mode");
    if (!mode.empty() && mode != "nearest" && !interpolates(node))
        refuse(network.graph(), node, "interpolates by mode '" + mode + "', expected 'nearest' or 'linear'");
    if (interpolates(node)) network.order_channels(node, 0, 1);
    Feature map = network.changed_feature(node, 0);
    const bool in_place = map.padding.empty() && !map.is_stepped() && !interpolates(node);
    if (!in_place) map = network.feature(node, 0);
    if (network.output_shape(node).size() != map.layout.size())
        refuse(network.graph(), node,
               "makes " + text_of(network.output_shape(node)) + ", expected as many dimensions as it reads");
    const std::vector<std::int64_t> times = factors(network, node, map);
    if (map.layout.size() < 3 || times[0] != 1 || times[1] != 1)
        refuse(network.graph(), node, "repeats batch or channels, expected rows or columns");
    if (interpolates(node) && has_neighbours(map, times)) return lower_interpolation(network, node, map, times);
    map.repeated.resize(map.layout.size(), 1);
    for (std::size_t axis = 0; axis < times.size(); ++axis) map.repeated[axis] *= times[axis];
    map.changed_by = &node;
    network.set_output(node, std::move(map));
}

}  // namespace plumbline::io
