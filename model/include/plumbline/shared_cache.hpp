// SPDX-License-Identifier: Apache-2.0
// How often does a tiled layer miss in a cache between the accelerator and main memory?
//
// Loops over tiles fetch the lines of an operand again where they do not index it, and lines that tiles share. A line is
// still there with the probability that nothing replaced it since. With random replacement that is exp(-misses / lines),
// of the misses of all operands meanwhile, which depend on what is still there: a fixed point, found loop by loop from the
// inside out. Rows that lie a power of two apart share few sets, so the operand's own misses count as if there were more.
//
//     const std::vector<double> misses = expected_misses({kibibytes(512), Bits{512}}, {8, 3}, {weights, activations});
#pragma once

#include <vector>

#include "plumbline/units.hpp"

#pragma GCC visibility push(default)
namespace plumbline {

/// A cache that replaces lines at random.
struct SharedCache {
    Bits capacity{};  ///< of all lines
    Bits line{};      ///< of one
};

/// What an operand touches: [0] in a tile, [i] in all tiles of the i innermost loops over tiles.
struct CachedOperand {
    std::vector<double> lines;       ///< distinct lines, never fewer further out
    std::vector<double> sets_share;  ///< fraction of the cache's sets that they lie in, above 0
};

/// Whether the layer finds its operands where an earlier run left them.
enum class CacheState {
    cold,      ///< empty
    repeated,  ///< as the same layer left it
};

/// Lines fetched from behind the cache, per operand, over all tiles.
/// \param loops iterations of the loops over tiles, innermost first; may be fractional where the last one is not whole
/// \pre each operand has an entry for the tile and one per loop
std::vector<double> expected_misses(const SharedCache& cache, const std::vector<double>& loops,
                                    const std::vector<CachedOperand>& operands, CacheState state);

}  // namespace plumbline
#pragma GCC visibility pop
