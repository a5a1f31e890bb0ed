// SPDX-License-Identifier: Apache-2.0
// ReduceMean and ReduceMax over the channels of each pixel: a layer that reads all of them and makes one value.
#include <algorithm>

#include "onnx/geometry.hpp"
#include "onnx/lowering.hpp"
#include "onnx/precision.hpp"

namespace plumbline::io {

bool is_of_channels(const Layout& layout, const std::vector<std::size_t>& axes, const OpenRoles& roles)
{
    Layout reduced;
    for (std::size_t axis : axes) reduced.push_back(layout[axis]);
    std::int64_t all = 1;
    for (const Axis& axis : reduced) all *= size_of(axis);
    const std::int64_t channels = size_of(reduced, Role::channel, roles);
    return channels > 1 && channels == all && channels == size_of(layout, Role::channel, roles);
}

void lower_channel_reduction(Network& network, const Node& node, const Feature& map,
                             const std::vector<std::size_t>& axes)
{
    const OpenRoles& roles = network.roles();
    Layer layer = network.new_layer(node, node.type);
    Operand input = network.operand("X", map);
    for (Role role : {Role::row, Role::column}) layer.sizes[position_dim(role)] = size_of(map.layout, role, roles);
    layer.sizes[LoopDim::b] = size_of(map.layout, Role::batch, roles);
    layer.sizes[LoopDim::c] = size_of(map.layout, Role::channel, roles);
    for (LoopDim dim : {LoopDim::b, LoopDim::oy, LoopDim::ox}) {
        input.relevant.insert(dim);
        layer.output.relevant.insert(dim);
    }
    input.relevant.insert(LoopDim::c);
    layer.inputs = {input};
    layer.output.precision = partial_bits(layer, false, network.options());
    Layout left = map.layout;
    for (std::size_t axis : axes) left[axis].clear();
    auto output = reshaped(left, network.output_shape(node));
    if (!output)
        refuse(network.graph(), node, "makes " + text_of(network.output_shape(node)) + ", expected what is left");
    network.add(node, std::move(layer), *std::move(output));
}

}  // namespace plumbline::io
