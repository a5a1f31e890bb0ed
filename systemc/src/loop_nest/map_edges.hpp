// SPDX-License-Identifier: Apache-2.0
// Which features that the windows of a tile reach are there? Those beyond an edge of the map are padding: nobody holds or moves
// them. Of an up-sampled map several positions that windows reach are one feature.
//
// Positions along a sliding axis are counted from the first that the tile's first window reaches.
#pragma once

#include <vector>

#include "loop_nest/iteration_space.hpp"
#include "loop_nest/operand_view.hpp"

namespace plumbline::sim {

/// Along one axis: what lies at positions from `begin` up to `end` is there.
struct MapEdges {
    const SlidingAxis* axis = nullptr;
    std::int64_t begin = 0;
    std::int64_t end = 0;
    std::int64_t phase = 0;  ///< where within its feature `begin` lies

    bool inside(std::int64_t position) const { return position >= begin && position < end; }
    /// Counted from the first that is there. \pre the position is inside
    std::int64_t feature(std::int64_t position) const { return (position - begin + phase) / axis->upsampling; }
    /// Where within its feature a position lies, beyond the edges as well.
    std::int64_t phase_at(std::int64_t position) const
    {
        const std::int64_t left_over = (position - begin + phase) % axis->upsampling;
        return left_over < 0 ? left_over + axis->upsampling : left_over;
    }
};

/// Per sliding axis of the operand. Empty where all that windows reach is there, and each position is a feature.
std::vector<MapEdges> map_edges(const IterationSpace& space, const OperandView& view);

}  // namespace plumbline::sim
