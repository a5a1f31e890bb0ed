// SPDX-License-Identifier: Apache-2.0
// What do nodes compute of small constants alone?
//
// Exporters write sizes, axes and amounts as arithmetic (Shape, Gather, Cast, Mul, Floor, Concat, Reshape, Slice). Only its result is of
// interest, so only that is computed, of tensors of no more elements than a shape needs; the values of weights are never read.
#pragma once

#include <optional>
#include <vector>

#include "onnx/graph/graph.hpp"

namespace plumbline::io {

/// All elements of a tensor, the last axis running fastest. Integers are small enough to be exact.
struct SmallTensor {
    Shape shape;
    std::vector<double> elements;
};

/// What a node's first output is, of the values and shapes of its inputs; nothing where those are not known, or are too many.
/// \pre type and shape of the output are inferred
std::optional<SmallTensor> folded(const Graph& graph, const Node& node);

/// Keeps them in a tensor, as integers or as floating-point numbers. \pre they are as many as its shape says
void set_elements(Tensor& tensor, const SmallTensor& small);

}  // namespace plumbline::io
