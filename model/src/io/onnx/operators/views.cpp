// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <numeric>

#include "onnx/graph/attributes.hpp"
#include "onnx/graph/constants.hpp"
#include "onnx/graph/limits.hpp"
#include "onnx/lowering.hpp"
#include "onnx/precision.hpp"

namespace plumbline::io {
namespace {

/// An axis of the input for each of the output; in reverse where the node does not say.
std::vector<std::size_t> order_of(const Node& node, std::size_t rank)
{
    std::vector<std::size_t> order(rank);
    std::iota(order.rbegin(), order.rend(), std::size_t{0});
    const std::vector<std::int64_t> given = integers(node, "perm");
    for (std::size_t i = 0; i < given.size(); ++i) order[i] = static_cast<std::size_t>(given[i]);
    return order;
}

void transpose(Network& network, const Node& node)
{
    const Feature& input = network.feature(node, 0);
    Feature output = input;
    const std::vector<std::size_t> order = order_of(node, input.layout.size());
    for (std::size_t i = 0; i < order.size(); ++i) output.layout[i] = input.layout[order[i]];
    output.changed_by = &node;
    network.set_output(node, std::move(output));
}

Layout in_blocks(const Layout& layout, const Shape& shape, const std::vector<std::size_t>& order)
{
    const std::optional<Layout> split = reshaped(layout, shape);
    Layout ordered;
    for (std::size_t axis : order) ordered.push_back(split ? (*split)[axis] : Axis{});
    return split ? ordered : Layout{};
}

/// Channels become rows and columns within a pixel, or the other way round.
void rearrange(Network& network, const Node& node)
{
    Feature feature = network.feature(node, 0);
    const Shape& size = network.shape(node, 0);
    const std::int64_t block = integer(node, "blocksize", 1);
    Layout blocks;
    if (node.type == "SpaceToDepth")
        blocks = in_blocks(feature.layout, {size[0], size[1], size[2] / block, block, size[3] / block, block},
                           {0, 3, 5, 1, 2, 4});
    else if (text(node, "mode") == "CRD")
        blocks = in_blocks(feature.layout, {size[0], size[1] / (block * block), block, block, size[2], size[3]},
                           {0, 1, 4, 2, 5, 3});
    else
        blocks = in_blocks(feature.layout, {size[0], block, block, size[1] / (block * block), size[2], size[3]},
                           {0, 3, 4, 1, 5, 2});
    const std::optional<Layout> layout = blocks.empty() ? std::nullopt : reshaped(blocks, network.output_shape(node));
    if (!layout) refuse(network.graph(), node, "takes blocks out of axes that a node before it has put together");
    feature.layout = *layout;
    feature.changed_by = &node;
    network.set_output(node, std::move(feature));
}

/// Amounts before each axis, then behind each.
std::vector<std::int64_t> pads_of(const Network& network, const Node& node, std::size_t rank)
{
    std::vector<std::int64_t> pads = integers(node, "pads");
    if (node.inputs.size() > 1) pads = network.tensor(node, 1).values.value_or(std::vector<std::int64_t>{});
    const auto in_bounds = [](std::int64_t amount) { return amount >= 0 && amount <= kMostOnnxSize; };
    if (pads.size() != 2 * rank || !std::all_of(pads.begin(), pads.end(), in_bounds))
        refuse(network.graph(), node, "has no constant amounts of 0 or more for each axis, before and behind");
    return pads;
}

/// Of all inputs but the first: scales, bounds and the like.
void require_constants(const Network& network, const Node& node)
{
    for (std::size_t i = 1; i < node.inputs.size(); ++i)
        if (network.is_computed(node, i))
            refuse(network.graph(), node, "has a computed input " + std::to_string(i) + ", expected a constant");
}

/// Zeros that pad a map stay zeros.
bool keeps_zero(const Node& node)
{
    for (const char* type : {"Cast", "CastLike", "DequantizeLinear", "Dropout", "DynamicQuantizeLinear", "Identity",
                             "LeakyRelu", "QuantizeLinear", "Relu"})
        if (node.type == type) return true;
    return false;
}

}  // namespace

void lower_view(Network& network, const Node& node)
{
    require_constants(network, node);
    if (node.type == "Transpose") return transpose(network, node);
    if (node.type == "DepthToSpace" || node.type == "SpaceToDepth") return rearrange(network, node);
    Feature feature = network.feature(node, 0);
    auto layout = reshaped(feature.layout, network.output_shape(node));
    if (!layout)
        refuse(network.graph(), node,
               "makes " + text_of(network.output_shape(node)) + " of " + text_of(network.shape(node, 0)) +
                   ", whose axes would mix rows, columns and channels");
    feature.layout = *std::move(layout);
    feature.changed_by = &node;
    network.set_output(node, std::move(feature));
}

void lower_padding(Network& network, const Node& node)
{
    require_constants(network, node);
    const std::string mode = text(node, "mode");
    if (!mode.empty() && mode != "constant")
        refuse(network.graph(), node, "pads by mode '" + mode + "', expected constant");
    const std::size_t rank = network.changed_feature(node, 0).layout.size();
    const std::vector<std::int64_t> pads = pads_of(network, node, rank);
    if (std::all_of(pads.begin(), pads.end(), [](std::int64_t amount) { return amount == 0; }))
        return network.set_output(node, network.changed_feature(node, 0));
    // Zeros around a part of a map lie where the map has features.
    const bool cut = network.changed_feature(node, 0).cut() || network.changed_feature(node, 0).is_stepped();
    Feature feature = cut ? network.feature(node, 0) : network.changed_feature(node, 0);
    if (feature.padding.empty()) feature.padding.resize(rank);
    for (std::size_t axis = 0; axis < rank; ++axis) {
        feature.padding[axis].first += pads[axis];
        feature.padding[axis].second += pads[axis + rank];
    }
    feature.changed_by = &node;
    network.set_output(node, std::move(feature));
}

void lower_fused(Network& network, const Node& node)
{
    // Nothing of what lends its type is read.
    if (node.type != "CastLike") require_constants(network, node);
    Feature feature = network.changed_feature(node, 0);
    if (feature.padded() && !keeps_zero(node)) feature = network.feature(node, 0);
    // Dequantised features are stored as the integers that they were, and numbers of classes as few bytes as they need.
    const std::int32_t before = network.tensor(node, 0).type;
    const std::int32_t behind = network.graph().tensors[node.outputs[0]].type;
    const bool integers = !is_floating(before) && !is_floating(behind);
    const bool narrower = integers && feature.bits < feature_bits(before, network.options());
    const bool kept = node.type == "DequantizeLinear" || (is_floating(before) && is_floating(behind)) || narrower;
    if (!kept) feature.bits = feature_bits(behind, network.options());
    network.set_output(node, std::move(feature));
}

}  // namespace plumbline::io
