// SPDX-License-Identifier: Apache-2.0
// How many bits have features, weights and partial sums?
//
// As wide as their types in the file; floating-point numbers as quantised to 8 bits, as networks are before they run on such
// hardware. Partial sums have 32 bits in quantised layers, as ONNX defines those, and 16 elsewhere, as in the networks that come
// with Plumbline, unless operands are wider than 8 bits.
#pragma once

#include <cstdint>

#include "onnx/network.hpp"

namespace plumbline::io {

/// Of a type of ONNX (TensorProto::DataType).
Bits feature_bits(std::int32_t type, const OnnxOptions& options);

/// Of the constant that a node reads. \param[out] quantised whether it is dequantised from integers
Bits weight_bits(const Network& network, const Node& node, std::size_t input, bool* quantised);

/// \param quantised whether the layer's sums are those of integers
Bits partial_bits(const Layer& layer, bool quantised, const OnnxOptions& options);

}  // namespace plumbline::io
