// SPDX-License-Identifier: Apache-2.0
#include "stack_graph.hpp"

#include <algorithm>
#include <map>

#include "plumbline/error.hpp"

namespace plumbline::detail {
namespace {

class Builder {
public:
    Builder(const Workload& workload, const MappingRules& rules) : workload_{workload}, rules_{rules} {}

    StackGraph build()
    {
        for (const Layer& layer : workload_.layers()) add(layer);
        const auto outputs = workload_.outputs();
        if (outputs.size() != 1)
            throw InputError("workload", "has " + std::to_string(outputs.size()) +
                                             " outputs, a stack of fused layers needs exactly one");
        graph_.output = node_of_.at(outputs.front());
        return std::move(graph_);
    }

private:
    void add(const Layer& layer)
    {
        StackNode node;
        node.layer = &layer;
        node.producer = layer.id;
        node.rule = &rules_.rule_for(layer);
        node.channels = channels(layer.output, layer.sizes);
        node.precision = layer.final_precision;
        for (std::size_t i = 0; i < layer.inputs.size(); ++i)
            if (!layer.inputs[i].constant) node.inputs.push_back({i, source_of(layer, layer.inputs[i])});
        const NodeId id = graph_.nodes.size();
        for (const StackEdge& edge : node.inputs) {
            auto& consumers = graph_.nodes[edge.source].consumers;
            if (consumers.empty() || consumers.back() != id) consumers.push_back(id);
        }
        graph_.nodes.push_back(std::move(node));
        node_of_[layer.id] = id;
    }

    NodeId source_of(const Layer& layer, const Operand& input)
    {
        if (input.source) return node_of_.at(*input.source);
        if (!network_input_) {
            network_input_ = graph_.nodes.size();
            StackNode node;
            node.channels = channels(input, layer.sizes);
            node.precision = input.precision;
            graph_.nodes.push_back(std::move(node));
        }
        return *network_input_;
    }

    const Workload& workload_;
    const MappingRules& rules_;
    StackGraph graph_;
    std::map<LayerId, NodeId> node_of_;
    std::optional<NodeId> network_input_;
};

}  // namespace

StackGraph make_stack_graph(const Workload& workload, const MappingRules& rules)
{
    return Builder{workload, rules}.build();
}

std::int64_t channels(const Operand& operand, const LoopSizes& sizes)
{
    std::int64_t product = 1;
    for (LoopDim dim : kAllLoopDims)
        if (dim != LoopDim::ox && dim != LoopDim::oy && operand.relevant.contains(dim)) product *= sizes[dim];
    return product;
}

LoopSizes with_tile(const Layer& layer, std::int64_t columns, std::int64_t rows)
{
    LoopSizes sizes = layer.sizes;
    sizes[LoopDim::ox] = columns;
    sizes[LoopDim::oy] = rows;
    return sizes;
}

}  // namespace plumbline::detail
