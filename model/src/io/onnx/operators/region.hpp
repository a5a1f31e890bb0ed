// SPDX-License-Identifier: Apache-2.0
// Of which values does a layer make one?
//
// Reductions, and the statistics of normalisations, read values that lie together: all channels of a pixel, the rows and columns of each
// channel, a group of channels with all their pixels. The array does one operation for each value, as for an addition.
//
//     GroupNorm of 12 channels in 3 groups, 6 x 8 pixels: 3 regions of 4 channels, 6 rows and 8 columns
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "onnx/network.hpp"

namespace plumbline::io {

struct Region {
    std::int64_t groups = 1;    ///< regions that lie beside each other along the channels
    std::int64_t channels = 1;  ///< of one
    std::int64_t rows = 1;      ///< all, or 1 where each row has regions of its own
    std::int64_t columns = 1;

    std::int64_t values() const { return channels * rows * columns; }
    bool has_pixels() const { return rows * columns > 1; }
};

/// Why values along these axes are no such region; empty where they are. \param axes are known, or taken for what they usually are
std::string problem_of_region(const Layout& layout, const std::vector<std::size_t>& axes, const OpenRoles& roles);

/// \pre problem_of_region() is empty
Region region_of(const Layout& layout, const std::vector<std::size_t>& axes, const OpenRoles& roles);

/// Reads all values of a map, and makes one of each region. It is called and typed like its node. \pre neither padded, cut nor repeated
Layer region_layer(Network& network, const Node& node, const Feature& map, const Region& region);

/// Axes of a map of which one value of each region is left: those that hold it have one position.
Layout left_of(const Layout& layout, const std::vector<std::size_t>& axes, const Region& region,
               const OpenRoles& roles);

}  // namespace plumbline::io
