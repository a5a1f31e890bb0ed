// SPDX-License-Identifier: Apache-2.0
#include "onnx/graph/inference.hpp"

#include <onnx/defs/schema.h>

#include <algorithm>
#include <utility>

#include "onnx/graph/attributes.hpp"
#include "onnx/graph/constants.hpp"
#include "onnx/graph/folding.hpp"
#include "onnx/graph/limits.hpp"
#include "onnx/graph/node_check.hpp"

namespace plumbline::io {
namespace {

/// A list of no more numbers than a tensor has axes, each of which a size can be multiplied by. The library computes with those alone.
bool are_factors(const Tensor& tensor)
{
    const auto is_factor = [](double each) { return each > 0 && each <= static_cast<double>(kMostOnnxSize); };
    return tensor.reals && tensor.shape->size() == 1 && tensor.reals->size() <= kMostOnnxAxes &&
           !tensor.reals->empty() && std::all_of(tensor.reals->begin(), tensor.reals->end(), is_factor);
}

/// What the library may ask about one node.
class NodeContext : public onnx::InferenceContext {
public:
    NodeContext(const Graph& graph, const Node& node)
        : node_{node},
          inputs_(node.inputs.size()),
          outputs_(node.outputs.size())
    {
        for (std::size_t i = 0; i < node.inputs.size(); ++i) {
            if (node.inputs[i] == kNoTensor) continue;
            const Tensor& tensor = graph.tensors[node.inputs[i]];
            inputs_[i].known = tensor.type != 0;
            set(inputs_[i], tensor);
        }
    }

    const onnx::AttributeProto* getAttribute(const std::string& name) const override { return attribute(node_, name); }
    size_t getNumInputs() const override { return inputs_.size(); }
    const onnx::TypeProto* getInputType(size_t index) const override
    {
        return index < inputs_.size() && inputs_[index].known ? &inputs_[index].type : nullptr;
    }
    const onnx::TensorProto* getInputData(size_t index) const override
    {
        return index < inputs_.size() && inputs_[index].has_values ? &inputs_[index].values : nullptr;
    }
    size_t getNumOutputs() const override { return outputs_.size(); }
    onnx::TypeProto* getOutputType(size_t index) override { return &outputs_.at(index); }
    onnx::GraphInferencer* getGraphAttributeInferencer(const std::string&) override { return nullptr; }
    const onnx::SparseTensorProto* getInputSparseData(size_t) const override { return nullptr; }
    const onnx::TensorShapeProto* getSymbolicInput(size_t) const override { return nullptr; }

private:
    struct Input {
        bool known = false;
        bool has_values = false;
        onnx::TypeProto type;
        onnx::TensorProto values;
    };

    static void set(Input& input, const Tensor& tensor)
    {
        auto* type = input.type.mutable_tensor_type();
        type->set_elem_type(tensor.type);
        if (!tensor.shape) return;
        type->mutable_shape();
        for (std::int64_t size : *tensor.shape) type->mutable_shape()->add_dim()->set_dim_value(size);
        const bool factors = are_factors(tensor);
        input.has_values = tensor.values || factors;
        if (!input.has_values) return;
        for (std::int64_t size : *tensor.shape) input.values.add_dims(size);
        input.values.set_data_type(factors ? onnx::TensorProto::FLOAT : onnx::TensorProto::INT64);
        if (factors)
            for (double factor : *tensor.reals) input.values.add_float_data(static_cast<float>(factor));
        if (!tensor.values) return;
        for (std::int64_t value : *tensor.values) input.values.add_int64_data(value);
    }

    const Node& node_;
    std::vector<Input> inputs_;
    std::vector<onnx::TypeProto> outputs_;
};

/// Nothing where a size is not known.
std::optional<Shape> shape_of(const onnx::TypeProto& type)
{
    if (!type.has_tensor_type() || !type.tensor_type().has_shape()) return std::nullopt;
    Shape shape;
    for (const auto& dim : type.tensor_type().shape().dim()) {
        if (!dim.has_dim_value()) return std::nullopt;
        shape.push_back(dim.dim_value());
    }
    return shape;
}

/// The library infers nothing for operators that it defines by others: one whose output has the same shape and type.
std::string inferred_as(const std::string& type)
{
    if (type == "GreaterOrEqual") return "Greater";
    if (type == "LessOrEqual") return "Less";
    return type == "MeanVarianceNormalization" ? "Identity" : type;
}

/// Constants of a few integers are given as INT64 to the library, whatever their type is.
void infer(const Graph& graph, const Node& node, NodeContext& context)
{
    const onnx::OpSchema* schema = onnx::OpSchemaRegistry::Schema(inferred_as(node.type), graph.opset);
    try {
        schema->GetTypeAndShapeInferenceFunction()(context);
    } catch (const std::exception&) {
        std::string shapes;
        for (TensorIndex input : node.inputs) {
            if (input == kNoTensor) continue;
            const auto& shape = graph.tensors[input].shape;
            shapes += (shapes.empty() ? "" : ", ") + (shape ? text_of(*shape) : std::string{"unknown"});
        }
        refuse(graph, node, "cannot be computed of inputs of the shapes " + shapes);
    }
}

/// Type of the integers that a constant is made of; 0: of none.
std::int32_t integers_behind(const Graph& graph, const Node& node)
{
    if (node.inputs.empty() || node.inputs[0] == kNoTensor) return 0;
    const Tensor& first = graph.tensors[node.inputs[0]];
    return node.type == "DequantizeLinear" ? first.type : first.dequantised_from;
}

void infer_node(Graph& graph, const Node& node)
{
    for (TensorIndex input : node.inputs) {
        if (input == kNoTensor || graph.tensors[input].unavailable.empty()) continue;
        refuse(graph, node,
               "reads '" + graph.tensors[input].name + "', which is not computed: " + graph.tensors[input].unavailable);
    }
    check_attributes(graph, node);
    NodeContext context{graph, node};
    infer(graph, node, context);
    for (std::size_t i = 0; i < node.outputs.size(); ++i) {
        if (node.outputs[i] == kNoTensor) continue;
        Tensor& tensor = graph.tensors[node.outputs[i]];
        const onnx::TypeProto& type = *context.getOutputType(i);
        if (type.has_tensor_type()) tensor.type = type.tensor_type().elem_type();
        tensor.shape = shape_of(type);
        if (i > 0 && node.type != "Split") continue;
        if (!tensor.shape) refuse(graph, node, "makes a map whose size the file does not tell");
        if (tensor.constant)
            check_constant_shape(graph, node.place, *tensor.shape);
        else
            check_shape(graph, node.place, *tensor.shape);
        if (!tensor.constant) continue;
        if (i == 0)
            if (const auto small = folded(graph, node)) set_elements(tensor, *small);
        tensor.dequantised_from = integers_behind(graph, node);
    }
}

}  // namespace

void infer_shapes(Graph& graph)
{
    for (const Node& node : graph.nodes) infer_node(graph, node);
}

}  // namespace plumbline::io
