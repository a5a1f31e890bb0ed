// SPDX-License-Identifier: Apache-2.0
#include "storage/sampled_maps.hpp"

namespace plumbline::sim {

void SampledMaps::begin_stack(RegionStore& store, const StorageProgram& storage, std::size_t stack)
{
    for (const auto& [map, whole] : read_later_) store.replace(map, whole);
    read_later_.clear();
    left_out_ = {};
    const std::vector<MapGeometry>& maps = storage.geometry(stack).maps();
    for (std::size_t i = 0; i < maps.size(); ++i) {
        const MapGeometry& map = maps[i];
        if (!map.enters || map.samples.all()) continue;
        const RegionStore whole = store.only(map.map);
        store.replace(map.map, whole.sampled(map.map, map.samples));
        left_out_ += whole.held() - store.held(map.map);
        if (storage.leaves(stack, i)) read_later_.emplace(map.map, whole);
    }
}

}  // namespace plumbline::sim
