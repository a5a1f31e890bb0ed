// SPDX-License-Identifier: Apache-2.0
// ReduceMean, ReduceSum, ArgMax and the like: one value of all channels, rows or columns.
#include <algorithm>

#include "onnx/graph/attributes.hpp"
#include "onnx/lowering.hpp"
#include "onnx/operators/pooling.hpp"
#include "onnx/operators/region.hpp"

namespace plumbline::io {
namespace {

/// Whether it is the place of a value that is wanted, not the value.
bool finds_place(const Node& node) { return node.type == "ArgMax" || node.type == "ArgMin"; }

/// From opset 13 on, axes of ReduceSum are an input.
std::vector<std::int64_t> named_axes(const Network& network, const Node& node)
{
    if (finds_place(node)) return {integer(node, "axis", 0)};
    if (node.inputs.size() < 2 || node.inputs[1] == kNoTensor) return integers(node, "axes");
    const auto& values = network.tensor(node, 1).values;
    if (!values) refuse(network.graph(), node, "has computed axes, expected constants");
    return *values;
}

/// All of them where the node names none. \pre check_attributes()
std::vector<std::size_t> reduced_axes(const Network& network, const Node& node, std::size_t rank)
{
    std::vector<std::size_t> axes;
    for (std::int64_t axis : named_axes(network, node))
        axes.push_back(static_cast<std::size_t>(axis < 0 ? axis + static_cast<std::int64_t>(rank) : axis));
    const bool all = axes.empty() && integer(node, "noop_with_empty_axes", 0) == 0;
    for (std::size_t axis = 0; all && axis < rank; ++axis) axes.push_back(axis);
    std::sort(axes.begin(), axes.end());
    axes.erase(std::unique(axes.begin(), axes.end()), axes.end());
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

/// What the functional mode computes of windows: their mean, or the largest value.
std::optional<Operation> pooling_of(const Node& node)
{
    if (node.type == "ReduceMean") return Operation::average_pooling;
    if (node.type == "ReduceMax") return Operation::maximum_pooling;
    return std::nullopt;
}

std::vector<Window> windows_of_region(const Layout& layout, const Region& region, const OpenRoles& roles)
{
    std::vector<Window> windows;
    for (Role role : {Role::row, Role::column}) {
        const std::int64_t size = size_of(layout, role, roles);
        const std::int64_t taken = role == Role::row ? region.rows : region.columns;
        windows.push_back({role, size, taken, 1, 1, 0, size / taken});
    }
    return windows;
}

/// Types of the file are wider than a place among so many needs.
Bits place_bits(std::int64_t places, const OnnxOptions& options)
{
    const Bits bits{places <= 1 << 8 ? 8 : places <= 1 << 16 ? 16 : 32};
    return options.activations.value_or(bits);
}

void add_reduction(Network& network, const Node& node, const Feature& map, const Region& region, Layout output)
{
    const auto pooling = pooling_of(node);
    if (pooling && region.channels == 1) {
        const auto windows = windows_of_region(map.layout, region, network.roles());
        return network.add(node, pooling_layer(network, node, map, windows), std::move(output), *pooling);
    }
    network.add(node, region_layer(network, node, map, region), std::move(output));
    if (!finds_place(node)) return;
    Feature made = network.made(node);
    made.bits = place_bits(region.values(), network.options());
    network.set_output(node, std::move(made));
}

}  // namespace

void lower_reduction(Network& network, const Node& node)
{
    Feature map = network.feature(node, 0);
    const std::vector<std::size_t> axes = reduced_axes(network, node, map.layout.size());
    bind_tokens(network, map.layout, axes);
    const std::string problem = problem_of_region(map.layout, axes, network.roles());
    if (!problem.empty()) refuse(network.graph(), node, problem + ", expected channels, rows or columns");
    const Region region = region_of(map.layout, axes, network.roles());
    auto output = reshaped(left_of(map.layout, axes, region, network.roles()), network.output_shape(node));
    if (!output)
        refuse(network.graph(), node, "makes " + text_of(network.output_shape(node)) + ", expected what is left");
    if (region.values() > 1 || finds_place(node)) return add_reduction(network, node, map, region, *std::move(output));
    map.layout = *std::move(output);
    map.changed_by = &node;
    network.set_output(node, std::move(map));
}

}  // namespace plumbline::io
