// SPDX-License-Identifier: Apache-2.0
#include "onnx/graph/graph.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "onnx/graph/constants.hpp"
#include "onnx/graph/folding.hpp"
#include "onnx/graph/limits.hpp"
#include "onnx/graph/node_check.hpp"
#include "plumbline/error.hpp"

namespace plumbline::io {
namespace {

std::string quoted(const std::string& kind, const std::string& name) { return kind + " '" + name + '\''; }

/// Fills a graph from a file's.
class GraphReader {
public:
    GraphReader(Graph& graph, const OnnxOptions& options) : graph_{graph}, options_{options} {}

    void read(const onnx::GraphProto& proto)
    {
        if (static_cast<std::size_t>(proto.node_size()) > kMostOnnxNodes)
            refuse(graph_, "graph",
                   "has " + std::to_string(proto.node_size()) + " nodes, expected at most " +
                       std::to_string(kMostOnnxNodes));
        for (const auto& tensor : proto.initializer()) add_constant(tensor);
        for (const auto& tensor : proto.sparse_initializer())
            add_constant(tensor.values(), Shape{tensor.dims().begin(), tensor.dims().end()});
        for (const auto& info : proto.input()) add_input(info);
        if (options_.batch && !batch_used_) {
            refuse(graph_, "input" + (graph_.inputs.empty() ? std::string{} : quoted("", name_of_input(0))),
                   "fixes its batch size, expected an open one for a batch of " + std::to_string(*options_.batch));
        }
        for (const auto& info : proto.value_info()) declare(info);
        for (const auto& info : proto.output()) declare(info);
        for (const auto& node : proto.node()) add_node(node);
        for (const auto& info : proto.output()) add_output(info);
    }

private:
    const std::string& name_of_input(std::size_t index) const { return graph_.tensors[graph_.inputs[index]].name; }

    TensorIndex add_tensor(const std::string& field, const std::string& name)
    {
        if (name.empty()) refuse(graph_, field, "has no name");
        if (!index_.emplace(name, graph_.tensors.size()).second)
            refuse(graph_, field, quoted("makes", name) + " once more, expected one origin of each tensor");
        graph_.tensors.push_back({name, 0, std::nullopt, false});
        return graph_.tensors.size() - 1;
    }

    void add_constant(const onnx::TensorProto& proto)
    {
        add_constant(proto, Shape{proto.dims().begin(), proto.dims().end()});
    }

    void add_constant(const onnx::TensorProto& proto, Shape shape)
    {
        const std::string field = quoted("initializer", proto.name());
        check_external(graph_, field, proto);
        Tensor& tensor = graph_.tensors[add_tensor(field, proto.name())];
        check_constant_shape(graph_, field, shape);
        tensor.type = proto.data_type();
        const SmallTensor small{shape, elements_of(proto)};
        tensor.shape = std::move(shape);
        tensor.constant = true;
        if (static_cast<std::int64_t>(small.elements.size()) == count_of(small.shape)) set_elements(tensor, small);
    }

    /// Before version 4 of the format, initializers are inputs, too.
    void add_input(const onnx::ValueInfoProto& info)
    {
        if (index_.count(info.name()) != 0) return;
        const std::string field = quoted("input", info.name());
        const TensorIndex index = add_tensor(field, info.name());
        if (!info.type().has_tensor_type() || !info.type().tensor_type().has_shape())
            refuse(graph_, field, "has no shape, expected a tensor whose sizes the file says");
        const auto& type = info.type().tensor_type();
        Shape shape;
        for (int axis = 0; axis < type.shape().dim_size(); ++axis)
            shape.push_back(size_of(field, type.shape().dim(axis), axis));
        check_shape(graph_, field, shape);
        graph_.tensors[index].type = type.elem_type();
        graph_.tensors[index].shape = std::move(shape);
        graph_.inputs.push_back(index);
    }

