// SPDX-License-Identifier: Apache-2.0
// What does each memory of an accelerator hold at its fullest moment of a schedule, and does it fit?
//
// A moment is a layer running on a tile: the blocks that its mapping keeps at each level, and the residents of the step.
// Schedules planned with CapacityPolicy::optimistic can overflow; this says where and by how much.
#pragma once

#include <vector>

#include "plumbline/schedule.hpp"

#pragma GCC visibility push(default)
namespace plumbline {

/// One instance of a memory at its fullest.
struct MemoryUse {
    MemoryId memory = 0;  ///< which memory
    Bits capacity{};      ///< of the instance
    LayerId layer = 0;    ///< that runs at the fullest moment
    TileSize tile;        ///< and the tile it runs on

    Bits inputs{};            ///< of the layer
    Bits weights{};           ///< of the layer
    Bits outputs{};           ///< of the layer, partial sums among them
    Bits resident_weights{};  ///< of the stack's other layers
    Bits column_cache{};      ///< overlap for tiles to the right
    Bits row_cache{};         ///< overlap for tiles below
    Bits feature_maps{};      ///< that later layers read

    /// All that it holds.
    Bits total() const
    {
        return inputs + weights + outputs + resident_weights + column_cache + row_cache + feature_maps;
    }
    /// Whether it holds more than it can.
    bool overflows() const { return total() > capacity; }
};

/// One per memory that holds anything, in the order of the accelerator.
/// \throws InputError where the schedule does not fit accelerator and workload
std::vector<MemoryUse> memory_use(const Accelerator& accelerator, const Workload& workload, const Schedule& schedule);

}  // namespace plumbline
#pragma GCC visibility pop
