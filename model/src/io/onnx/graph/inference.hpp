// SPDX-License-Identifier: Apache-2.0
// Which type and shape has each tensor?
//
// The library of ONNX infers them node by node, from the shapes of a node's inputs and the values of small constants. Where it
// finds a contradiction, the node is named.
#pragma once

#include "onnx/graph/graph.hpp"

namespace plumbline::io {

/// \pre check_definitions() \throws InputError
void infer_shapes(Graph& graph);

}  // namespace plumbline::io
