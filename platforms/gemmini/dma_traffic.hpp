// SPDX-License-Identifier: Apache-2.0
// How the DMA fetches what tiles need: in rows of channels, of which each takes requests of a cache line and words of 16 bytes.
//
// A map lies pixel by pixel, weights lie tap by tap and input channel by input channel, so a row holds the tile's channels (C of
// inputs, K of weights) and rows of all channels lie apart from each other. Where a window of 1 steps by more than 1 the DMA
// fetches the pixels between as well. Sums that leave before they are finished go to main memory and come back.
#pragma once

#include <array>
#include <vector>

#include <plumbline/shared_cache.hpp>

#include "tile_cost.hpp"

namespace plumbline::gemmini {

inline constexpr std::int64_t kWordBytes = 16;  ///< that the DMA moves at once

/// Of one tile and one operand.
struct RowTraffic {
    double requests = 0;  ///< of at most a cache line
    double words = 0;     ///< of 16 bytes
};

/// Rows of `bytes` in all, `row` bytes each.
RowTraffic row_traffic(double bytes, std::int64_t row);

/// Pixels that the DMA fetches for each pixel that the windows of a tile read, at least 1.
double gaps_fetched(const Shape& shape, const Extents& tile);

/// Rows of 16 sums that leave before they are finished, over all tiles of a run under a mapping. Gemmini's own tiler keeps them.
double unfinished_sums(const TiledRun& run);

/// Misses of a run, over all tiles.
struct CacheMisses {
    double inputs = 0;
    double weights = 0;
    double outputs = 0;  ///< of which a tile writes those that it finishes
};

/// In a cache that the same layer was run in before: whoever measures fills its operands in. Sums that are not finished are not
/// written.
CacheMisses cache_misses(const TiledRun& run, const SharedCache& cache, std::int64_t ways);

}  // namespace plumbline::gemmini
