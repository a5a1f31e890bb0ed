// SPDX-License-Identifier: Apache-2.0
#include "onnx/graph/contributed.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "onnx/graph/attributes.hpp"

namespace plumbline::io {
namespace {

constexpr std::string_view kDomain = "com.microsoft.";

/// Which inputs remain: the first one and one in so many behind it, up to a number of them.
struct Replacement {
    std::string_view contributed;  ///< without its domain
    const char* type;
    std::size_t first;
    std::size_t step;
    std::size_t most;
    bool quantised;
};

constexpr std::size_t kAll = static_cast<std::size_t>(-1);

/// Maps of QLinear types are followed by their scale and zero point; those of QLinearConcat, by which the output's lie first. What is
/// done to single values is free, so that a function stands for any other.
constexpr std::array<Replacement, 15> kReplacements{{{"QLinearAdd", "Add", 0, 3, 2, true},
                                                     {"QLinearMul", "Mul", 0, 3, 2, true},
                                                     {"QLinearConcat", "Concat", 2, 3, kAll, true},
                                                     {"QLinearAveragePool", "AveragePool", 0, 3, 1, true},
                                                     {"QLinearGlobalAveragePool", "GlobalAveragePool", 0, 3, 1, true},
                                                     {"QLinearLeakyRelu", "LeakyRelu", 0, 3, 1, true},
                                                     {"QLinearSigmoid", "Sigmoid", 0, 3, 1, true},
                                                     {"QLinearSoftmax", "Softmax", 0, 3, 1, true},
                                                     {"QGemm", "Gemm", 0, 3, 3, true},
                                                     {"FusedConv", "Conv", 0, 1, 3, false},
                                                     {"FusedGemm", "Gemm", 0, 1, 3, false},
                                                     {"Gelu", "Erf", 0, 1, 1, false},
                                                     {"FastGelu", "Tanh", 0, 1, 1, false},
                                                     {"QuickGelu", "Sigmoid", 0, 1, 1, false},
                                                     {"BiasGelu", "Add", 0, 1, 2, false}}};

const Replacement* replacement_of(const Node& node)
{
    if (node.type.compare(0, kDomain.size(), kDomain) != 0) return nullptr;
    const std::string_view name = std::string_view{node.type}.substr(kDomain.size());
    const auto found = std::find_if(kReplacements.begin(), kReplacements.end(),
                                    [name](const Replacement& each) { return each.contributed == name; });
    return found == kReplacements.end() ? nullptr : &*found;
}

/// Attributes that say how values are changed on their way.
bool changes_values(const std::string& attribute)
{
    return attribute == "opset" || attribute == "alpha" || attribute.compare(0, 10, "activation") == 0;
}

/// An input beyond those that ONNX knows would be added.
void check_replaceable(const Graph& graph, const Node& node)
{
    if (integer(node, "channels_last", 0) != 0)
        refuse(graph, node, "has channels last, expected them before rows and columns");
    const bool adds = node.type == "com.microsoft.FusedConv" && node.inputs.size() > 3 && node.inputs[3] != kNoTensor;
    if (adds) refuse(graph, node, "adds a map to what it makes, expected an Add behind it");
    const bool biased = node.type == "com.microsoft.FastGelu" && node.inputs.size() > 1 &&
                        node.inputs[1] != kNoTensor && !graph.tensors[node.inputs[1]].constant;
    if (biased) refuse(graph, node, "adds a map to what it reads, expected an Add before it");
}

void replace(Graph& graph, Node& node, const Replacement& by)
{
    check_replaceable(graph, node);
    onnx::NodeProto& proto = graph.rewritten.emplace_back();
    proto.set_name(node.proto->name());
    proto.set_op_type(by.type);
    *proto.mutable_output() = node.proto->output();
    for (const auto& attribute : node.proto->attribute())
        if (!changes_values(attribute.name()) && attribute.name() != "channels_last")
            *proto.add_attribute() = attribute;
    std::vector<TensorIndex> inputs;
    for (std::size_t i = by.first; i < node.inputs.size() && inputs.size() < by.most; i += by.step) {
        inputs.push_back(node.inputs[i]);
        proto.add_input(node.proto->input(static_cast<int>(i)));
    }
    node.inputs = std::move(inputs);
    node.proto = &proto;
    node.type = by.type;
    node.quantised = by.quantised;
}

}  // namespace

void replace_contributed(Graph& graph)
{
    for (Node& node : graph.nodes)
        if (const Replacement* found = replacement_of(node)) replace(graph, node, *found);
}

}  // namespace plumbline::io
