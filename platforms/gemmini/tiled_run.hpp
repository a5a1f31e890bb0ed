// SPDX-License-Identifier: Apache-2.0
// The tiles of a row, in the order in which they run: which differ, which follows which, and what loops run over them.
//
// Under a mapping all tiles are alike. Gemmini's own tiler cuts what remains at the far ends off, and runs over batch, P, Q,
// K, R, S and C, outermost first. Gemmini's library functions know
//
// * an array as large as what the mapping unrolls, up to the next power of two: 4 channels are no quarter of a larger one, and
//   64 take no four turns;
// * no tiles of matrix products but whole blocks of the array: as many as the mapping's tile has blocks of 16;
// * no convolutions of other than square maps: one of fewer rows than columns runs as a square;
// * padding of half a window on each side. Even windows then have one place more than the map, in a tile of its own where
//   tiles fill the map.
#pragma once

#include <vector>

#include <plumbline/decoupled_queues.hpp>

#include "rows.hpp"

namespace plumbline::gemmini {

inline constexpr std::int64_t kArray = 16;  ///< MACs along K and along C of the machine that the description has

/// A loop over tiles, outermost first; fractional where its last tile is not whole.
struct LoopOverTiles {
    Dim dim = Dim::n;
    double size = 1;
};

/// A row's layer, cut into tiles.
struct TiledRun {
    Shape shape;
    Extents tile;                      ///< those that are not cut off
    std::vector<LoopOverTiles> loops;  ///< outermost first
    std::vector<Extents> tiles;        ///< that differ
    std::vector<double> counts;        ///< how often each of them runs
    TileSequence sequence;             ///< of indices in `tiles`
    std::int64_t array = kArray;       ///< MACs along K and along C, and outputs that a command computes at most
    bool own_tiling = false;

    double tile_count() const;
    /// Tiles that add to the same sums, one after another.
    double tiles_per_sum() const;
};

/// As the row's mapping has it.
TiledRun mapped_run(const Row& row);
/// As Gemmini's own tiler has it. \pre the row has one
TiledRun own_run(const Row& row);

}  // namespace plumbline::gemmini
