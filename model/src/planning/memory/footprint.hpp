// SPDX-License-Identifier: Apache-2.0
// How much of a stack's feature maps, caches and weights is alive at once on one tile?
#pragma once

#include <vector>

#include "planning/geometry/tile_sizes.hpp"

namespace plumbline::detail {

/// Largest sum of inputs and outputs alive while the layers run in order; a layer's `kept` bits stay when its output is
/// released. \param kept per node, or empty
Bits peak_alive(const StackGraph& graph, const TileSizes& tiles, const std::vector<Bits>& kept = {});

/// What is cached between neighbouring tiles.
struct CacheSizes {
    std::vector<Bits> left_behind;  ///< per node: columns of its output that the tile leaves to its right
    Bits columns{};                 ///< of all inputs, one tile high
    Bits rows{};                    ///< of all inputs, as wide as the feature map
    Bits both{};                    ///< corners that columns and rows share
};

/// \param whole tile sizes of the whole feature map
CacheSizes cache_sizes(const StackGraph& graph, const TileSizes& tiles, const TileSizes& whole);

/// The same, exactly: what neighbours need of each map, once however many layers read it.
CacheSizes exact_cache_sizes(const StackGraph& graph, const TileSizes& tiles, const TileSizes& whole);

Bits weight_bits(const Layer& layer);
Bits weight_bits(const StackGraph& graph);

}  // namespace plumbline::detail
