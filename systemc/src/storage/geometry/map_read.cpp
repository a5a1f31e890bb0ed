// SPDX-License-Identifier: Apache-2.0
#include "storage/geometry/map_read.hpp"

#include <algorithm>
#include <cassert>

namespace plumbline::sim {

MapId map_read(const Workload& workload, const Layer& layer, std::size_t input)
{
    if (layer.inputs[input].source) return *layer.inputs[input].source;
    const std::vector<NetworkInput>& inputs = workload.inputs();
    const auto found = std::find(inputs.begin(), inputs.end(), NetworkInput{layer.id, input});
    assert(found != inputs.end());
    return MapId::network_input(static_cast<std::size_t>(found - inputs.begin()));
}

std::string name_of_input(const Workload& workload, MapId map)
{
    const std::vector<NetworkInput>& inputs = workload.inputs();
    if (inputs.size() < 2) return "the network's input";
    const Layer& reader = workload.layer(inputs[map.input()].layer);
    return "input " + reader.inputs[inputs[map.input()].input].name + " of layer '" + reader.name + '\'';
}

MapId map_of(const FeatureRegion& region)
{
    return region.producer ? MapId{*region.producer} : MapId::network_input(region.input);
}

}  // namespace plumbline::sim
