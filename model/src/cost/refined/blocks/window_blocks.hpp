// SPDX-License-Identifier: Apache-2.0
// How many features of an input a block of window positions and window offsets needs, per instance of a memory.
//
// Along a sliding axis features are `stride * position + dilation * offset`, and different pairs may mean the same one:
// a block is the distinct features that its positions and offsets reach. Blocks of positions and of offsets each come in
// few kinds (dimension_blocks.hpp), so pairs of them do too.
//
// When a loop over offsets starts again while the one over positions advances, the features may be those that are there
// already; then nothing moves.
#pragma once

#include "cost/refined/blocks/dimension_blocks.hpp"
#include "plumbline/workload.hpp"

namespace plumbline::detail::refined {

/// Positions or offsets along a sliding axis, as the instances of one memory level see them, in blocks.
struct BlockedDim {
    DimLanes dim;
    std::int64_t steps = 1;  ///< of a block
};

/// Distinct features that one share of positions and one of offsets reach.
std::int64_t features(const SlidingAxis& axis, const DimLanes& positions, const DimShare& position_share,
                      const DimLanes& offsets, const DimShare& offset_share);

/// A loop along a sliding axis advances from one block of `here` to the next, while those over `there` inside it start
/// again from the block at 0.
struct Advance {
    BlockedDim here;
    std::int64_t here_stride = 1;  ///< features per index
    std::int64_t loop_steps = 1;   ///< steps along `here` below the loop
    std::int64_t loop_size = 1;
    BlockedDim there;
    std::int64_t there_stride = 1;
    std::int64_t there_steps = 1;  ///< steps along `there` below the loop
};

/// Advances that lead from full blocks to full blocks of the same features: nothing has to move.
std::int64_t stays(const Advance& advance);

}  // namespace plumbline::detail::refined
