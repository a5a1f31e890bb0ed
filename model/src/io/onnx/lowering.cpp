// SPDX-License-Identifier: Apache-2.0
#include "onnx/lowering.hpp"

#include <algorithm>

#include "onnx/graph/graph_passes.hpp"
#include "onnx/graph/operators.hpp"
#include "plumbline/error.hpp"

namespace plumbline::io {
namespace {

/// Whether rows and columns of a map may lie among its channels: windows find them there, Concat finds them for them, and others leave
/// values where they are.
bool finds_depth(Kind kind)
{
    return kind == Kind::convolution || kind == Kind::transposed || kind == Kind::pooling ||
           kind == Kind::concatenation || kind == Kind::fused || kind == Kind::view || kind == Kind::padding ||
           kind == Kind::elementwise;
}

void lower(Network& network, const Node& node)
{
    for (std::size_t i = 0; i < node.inputs.size() && !finds_depth(kind_of(node.type)); ++i)
        if (network.is_computed(node, i)) network.out_of_depth(node, i);
    switch (kind_of(node.type)) {
        case Kind::convolution: return lower_convolution(network, node);
        case Kind::transposed: return lower_transposed_convolution(network, node);
        case Kind::product: return lower_product(network, node);
        case Kind::pooling: return lower_pooling(network, node);
        case Kind::reduction: return lower_reduction(network, node);
        case Kind::elementwise: return lower_elementwise(network, node);
        case Kind::normalisation: return lower_normalisation(network, node);
        case Kind::response: return lower_local_response(network, node);
        case Kind::fused: return lower_fused(network, node);
        case Kind::view: return lower_view(network, node);
        case Kind::padding: return lower_padding(network, node);
        case Kind::slice: return lower_slice(network, node);
        case Kind::resizing: return lower_resizing(network, node);
        case Kind::expansion: return lower_expansion(network, node);
        case Kind::concatenation: return lower_concatenation(network, node);
        case Kind::folded:
        case Kind::unsupported: break;
    }
}

/// What was refused, and what cannot be known therefore.
class Refusals {
public:
    explicit Refusals(const Graph& graph) : graph_{graph}, unknown_(graph.tensors.size()) {}

    /// Whether a node reads what is not known. What it makes is not known then either.
    bool hide(const Node& node)
    {
        const bool reads = std::any_of(node.inputs.begin(), node.inputs.end(),
                                       [&](TensorIndex input) { return input != kNoTensor && unknown_[input]; });
        if (reads) forget(node);
        return reads;
    }

    /// \param node that makes the output of what was refused
    void add(const Node& node, const InputError& error)
    {
        forget(node);
        std::string problem = error.problem();
        if (all_.size() < kMostNamed && may_be_skipped(graph_, node.type))
            problem += "; --onnx-skip " + node.type + " passes its first input through";
        all_.emplace_back(SourceLocation{graph_.file, 0, error.where().field}, problem);
    }

    /// \throws InputError where there are any: of the node, or of the graph with all of them
    void check() const
    {
        if (all_.empty()) return;
        if (all_.size() == 1) throw InputError{all_.front()};
        std::string list;
        for (std::size_t i = 0; i < std::min(kMostNamed, all_.size()); ++i)
            list += (i == 0 ? "" : "; ") + all_[i].where().field + ' ' + all_[i].problem();
        if (all_.size() > kMostNamed) list += "; and " + std::to_string(all_.size() - kMostNamed) + " more";
        refuse(graph_, "graph", "has " + std::to_string(all_.size()) + " nodes that do what is not supported: " + list);
    }

private:
    static constexpr std::size_t kMostNamed = 5;

    void forget(const Node& node)
    {
        for (TensorIndex output : node.outputs)
            if (output != kNoTensor) unknown_[output] = true;
    }

    const Graph& graph_;
    std::vector<bool> unknown_;
    std::vector<InputError> all_;
};

}  // namespace

void lower(Network& network)
{
    const Graph& graph = network.graph();
    const auto normalisations = find_normalisations(graph);
    std::vector<bool> done(graph.nodes.size());
    Refusals refusals{graph};
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const Node& node = graph.nodes[i];
        if (done[i] || graph.tensors[node.outputs[0]].constant || refusals.hide(node)) continue;
        const auto found = normalisations.find(i);
        try {
            if (found != normalisations.end() && lower_found_normalisation(network, found->second))
                for (std::size_t each : found->second.nodes) done[each] = true;
            else
                lower(network, node);
        } catch (const InputError& error) {
            refusals.add(node, error);
        }
    }
    refusals.check();
}

}  // namespace plumbline::io
