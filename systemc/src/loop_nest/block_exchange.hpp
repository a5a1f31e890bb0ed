// SPDX-License-Identifier: Apache-2.0
// When may the blocks of a memory level be exchanged, while the MAC array goes through its iterations?
//
// A link moves the blocks of one operand between a level and the one above: a visit to each, one after the other
// (visits.hpp). The level has space for one block or two. A fill needs space, a drain must not come before the sums are
// there, and an iteration needs its block and must not overwrite one that has not left. These rules are said here alone:
// movers and the MAC array wait by them at fidelity `cycle` and between chunks, the simulation of a chunk counts by them.
//
//     BlockExchange inputs{64, 16, 2, false};
//     inputs.fill_after(3);      // 128: two blocks fit, the third may come once visit 1 is over
//     inputs.filled_before(64);  // 2: iteration 64 is the first of visit 1
#pragma once

#include <algorithm>
#include <cstdint>

namespace plumbline::sim {

/// Whether the partial sums of one visit come in as those of the visit before leave, word by word.
enum class Sums : std::uint8_t { stay_apart, are_swapped };

struct BlockExchange {
    std::int64_t visit = 1;      ///< iterations of each visit
    std::int64_t pass = 1;       ///< iterations in which a visit walks through its block once
    std::int64_t depth = 1;      ///< blocks that the level has space for: 1 or 2
    bool drains_blocks = false;  ///< outputs leave

    /// How the visit before exchanges sums with one that `is_filled` (brings a block down). Where there is space for one
    /// block, partial sums of the next come in while the last pass of a visit runs.
    Sums sums(bool is_filled) const
    {
        return depth == 1 && drains_blocks && is_filled ? Sums::are_swapped : Sums::stay_apart;
    }

    /// Iterations that must be done before visit `index` may be filled; none (-1) for the first.
    std::int64_t fill_after(std::int64_t index) const
    {
        if (index == 0) return -1;
        return depth > 1 ? (index - 1) * visit : index * visit - pass;
    }
    /// Blocks whose space a fill of visit `index` takes over, and which must have been drained.
    std::int64_t drained_before_fill(std::int64_t index) const
    {
        return depth > 1 && drains_blocks ? std::max<std::int64_t>(index - 1, 0) : 0;
    }
    /// Iterations that must be done before visit `index` may be drained. \param next of it and the next visit
    std::int64_t drain_after(std::int64_t index, Sums next) const
    {
        return (index + 1) * visit - (next == Sums::are_swapped ? pass : 0);
    }

    /// Visits that are over before `iteration`: so many blocks the level must have drained before the one above drains
    /// what they were drained into.
    std::int64_t over_before(std::int64_t iteration) const { return iteration / visit; }
    /// Blocks that must have been filled before `iteration` may run, or before a level below is filled for it.
    std::int64_t filled_before(std::int64_t iteration) const { return iteration / visit + 1; }
    /// Blocks that must have been drained before `iteration` may run. \param last of its visit and the one before
    std::int64_t drained_before(std::int64_t iteration, Sums last) const
    {
        const std::int64_t index = iteration / visit;
        if (!drains_blocks || index == 0) return 0;
        if (depth > 1) return index - 1;
        // The first pass of a new block overwrites the old one word by word.
        const bool overwritten = last == Sums::are_swapped || iteration % visit >= pass;
        return overwritten ? index : index - 1;
    }
};

}  // namespace plumbline::sim
