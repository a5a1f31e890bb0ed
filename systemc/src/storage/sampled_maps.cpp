// SPDX-License-Identifier: Apache-2.0
#include "storage/sampled_maps.hpp"

namespace plumbline::sim {

void SampledMaps::begin_stack(RegionStore& store, const StackGeometry& geometry)
{
    for (const auto& [map, whole] : whole_) {
        const bool read_later = store.held(map) > Bits{};
        if (read_later) store.replace(map, whole);
    }
    whole_.clear();
    left_out_ = {};
    for (const MapGeometry& map : geometry.maps()) {
        if (!map.enters || map.samples.all()) continue;
        const RegionStore whole = store.only(map.map);
        store.replace(map.map, whole.sampled(map.map, map.samples));
        left_out_ += whole.held() - store.held(map.map);
        whole_.emplace(map.map, whole);
    }
}

}  // namespace plumbline::sim
