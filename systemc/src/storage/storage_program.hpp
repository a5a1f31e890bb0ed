// SPDX-License-Identifier: Apache-2.0
// What each step of a tile does to the contents of memories: which boxes of which maps are copied, read, made and freed.
//
// A Schedule gives the extents of copies and of layers; where they lie follows from the geometry of the stack. The
// program of a tile is a list of steps, in the order of the schedule, for whoever keeps the contents of memories: the
// check before a run (boxes alone) and the functional mode (with values).
//
//     StorageProgram program{accelerator, workload, schedule};
//     for (const StorageStep& step : program.tile({stack, column, row})) …
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "plumbline/schedule.hpp"
#include "plumbline/sim/tile_index.hpp"
#include "storage/geometry/tile_geometry.hpp"

namespace plumbline::sim {

/// Brings what the source holds of `box` to the destination. The rest is not an error: a schedule may move more than is
/// there (it costs the same), and who misses it later says so.
struct MapCopy {
    CopyReason reason = CopyReason::stack_input;
    std::size_t map = 0;  ///< of the stack's geometry
    FeatureBox box;       ///< inside the map
    MemoryId from = 0;
    MemoryId to = 0;
    std::size_t copy = 0;  ///< of the step's copies, the one that moves it
};

/// All of it must be there.
struct MapRead {
    std::size_t input = 0;  ///< of the layer's inputs
    std::size_t map = 0;
    FeatureBox window;               ///< may reach beyond the map: zeros there
    FeatureBox places;               ///< the same as windows count them, where the map is up-sampled
    FeatureBox inside;               ///< the part within the map
    std::vector<MemoryId> memories;  ///< that may serve it; the first that has a pixel does
};

struct MapWrite {
    std::size_t map = 0;
    FeatureBox box;
    MemoryId memory = 0;
};

/// A layer on a tile.
struct LayerWork {
    LayerId layer = 0;
    std::vector<MapRead> reads;
    MapWrite write;
};

/// After the step nothing of the map stays in the memory but these boxes.
struct MapShrink {
    std::size_t map = 0;
    MemoryId memory = 0;
    std::vector<FeatureBox> kept;
};

/// First the copies (all read before any is written), or the layer; then the shrinks.
struct StorageStep {
    std::vector<MapCopy> copies;
    std::optional<LayerWork> work;
    std::vector<MapShrink> shrinks;
};

struct StackStorage;

class StorageProgram {
public:
    /// \pre `check(schedule, accelerator, workload)` passes; all three outlive the program
    /// \throws InputError where a layer computes less than the tile needs, naming layer, tile, axis and sizes, and
    /// where a copy moves what has no part in the stack
    StorageProgram(const plumbline::Accelerator& accelerator, const Workload& workload, const Schedule& schedule);

    const StackGeometry& geometry(std::size_t stack) const;
    /// Whether a later stack reads a map, or it is the network's output. \param map of the stack's geometry
    bool leaves(std::size_t stack, std::size_t map) const;
    /// Parallel to the steps of the tile's class.
    std::vector<StorageStep> tile(TileIndex tile) const;

private:
    const plumbline::Accelerator* accelerator_;
    const Workload* workload_;
    std::vector<std::shared_ptr<const StackStorage>> stacks_;
};

}  // namespace plumbline::sim
