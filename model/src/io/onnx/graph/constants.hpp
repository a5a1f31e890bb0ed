// SPDX-License-Identifier: Apache-2.0
// Constants of a file: the elements of small ones, which shapes may depend on, and whether others keep to their bounds.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "onnx/graph/graph.hpp"

namespace plumbline::io {

/// Of a type of ONNX (TensorProto::DataType).
bool is_floating(std::int32_t type);

/// Of a tensor of few elements that are in the file, the last axis running fastest; empty for others, and for types that no shape
/// depends on.
std::vector<double> elements_of(const onnx::TensorProto& tensor);

/// Data beside the file is not read, but must not lead anywhere else. \throws InputError
void check_external(const Graph& graph, const std::string& field, const onnx::TensorProto& tensor);
/// Sizes of constants may be zero. \throws InputError
void check_constant_shape(const Graph& graph, const std::string& field, const Shape& shape);

}  // namespace plumbline::io
