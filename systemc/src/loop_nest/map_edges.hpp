// SPDX-License-Identifier: Apache-2.0
// Which features that the windows of a tile reach are there? Those beyond an edge of the map are padding: nobody holds or moves
// them.
//
// Features along a sliding axis are counted from the first that the tile's first window reaches.
#pragma once

#include <vector>

#include "loop_nest/iteration_space.hpp"
#include "loop_nest/operand_view.hpp"

namespace plumbline::sim {

/// Along one axis: features from `begin` up to `end` are there.
struct MapEdges {
    const SlidingAxis* axis = nullptr;
    std::int64_t begin = 0;
    std::int64_t end = 0;

    bool inside(std::int64_t feature) const { return feature >= begin && feature < end; }
};

/// Per sliding axis of the operand. Empty where all that windows reach is there.
std::vector<MapEdges> map_edges(const IterationSpace& space, const OperandView& view);

}  // namespace plumbline::sim
