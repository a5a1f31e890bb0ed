// SPDX-License-Identifier: Apache-2.0
// How large is a block along a padded axis, and how large the one that takes its place?
//
// Blocks at the edges of a map are smaller (padded_axis.hpp), and a small one comes before or after a large one in an order that
// loops decide: when a loop advances, those inside it start again, and those outside are anywhere.
//
//     for (const BlockPair& pair : pairs_along(axis, blocks, cut, position, advancing)) …
#pragma once

#include <vector>

#include "cost/layer/loop_cuts.hpp"
#include "cost/refined/blocks/padded_axis.hpp"

namespace plumbline::detail::refined {

/// Features of the instance with most of them.
struct BlockPair {
    std::int64_t before;
    std::int64_t after;
    std::int64_t after_above;  ///< of the block after, what an instance of the level above holds
    double share;              ///< of the advances of the loop
};

/// Each pair once, when the loop at `advancing` advances.
/// \param blocks all that the loops from `position` on walk through \param above the same blocks, as the level above holds them
std::vector<BlockPair> pairs_along(const SlidingAxis& axis, const PaddedBlocks& blocks, const PaddedBlocks& above,
                                   const LoopCut& cut, std::size_t position, std::size_t advancing);

}  // namespace plumbline::detail::refined
