// SPDX-License-Identifier: Apache-2.0
#include "onnx/graph/node_check.hpp"

#include <onnx/checker.h>

#include <algorithm>
#include <set>

#include "onnx/graph/attributes.hpp"
#include "onnx/graph/limits.hpp"
#include "onnx/graph/operators.hpp"

namespace plumbline::io {
namespace {

constexpr int kOldestOpset = 7;

int newest_opset()
{
    return onnx::OpSchemaRegistry::DomainToVersionRange::Instance().LastReleaseVersionMap().at(onnx::ONNX_DOMAIN);
}

std::string range(int least, int most)
{
    if (least == most) return std::to_string(least);
    if (most == std::numeric_limits<int>::max()) return "at least " + std::to_string(least);
    return std::to_string(least) + " to " + std::to_string(most);
}

void check_count(const Graph& graph, const Node& node, const std::string& what, int count, int least, int most)
{
    if (count >= least && count <= most) return;
    refuse(graph, node, "has " + std::to_string(count) + ' ' + what + ", expected " + range(least, most));
}

/// Optional inputs may be left out by name, required ones not.
void check_inputs(const Graph& graph, const Node& node, const onnx::OpSchema& schema)
{
    check_count(graph, node, "inputs", node.proto->input_size(), schema.min_input(), schema.max_input());
    check_count(graph, node, "outputs", node.proto->output_size(), std::max(1, schema.min_output()),
                schema.max_output());
    for (int i = 0; i < std::min(schema.min_input(), node.proto->input_size()); ++i)
        if (node.proto->input(i).empty())
            refuse(graph, node, "leaves out input " + std::to_string(i) + ", which it needs");
    if (node.proto->output(0).empty()) refuse(graph, node, "leaves out output 0, which it needs");
}

void check_attribute_names(const Graph& graph, const Node& node, const onnx::OpSchema& schema)
{
    std::set<std::string> given;
    for (const auto& attribute : node.proto->attribute()) {
        const std::string name = "attribute '" + attribute.name() + '\'';
        if (!given.insert(attribute.name()).second) refuse(graph, node, "has " + name + " twice");
        const auto known = schema.attributes().find(attribute.name());
        if (known == schema.attributes().end())
            refuse(graph, node, "has " + name + ", which opset " + std::to_string(graph.opset) + " does not know");
        if (known->second.type != attribute.type())
            refuse(graph, node, "has " + name + " of another type than expected");
    }
    for (const auto& [name, known] : schema.attributes())
        if (known.required && given.count(name) == 0)
            refuse(graph, node, "lacks attribute '" + name + "', which it needs");
}

/// What the above does not see.
void check_rest(const Graph& graph, const Node& node, const onnx::checker::CheckerContext& context)
{
    try {
        onnx::checker::check_node(*node.proto, context, {});
    } catch (const std::exception&) {
        refuse(graph, node, "is not a node as opset " + std::to_string(graph.opset) + " defines it");
    }
}

const Shape* shape_of_input(const Graph& graph, const Node& node, std::size_t input)
{
    if (input >= node.inputs.size() || node.inputs[input] == kNoTensor) return nullptr;
    const auto& shape = graph.tensors[node.inputs[input]].shape;
    return shape ? &*shape : nullptr;
}

void check_list(const Graph& graph, const Node& node, const std::string& name, std::size_t length, std::int64_t least)
{
    const std::vector<std::int64_t> values = integers(node, name);
    if (values.empty()) return;
    if (values.size() != length)
        refuse(
            graph, node,
            "has " + std::to_string(values.size()) + " values of '" + name + "', expected " + std::to_string(length));
    for (std::int64_t value : values) {
        if (value < least || value > kMostOnnxSize)
            refuse(graph, node,
                   "has " + std::to_string(value) + " among '" + name + "', expected at least " +
                       std::to_string(least) + " and at most 2^31");
    }
}

bool slides_weights(const Node& node)
{
    return kind_of(node.type) == Kind::convolution || kind_of(node.type) == Kind::transposed;
}

/// Of convolutions and pooling: one value for each axis that windows slide along.
void check_windows(const Graph& graph, const Node& node)
{
    const Shape* map = shape_of_input(graph, node, 0);
    if (map == nullptr) return;
    if (map->size() < 3 || map->size() > 4)
        refuse(graph, node, "reads " + text_of(*map) + ", expected batch, channels and one or two axes of a map");
    const Shape* weights = shape_of_input(graph, node, node.type == "QLinearConv" ? 3 : 1);
    if (slides_weights(node) && weights != nullptr && weights->size() != map->size())
        refuse(graph, node,
               "slides weights of " + text_of(*weights) + " over " + text_of(*map) +
                   ", expected as many dimensions in both");
    const std::size_t axes = map->size() - 2;
    check_list(graph, node, "kernel_shape", axes, 1);
    check_list(graph, node, "strides", axes, 1);
    check_list(graph, node, "dilations", axes, 1);
    check_list(graph, node, "pads", 2 * axes, 0);
    check_list(graph, node, "output_padding", axes, 0);
    check_list(graph, node, "output_shape", axes, 1);
    const std::int64_t groups = integer(node, "group", 1);
    if (groups < 1 || groups > kMostOnnxSize)
        refuse(graph, node, "has " + std::to_string(groups) + " groups, expected at least 1");
}

void check_axis(const Graph& graph, const Node& node, std::int64_t axis, std::int64_t rank)
{
    if (axis >= -rank && axis < rank) return;
    refuse(graph, node,
           "names axis " + std::to_string(axis) + ", expected one of " + std::to_string(rank) + " dimensions");
}

/// Where axes name those of the output, as in Unsqueeze, it has as many more.
void check_axes(const Graph& graph, const Node& node)
{
    const Shape* shape = shape_of_input(graph, node, 0);
    if (shape == nullptr) return;
    std::vector<std::int64_t> axes = integers(node, "axes");
    const bool listed = (node.type == "Squeeze" || node.type == "Unsqueeze" || node.type == "ReduceSum") &&
                        node.inputs.size() > 1 && node.inputs[1] != kNoTensor && graph.tensors[node.inputs[1]].values;
    if (listed) axes = *graph.tensors[node.inputs[1]].values;
    const auto rank = static_cast<std::int64_t>(shape->size() + (node.type == "Unsqueeze" ? axes.size() : 0));
    for (std::int64_t axis : axes) check_axis(graph, node, axis, rank);
    const bool one = node.type == "Flatten" || node.type == "Concat" || node.type == "Split" || node.type == "ArgMax" ||
                     node.type == "ArgMin" || kind_of(node.type) == Kind::normalisation || node.type == "Gather";
    if (const auto* axis = attribute(node, "axis"); axis != nullptr && one)
        check_axis(graph, node, axis->i(), rank + (node.type == "Flatten" ? 1 : 0));
    const std::vector<std::int64_t> order = integers(node, "perm");
    std::set<std::int64_t> places{order.begin(), order.end()};
    const bool permutes =
        order.empty() || (static_cast<std::int64_t>(order.size()) == rank && places.size() == order.size() &&
                          *places.begin() == 0 && *places.rbegin() == rank - 1);
    if (!permutes)
        refuse(graph, node, "has a 'perm' that does not name each of its " + std::to_string(rank) + " axes once");
}

}  // namespace

void check_versions(Graph& graph, const onnx::ModelProto& model)
{
    for (const auto& import : model.opset_import()) {
        if (!import.domain().empty() && import.domain() != "ai.onnx") continue;
        if (import.version() < kOldestOpset || import.version() > newest_opset())
            refuse(
                graph, "opset_import",
                "is opset " + std::to_string(import.version()) + ", expected " + range(kOldestOpset, newest_opset()));
        graph.opset = static_cast<int>(import.version());
    }
    if (graph.opset == 0)
        refuse(graph, "opset_import", "names no opset of ONNX, expected " + range(kOldestOpset, newest_opset()));
    if (!model.has_graph()) refuse(graph, "graph", "is missing");
}

void check_definitions(const Graph& graph, const onnx::ModelProto& model)
{
    onnx::checker::CheckerContext context;
    context.set_ir_version(
        static_cast<int>(std::clamp<std::int64_t>(model.ir_version(), 3, onnx::Version::IR_VERSION)));
    context.set_opset_imports({{onnx::ONNX_DOMAIN, graph.opset}});
    for (const Node& node : graph.nodes) {
        const onnx::OpSchema* schema = onnx::OpSchemaRegistry::Schema(node.type, graph.opset);
        if (schema == nullptr || schema->Deprecated())
            refuse(graph, node, "is no operator of opset " + std::to_string(graph.opset));
        check_inputs(graph, node, *schema);
        check_attribute_names(graph, node, *schema);
        if (node.type != "Constant") check_rest(graph, node, context);
    }
}

void check_attributes(const Graph& graph, const Node& node)
{
    const Kind kind = kind_of(node.type);
    if (slides_weights(node) || kind == Kind::pooling) check_windows(graph, node);
    check_axes(graph, node);
}

}  // namespace plumbline::io
