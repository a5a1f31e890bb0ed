// SPDX-License-Identifier: Apache-2.0
// Predicted cycles of rows, as a function of what is not known of the machine: its pipeline, its DMA, the caches behind it,
// how far its queues interfere, and what the software around it costs.
//
// What does not depend on these values (our estimator's cost of each tile, traffic, misses) is computed once.
//
//     const Prediction predict{accelerator, runs, Estimator::refined};
//     std::vector<double> cycles = predict(initial_values());
#pragma once

#include <vector>

#include <plumbline/cost.hpp>

#include "dma_traffic.hpp"
#include "tiler.hpp"

namespace plumbline::gemmini {

/// What is fitted; all but `interference` in cycles.
enum class Unknown : std::uint8_t {
    partial_command,  ///< lost by a command of fewer rows than the array has
    command,          ///< that a command takes at least, besides
    skew,             ///< that it takes per row of the array
    word,             ///< of the DMA, per 16 bytes
    astride,          ///< per row of a convolution's weights that begins within a word and takes parts of one more
    cache_miss,       ///< per line that the shared cache lacks
    memory_miss,      ///< besides, per line that the cache of the memory behind lacks
    partial_sums,     ///< per row of 16 sums that leave unfinished and come back
    output,           ///< per row of outputs that leaves: those of one pixel that a row of the accumulator holds
    output_miss,      ///< besides, per line that the shared cache lacks
    interference,     ///< of load and execute queue, from 0 (none) to 1 (they take turns)
    start,            ///< before and after all tiles
    tile,             ///< to issue the commands of a tile of a mapping, beside load and execution
    product_tile,     ///< likewise, of a matrix product
    own_tile,         ///< of the software, between two tiles of the hardware's own tiler
    shrink,           ///< of the software's tiler, per step in which it makes a tile smaller
    grow,             ///< per round in which it tries each side one longer
};
inline constexpr std::size_t kUnknowns = 17;

/// What is known of a value before anything is fitted.
struct UnknownFacts {
    const char* name;
    double initial, least, most, step;
};
const std::array<UnknownFacts, kUnknowns>& unknowns();
std::vector<double> initial_values();

/// A tile with all that its cycles depend on.
struct PreparedTile {
    TileCost cost;
    RowTraffic inputs, weights;
    double astride = 0;      ///< rows of weights that lie across words
    double output_rows = 0;  ///< of one pixel and a block of channels; as many as in a tile that finishes its sums
};

/// A run with all that its cycles depend on.
struct PreparedRun {
    std::vector<PreparedTile> tiles;
    TileSequence sequence;
    double tile_count = 1;
    CacheMisses cache, memory;   ///< over all tiles
    double input_requests = 0;   ///< over all tiles
    double weight_requests = 0;  ///< likewise
    double output_rows = 0;      ///< likewise, of tiles as they are finished
    double finished = 1;         ///< share of tiles that finish their sums
    double unfinished_sums = 0;  ///< per tile
    std::int64_t array = kArray;
    bool own_tiling = false;
    bool product = false;  ///< of matrices
    TilerSteps tiler;
};

PreparedRun prepare(const Accelerator& accelerator, const TiledRun& run, Estimator estimator);

/// Cycles of a run. \param values in the order of Unknown
double cycles_of(const PreparedRun& run, const std::vector<double>& values);

}  // namespace plumbline::gemmini
