// SPDX-License-Identifier: Apache-2.0
// The int8 numbers of feature maps, parts of them, and weights, as a machine that computes holds them.
#pragma once

#include <cstdint>
#include <vector>

#pragma GCC visibility push(default)
namespace plumbline::sim {

/// Values of a box of a feature map: channel by channel, row by row, column by column. Weights: by their own loop
/// dimensions in the order b, g, k, c, fy, fx, the last one innermost.
using FeatureValues = std::vector<std::int8_t>;

}  // namespace plumbline::sim
#pragma GCC visibility pop
