// SPDX-License-Identifier: Apache-2.0
// How long do tiles take on a machine whose load and execute queues run decoupled?
//
// While one tile executes the next one is loaded, and no more than the next: there is space for two. So a tile that loads
// much after one that executes little waits, which sums over all tiles do not show. Meanwhile a core issues the commands of
// both; where tiles are small it is what takes longest. What all share (ports, banks) keeps them from overlapping
// altogether: `interference` says how far.
//
//     const double cycles = decoupled_cycles({{100, 400, 20}}, {0, 0, {{0, 0, 7}}}, 0.25);  // eight tiles alike
#pragma once

#include <cstddef>
#include <initializer_list>
#include <vector>

#pragma GCC visibility push(default)
namespace plumbline {

/// What the queues do for one tile, in cycles, each by itself.
struct TilePhases {
    double load = 0;     ///< bring its operands
    double execute = 0;  ///< compute it
    double issue = 0;    ///< issue its commands to both queues
};

/// A tile that follows another, so many times.
struct TileTransition {
    std::size_t from = 0;  ///< index of the tile that executes
    std::size_t to = 0;    ///< index of the tile that is loaded meanwhile
    double count = 0;      ///< how often
};

/// The order of tiles, as far as it matters: which is first, which last, and what follows what.
struct TileSequence {
    std::size_t first = 0;                    ///< index of the tile whose load nothing hides
    std::size_t last = 0;                     ///< index of the tile that executes alone
    std::vector<TileTransition> transitions;  ///< one fewer than tiles, all counts together
};

/// Cycles of activities at the same time: (a^q + b^q + ...)^(1/q) with q = 1 / interference, the norm between their maximum
/// (0: nothing is shared) and their sum (1: one after the other).
/// \pre none is negative, 0 <= interference <= 1
double together(std::initializer_list<double> activities, double interference);

/// Cycles of all tiles: the first load, each execution beside the load of the next tile and the issue of its commands, the
/// last execution. Nobody waits for commands of the first tile.
/// \pre indices of `sequence` lie in `tiles`; 0 <= interference <= 1
double decoupled_cycles(const std::vector<TilePhases>& tiles, const TileSequence& sequence, double interference);

}  // namespace plumbline
#pragma GCC visibility pop
