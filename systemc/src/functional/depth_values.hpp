// SPDX-License-Identifier: Apache-2.0
// What do the windows of a layer find where channels of a map hold rows and columns (depth to space)?
//
// Memories hold pixels with all their channels. Windows find `n` rows and columns in each, one beside the other, and so many channels
// less. A copy for the MACs is made here, feature by feature.
//
//     from_depth({values, {{0, 1}, {0, 1}}}, 4, {{0, 2}, {0, 2}}, {2, 2, {{0, 2}, {0, 2}}})  // channels 7 8 9 10 of a pixel become 7 8 above 9 10
#pragma once

#include "functional/upsampled_values.hpp"

namespace plumbline::sim {

/// Places that a pixel of a map holds as channels along each axis.
struct Depth {
    std::int64_t columns = 1;
    std::int64_t rows = 1;
    FeatureBox map;          ///< places that are part of the map: pixels at its edges may hold more
    std::int8_t beyond = 0;  ///< found at others
};
/// \pre axes along which it is not 1 have a size
Depth depth_of(const Operand& input, std::int8_t beyond);

/// Values at places. \param channels of a pixel, a multiple of the places that it holds \pre `from` has the pixels of all of them
FeatureValues from_depth(BoxValues from, std::int64_t channels, const FeatureBox& places, const Depth& depth);

/// As the windows of a layer find its input: up-sampled, out of channels, or as it is.
FeatureValues found_by_windows(BoxValues from, std::int64_t channels, const FeatureBox& places, const Layer& layer,
                               const Operand& input);

}  // namespace plumbline::sim