    std::int64_t size_of(const std::string& field, const onnx::TensorShapeProto::Dimension& dim, int axis)
    {
        if (dim.has_dim_value()) return dim.dim_value();
        if (axis == 0) {
            batch_used_ = true;
            return options_.batch.value_or(1);
        }
        const std::string name = dim.dim_param().empty() ? std::string{} : quoted(" called", dim.dim_param());
        refuse(graph_, field,
               "leaves the size of dimension " + std::to_string(axis) + name +
                   " open, expected a number (the batch size alone, dimension 0, may be open)");
    }

    void declare(const onnx::ValueInfoProto& info)
    {
        if (!info.type().has_tensor_type() || !info.type().tensor_type().has_shape()) return;
        Shape shape;
        for (const auto& dim : info.type().tensor_type().shape().dim())
            shape.push_back(dim.has_dim_value() ? dim.dim_value() : -1);
        declared_[info.name()] = std::move(shape);
    }

    void add_node(const onnx::NodeProto& proto)
    {
        const std::string number = std::to_string(graph_.nodes.size());
        const bool ours = proto.domain().empty() || proto.domain() == "ai.onnx";
        Node node;
        node.proto = &proto;
        node.type = ours ? proto.op_type() : proto.domain() + '.' + proto.op_type();
        node.name = proto.name().empty() ? node.type + '_' + number : proto.name();
        node.place = proto.name().empty() ? "node " + number + " (" + node.type + ')' : quoted(node.type, proto.name());
        for (const std::string& name : proto.input()) node.inputs.push_back(input(node, name));
        for (const std::string& name : proto.output()) node.outputs.push_back(output(node, name));
        graph_.nodes.push_back(std::move(node));
    }

    TensorIndex input(const Node& node, const std::string& name)
    {
        if (name.empty()) return kNoTensor;
        const auto found = index_.find(name);
        if (found == index_.end())
            refuse(
                graph_, node,
                quoted("reads", name) + ", which no node before it makes (nodes must not feed each other in a cycle)");
        return found->second;
    }

    TensorIndex output(const Node& node, const std::string& name)
    {
        if (name.empty()) return kNoTensor;
        const TensorIndex index = add_tensor(node.place, name);
        const auto declared = declared_.find(name);
        if (declared != declared_.end()) graph_.tensors[index].declared = declared->second;
        return index;
    }

    void add_output(const onnx::ValueInfoProto& info)
    {
        const auto found = index_.find(info.name());
        if (found == index_.end()) refuse(graph_, quoted("output", info.name()), "is made by no node");
        graph_.outputs.push_back(found->second);
    }

    Graph& graph_;
    const OnnxOptions& options_;
    std::unordered_map<std::string, TensorIndex> index_;
    std::unordered_map<std::string, Shape> declared_;
    bool batch_used_ = false;
};

}  // namespace

Graph read_graph(const onnx::ModelProto& model, const std::string& file, const OnnxOptions& options)
{
    Graph graph;
    graph.file = file;
    check_versions(graph, model);
    if (model.graph().output_size() == 0) refuse(graph, "graph", "has no output, expected at least one");
    GraphReader{graph, options}.read(model.graph());
    return graph;
}

void refuse(const Graph& graph, const Node& node, const std::string& problem) { refuse(graph, node.place, problem); }

void refuse(const Graph& graph, const std::string& field, const std::string& problem)
{
    throw InputError{SourceLocation{graph.file, 0, field}, problem};
}

std::string text_of(const Shape& shape)
{
    std::string text;
    for (std::int64_t size : shape) text += (text.empty() ? "" : "x") + std::to_string(size);
    return text.empty() ? "a scalar" : text;
}

std::int64_t count_of(const Shape& shape)
{
    std::int64_t count = 1;
    for (std::int64_t size : shape) {
        if (size != 0 && count > std::numeric_limits<std::int64_t>::max() / size)
            return std::numeric_limits<std::int64_t>::max();
        count *= size;
    }
    return count;
}

void check_shape(const Graph& graph, const std::string& field, const Shape& shape)
{
    const bool empty = std::any_of(shape.begin(), shape.end(), [](std::int64_t size) { return size < 1; });
    if (empty) refuse(graph, field, "is " + text_of(shape) + ", expected sizes of at least 1");
    check_constant_shape(graph, field, shape);
}

}  // namespace plumbline::io
