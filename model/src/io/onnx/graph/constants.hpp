// SPDX-License-Identifier: Apache-2.0
// Constants that shapes depend on: small lists of integers, and what nodes compute of them.
//
// Exporters write sizes as arithmetic (Shape, Gather, Concat, Reshape). Only its result is of interest, so only that is computed;
// the values of weights are never read.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "onnx/graph/graph.hpp"

namespace plumbline::io {

/// Of a scalar or list of integers that is in the file and not long; nothing for other tensors.
std::optional<std::vector<std::int64_t>> integers_of(const onnx::TensorProto& tensor);

/// The same of a node's first output, computed from the values and shapes of its inputs.
std::optional<std::vector<std::int64_t>> computed_integers(const Graph& graph, const Node& node);

/// Of a list of no more numbers than a tensor has axes, each of which a size can be multiplied by; empty for other tensors.
std::vector<float> factors_of(const onnx::TensorProto& tensor);

/// The same of a node that is a constant; empty for others.
std::vector<float> constant_factors(const Node& node);

/// Data beside the file is not read, but must not lead anywhere else. \throws InputError
void check_external(const Graph& graph, const std::string& field, const onnx::TensorProto& tensor);
/// Sizes of constants may be zero. \throws InputError
void check_constant_shape(const Graph& graph, const std::string& field, const Shape& shape);

}  // namespace plumbline::io
