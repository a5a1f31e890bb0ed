// SPDX-License-Identifier: Apache-2.0
// How many steps Gemmini's software takes to choose a tile: its own cycles count, since it runs before each layer.
//
// Convolutions begin with a tile of the whole layer. As long as it does not fit half of scratchpad and accumulator (the
// other half is for the next tile) its longest side shrinks, channels by blocks of 16 and all else by 1. Then each side in
// turn is tried one longer, until none fits. Matrix products have a formula instead of a search.
#pragma once

#include "rows.hpp"

namespace plumbline::gemmini {

/// Steps of the search.
struct TilerSteps {
    double shrinks = 0;  ///< sides made shorter
    double rounds = 0;   ///< in each of which every side is tried one longer
};

/// What the search takes for a layer.
TilerSteps tiler_steps(const Shape& shape);
/// The tile that it finds, of a convolution.
Extents searched_tile(const Shape& shape);

}  // namespace plumbline::gemmini
