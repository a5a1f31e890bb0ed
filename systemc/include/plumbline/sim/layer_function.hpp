// SPDX-License-Identifier: Apache-2.0
// What a layer computes from int8 features and weights: the arithmetic of the machine that holds data.
//
// The equation of a layer says which loops are summed over; its operation (plumbline/operation.hpp) says what is summed:
//   convolution, depthwise convolution, matrix product   products of features and weights of 8 bits
//   maximum pooling                                      nothing, the largest feature is taken
//   average pooling                                      features
//   addition                                             features of two or more maps
//   concatenation                                        nothing, features of one map follow those of another
// Sums are int32 and exact; Requantisation makes features of them.
//
//     const LayerFunction function = function_of(layer);
//     FeatureValues made = compute(function, layer, {window}, weights, {rows, columns});
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "plumbline/sim/feature_values.hpp"
#include "plumbline/sim/requantisation.hpp"
#include "plumbline/workload.hpp"

#pragma GCC visibility push(default)
namespace plumbline::sim {

/// Along one axis, output `i` reads features `stride * i + dilation * f` for every `f` of the window dimension.
struct Window {
    std::int64_t stride = 1;    ///< features from one output to the next
    std::int64_t dilation = 1;  ///< features from one iteration of `dim` to the next
    std::int64_t size = 1;      ///< iterations of `dim`
    LoopDim dim = LoopDim::fx;  ///< the window dimension

    /// Features from the first to the last that `outputs` neighbours read.
    std::int64_t extent(std::int64_t outputs) const { return stride * (outputs - 1) + dilation * (size - 1) + 1; }
};

/// What one output of a layer is made of.
struct LayerFunction {
    Operation operation = Operation::convolution;  ///< that of the layer
    Window columns;                                ///< along rows of the map
    Window rows;                                   ///< along columns of the map
    Requantisation scale;                          ///< from a sum to a feature
};

/// What a window finds beyond the edges of a map: 0, but for the maximum of a window of maps that have edges, where only
/// features count. An average divides by all places of the window, padding too.
std::int8_t beyond_edges(const Layer& layer, bool bounded);

/// As the layer is described. \throws InputError naming the layer, where its operation cannot be computed or it is not of int8
LayerFunction function_of(const Layer& layer);

/// Channels of a feature map as an operand has them: batch, groups and channels, in this order.
std::int64_t channels_of(const Operand& operand, const LoopSizes& sizes);
/// The operand whose values features are multiplied by; null where there is none (pooling, additions).
const Operand* multiplied_weights(const Layer& layer);
/// Bytes of the layer's weights; 0 where it has none.
std::int64_t weight_count(const Layer& layer);

/// Sizes of a part of a map.
struct PixelCount {
    std::int64_t rows = 1;     ///< of pixels
    std::int64_t columns = 1;  ///< of pixels
};

/// Outputs of a tile: channel by channel, row by row. There is one of `inputs` per input that is a feature map, in the
/// order of the equation, each as large as `outputs` need. Weights are in the order of the loop dimensions b, g, k, c, fy,
/// fx; none for layers without.
FeatureValues compute(const LayerFunction& function, const Layer& layer, const std::vector<FeatureValues>& inputs,
                      const FeatureValues& weights, PixelCount outputs);

}  // namespace plumbline::sim
#pragma GCC visibility pop
