// SPDX-License-Identifier: Apache-2.0
#include "onnx/lowering.hpp"

#include "onnx/graph/operators.hpp"

namespace plumbline::io {
namespace {

void lower(Network& network, const Node& node)
{
    switch (kind_of(node.type)) {
        case Kind::convolution: return lower_convolution(network, node);
        case Kind::transposed: return lower_transposed_convolution(network, node);
        case Kind::product: return lower_product(network, node);
        case Kind::pooling: return lower_pooling(network, node);
        case Kind::elementwise: return lower_elementwise(network, node);
        case Kind::normalisation: return lower_normalisation(network, node);
        case Kind::fused: return lower_fused(network, node);
        case Kind::view: return lower_view(network, node);
        case Kind::padding: return lower_padding(network, node);
        case Kind::slice: return lower_slice(network, node);
        case Kind::resizing: return lower_resizing(network, node);
        case Kind::concatenation: return lower_concatenation(network, node);
        case Kind::folded:
        case Kind::unsupported: break;
    }
}

}  // namespace

void lower(Network& network)
{
    const Graph& graph = network.graph();
    for (const Node& node : graph.nodes)
        if (!graph.tensors[node.outputs[0]].constant) lower(network, node);
}

}  // namespace plumbline::io
