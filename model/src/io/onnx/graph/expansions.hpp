// SPDX-License-Identifier: Apache-2.0
// Where does a graph repeat a map that its reader would repeat by itself?
//
// PyTorch writes `x * y.expand_as(x)`, one factor for each channel, as Shape, Expand and Mul. Element-wise nodes repeat axes of one position
// where their other input has more, so that Mul may read `y`.
#pragma once

#include "onnx/graph/graph.hpp"

namespace plumbline::io {

/// Element-wise nodes read what Expand and Tile read, where they make the same of that. \pre infer_shapes()
void bypass_expansions(Graph& graph);

}  // namespace plumbline::io
