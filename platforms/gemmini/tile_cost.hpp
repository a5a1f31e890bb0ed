// SPDX-License-Identifier: Apache-2.0
// One tile as a layer of the accelerator gemmini_16x16, or of one with a smaller or larger array, and what our estimators say
// of it.
//
// K and C are unrolled over the array. Outputs run innermost, so that a block of weights stays while they pass: first P, then
// Q. Sums stay in the accumulator, operands in the scratchpad: the estimator's traffic at main memory is what the tile
// fetches once.
#pragma once

#include <plumbline/cost.hpp>

#include "tiled_run.hpp"

namespace plumbline::gemmini {

/// What a tile asks of the array and of the DMA.
struct TileCost {
    double array_cycles = 0;     ///< iterations of the array and what it waits for its weights
    double blocks = 0;           ///< pairs of a block of weights and a row of outputs along P
    double outputs_per_row = 0;  ///< P of the tile
    double input_bytes = 0;      ///< read from main memory
    double weight_bytes = 0;     ///< likewise
};

/// The cost of a tile of the layer, by itself.
TileCost tile_cost(const Accelerator& described, const TiledRun& run, const Extents& tile, Estimator estimator);

}  // namespace plumbline::gemmini
