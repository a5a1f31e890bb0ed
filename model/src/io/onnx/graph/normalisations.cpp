// SPDX-License-Identifier: Apache-2.0
#include "onnx/graph/normalisations.hpp"

#include <algorithm>

#include "onnx/graph/attributes.hpp"

namespace plumbline::io {
namespace {

constexpr std::size_t kNoNode = static_cast<std::size_t>(-1);

/// Follows a normalisation from its last node back.
class Finder {
public:
    explicit Finder(const Graph& graph)
        : graph_{graph},
          maker_(graph.tensors.size(), kNoNode),
          readers_(graph.tensors.size(), 0)
    {
        for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
            for (TensorIndex output : graph.nodes[i].outputs)
                if (output != kNoTensor) maker_[output] = i;
            for (TensorIndex input : graph.nodes[i].inputs)
                if (input != kNoTensor) ++readers_[input];
        }
        for (TensorIndex output : graph.outputs) ++readers_[output];
    }

    /// The node that reduces first, and the whole; none where the node ends no normalisation.
    std::optional<std::pair<std::size_t, Normalisation>> ending_at(std::size_t last)
    {
        const Node& node = graph_.nodes[last];
        if (node.type != "Div" || node.inputs.size() != 2) return std::nullopt;
        Normalisation found;
        found.nodes = {last};
        const auto root = step("Sqrt", node.inputs[1], found);
        const auto sum = root ? step("Add", graph_.nodes[*root].inputs[0], found) : std::nullopt;
        const auto variance = sum ? step("ReduceMean", computed_input(*sum), found) : std::nullopt;
        if (!variance) return std::nullopt;
        const auto squared = squared_input(graph_.nodes[*variance].inputs[0], found);
        if (!squared) return std::nullopt;
        const auto first = begin(*variance, node.inputs[0], *squared, found);
        if (!first || !is_closed(found)) return std::nullopt;
        return std::pair{*first, std::move(found)};
    }

private:
    TensorIndex computed_input(std::size_t node) const
    {
        for (TensorIndex input : graph_.nodes[node].inputs)
            if (input != kNoTensor && !graph_.tensors[input].constant) return input;
        return kNoTensor;
    }

    /// The node of this type that makes a tensor, as a part of the normalisation.
    std::optional<std::size_t> step(const char* type, TensorIndex tensor, Normalisation& found) const
    {
        if (tensor == kNoTensor || maker_[tensor] == kNoNode || graph_.nodes[maker_[tensor]].type != type)
            return std::nullopt;
        const std::size_t node = maker_[tensor];
        if (std::find(found.nodes.begin(), found.nodes.end(), node) == found.nodes.end()) found.nodes.push_back(node);
        return node;
    }

    /// What `tensor` is the square of: its power, or its product with itself.
    std::optional<TensorIndex> squared_input(TensorIndex tensor, Normalisation& found) const
    {
        if (const auto power = step("Pow", tensor, found)) {
            const std::vector<TensorIndex>& inputs = graph_.nodes[*power].inputs;
            if (graph_.tensors[inputs[0]].constant || !graph_.tensors[inputs[1]].constant) return std::nullopt;
            return inputs[0];
        }
        const auto product = step("Mul", tensor, found);
        if (!product || graph_.nodes[*product].inputs[0] != graph_.nodes[*product].inputs[1]) return std::nullopt;
        return graph_.nodes[*product].inputs[0];
    }

    /// The values that are divided are those that were squared: differences from their mean, or the input itself.
    std::optional<std::size_t> begin(std::size_t variance, TensorIndex divided, TensorIndex squared,
                                     Normalisation& found) const
    {
        const Node& reduction = graph_.nodes[variance];
        found.axes = integers(reduction, "axes");
        if (found.axes.empty() || integer(reduction, "keepdims", 1) == 0) return std::nullopt;
        const auto difference = step("Sub", squared, found);
        if (!difference) {
            found.input = squared;
            return divided == squared ? std::optional{variance} : std::nullopt;
        }
        const auto other = step("Sub", divided, found);
        const std::vector<TensorIndex>& inputs = graph_.nodes[*difference].inputs;
        if (!other || graph_.nodes[*other].inputs != inputs) return std::nullopt;
        const auto mean = step("ReduceMean", inputs[1], found);
        if (!mean || graph_.nodes[*mean].inputs[0] != inputs[0]) return std::nullopt;
        if (integers(graph_.nodes[*mean], "axes") != found.axes || integer(graph_.nodes[*mean], "keepdims", 1) == 0)
            return std::nullopt;
        found.input = inputs[0];
        return mean;
    }

    /// Whether nobody else reads what is made on the way.
    bool is_closed(const Normalisation& found) const
    {
        std::unordered_map<TensorIndex, std::size_t> inner;
        for (std::size_t node : found.nodes)
            for (TensorIndex input : graph_.nodes[node].inputs)
                if (input != kNoTensor) ++inner[input];
        return std::all_of(found.nodes.begin() + 1, found.nodes.end(), [&](std::size_t node) {
            const TensorIndex output = graph_.nodes[node].outputs[0];
            return inner[output] == readers_[output];
        });
    }

    const Graph& graph_;
    std::vector<std::size_t> maker_;
    std::vector<std::size_t> readers_;
};

}  // namespace

std::unordered_map<std::size_t, Normalisation> find_normalisations(const Graph& graph)
{
    std::unordered_map<std::size_t, Normalisation> all;
    Finder finder{graph};
    for (std::size_t node = 0; node < graph.nodes.size(); ++node)
        if (auto found = finder.ending_at(node)) all.insert(*std::move(found));
    return all;
}

}  // namespace plumbline::io
