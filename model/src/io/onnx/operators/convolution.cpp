// SPDX-License-Identifier: Apache-2.0
#include "onnx/operators/convolution.hpp"

#include <algorithm>

#include "onnx/graph/attributes.hpp"
#include "onnx/lowering.hpp"
#include "onnx/precision.hpp"

namespace plumbline::io {
namespace {

/// Of weights: in QLinearConv, features have a scale and a zero point of their own before it.
std::size_t weights_input(const Node& node) { return node.type == "QLinearConv" ? 3 : 1; }

Groups groups_of(const Network& network, const Node& node, const Shape& weights, std::int64_t channels)
{
    const Groups groups{integer(node, "group", 1), weights[1], weights[0] / integer(node, "group", 1)};
    if (groups.count * groups.inputs != channels || groups.count * groups.outputs != weights[0])
        refuse(network.graph(), node,
               "has weights of " + text_of(weights) + " in " + std::to_string(groups.count) +
                   " groups, but its input has " + std::to_string(channels) + " channels");
    return groups;
}

/// Loops over channels and groups. A group of one channel each is indexed by G alone, as in a depthwise convolution.
void index_channels(Layer& layer, const Groups& groups, Operand& weights, Operand& map)
{
    const auto index = [&](LoopDim dim, std::int64_t size, std::initializer_list<Operand*> operands) {
        layer.sizes[dim] = size;
        for (Operand* operand : operands) operand->relevant.insert(dim);
    };
    const bool grouped = groups.count > 1;
    if (grouped) index(LoopDim::g, groups.count, {&layer.output, &weights, &map});
    if (!grouped || groups.outputs > 1) index(LoopDim::k, groups.outputs, {&layer.output, &weights});
    if (!grouped || groups.inputs > 1) index(LoopDim::c, groups.inputs, {&weights, &map});
}

void index_windows(Layer& layer, const std::vector<Window>& windows, Operand& weights, Operand& map)
{
    for (const Window& window : windows) {
        layer.sizes[position_dim(window.role)] = window.output;
        layer.sizes[window_dim(window.role)] = window.kernel;
        layer.output.relevant.insert(position_dim(window.role));
        weights.relevant.insert(window_dim(window.role));
        map.sliding.push_back(sliding_axis(window));
    }
}

Layout output_layout(const Layer& layer, const std::vector<Window>& windows, std::int64_t channels)
{
    Layout layout{whole_axis(Role::batch, layer.sizes[LoopDim::b]), whole_axis(Role::channel, channels)};
    for (const Window& window : windows) layout.push_back(whole_axis(window.role, window.output));
    return layout;
}

/// Weights for all channels may be in the order in which the channels are.
Feature in_order_of_weights(Network& network, Feature map)
{
    if (map.layout.size() > 1 && is_shuffled(map.layout, 1, network.roles()))
        map.layout[1] = whole_axis(Role::channel, size_of(map.layout[1]));
    return map;
}

/// Rows or columns of which every `size`-th is one of a map, and those between are channels (space to depth).
struct Block {
    std::size_t axis = 2;
    std::int64_t size = 1;
};

bool is_of(const Factor& inner, const Factor& outer)
{
    return inner.role == outer.role && inner.open == outer.open && inner.step == 1 && inner.size == outer.step;
}

/// Of a feature of batch, channels and a map; none where its axes are anything else.
std::vector<Block> blocks_of(const Feature& feature)
{
    std::vector<Block> blocks;
    if (feature.layout.size() < 3 || feature.cut() || feature.is_repeated()) return blocks;
    for (std::size_t axis = 2; axis < feature.layout.size(); ++axis) {
        if (feature.layout[axis].size() != 1) continue;
        const Factor& outer = feature.layout[axis].front();
        for (const Factor& inner : feature.layout[1])
            if (outer.step > 1 && is_of(inner, outer)) blocks.push_back({axis, outer.step});
    }
    return blocks;
}

/// The same as a map of blocks.
Feature of_blocks(Feature feature, const std::vector<Block>& blocks)
{
    for (const Block& block : blocks) {
        Factor& outer = feature.layout[block.axis].front();
        Axis& channels = feature.layout[1];
        channels.erase(
            std::remove_if(channels.begin(), channels.end(), [&](const Factor& inner) { return is_of(inner, outer); }),
            channels.end());
        outer.step = 1;
    }
    return feature;
}

/// Windows of blocks are larger ones, whose weights for the positions of a block are those for its channels.
bool lower_over_blocks(Network& network, const Node& node, const Feature& feature, const Shape& weights)
{
    const std::vector<Block> blocks = blocks_of(feature);
    if (blocks.empty() || integer(node, "group", 1) > 1) return false;
    const Feature map = of_blocks(feature, blocks);
    std::vector<Window> windows = windows_of(network, node, map, {weights.begin() + 2, weights.end()});
    const Groups groups{1, size_of(map.layout[1]), weights[0]};
    if (weights[1] != size_of(feature.layout[1])) return false;
    for (const Block& block : blocks) {
        Window& window = windows[block.axis - 2];
        if (window.dilation != 1 && window.kernel > 1) return false;
        window.dilation = 1;
        for (std::int64_t* each : {&window.map, &window.kernel, &window.stride, &window.before, &window.cut})
            *each *= block.size;
    }
    add_convolution(network, node, {"Conv", weights_input(node), groups, map, windows});
    return true;
}

}  // namespace

const Shape& shape_of_weights(Network& network, const Node& node, std::size_t input)
{
    if (network.is_computed(node, input)) refuse(network.graph(), node, "has computed weights, expected constant ones");
    const Shape& shape = network.shape(node, input);
    check_shape(network.graph(), node.place, shape);
    return shape;
}

void add_convolution(Network& network, const Node& node, const Convolution& convolution)
{
    bool quantised = node.type == "QLinearConv" || node.type == "ConvInteger";
    Layer layer = network.new_layer(node, convolution.operator_type);
    const Bits bits = convolution.weight_bits ? *convolution.weight_bits
                                              : weight_bits(network, node, convolution.weights, &quantised);
    Operand weights{"W", {}, {}, bits, true, {}};
    Operand map = network.operand("I", convolution.map);
    layer.sizes[LoopDim::b] = size_of(convolution.map.layout[0]);
    layer.output.relevant.insert(LoopDim::b);
    map.relevant.insert(LoopDim::b);
    index_channels(layer, convolution.groups, weights, map);
    index_windows(layer, convolution.windows, weights, map);
    layer.inputs = {weights, map};
    layer.output.precision = partial_bits(layer, quantised, network.options());
    const Groups& groups = convolution.groups;
    Layout layout = output_layout(layer, convolution.windows, groups.count * groups.outputs);
    network.add(node, std::move(layer), std::move(layout));
}

void lower_convolution(Network& network, const Node& node)
{
    const std::size_t input = weights_input(node);
    const Shape& shape = shape_of_weights(network, node, input);
    const Shape kernel{shape.begin() + 2, shape.end()};
    if (lower_over_blocks(network, node, network.without_steps(node, 0), shape)) return;
    network.make_map(node, 0);
    if (integer(node, "group", 1) > 1) network.order_channels(node, 0, 1);
    Feature feature = in_order_of_weights(network, network.changed_feature(node, 0));
    std::vector<Window> windows = windows_of(network, node, feature, kernel);
    if (!keep_to_part(windows, feature)) {
        feature = in_order_of_weights(network, network.feature(node, 0));
        windows = windows_of(network, node, feature, kernel);
    }
    const Groups groups = groups_of(network, node, shape, size_of(feature.layout[1]));
    const bool per_channel = groups.count > 1 && groups.inputs == 1;
    add_convolution(network, node, {per_channel ? "DepthwiseConv" : "Conv", input, groups, feature, windows});
}

}  // namespace plumbline::io
