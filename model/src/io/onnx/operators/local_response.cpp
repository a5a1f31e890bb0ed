// SPDX-License-Identifier: Apache-2.0
// LRN: each value is divided by a power of the sum of squares of its neighbours among the channels.
//
// The sum slides over the channels of a pixel: one square enters, one leaves. So one pass does, which reads each value once and writes each
// once, and nothing is kept of a pixel when it is done.
#include "onnx/geometry.hpp"
#include "onnx/graph/attributes.hpp"
#include "onnx/lowering.hpp"
#include "onnx/precision.hpp"

namespace plumbline::io {

void lower_local_response(Network& network, const Node& node)
{
    constexpr std::size_t kChannels = 1;
    // Of a value alone it is a function of that.
    if (integer(node, "size", 1) == 1) return lower_fused(network, node);
    network.order_channels(node, 0, kChannels);
    const Feature map = network.feature(node, 0);
    bind_usual(network.roles(), map.layout);
    const OpenRoles& roles = network.roles();
    if (map.layout.size() <= kChannels || !is_whole(map.layout, kChannels, Role::channel, roles))
        refuse(network.graph(), node, "sums squares along axis 1, which is not channels there");
    Layer layer = network.new_layer(node, node.type);
    Operand input = network.operand("X", map);
    layer.sizes[LoopDim::b] = size_of(map.layout, Role::batch, roles);
    layer.sizes[LoopDim::g] = size_of(map.layout, Role::channel, roles);
    for (Role role : {Role::row, Role::column}) layer.sizes[position_dim(role)] = size_of(map.layout, role, roles);
    for (LoopDim dim : {LoopDim::b, LoopDim::g, LoopDim::oy, LoopDim::ox}) {
        input.relevant.insert(dim);
        layer.output.relevant.insert(dim);
    }
    layer.inputs = {input};
    layer.output.precision = partial_bits(layer, false, network.options());
    network.add(node, std::move(layer), map.layout);
}

}  // namespace plumbline::io
