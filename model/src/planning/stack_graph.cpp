// SPDX-License-Identifier: Apache-2.0
#include "planning/stack_graph.hpp"

#include <algorithm>
#include <cassert>
#include <map>

#include "plumbline/error.hpp"

namespace plumbline::detail {
namespace {

class Builder {
public:
    Builder(const Workload& workload, const MappingRules& rules)
        : workload_{workload},
          rules_{rules},
          columns_{workload, LoopDim::ox},
          rows_{workload, LoopDim::oy}
    {}

    StackGraph build(const std::vector<LayerId>& layers)
    {
        for (LayerId id : layers) add(workload_.layer(id));
        graph_.output = node_of_.at(only_output(layers));
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
            if (!layer.inputs[i].constant)
                node.inputs.push_back(
                    {i, source_of(layer, layer.inputs[i]), columns_.reach(layer, i), rows_.reach(layer, i)});
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
        if (input.source && node_of_.count(*input.source) > 0) return node_of_.at(*input.source);
        const std::int64_t depth = channels(input, layer.sizes);
        const auto known = entered_.find(input.source);
        if (known != entered_.end()) {
            StackNode& node = graph_.nodes[known->second];
            node.channels = std::min(node.channels, depth);
            node.precision = std::max(node.precision, input.precision);
            return known->second;
        }
        StackNode node;
        node.producer = input.source;
        node.channels = depth;
        node.precision = input.precision;
        graph_.nodes.push_back(std::move(node));
        return entered_[input.source] = graph_.nodes.size() - 1;
    }

    bool leaves(LayerId layer, const std::vector<LayerId>& layers) const
    {
        const auto readers = workload_.consumers(layer);
        return readers.empty() || std::any_of(readers.begin(), readers.end(), [&](LayerId reader) {
                   return std::find(layers.begin(), layers.end(), reader) == layers.end();
               });
    }

    LayerId only_output(const std::vector<LayerId>& layers) const
    {
        std::vector<LayerId> outputs;
        std::copy_if(layers.begin(), layers.end(), std::back_inserter(outputs),
                     [&](LayerId layer) { return leaves(layer, layers); });
        if (outputs.size() == 1) return outputs.front();
        std::string names;
        for (LayerId each : outputs) names += (names.empty() ? "\"" : ", \"") + workload_.layer(each).name + '"';
        throw InputError("cuts", "the stack that ends with layer \"" + workload_.layer(layers.back()).name + "\" has " +
                                     std::to_string(outputs.size()) + " outputs (" + names +
                                     "), expected one: cut where a single map crosses");
    }

    const Workload& workload_;
    const MappingRules& rules_;
    MapPlaces columns_;
    MapPlaces rows_;
    StackGraph graph_;
    std::map<LayerId, NodeId> node_of_;
    std::map<std::optional<LayerId>, NodeId> entered_;
};

}  // namespace

NodeId StackGraph::node_of(LayerId layer) const
{
    const auto found = std::find_if(nodes.begin(), nodes.end(), [&](const StackNode& node) {
        return node.layer != nullptr && node.layer->id == layer;
    });
    assert(found != nodes.end());
    return static_cast<NodeId>(found - nodes.begin());
}

StackGraph make_stack_graph(const Workload& workload, const MappingRules& rules, const std::vector<LayerId>& layers)
{
    return Builder{workload, rules}.build(layers);
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
