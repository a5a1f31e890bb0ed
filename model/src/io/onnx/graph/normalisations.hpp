// SPDX-License-Identifier: Apache-2.0
// Where does a graph normalise by single nodes?
//
// Before opset 17 there is no LayerNormalization: exporters write mean, difference, variance, root and quotient, one node each.
//
//     m = ReduceMean(x); d = Sub(x, m); v = ReduceMean(Pow(d, 2)); y = Div(d, Sqrt(Add(v, epsilon)))
#pragma once

#include <cstddef>
#include <unordered_map>
#include <vector>

#include "onnx/graph/graph.hpp"

namespace plumbline::io {

struct Normalisation {
    TensorIndex input = 0;
    std::vector<std::int64_t> axes;  ///< that are normalised together, as the nodes name them
    std::vector<std::size_t> nodes;  ///< it consists of; nobody else reads what they make, but for the last
};

/// By the first node that reduces. Values may be divided by the root of their mean square as well, without a difference before.
std::unordered_map<std::size_t, Normalisation> find_normalisations(const Graph& graph);

}  // namespace plumbline::io
