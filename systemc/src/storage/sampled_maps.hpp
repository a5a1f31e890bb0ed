// SPDX-License-Identifier: Apache-2.0
// Maps in off-chip memory of which the stack that runs knows samples alone.
//
// Stores count what the stack counts. So when a stack begins, the samples of such a map take its place in the store, and when
// the next one begins, the whole map comes back, if somebody still reads it. There may be no samples at all: of a map whose
// every tap in this stack lies in padding.
//
//     SampledMaps sampled;
//     sampled.begin_stack(off_chip, storage, 2);
#pragma once

#include <map>

#include "storage/region_store.hpp"
#include "storage/storage_program.hpp"

namespace plumbline::sim {

class SampledMaps {
public:
    /// \param store off-chip memory's; the same each time
    void begin_stack(RegionStore& store, const StorageProgram& storage, std::size_t stack);
    /// Bits that the memory holds of the maps beside their samples.
    Bits left_out() const { return left_out_; }

private:
    std::map<MapId, RegionStore> read_later_;  ///< whole
    Bits left_out_{};
};

}  // namespace plumbline::sim
