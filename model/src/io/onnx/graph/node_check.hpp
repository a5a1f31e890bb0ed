// SPDX-License-Identifier: Apache-2.0
// Is a node as its operator set defines it, and are its attributes sizes that can be computed with?
//
// The library of ONNX knows the definitions; what it would say is said in our words. Its shape inference takes attributes as they
// are, so that what would divide by zero or reach beyond a shape is refused before.
#pragma once

#include "onnx/graph/graph.hpp"

namespace plumbline::io {

/// Opsets 7 to the newest that the library knows. \throws InputError
void check_versions(Graph& graph, const onnx::ModelProto& model);

/// Inputs, outputs and attributes of nodes whose types are supported. \throws InputError
void check_definitions(const Graph& graph, const onnx::ModelProto& model);

/// Attributes against the shapes of the inputs, as far as those are known. \throws InputError
void check_attributes(const Graph& graph, const Node& node);

}  // namespace plumbline::io
