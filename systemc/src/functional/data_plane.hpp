// SPDX-License-Identifier: Apache-2.0
// What all memories of a machine hold while it computes with data, and what each step of a tile does to it.
//
// The sequencer tells where the run stands. Copies ask which part of which map they carry, and carry it through payloads;
// layers gather their windows and weights from the memories that the schedule says, and leave their output there. What
// nobody wrote, or what has made way since, cannot be read: an error names layer, channels, row, column, memory and tile.
//
//     DataPlane plane{accelerator, workload, schedule, data};
//     plane.begin_run();
//     plane.begin_tile({0, 3, 1});
//     plane.compute(step);  // the layer of step number `step`
//     plane.finish(step);   // what is no longer needed makes way
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <vector>

#include "functional/memory_contents.hpp"
#include "plumbline/sim/layer_function.hpp"
#include "plumbline/sim/network_data.hpp"
#include "storage/sampled_maps.hpp"
#include "storage/storage_program.hpp"

namespace plumbline::sim {

/// One copy of a step: what its source gives, and what it leaves where.
struct CopyPayload {
    TensorSlice part;
    MemoryId from = 0;
    struct Stop {
        MemoryId memory = 0;
        FeatureBox box;  ///< what stays there
    };
    std::vector<Stop> stops;
};

/// Off-chip memory that holds the maps and weights itself. Reads take place at once; what a layer makes there is handed
/// over when its step begins, and has been written when the step is over.
struct OutsideData {
    std::function<FeatureValues(MapId, const FeatureBox&)> map;
    std::function<FeatureValues(LayerId)> weights;
    std::function<void(MapId, const FeatureBox&, FeatureValues)> expect;
    std::function<void()> settle;
};

class DataPlane {
public:
    /// All must outlive the plane. \throws InputError where the network cannot be computed, or data does not fit it
    DataPlane(const plumbline::Accelerator& accelerator, const Workload& workload, const Schedule& schedule,
              const NetworkData& data);
    /// The same with input, weights and output in a memory outside.
    DataPlane(const plumbline::Accelerator& accelerator, const Workload& workload, const Schedule& schedule,
              OutsideData outside);

    /// Nothing is there but the network's input and weights, off-chip.
    void begin_run();
    void begin_stack(std::size_t stack);
    void begin_tile(TileIndex tile);
    /// What copy number `copy` of a step carries; nothing where it has no part in what the tile needs.
    std::optional<CopyPayload> payload(std::size_t step, std::size_t copy) const;
    /// \throws DoesNotFit where something that the layer reads is not there
    void compute(std::size_t step);
    void finish(std::size_t step);

    MemoryContents& contents(MemoryId memory) { return contents_[memory]; }
    /// The network's, by Workload::outputs(), from off-chip memory. \throws InputError where a part of one never came there
    std::vector<FeatureValues> outputs() const;

private:
    DataPlane(const plumbline::Accelerator& accelerator, const Workload& workload, const Schedule& schedule,
              const NetworkData* data, OutsideData outside);

    bool outside(MemoryId memory) const { return data_ == nullptr && memory == accelerator_->top(); }
    FeatureValues output(const Layer& layer) const;
    FeatureValues values_in(MemoryId memory, const MapGeometry& map, const FeatureBox& box) const;
    LayerFunction function_on(const LayerWork& work) const;
    const FeatureValues* weights_in(MemoryId memory, LayerId layer);
    const TileClass& tile_class() const;
    const std::vector<MapGeometry>& maps() const { return storage_.geometry(tile_.stack).maps(); }
    FeatureValues gather(const LayerWork& work, const MapRead& read) const;
    const FeatureValues& fetch_weights(const ComputeStep& step);
    void pass_weights(const OperandMapping& mapping, LayerId layer, const FeatureValues& values);
    bool looked_for(MemoryId memory, LayerId layer) const;
    std::string place(LayerId layer) const;
    std::string name_of_map(MapId map) const;

    const plumbline::Accelerator* accelerator_;
    const Workload* workload_;
    const Schedule* schedule_;
    const NetworkData* data_;  ///< null where it lies outside
    OutsideData outside_;
    StorageProgram storage_;
    std::map<LayerId, LayerFunction> functions_;
    std::vector<MemoryContents> contents_;  ///< per memory
    SampledMaps sampled_;
    TileIndex tile_;
    std::vector<StorageStep> steps_;  ///< of the tile
};

}  // namespace plumbline::sim
