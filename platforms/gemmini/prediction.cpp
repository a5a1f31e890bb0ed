// SPDX-License-Identifier: Apache-2.0
#include "prediction.hpp"

#include <algorithm>
#include <cmath>

namespace plumbline::gemmini {
namespace {

// Facts of the system in which the cycles were taken: a cache that accelerator and cores share, and one in the memory's model.
constexpr Bits kLine{512};
constexpr SharedCache kSharedCache{kibibytes(512), kLine};
constexpr SharedCache kMemoryCache{mebibytes(4), kLine};
constexpr std::int64_t kWays = 8;

double of(const std::vector<double>& values, Unknown unknown) { return values[static_cast<std::size_t>(unknown)]; }

/// Commands compute as many outputs of a row as the array has rows, one after another.
double command_cycles(double outputs, std::int64_t array, const std::vector<double>& values)
{
    const auto rows = static_cast<double>(array);
    const double rest = std::fmod(outputs, rows);
    const double commands = std::ceil(outputs / rows);
    return std::max(
        outputs + (rest > 0 ? of(values, Unknown::partial_command) : 0),
        commands * (of(values, Unknown::command) + of(values, Unknown::skew) * (rows - static_cast<double>(kArray))));
}

double execute_cycles(const TileCost& cost, std::int64_t array, const std::vector<double>& values)
{
    return std::max(cost.array_cycles, cost.blocks * command_cycles(cost.outputs_per_row, array, values));
}

/// Cycles of the DMA to write what a tile finishes, on average over all tiles. Own tiles all fill the accumulator, so that what
/// leaves it is a part of what each of them costs.
double store_cycles(const PreparedRun& run, const PreparedTile& tile, const std::vector<double>& values)
{
    if (run.own_tiling) return 0;
    const double written = tile.output_rows * run.finished;
    const double misses = written / run.output_rows * run.cache.outputs;
    return written * of(values, Unknown::output) + misses * of(values, Unknown::output_miss);
}

/// Cycles of the DMA per request for lines that caches lack, on average.
double miss_cycles(double cache, double memory, double requests, const std::vector<double>& values)
{
    return (cache * of(values, Unknown::cache_miss) + memory * of(values, Unknown::memory_miss)) / requests;
}

TilePhases phases_of(const PreparedRun& run, const PreparedTile& tile, const std::vector<double>& values)
{
    const double inputs = miss_cycles(run.cache.inputs, run.memory.inputs, run.input_requests, values);
    const double weights = miss_cycles(run.cache.weights, run.memory.weights, run.weight_requests, values);
    const double load = tile.inputs.requests * inputs + tile.weights.requests * weights +
                        (tile.inputs.words + tile.weights.words) * of(values, Unknown::word) +
                        tile.astride * of(values, Unknown::astride) +
                        run.unfinished_sums * of(values, Unknown::partial_sums);
    // The hardware's own tiler works between tiles, not beside them.
    const double issue = run.own_tiling ? 0 : of(values, run.product ? Unknown::product_tile : Unknown::tile);
    // What leaves goes the way that operands come.
    return {load + store_cycles(run, tile, values), execute_cycles(tile.cost, run.array, values), issue};
}

PreparedTile prepared(const Accelerator& accelerator, const TiledRun& run, const Extents& tile, Estimator estimator)
{
    PreparedTile result;
    result.cost = tile_cost(accelerator, run, tile, estimator);
    result.inputs = row_traffic(result.cost.input_bytes * gaps_fetched(run.shape, tile), tile[Dim::c]);
    result.weights = row_traffic(result.cost.weight_bytes, tile[Dim::k]);
    // Shorter rows lie within a word, and matrices at whole words.
    if (tile[Dim::k] >= kWordBytes && !run.shape.matrix_product()) result.astride = result.weights.requests;
    result.output_rows =
        static_cast<double>(tile[Dim::n] * tile[Dim::p] * tile[Dim::q] * divide_up(tile[Dim::k], run.array));
    return result;
}

}  // namespace

const std::array<UnknownFacts, kUnknowns>& unknowns()
{
    static constexpr std::array<UnknownFacts, kUnknowns> kAll{{{"partial_command", 1, 0, 16, 0.01},
                                                               {"command", 8, 1, 16, 0.01},
                                                               {"skew", 0.35, 0, 2, 0.001},
                                                               {"word", 1, 0.5, 10, 0.01},
                                                               {"astride", 1, 0, 20, 0.01},
                                                               {"cache_miss", 4, 0, 100, 0.01},
                                                               {"memory_miss", 20, 0, 400, 0.01},
                                                               {"partial_sums", 20, 0, 400, 0.01},
                                                               {"output", 3, 0, 50, 0.01},
                                                               {"output_miss", 20, 0, 400, 0.01},
                                                               {"interference", 0.25, 0.02, 1, 0.001},
                                                               {"start", 1000, 0, 10000, 1},
                                                               {"tile", 250, 0, 5000, 1},
                                                               {"product_tile", 125, 0, 5000, 1},
                                                               {"own_tile", 1000, 0, 10000, 1},
                                                               {"shrink", 700, 0, 10000, 1},
                                                               {"grow", 400, 0, 10000, 1}}};
    return kAll;
}

std::vector<double> initial_values()
{
    std::vector<double> values;
    for (const UnknownFacts& each : unknowns()) values.push_back(each.initial);
    return values;
}

PreparedRun prepare(const Accelerator& accelerator, const TiledRun& run, Estimator estimator)
{
    PreparedRun result;
    for (std::size_t i = 0; i < run.tiles.size(); ++i) {
        result.tiles.push_back(prepared(accelerator, run, run.tiles[i], estimator));
        result.input_requests += run.counts[i] * result.tiles.back().inputs.requests;
        result.weight_requests += run.counts[i] * result.tiles.back().weights.requests;
    }
    result.array = run.array;
    result.product = run.shape.matrix_product();
    result.finished = 1 / run.tiles_per_sum();
    for (std::size_t i = 0; i < run.tiles.size(); ++i) {
        result.output_rows += run.counts[i] * result.tiles[i].output_rows * result.finished;
    }
    result.sequence = run.sequence;
    result.tile_count = run.tile_count();
    result.cache = cache_misses(run, kSharedCache, kWays);
    result.memory = cache_misses(run, kMemoryCache, kWays);
    result.own_tiling = run.own_tiling;
    if (run.own_tiling) {
        result.tiler = tiler_steps(run.shape);
    } else {
        result.unfinished_sums = unfinished_sums(run) / result.tile_count;
    }
    return result;
}

double cycles_of(const PreparedRun& run, const std::vector<double>& values)
{
    std::vector<TilePhases> phases;
    for (const PreparedTile& tile : run.tiles) phases.push_back(phases_of(run, tile, values));
    const double between_tiles = run.own_tiling ? of(values, Unknown::own_tile) : 0;
    return of(values, Unknown::start) + between_tiles * (run.tile_count - 1) +
           of(values, Unknown::shrink) * run.tiler.shrinks + of(values, Unknown::grow) * run.tiler.rounds +
           decoupled_cycles(phases, run.sequence, of(values, Unknown::interference));
}

}  // namespace plumbline::gemmini
