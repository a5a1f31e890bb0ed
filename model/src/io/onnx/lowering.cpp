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
    const auto normalisations = find_normalisations(graph);
    std::vector<bool> done(graph.nodes.size());
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        if (done[i] || graph.tensors[graph.nodes[i].outputs[0]].constant) continue;
        const auto found = normalisations.find(i);
        if (found != normalisations.end() && lower_found_normalisation(network, found->second))
            for (std::size_t node : found->second.nodes) done[node] = true;
        else
            lower(network, graph.nodes[i]);
    }
}

}  // namespace plumbline::io
