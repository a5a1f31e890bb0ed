// SPDX-License-Identifier: Apache-2.0
// Nodes that ONNX Runtime adds to networks, as the nodes of ONNX that compute the same.
//
// Its quantised format has operators of the domain com.microsoft whose maps come each with a scale and a zero point (QLinearAdd and the like), and
// its optimiser fuses activations (FusedConv). Shapes and cost are those of the operator without them.
#pragma once

#include "onnx/graph/graph.hpp"

namespace plumbline::io {

/// Names stay: of nodes and their layers. \throws InputError where such a node does what that of ONNX does not
void replace_contributed(Graph& graph);

}  // namespace plumbline::io
