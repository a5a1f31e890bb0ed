// SPDX-License-Identifier: Apache-2.0
#include "plumbline/workload.hpp"

#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/strong_components.hpp>
#include <functional>
#include <map>
#include <numeric>
#include <queue>
#include <set>
#include <tuple>
#include <utility>

#include "description/basics/names.hpp"
#include "description/basics/saturating.hpp"
#include "description/map_edges.hpp"
#include "description/workload_check.hpp"
#include "plumbline/error.hpp"

namespace plumbline {
namespace {

/// Vertices are positions in the list of layers, edges lead from producer to consumer.
using LayerGraph = boost::adjacency_list<boost::setS, boost::vecS, boost::bidirectionalS>;

std::string field_of_layer(std::size_t index) { return "layers[" + std::to_string(index) + ']'; }

void check_names(const std::vector<Layer>& layers)
{
    std::set<LayerId> ids;
    std::set<std::string> names;
    for (std::size_t i = 0; i < layers.size(); ++i) {
        if (!ids.insert(layers[i].id).second) {
            throw InputError{field_of_layer(i) + ".id", "another layer has id " + std::to_string(layers[i].id)};
        }
        if (!names.insert(layers[i].name).second) {
            throw InputError{field_of_layer(i) + ".name", "another layer is called '" + layers[i].name + '\''};
        }
    }
}

LayerGraph graph_of(const std::vector<Layer>& layers)
{
    std::map<LayerId, std::size_t> index;
    for (std::size_t i = 0; i < layers.size(); ++i) index[layers[i].id] = i;
    LayerGraph graph{layers.size()};
    for (std::size_t i = 0; i < layers.size(); ++i) {
        for (const Operand& input : layers[i].inputs) {
            if (!input.source) continue;
            const auto producer = index.find(*input.source);
            if (producer == index.end()) {
                throw InputError{field_of_layer(i) + ".operand_source." + input.name,
                                 "there is no layer " + std::to_string(*input.source) +
                                     ", expected the id of another layer (or of this one, for none)"};
            }
            boost::add_edge(producer->second, i, graph);
        }
    }
    return graph;
}

[[noreturn]] void refuse_cycle(const LayerGraph& graph, const std::vector<Layer>& layers)
{
    std::vector<std::size_t> component(layers.size());
    boost::strong_components(
        graph, boost::make_iterator_property_map(component.begin(), boost::get(boost::vertex_index, graph)));
    const auto on_cycle_with = [&](std::size_t first) {
        std::vector<std::size_t> members;
        for (std::size_t i = 0; i < layers.size(); ++i) {
            if (component[i] == component[first]) members.push_back(i);
        }
        return members;
    };
    std::size_t first = 0;
    while (on_cycle_with(first).size() < 2 && !boost::edge(first, first, graph).second) ++first;
    std::string names;
    for (std::size_t i : on_cycle_with(first)) names += (names.empty() ? "" : ", ") + layers[i].name;
    throw InputError{field_of_layer(first) + ".operand_source",
                     "layers feed each other in a cycle: " + names + "; expected a directed acyclic graph"};
}

/// Of the layers whose sources are done, always the first in the list.
std::vector<std::size_t> topological_order(const LayerGraph& graph, const std::vector<Layer>& layers)
{
    std::vector<std::size_t> missing(layers.size());
    std::priority_queue<std::size_t, std::vector<std::size_t>, std::greater<>> ready;
    for (std::size_t i = 0; i < layers.size(); ++i) {
        missing[i] = boost::in_degree(i, graph);
        if (missing[i] == 0) ready.push(i);
    }
    std::vector<std::size_t> order;
    while (!ready.empty()) {
        order.push_back(ready.top());
        ready.pop();
        for (auto [edge, end] = boost::out_edges(order.back(), graph); edge != end; ++edge) {
            const std::size_t consumer = boost::target(*edge, graph);
            if (--missing[consumer] == 0) ready.push(consumer);
        }
    }
    if (order.size() < layers.size()) refuse_cycle(graph, layers);
    return order;
}

/// Rows and columns of maps that are multiplied or added lie on each other: where one has no index along an axis of its
/// source, as the keys of an attention head, nobody could say which part of the source a tile needs.
void check_axes(const Layer& layer, const Operand& input, const Layer& source, const std::string& field)
{
    for (LoopDim dim : {LoopDim::ox, LoopDim::oy}) {
        const bool indexed = input.relevant.contains(dim) ||
                             std::any_of(input.sliding.begin(), input.sliding.end(),
                                         [dim](const SlidingAxis& axis) { return axis.position == dim; });
        const std::int64_t made = source.output.relevant.contains(dim) ? source.sizes[dim] : 1;
        if (indexed || made == 1) continue;
        throw InputError{field + ".operand_source." + input.name,
                         input.name + " of layer '" + layer.name + "' reads layer '" + source.name +
                             "' by other dimensions: " + std::string{name_of(dim)} + ", of which that has " +
                             std::to_string(made) + ", is not among its indices; such layers are not supported"};
    }
}

void check_joins(const std::vector<Layer>& layers)
{
    std::map<LayerId, const Layer*> by_id;
    for (const Layer& layer : layers) by_id[layer.id] = &layer;
    for (std::size_t i = 0; i < layers.size(); ++i) {
        const auto& inputs = layers[i].inputs;
        if (std::count_if(inputs.begin(), inputs.end(), [](const Operand& each) { return !each.constant; }) < 2)
            continue;
        for (const Operand& input : inputs)
            if (input.source) check_axes(layers[i], input, *by_id.at(*input.source), field_of_layer(i));
    }
}

/// \param places sorted
std::optional<std::size_t> place_of(const std::vector<std::pair<LayerId, std::size_t>>& places, LayerId id)
{
    const auto found = std::lower_bound(places.begin(), places.end(), std::pair{id, std::size_t{0}});
    if (found == places.end() || found->first != id) return std::nullopt;
    return found->second;
}

std::int64_t size_along(const Operand& operand, const LoopSizes& sizes, LoopDim dim)
{
    for (const SlidingAxis& axis : operand.sliding) {
        if (axis.position == dim) return span(axis, sizes[axis.position], sizes[axis.window]);
    }
    return operand.relevant.contains(dim) ? sizes[dim] : 1;
}

}  // namespace

bool operator==(const SlidingAxis& a, const SlidingAxis& b)
{
    const auto fields = [](const SlidingAxis& axis) {
        return std::tie(axis.name, axis.position, axis.stride, axis.window, axis.dilation, axis.padding_before,
                        axis.padding_behind, axis.size, axis.upsampling, axis.depth_to_space, axis.depth_offset);
    };
    return fields(a) == fields(b);
}

bool operator==(const Operand& a, const Operand& b)
{
    return std::tie(a.name, a.relevant, a.sliding, a.precision, a.constant, a.source) ==
           std::tie(b.name, b.relevant, b.sliding, b.precision, b.constant, b.source);
}

bool operator==(const Layer& a, const Layer& b)
{
    return std::tie(a.id, a.name, a.operator_type, a.operation, a.sizes, a.output, a.final_precision, a.inputs) ==
           std::tie(b.id, b.name, b.operator_type, b.operation, b.sizes, b.output, b.final_precision, b.inputs);
}

bool operator==(const Workload& a, const Workload& b) { return a.name_ == b.name_ && a.layers_ == b.layers_; }

const Operand* weights_of(const Layer& layer)
{
    for (const Operand& input : layer.inputs) {
        if (input.constant) return &input;
    }
    return nullptr;
}

std::int64_t elements(const Operand& operand, const LoopSizes& sizes)
{
    std::int64_t count = 1;
    for (LoopDim dim : kAllLoopDims) {
        if (operand.relevant.contains(dim)) count *= sizes[dim];
    }
    for (const SlidingAxis& axis : operand.sliding) count *= span(axis, sizes[axis.position], sizes[axis.window]);
    return count;
}

std::int64_t span(const SlidingAxis& axis, std::int64_t positions, std::int64_t window)
{
    // Steps of dilation/g positions forward and stride/g places back in the window meet the same value again: of the
    // positions * window pairs, each that has such a neighbour adds nothing new.
    const std::int64_t common = std::gcd(axis.stride, axis.dilation);
    const std::int64_t repeated_positions = std::max<std::int64_t>(0, positions - axis.dilation / common);
    const std::int64_t repeated_window = std::max<std::int64_t>(0, window - axis.stride / common);
    return positions * window - repeated_positions * repeated_window;
}

std::int64_t columns(const Operand& operand, const LoopSizes& sizes) { return size_along(operand, sizes, LoopDim::ox); }
std::int64_t rows(const Operand& operand, const LoopSizes& sizes) { return size_along(operand, sizes, LoopDim::oy); }

std::int64_t positions_in_depth(const Operand& operand)
{
    std::int64_t positions = 1;
    for (const SlidingAxis& axis : operand.sliding) positions = saturating_product(positions, axis.depth_to_space);
    return positions;
}

Workload::Workload(std::string name, std::vector<Layer> layers) : name_{std::move(name)}
{
    check_name(name_, "name", "a name for the workload");
    if (layers.empty()) throw InputError{"layers", "is empty, expected at least one layer"};
    for (std::size_t i = 0; i < layers.size(); ++i) check_layer(layers[i], field_of_layer(i));
    check_names(layers);
    const LayerGraph graph = graph_of(layers);
    check_joins(layers);
    const std::vector<std::size_t> order = topological_order(graph, layers);
    bounded_ = any_edges(layers);
    if (bounded_) find_edges(layers, order);
    check_together(layers, order, bounded_);
    for (std::size_t i : order) layers_.push_back(std::move(layers[i]));
    make_index();
}

void Workload::make_index()
{
    for (std::size_t i = 0; i < layers_.size(); ++i) places_.emplace_back(layers_[i].id, i);
    std::sort(places_.begin(), places_.end());
    consumers_.resize(layers_.size());
    for (const Layer& layer : layers_) {
        for (std::size_t i = 0; i < layer.inputs.size(); ++i) {
            const Operand& input = layer.inputs[i];
            if (!input.constant && !input.source) inputs_.push_back({layer.id, i});
            if (!input.source) continue;
            auto& consumers = consumers_[*place_of(places_, *input.source)];
            if (consumers.empty() || consumers.back() != layer.id) consumers.push_back(layer.id);
        }
    }
}

const Layer& Workload::layer(LayerId id) const
{
    if (const Layer* found = find(id)) return *found;
    throw InputError{"layer", "workload '" + name_ + "' has no layer " + std::to_string(id)};
}

const Layer* Workload::find(LayerId id) const
{
    const auto place = place_of(places_, id);
    return place ? &layers_[*place] : nullptr;
}

std::vector<LayerId> Workload::consumers(LayerId id) const
{
    const auto place = place_of(places_, id);
    return place ? consumers_[*place] : std::vector<LayerId>{};
}

std::vector<LayerId> Workload::outputs() const
{
    std::vector<LayerId> found;
    for (std::size_t i = 0; i < layers_.size(); ++i) {
        if (consumers_[i].empty()) found.push_back(layers_[i].id);
    }
    return found;
}

}  // namespace plumbline
