// SPDX-License-Identifier: Apache-2.0
// Which part of a map do Slice, Split and Gather leave?
#include <algorithm>
#include <numeric>

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
    std::int64_t step = 1;

    std::int64_t size() const { return end <= begin ? 0 : (end - begin - 1) / step + 1; }
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
    const auto in_bounds = [](std::int64_t step) { return step >= 1 && step <= kMostOnnxSize; };
    if (!std::all_of(steps.begin(), steps.end(), in_bounds) || (!steps.empty() && steps.size() != axes.size()))
        refuse(network.graph(), node, "goes backwards, expected steps of 1 or more, one for each axis");
    std::vector<Range> ranges;
    for (std::size_t i = 0; i < axes.size(); ++i) {
        const auto axis = static_cast<std::size_t>(axes[i] < 0 ? axes[i] + rank : axes[i]);
        if (axis >= feature.layout.size())
            refuse(network.graph(), node, "names axis " + std::to_string(axes[i]) + " of " + std::to_string(rank));
        const std::int64_t size = feature.size(axis);
        ranges.push_back({axis, place(starts[i], size), place(ends[i], size), steps.empty() ? 1 : steps[i]});
    }
    return ranges;
}

/// What is left of a feature.
Feature part_of(Feature feature, const Node& node, const std::vector<Range>& ranges)
{
    if (feature.padding.empty()) feature.padding.resize(feature.layout.size());
    for (const Range& range : ranges) {
        if (range.step > 1) {
            feature.steps.resize(feature.layout.size());
            feature.steps[range.axis] = {range.step, range.begin, range.size()};
            continue;
        }
        Padding& padding = feature.padding[range.axis];
        const std::int64_t size = feature.size(range.axis);
        padding.first -= range.begin;
        padding.second -= size - range.end;
    }
    const bool whole = std::all_of(feature.padding.begin(), feature.padding.end(), [](const Padding& padding) {
        return padding == Padding{0, 0};
    });
    if (whole) feature.padding.clear();
    feature.changed_by = &node;
    return feature;
}

/// Whether steps are taken along an axis of which something has been left out, added or repeated.
bool is_changed_along(const Feature& feature, const std::vector<Range>& ranges)
{
    return std::any_of(ranges.begin(), ranges.end(), [&](const Range& range) {
        const Padding padding = feature.padding.empty() ? Padding{0, 0} : feature.padding[range.axis];
        const bool changed = padding != Padding{0, 0} || feature.times(range.axis) > 1;
        return feature.is_stepped(range.axis) || (range.step > 1 && changed);
    });
}

/// As large as the library infers it. \throws InputError where it is not
void set_part(Network& network, const Node& node, std::size_t output, const Feature& feature,
              const std::vector<Range>& ranges)
{
    const Shape& shape = *network.graph().tensors[node.outputs[output]].shape;
    bool fits = shape.size() == feature.layout.size();
    for (const Range& range : ranges) fits = fits && range.begin < range.end && shape[range.axis] == range.size();
    if (!fits) refuse(network.graph(), node, "makes " + text_of(shape) + ", expected what it leaves of its axes");
    network.set_output(node, output, part_of(feature, node, ranges));
}

/// Along which a node splits or gathers.
std::size_t given_axis(const Network& network, const Node& node)
{
    const auto rank = static_cast<std::int64_t>(network.changed_feature(node, 0).layout.size());
    const std::int64_t axis = integer(node, "axis", 0);
    if (axis < -rank || axis >= rank)
        refuse(network.graph(), node, "names axis " + std::to_string(axis) + " of " + std::to_string(rank));
    return static_cast<std::size_t>(axis < 0 ? axis + rank : axis);
}

/// Positions that follow each other.
Range gathered_range(const Network& network, const Node& node, std::size_t axis, std::int64_t size)
{
    const auto& indices = network.tensor(node, 1).values;
    if (!indices || indices->empty()) refuse(network.graph(), node, "has computed indices, expected constants");
    const auto from_begin = [size](std::int64_t index) { return index < 0 ? index + size : index; };
    const std::int64_t begin = from_begin(indices->front());
    for (std::size_t i = 0; i < indices->size(); ++i)
        if (from_begin((*indices)[i]) != begin + static_cast<std::int64_t>(i))
            refuse(network.graph(), node,
                   "picks positions that do not follow each other, expected neighbours in order");
    const std::int64_t end = begin + static_cast<std::int64_t>(indices->size());
    if (begin < 0 || end > size)
        refuse(network.graph(), node, "picks a position beyond the " + std::to_string(size) + " that there are");
    return {axis, begin, end};
}

/// An axis of which a single position is taken by a number, not by a list, is there no more.
void gather(Network& network, const Node& node)
{
    const std::size_t axis = given_axis(network, node);
    network.order_channels(node, 0, axis);
    network.lay_out(node, 0, axis);
    const Feature feature = network.without_steps(node, 0);
    const std::vector<Range> range{gathered_range(network, node, axis, feature.size(axis))};
    if (!network.shape(node, 1).empty()) return set_part(network, node, 0, feature, range);
    Feature part = part_of(feature, node, range);
    if (part.padded()) refuse(network.graph(), node, "reads what is padded, expected a convolution or pooling there");
    if (part.cut() || part.is_repeated()) part = network.copy_of(part);
    part.layout.erase(part.layout.begin() + static_cast<std::ptrdiff_t>(axis));
    network.set_output(node, std::move(part));
}

void split(Network& network, const Node& node)
{
    const std::size_t axis = given_axis(network, node);
    network.order_channels(node, 0, axis);
    network.lay_out(node, 0, axis);
    const Feature feature = network.without_steps(node, 0);
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

}  // namespace

void lower_slice(Network& network, const Node& node)
{
    if (node.type == "Gather" && !network.is_computed(node, 0)) return network.set_table_rows(node);
    for (std::size_t i = 1; i < node.inputs.size(); ++i)
        if (network.is_computed(node, i))
            refuse(network.graph(), node, "has a computed input " + std::to_string(i) + ", expected a constant");
    if (node.type == "Split") return split(network, node);
    if (node.type == "Gather") return gather(network, node);
    for (const Range& range : sliced_ranges(network, node, network.changed_feature(node, 0))) {
        network.order_channels(node, 0, range.axis);
        network.lay_out(node, 0, range.axis);
    }
    const Feature& read = network.changed_feature(node, 0);
    const std::vector<Range> ranges = sliced_ranges(network, node, read);
    const Feature feature = is_changed_along(read, ranges) ? network.feature(node, 0) : read;
    set_part(network, node, 0, feature, ranges);
}

}  // namespace plumbline::io
