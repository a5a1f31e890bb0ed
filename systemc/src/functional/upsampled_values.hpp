// SPDX-License-Identifier: Apache-2.0
// What do the windows of a layer find on an up-sampled map?
//
// Memories hold each feature once. Windows find it several times, one beside the other along columns, rows or both (nearest
// neighbour); those of a transposed convolution find it once, and zeros behind it. A copy for the MACs is made here, feature by
// feature.
//
//     upsampled({values, {{0, 2}, {0, 1}}}, 1, {{0, 4}, {0, 1}}, {2, 1})  // 7 9 becomes 7 7 9 9, or 7 0 9 0
#pragma once

#include "plumbline/sim/feature_box.hpp"
#include "plumbline/sim/feature_values.hpp"
#include "plumbline/workload.hpp"

namespace plumbline::sim {

/// Places that each feature of a map takes along each axis.
struct Upsampling {
    std::int64_t columns = 1;
    std::int64_t rows = 1;
    bool zeros_between = false;  ///< a feature is at the first of its places, zeros are at the others
};
Upsampling upsampling_of(const Layer& layer, const Operand& input);

/// Part of a map, channel by channel, row by row.
struct BoxValues {
    FeatureValues values;
    FeatureBox box;
};

/// Values at places of the up-sampled map. \pre `from` has the features at all of them
FeatureValues upsampled(BoxValues from, std::int64_t channels, const FeatureBox& places, Upsampling upsampling);

}  // namespace plumbline::sim
