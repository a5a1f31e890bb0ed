// SPDX-License-Identifier: Apache-2.0
// In which memories does a tile look for what its neighbours left?
//
// Where a copy brings cached columns (or rows) to a layer's input, they are read from the copy's source; where none does,
// the layer reads them in place, in the highest memory of its input. Neighbours keep them there until then.
#pragma once

#include <vector>

#include "plumbline/schedule.hpp"
#include "storage/geometry/tile_geometry.hpp"

namespace plumbline::sim {

/// One layer's input, as far as a neighbour has made it.
struct CacheUse {
    std::size_t map = 0;                 ///< of the stack's geometry
    const ReadGeometry* read = nullptr;  ///< whose windows say how much
    std::vector<MemoryId> memories;
};

struct CacheUses {
    std::vector<CacheUse> columns;  ///< made by the tile to the left
    std::vector<CacheUse> rows;     ///< made by the tile above
};

/// Memories that serve a layer's input: the highest that its mapping uses; lower ones too for a map that entered the stack,
/// which may lie below.
std::vector<MemoryId> memories_of_input(const ComputeStep& step, const Layer& layer, std::size_t input, bool entered);

/// The geometry must outlive the result.
CacheUses cache_uses(const Workload& workload, const Stack& stack, const TileClass& tile,
                     const StackGeometry& geometry);

}  // namespace plumbline::sim
