// SPDX-License-Identifier: Apache-2.0
// The graph of an ONNX file, with names resolved: which node reads what of which?
//
// Tensors and nodes are numbered, so that passes over them take linear time. Reading checks what needs no knowledge of operators:
// versions, unique names, an order in which each node reads what earlier ones made, sizes within bounds.
#pragma once

#include <onnx/onnx_pb.h>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "plumbline/io/onnx.hpp"

namespace plumbline::io {

using Shape = std::vector<std::int64_t>;
using TensorIndex = std::size_t;
/// Of an optional input or output that is left out.
inline constexpr TensorIndex kNoTensor = std::numeric_limits<TensorIndex>::max();

struct Tensor {
    std::string name;
    std::int32_t type = 0;       ///< TensorProto::DataType; 0 where it is not known
    std::optional<Shape> shape;  ///< known of inputs and constants at first, of all others after inference
    bool constant = false;       ///< known before the network runs: weights, and what is made of constants alone
    /// Of a small constant of integers, the last axis running fastest: sizes, axes and indices that shapes depend on.
    std::optional<std::vector<std::int64_t>> values = {};
    std::optional<std::vector<double>> reals = {};  ///< the same of floating-point numbers
    std::optional<Shape> declared = {};             ///< what the file says where that is not needed
    std::string unavailable = {};                   ///< why nobody may read it; empty for most
    std::int32_t dequantised_from = 0;              ///< type of the integers that a constant was; 0: it was none
};

struct Node {
    const onnx::NodeProto* proto = nullptr;
    std::string type;   ///< with its domain where that is not ONNX's: "Conv", "com.microsoft.FusedConv"
    std::string name;   ///< of its layer: as given, else type and number ("Conv_3")
    std::string place;  ///< in errors: "Conv 'conv1'", or "node 3 (Conv)" where it has no name
    std::vector<TensorIndex> inputs;
    std::vector<TensorIndex> outputs;
    std::vector<std::int64_t> axes =
        {};                  ///< of a normalisation that stands for several nodes; empty: the attributes say
    bool quantised = false;  ///< its type does not say so
};

struct Graph {
    std::string file;
    int opset = 0;
    std::vector<Tensor> tensors;
    std::vector<Node> nodes;  ///< sources first
    std::vector<TensorIndex> inputs;
    std::vector<TensorIndex> outputs;
    std::deque<onnx::NodeProto> rewritten = {};  ///< of nodes that stand for others of the file
};

/// \throws InputError
Graph read_graph(const onnx::ModelProto& model, const std::string& file, const OnnxOptions& options);

/// \throws InputError with file and node
[[noreturn]] void refuse(const Graph& graph, const Node& node, const std::string& problem);
/// \throws InputError with file and a field such as "input 'x'"
[[noreturn]] void refuse(const Graph& graph, const std::string& field, const std::string& problem);

/// "1x3x224x224", "a scalar".
std::string text_of(const Shape& shape);
/// Saturates. \pre no size is negative
std::int64_t count_of(const Shape& shape);
/// \throws InputError unless each size is positive and not too large, and their product neither
void check_shape(const Graph& graph, const std::string& field, const Shape& shape);

}  // namespace plumbline::io
