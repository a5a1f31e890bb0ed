// SPDX-License-Identifier: Apache-2.0
#include "planning/geometry/stack_graph.hpp"

#include <algorithm>
#include <cassert>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "description/map_edges.hpp"
#include "plumbline/error.hpp"

namespace plumbline::detail {
namespace {

/// Columns (or rows) of the map that an input reads: as many as it says, or as it reads.
std::int64_t size_along(const Operand& input, const LoopSizes& sizes, LoopDim position)
{
    for (const SlidingAxis& axis : input.sliding)
        if (axis.position == position && axis.size) return stored_along(axis);
    return position == LoopDim::ox ? columns(input, sizes) : rows(input, sizes);
}

class Builder {
public:
    Builder(const Workload& workload, const MappingRules& rules, const NetworkPlaces& places)
        : workload_{workload},
          rules_{rules},
          places_{places},
          network_inputs_{workload.inputs()}
    {
        graph_.bounded = workload.bounded();
    }

    /// \param output one of the layers
    StackGraph build(const std::vector<LayerId>& layers, LayerId output)
    {
        for (LayerId id : layers) add(workload_.layer(id));
        graph_.output = node_of_.at(output);
        return std::move(graph_);
    }

private:
    void add(const Layer& layer)
    {
        StackNode node;
        node.layer = &layer;
        node.mapped_as = &layer;
        node.producer = layer.id;
        node.rule = &rules_.rule_for(layer);
        node.channels = channels(layer.output, layer.sizes);
        node.precision = layer.final_precision;
        node.columns = plumbline::columns(layer.output, layer.sizes);
        node.rows = plumbline::rows(layer.output, layer.sizes);
        for (std::size_t i = 0; i < layer.inputs.size(); ++i)
            if (!layer.inputs[i].constant)
                node.inputs.push_back(
                    {i, source_of(layer, i), places_.columns.reach(layer, i), places_.rows.reach(layer, i)});
        const NodeId id = graph_.nodes.size();
        for (const StackEdge& edge : node.inputs) {
            auto& consumers = graph_.nodes[edge.source].consumers;
            if (consumers.empty() || consumers.back() != id) consumers.push_back(id);
        }
        graph_.nodes.push_back(std::move(node));
        node_of_[layer.id] = id;
    }

    NodeId source_of(const Layer& layer, std::size_t index)
    {
        const Operand& input = layer.inputs[index];
        if (input.source && node_of_.count(*input.source) > 0) return node_of_.at(*input.source);
        const std::int64_t depth = channels(input, layer.sizes);
        const std::pair<std::optional<LayerId>, std::size_t> map{input.source, number_of(layer.id, index)};
        const auto known = entered_.find(map);
        if (known != entered_.end()) {
            StackNode& node = graph_.nodes[known->second];
            node.channels = std::min(node.channels, depth);
            node.precision = std::max(node.precision, input.precision);
            return known->second;
        }
        StackNode node;
        node.producer = input.source;
        node.input = map.second;
        node.channels = depth;
        node.precision = input.precision;
        node.columns = size_along(input, layer.sizes, LoopDim::ox);
        node.rows = size_along(input, layer.sizes, LoopDim::oy);
        graph_.nodes.push_back(std::move(node));
        return entered_[map] = graph_.nodes.size() - 1;
    }

    /// Of an input of the network; 0 for others.
    std::size_t number_of(LayerId layer, std::size_t input) const
    {
        const auto found = std::find(network_inputs_.begin(), network_inputs_.end(), NetworkInput{layer, input});
        return found == network_inputs_.end() ? 0 : static_cast<std::size_t>(found - network_inputs_.begin());
    }

    const Workload& workload_;
    const MappingRules& rules_;
    const NetworkPlaces& places_;
    std::vector<NetworkInput> network_inputs_;
    StackGraph graph_;
    std::map<LayerId, NodeId> node_of_;
    std::map<std::pair<std::optional<LayerId>, std::size_t>, NodeId> entered_;
};

[[noreturn]] void refuse_outputs(const Workload& workload, const std::vector<LayerId>& layers,
                                 const std::vector<LayerId>& outputs)
{
    std::string names;
    for (LayerId each : outputs) names += (names.empty() ? "\"" : ", \"") + workload.layer(each).name + '"';
    const std::string several = "has " + std::to_string(outputs.size()) + " outputs (" + names + ")";
    if (outputs == workload.outputs())
        throw InputError("cuts", "the network " + several +
                                     ", expected one for each stack: cut after each of them but the last, or leave the "
                                     "cuts to `auto` or `each`");
    throw InputError("cuts", "the stack that ends with layer \"" + workload.layer(layers.back()).name + "\" " +
                                 several + ", expected one: cut where a single map crosses");
}

}  // namespace

NodeId StackGraph::node_of(LayerId layer) const
{
    const auto found = std::find_if(nodes.begin(), nodes.end(), [&](const StackNode& node) {
        return node.layer != nullptr && node.layer->id == layer;
    });
    assert(found != nodes.end());
    return static_cast<NodeId>(found - nodes.begin());
}

std::vector<LayerId> stack_outputs(const Workload& workload, const std::vector<LayerId>& layers)
{
    const std::set<LayerId> inside{layers.begin(), layers.end()};
    std::vector<LayerId> outputs;
    for (LayerId layer : layers) {
        const auto readers = workload.consumers(layer);
        const bool leaves =
            std::any_of(readers.begin(), readers.end(), [&](LayerId reader) { return inside.count(reader) == 0; });
        if (leaves || readers.empty()) outputs.push_back(layer);
    }
    return outputs;
}

StackGraph make_stack_graph(const Workload& workload, const MappingRules& rules, const std::vector<LayerId>& layers,
                            const NetworkPlaces& places)
{
    const std::vector<LayerId> outputs = stack_outputs(workload, layers);
    if (outputs.size() != 1) refuse_outputs(workload, layers, outputs);
    return Builder{workload, rules, places}.build(layers, outputs.front());
}

StackGraph make_stack_graph(const Workload& workload, const MappingRules& rules, const std::vector<LayerId>& layers)
{
    return make_stack_graph(workload, rules, layers, NetworkPlaces{workload});
}

StackGraph make_network_graph(const Workload& workload, const MappingRules& rules)
{
    std::vector<LayerId> layers;
    for (const Layer& layer : workload.layers()) layers.push_back(layer.id);
    return Builder{workload, rules, NetworkPlaces{workload}}.build(layers, workload.outputs().back());
}

std::int64_t channels(const Operand& operand, const LoopSizes& sizes)
{
    std::int64_t product = positions_in_depth(operand);
    for (LoopDim dim : kAllLoopDims)
        if (dim != LoopDim::ox && dim != LoopDim::oy && operand.relevant.contains(dim)) product *= sizes[dim];
    for (const SlidingAxis& axis : operand.sliding)
        if (axis.position != LoopDim::ox && axis.position != LoopDim::oy)
            product *=
                axis.size ? *axis.size : span_between(axis, sizes[axis.position], sizes[axis.window], padding_of(axis));
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
