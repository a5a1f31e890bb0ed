// SPDX-License-Identifier: Apache-2.0
// Parts of maps: what Slice and Split leave, and layers that copy them, or maps that are repeated, where readers cannot read
// them in place.
#include <algorithm>
#include <numeric>

#include "onnx/geometry.hpp"
#include "onnx/graph/attributes.hpp"
#include "onnx/graph/limits.hpp"
#include "onnx/lowering.hpp"

namespace plumbline::io {
namespace {

/// Positions of an axis that are left, half open.
struct Range {
    std::size_t axis = 0;
    std::int64_t begin = 0;
    std::int64_t end = 0;
};

using Indices = std::vector<std::int64_t>;

/// Of an input, or of the attribute that older operator sets have in its place.
Indices given(const Network& network, const Node& node, std::size_t input, const char* name)
{
    if (attribute(node, name) != nullptr) return integers(node, name);
    if (input >= node.inputs.size() || node.inputs[input] == kNoTensor) return {};
    const auto& values = network.tensor(node, input).values;
    if (!values) refuse(network.graph(), node, std::string{"has computed '"} + name + "', expected constants");
    return *values;
}

/// As Python understands an index, clamped to the axis.
std::int64_t place(std::int64_t index, std::int64_t size)
{
    const std::int64_t bounded = std::clamp(index, -kMostOnnxElements, kMostOnnxElements);
    return std::clamp<std::int64_t>(bounded < 0 ? bounded + size : bounded, 0, size);
}

std::vector<Range> sliced_ranges(const Network& network, const Node& node, const Feature& feature)
{
    const Indices starts = given(network, node, 1, "starts");
    const Indices ends = given(network, node, 2, "ends");
    Indices axes = given(network, node, 3, "axes");
    const Indices steps = given(network, node, 4, "steps");
    if (axes.empty()) {
        axes.resize(starts.size());
        std::iota(axes.begin(), axes.end(), std::int64_t{0});
    }
    const auto rank = static_cast<std::int64_t>(feature.layout.size());
    if (starts.size() != axes.size() || ends.size() != axes.size())
        refuse(network.graph(), node, "has other numbers of starts, ends and axes, expected as many of each");
    if (std::any_of(steps.begin(), steps.end(), [](std::int64_t step) { return step != 1; }))
        refuse(network.graph(), node, "leaves out positions between, expected steps of 1");
    std::vector<Range> ranges;
    for (std::size_t i = 0; i < axes.size(); ++i) {
        const auto axis = static_cast<std::size_t>(axes[i] < 0 ? axes[i] + rank : axes[i]);
        if (axis >= feature.layout.size())
            refuse(network.graph(), node, "names axis " + std::to_string(axes[i]) + " of " + std::to_string(rank));
        const std::int64_t size = feature.size(axis);
        ranges.push_back({axis, place(starts[i], size), place(ends[i], size)});
    }
    return ranges;
}

/// What is left of a feature, as large as the library infers it. \throws InputError where it is not
void set_part(Network& network, const Node& node, std::size_t output, Feature feature, const std::vector<Range>& ranges)
{
    const Shape& shape = *network.graph().tensors[node.outputs[output]].shape;
    if (feature.padding.empty()) feature.padding.resize(feature.layout.size());
    bool fits = shape.size() == feature.layout.size();
    for (const Range& range : ranges) {
        Padding& padding = feature.padding[range.axis];
        const std::int64_t size = feature.size(range.axis);
        padding.first -= range.begin;
        padding.second -= size - range.end;
        fits = fits && range.begin < range.end && shape[range.axis] == range.end - range.begin;
    }
    if (!fits) refuse(network.graph(), node, "makes " + text_of(shape) + ", expected what it leaves of its axes");
    const bool whole = std::all_of(feature.padding.begin(), feature.padding.end(), [](const Padding& padding) {
        return padding == Padding{0, 0};
    });
    if (whole) feature.padding.clear();
    feature.changed_by = &node;
    network.set_output(node, output, std::move(feature));
}

void split(Network& network, const Node& node)
{
    const Feature feature = network.changed_feature(node, 0);
    const auto rank = static_cast<std::int64_t>(feature.layout.size());
    const std::int64_t given_axis = integer(node, "axis", 0);
    const auto axis = static_cast<std::size_t>(given_axis < 0 ? given_axis + rank : given_axis);
    if (axis >= feature.layout.size())
        refuse(network.graph(), node, "names axis " + std::to_string(given_axis) + " of " + std::to_string(rank));
    std::int64_t begin = 0;
    for (std::size_t i = 0; i < node.outputs.size(); ++i) {
        if (node.outputs[i] == kNoTensor)
            refuse(network.graph(), node, "leaves out an output, expected a name for each");
        const Shape& shape = *network.graph().tensors[node.outputs[i]].shape;
        const std::int64_t end = begin + (axis < shape.size() ? shape[axis] : 0);
        if (end > feature.size(axis)) refuse(network.graph(), node, "makes parts larger than what it splits");
        set_part(network, node, i, feature, {{axis, begin, end}});
        begin = end;
    }
}

/// The role that an axis is all of; where it is a part of one, nobody can say what is left of it.
Role cut_role(Network& network, const Feature& feature, std::size_t axis)
{
    for (Role role : {Role::channel, Role::row, Role::column})
        if (!feature.layout[axis].empty() && is_whole(feature.layout, axis, role, network.roles())) return role;
    refuse(network.graph(), *feature.changed_by,
           "leaves a part of axis " + std::to_string(axis) + ", expected channels, rows or columns there");
}

/// Whether an axis is there as it was made.
bool is_kept(const Feature& feature, std::size_t axis)
{
    return feature.times(axis) == 1 && (feature.padding.empty() || feature.padding[axis] == Padding{0, 0});
}

/// A window of one pixel, which begins where the part does.
Layer pixels_layer(Network& network, const Feature& cut)
{
    Layer layer = network.new_layer(*cut.changed_by, "Pooling");
    Operand weights{"W", {}, {}, Bits{0}, true, {}};
    Operand map = network.operand("I", cut);
    layer.sizes[LoopDim::b] = size_of(cut.layout, Role::batch, network.roles());
    layer.sizes[LoopDim::g] = size_of(cut.layout, Role::channel, network.roles());
    for (LoopDim dim : {LoopDim::b, LoopDim::g}) {
        layer.output.relevant.insert(dim);
        map.relevant.insert(dim);
    }
    for (Role role : {Role::row, Role::column}) {
        Window window{role, size_of(cut.layout, role, network.roles())};
        window.output = window.map;
        for (std::size_t axis = 0; axis < cut.layout.size(); ++axis) {
            if (is_kept(cut, axis) || cut_role(network, cut, axis) != role) continue;
            if (!cut.padding.empty()) {
                window.before = cut.padding[axis].first;
                window.cut = -cut.padding[axis].second;
            }
            window.times = cut.times(axis);
            window.output = cut.size(axis);
        }
        layer.sizes[position_dim(role)] = window.output;
        layer.output.relevant.insert(position_dim(role));
        weights.relevant.insert(window_dim(role));
        map.sliding.push_back(sliding_axis(window));
    }
    layer.inputs = {weights, map};
    layer.output.precision = cut.bits;
    return layer;
}

/// Without what is cut along axes of a role (or all others), which a layer has left out.
Feature rest_of(Feature copy, const Feature& cut, Network& network, bool channels)
{
    copy.layout = cut.layout;
    copy.padding = cut.padding;
    copy.repeated = cut.repeated;
    copy.changed_by = cut.changed_by;
    for (std::size_t axis = 0; axis < cut.layout.size(); ++axis) {
        if (is_kept(cut, axis)) continue;
        const Role role = cut_role(network, cut, axis);
        if ((role == Role::channel) != channels) continue;
        copy.layout[axis] = whole_axis(role, cut.size(axis));
        if (!copy.padding.empty()) copy.padding[axis] = {0, 0};
        if (!copy.repeated.empty()) copy.repeated[axis] = 1;
    }
    return copy;
}

}  // namespace

Feature copied(Network& network, const Feature& cut)
{
    bind_usual(network.roles(), cut.layout);
    std::optional<std::size_t> channels;
    bool pixels = false;
    for (std::size_t axis = 0; axis < cut.layout.size(); ++axis) {
        if (is_kept(cut, axis)) continue;
        if (cut_role(network, cut, axis) == Role::channel)
            channels = axis;
        else
            pixels = true;
    }
    Feature part = cut;
    if (pixels)
        part = rest_of(network.add_between(*cut.changed_by, pixels_layer(network, part), {}, cut.bits), part, network,
                       false);
    if (channels)
        part = rest_of(network.add_between(*cut.changed_by, copying_layer(network, *cut.changed_by, {part}, *channels),
                                           {}, cut.bits),
                       part, network, true);
    part.padding.clear();
    part.repeated.clear();
    return part;
}

void lower_slice(Network& network, const Node& node)
{
    for (std::size_t i = 1; i < node.inputs.size(); ++i)
        if (network.is_computed(node, i))
            refuse(network.graph(), node, "has a computed input " + std::to_string(i) + ", expected a constant");
    if (node.type == "Split") return split(network, node);
    const Feature feature = network.changed_feature(node, 0);
    set_part(network, node, 0, feature, sliced_ranges(network, node, feature));
}

}  // namespace plumbline::io
