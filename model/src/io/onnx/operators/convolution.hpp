// SPDX-License-Identifier: Apache-2.0
// The layer of a node that slides weights over a map, once its channels and windows are known.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "onnx/geometry.hpp"

namespace plumbline::io {

struct Groups {
    std::int64_t count = 1;
    std::int64_t inputs = 1;   ///< channels of a group
    std::int64_t outputs = 1;  ///< of a group
};

struct Convolution {
    std::string operator_type;
    std::size_t weights = 1;  ///< which input of the node
    Groups groups;
    Feature map;
    std::vector<Window> windows;
    std::optional<Bits> weight_bits = {};  ///< of weights that are no input of the node
};

/// Shape of the weights that a node reads. \throws InputError where they are computed
const Shape& shape_of_weights(Network& network, const Node& node, std::size_t input);

void add_convolution(Network& network, const Node& node, const Convolution& convolution);

}  // namespace plumbline::io
