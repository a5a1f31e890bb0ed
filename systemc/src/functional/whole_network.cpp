// SPDX-License-Identifier: Apache-2.0
#include "plumbline/sim/whole_network.hpp"

#include <set>

#include "functional/depth_values.hpp"
#include "functional/memory_contents.hpp"
#include "plumbline/sim/layer_function.hpp"
#include "storage/geometry/tile_geometry.hpp"

namespace plumbline::sim {
namespace {

/// In the order of the workload, the output last.
std::vector<LayerId> layers_that_make(const Workload& workload, LayerId output)
{
    std::set<LayerId> needed{output};
    for (auto layer = workload.layers().rbegin(); layer != workload.layers().rend(); ++layer) {
        if (needed.count(layer->id) == 0) continue;
        for (const Operand& input : layer->inputs)
            if (input.source) needed.insert(*input.source);
    }
    std::vector<LayerId> layers;
    for (const Layer& layer : workload.layers())
        if (needed.count(layer.id) > 0) layers.push_back(layer.id);
    return layers;
}

/// All layers that make an output as one stack with one tile: the whole map.
Stack whole_stack(const Workload& workload, LayerId made)
{
    Stack stack;
    stack.mode = OverlapMode::fully_recompute;
    stack.layers = layers_that_make(workload, made);
    const MapShape output = output_shape(workload.layer(made));
    TileClass tile;
    tile.size = stack.tile = {output.columns, output.rows};
    tile.loads_weights = true;
    stack.classes = {tile};
    return stack;
}

/// What makes one of its outputs.
class WholeNetwork {
public:
    WholeNetwork(const Workload& workload, const NetworkData& data, LayerId output)
        : workload_{workload},
          data_{data},
          output_{output},
          geometry_{workload, whole_stack(workload, output)}
    {
        for (std::size_t i = 0; i < workload.inputs().size(); ++i) made_[MapId::network_input(i)] = data.input_map(i);
    }

    FeatureValues output()
    {
        for (const LayerGeometry& layer : geometry_.layers()) {
            made_[layer.layer] = compute_layer(layer);
            forget_after(layer.layer);
        }
        return std::move(made_[output_]);
    }

private:
    /// What lies in memory of a map.
    FeatureBox box_of(const MapGeometry& map) const { return map.enters ? map.whole : map.computed(0, 0); }

    FeatureValues window(const Layer& layer, const ReadGeometry& read) const
    {
        const MapGeometry& map = geometry_.maps()[read.map];
        const FeatureBox wanted = read.window(0, 0);
        const FeatureBox box = box_of(map);
        FeatureValues values(static_cast<std::size_t>(wanted.pixels() * map.channels),
                             beyond_edges(layer, workload_.bounded()));
        copy_box_values(intersection(wanted, box), map.channels, made_.at(map.map).data(), box, values.data(), wanted);
        return found_by_windows({std::move(values), wanted}, map.channels, read.places(0, 0), layer,
                                layer.inputs[read.input]);
    }

    FeatureValues compute_layer(const LayerGeometry& geometry) const
    {
        const Layer& layer = workload_.layer(geometry.layer);
        std::vector<FeatureValues> inputs;
        for (const ReadGeometry& read : geometry.reads) inputs.push_back(window(layer, read));
        const FeatureBox box = box_of(geometry_.maps()[geometry.map]);
        const auto weights = data_.weights.find(geometry.layer);
        return compute(function_of(layer), layer, inputs,
                       weights == data_.weights.end() ? FeatureValues{} : weights->second,
                       {box.rows.size(), box.columns.size()});
    }

    /// Maps that no later layer reads.
    void forget_after(LayerId layer)
    {
        for (auto map = made_.begin(); map != made_.end();) {
            const bool read_later = !map->first || *map->first == layer || workload_.consumers(*map->first).empty() ||
                                    workload_.consumers(*map->first).back() != layer;
            map = read_later ? std::next(map) : made_.erase(map);
        }
    }

    const Workload& workload_;
    const NetworkData& data_;
    LayerId output_;
    StackGeometry geometry_;
    std::map<MapId, FeatureValues> made_;
};

}  // namespace

std::vector<FeatureValues> compute_network(const Workload& workload, const NetworkData& data)
{
    std::vector<FeatureValues> outputs;
    for (LayerId output : workload.outputs()) outputs.push_back(WholeNetwork{workload, data, output}.output());
    return outputs;
}

}  // namespace plumbline::sim
