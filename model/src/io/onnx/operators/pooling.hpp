// SPDX-License-Identifier: Apache-2.0
// Layers of windows that slide over each channel by itself.
#pragma once

#include <vector>

#include "onnx/geometry.hpp"
#include "onnx/network.hpp"

namespace plumbline::io {

/// As ZigZag writes it: a product with weights of no bits.
Layer pooling_layer(Network& network, const Node& node, const Feature& feature, const std::vector<Window>& windows);

}  // namespace plumbline::io
